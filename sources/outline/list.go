package outline

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// list reads a list in which keys, entries and statements may stand. inside is
// the kind of the key whose value the list is; empty if it is none's.
func (r *reader) list(n *ast.List, inside compile.Kind) {
	for r.part(n, inside) {
		inside = ""
		for len(r.behind) > 0 {
			if r.linesBehind(n) != n {
				return
			}
		}
	}
}

// part reads a list up to its end, or up to an item behind which lines were put. It
// reports whether items are left, which are all that the list has then.
func (r *reader) part(n *ast.List, inside compile.Kind) (left bool) {
	for item := range r.items(n) {
		r.putBehind(&item)
		r.readItem(item, inside)
		if len(r.behind) > 0 && item.node.NextSibling() != nil {
			cutUpTo(n, item.node)
			return true
		}
	}
	return false
}

func (r *reader) readItem(item listItem, inside compile.Kind) {
	k, isKey := r.key(item)
	switch {
	case isKey:
		r.keyItem(item, k, inside)
	case r.isSpeaker(item):
		r.speakerItem(item, inside)
	case r.isHead(item, inside):
		r.headItem(item, inside)
	case inside != "":
		r.addItem(inside, item)
	case r.leadsBehind(item):
		r.leadItem(item)
	case item.isLine() && (isAttribute(item.first()) || r.field.endsAtValue() && isWordValue(item.first())):
		r.attributeItem(item)
	default:
		r.looseItem(item)
	}
}

// attributeItem adds an attribute of what the list stands under, which ends the
// field above it.
func (r *reader) attributeItem(item listItem) {
	r.field = r.field.atAttribute()
	kind := compile.Note
	if isAttribute(item.first()) {
		kind = compile.Attribute
	}
	r.addItem(kind, item)
}

// keyItem reads a key that is an item of a list. Without a value of its own each
// item of its nested list is a statement, and so are the items that follow.
func (r *reader) keyItem(item listItem, k keyLine, inside compile.Kind) {
	above := r.field
	r.field = above.atItemKey(k.kind)
	item.lines[0].text = k.value
	if text := r.text(item); !saysNothing(text) {
		text = r.cutPrompt(text, item.line)
		statement := r.tree(item, text)
		statement.Kind = k.kind
		r.add(statement)
		if r.field = r.field.withValue(); k.kind == compile.Doing || inside != "" {
			r.field = above // "WIP: x" says so of x alone
		}
		return
	}
	if len(item.rest) > 0 {
		r.field = r.field.withList()
	}
	r.below(item, k.kind)
}

// below reads the lists nested in an item and what follows them. inside is the
// kind of the key whose value they are; empty if they are none's.
func (r *reader) below(item listItem, inside compile.Kind) {
	for _, b := range item.rest {
		if list, ok := b.(*ast.List); ok {
			r.list(list, inside)
		} else if s := r.copy(b); s != "" {
			r.add(compile.Item{Kind: cmp.Or(inside, compile.Note), Text: s, Line: r.lineOf(b)})
		}
	}
}

// looseItem adds an item that has no key of its own. A label without anything below
// it ends the field above it.
func (r *reader) looseItem(item listItem) {
	above := r.field
	switch {
	case item.isLine() && (r.isLabel(item.first()) || isName(item.first()) || !above.isOpen() && r.isEmptyScope(item)):
		r.field = above.atLabel()
		r.leaveOut(compile.EmptyLabel, item.first(), item.line)
		return
	case len(item.rest) > 0:
		r.field = above.atItemWithList()
	}
	r.addItem(r.field.loose(), item)
}

// addItem adds an item with its nested list as one statement.
func (r *reader) addItem(kind compile.Kind, item listItem) {
	statement := r.tree(item, r.text(item))
	statement.Kind, statement.Text = cutBox(kind, statement.Text)
	if statement.Text != "" || len(statement.Items) > 0 {
		r.add(statement)
	}
}

var box = regexp.MustCompile(`^\[([ xX])\]\s+`)

// cutBox reads the box of a task list: a ticked one is achieved, another is next,
// unless a field says otherwise. A box that repeats the kind is dropped.
func cutBox(kind compile.Kind, text string) (compile.Kind, string) {
	m := box.FindStringSubmatch(text)
	if m == nil {
		return kind, text
	}
	boxed := compile.Achieved
	if m[1] == " " {
		boxed = compile.Next
	}
	if kind != compile.Note && kind != boxed {
		return kind, text
	}
	return boxed, text[len(m[0]):]
}

// cutPrompt takes off a value what the template asks in quotation marks above the
// answer.
func (r *reader) cutPrompt(value string, line int) string {
	asked, answer, found := strings.Cut(value, "\n")
	if !found || !prompt.MatchString(strings.TrimSpace(asked)) {
		return value
	}
	r.leaveOut(compile.Placeholder, asked, line)
	return strings.TrimSpace(answer)
}

// hasKey reports whether a key stands in a list, not below its items. What was found
// holds until that item is cut off.
func (r *reader) hasKey(n *ast.List) bool {
	found, known := r.keyIn[n]
	if !known || found != nil && found.Parent() != n {
		found = r.firstKey(n)
		r.keyIn[n] = found
	}
	return found != nil
}

func (r *reader) firstKey(n *ast.List) ast.Node {
	for item := range r.items(n) {
		if _, isKey := r.key(item); isKey {
			return item.node
		}
	}
	return nil
}
