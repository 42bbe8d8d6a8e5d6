package outline

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// listItem is an item of a list taken apart.
type listItem struct {
	lines  []sourceLine // of its first paragraph
	blocks []ast.Node   // between that and its first nested list
	rest   []ast.Node   // its nested lists and what follows them
	node   ast.Node
	marker string
	line   int
}

func (r *reader) item(n ast.Node, marker string) listItem {
	item := listItem{node: n, marker: marker, line: r.line(n.Pos())}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch {
		case len(item.rest) > 0 || isList(c):
			item.rest = append(item.rest, c)
		case len(item.lines)+len(item.blocks) == 0 && (c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindParagraph):
			item.lines = r.lines(c)
		default:
			item.blocks = append(item.blocks, c)
		}
	}
	return item
}

// text copies what an item says before its first nested list.
func (r *reader) itemText(item listItem) string {
	blocks := []string{}
	var lines []string
	for _, l := range item.lines {
		lines = append(lines, l.text)
	}
	if s := strings.TrimSpace(strings.Join(lines, "\n")); s != "" {
		blocks = append(blocks, s)
	}
	for _, b := range item.blocks {
		if s := r.copy(b); s != "" && !isHTMLComment(s) {
			blocks = append(blocks, s)
		}
	}
	return strings.Join(blocks, "\n\n")
}

// list reads a list in which fields, entries and statements may stand. inside is
// the field whose value the list is, or nil.
func (r *reader) list(n *ast.List, inside *keyLine) {
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		item := r.item(c, itemMark(n, number))
		number++
		r.putBehind(&item)
		r.listItem(item, inside)
		if len(r.behind) > 0 && c.NextSibling() != nil {
			lines, rest := r.behind, after(n, c, number)
			r.behind = nil
			if r.lined(lines, rest) != nil {
				r.list(rest, nil)
			}
			return
		}
	}
}

// after splits a list behind an item.
func after(n *ast.List, item ast.Node, number int) *ast.List {
	rest := ast.NewList(n.Marker)
	rest.Start = number
	for c := item.NextSibling(); c != nil; c = item.NextSibling() {
		rest.AppendChild(rest, c)
	}
	return rest
}

// putBehind takes off the end of an item the lines at the margin that open
// another field: Markdown counts them to the item, who wrote them did not.
func (r *reader) putBehind(item *listItem) {
	i := slices.IndexFunc(item.lines, r.isBehind)
	if i <= 0 || len(item.blocks)+len(item.rest) > 0 {
		return
	}
	r.behind = append(r.behind, item.lines[i:]...)
	item.lines = item.lines[:i]
}

func (r *reader) isBehind(l sourceLine) bool {
	f, isKey := cutKey(l.text)
	return l.loose && (isKey && !f.bare || isLabel(l.text) || parseHeader(l.text, compile.Words{}).isEntry())
}

func (r *reader) listItem(item listItem, inside *keyLine) {
	first := item.first()
	switch {
	case r.isField(item):
		f, _ := cutKey(first)
		r.fieldItem(item, f)
	case inside == nil && (r.hasKeyBelow(item) || r.namesEpic(item, first)):
		r.entryItem(item, first)
	case inside != nil:
		r.tell(inside.kind, item)
	default:
		r.looseItem(item)
	}
}

// looseItem tells an item that has no key of its own. A label that ends the field
// above it, "In progress:", is itself a key, and without a value it says nothing.
func (r *reader) looseItem(item listItem) {
	above := r.field
	switch {
	case isLabel(item.first()):
		r.field = above.atLabel()
		if r.field != above && item.isLine() {
			return
		}
	case len(item.rest) > 0:
		r.field = above.atItemWithList()
	}
	r.tell(r.field.loose(), item)
}

// isLine reports whether nothing stands below an item's only line.
func (i listItem) isLine() bool { return len(i.rest)+len(i.blocks) == 0 && len(i.lines) == 1 }

// tell tells an item with its nested list as one statement.
func (r *reader) tell(kind compile.Kind, item listItem) {
	told := r.tree(item, r.itemText(item))
	told.Kind, told.Text = cutBox(kind, told.Text)
	if told.Text != "" || len(told.Items) > 0 {
		r.say(told)
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

// fieldItem reads a field that is an item of a list. Without a value of its own
// each item of its nested list is a statement, and so are the items that follow.
func (r *reader) fieldItem(item listItem, f keyLine) {
	r.field = r.field.atItemKey(f.kind)
	item.lines[0].text = f.value
	text := r.itemText(item)
	if !saysNothing(text) {
		r.value(f, r.tree(item, text))
		return
	}
	if len(item.rest) > 0 {
		r.field = r.field.withList()
	}
	for _, b := range item.rest {
		if list, ok := b.(*ast.List); ok {
			r.list(list, &f)
		} else if s := r.copy(b); s != "" {
			r.value(f, compile.Item{Text: s, Line: r.lineOf(b)})
		}
	}
}

// entryItem reads an item that is a header: its fields stand below it. Text that
// the header does not hold stands at the place around it.
func (r *reader) entryItem(item listItem, first string) {
	entries, above := r.path.entries, r.field
	h := r.readHeader(first)
	switch {
	case strings.TrimSpace(first) == "":
	case isValueLine(first, h):
		r.tell(compile.Note, listItem{lines: item.lines, blocks: item.blocks, line: item.line})
		item.lines, item.blocks = nil, nil
	case h.URL != "" && !h.linked && !h.aside:
		r.tell(compile.Note, listItem{lines: item.lines, line: item.line})
		h.Title, h.linked = cmp.Or(h.text, h.URL), true
		r.nest(h, item.line)
		item.lines = nil
	default:
		r.nest(h, item.line)
	}
	r.field = field{}
	if len(item.lines) > 1 || len(item.blocks) > 0 {
		item.lines = item.lines[min(1, len(item.lines)):]
		r.tell(compile.Note, listItem{lines: item.lines, blocks: item.blocks, line: item.line})
	}
	for _, b := range item.rest {
		if list, ok := b.(*ast.List); ok {
			r.list(list, nil)
		} else if s := r.copy(b); s != "" {
			r.say(compile.Item{Kind: compile.Note, Text: s, Line: r.lineOf(b)})
		}
	}
	r.path.entries, r.field, r.current = entries, above, nil
}

var valueLine = regexp.MustCompile(`^[*_]*[[:alpha:]][[:alpha:] -]*[*_]*:[*_]*\s+\S+`)

// isValueLine reports whether a line above fields is itself one of a kind that
// is not known, "Project: https://…", and no title. A title may hold a colon too,
// "feat: x", so that only an address or a single word counts as value.
func isValueLine(line string, h header) bool {
	if h.URL != "" || h.explicit || !valueLine.MatchString(line) {
		return false
	}
	_, value, _ := strings.Cut(line, ":")
	value = strings.Trim(value, "*_ ")
	return strings.HasPrefix(value, "http") || !strings.Contains(value, " ") && !strings.HasPrefix(strings.ToLower(line), "feat")
}

// hasKey reports whether a field stands in a list, not below its items.
func (r *reader) hasKey(n *ast.List) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if item := r.item(c, ""); r.isField(item) {
			return true
		}
	}
	return false
}

// isField reports whether an item is a field.
func (r *reader) isField(item listItem) bool {
	f, isKey := cutKey(item.first())
	return isKey && (!f.bare || len(item.rest) > 0)
}

// first gives the item's first line.
func (i listItem) first() string {
	if len(i.lines) == 0 {
		return ""
	}
	return i.lines[0].text
}

// isBroken reports whether a list goes on behind lines that are not its own.
func (r *reader) isBroken(n *ast.List) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if item := r.item(c, ""); slices.IndexFunc(item.lines, r.isBehind) > 0 {
			return true
		}
	}
	return false
}

// hasKeyBelow reports whether fields stand in the lists nested in an item, at
// any depth: they make the item a header.
func (r *reader) hasKeyBelow(item listItem) bool {
	known, found := r.keyBelow[item.node]
	if found {
		return known
	}
	has := slices.ContainsFunc(item.rest, func(b ast.Node) bool {
		list, ok := b.(*ast.List)
		if !ok {
			return false
		}
		below := r.hasKey(list)
		for c := list.FirstChild(); c != nil && !below; c = c.NextSibling() {
			below = r.hasKeyBelow(r.item(c, ""))
		}
		return below
	})
	if r.keyBelow == nil {
		r.keyBelow = map[ast.Node]bool{}
	}
	r.keyBelow[item.node] = has
	return has
}

// namesEpic reports whether an item is but a link to an issue of the repository
// in which the milestone above it is, with or without a list below it.
func (r *reader) namesEpic(item listItem, first string) bool {
	milestone := r.path.enclosing(compile.MilestoneRole)
	if r.field.kind != "" || milestone == nil || r.path.enclosing(compile.EpicRole) != nil {
		return false
	}
	if n := len(r.path.entries); n > 0 && r.path.entries[n-1].Role != compile.MilestoneRole {
		return false
	}
	h := r.readHeader(first)
	repo := repoOf(milestone.URL)
	return h.linked && len(item.lines) == 1 && repo != "" && repoOf(h.URL) == repo && len(item.rest) > 0
}

// tree turns an item and the lists nested in it into one statement.
func (r *reader) tree(item listItem, text string) compile.Item {
	told := compile.Item{Text: text, Marker: item.marker, Line: item.line}
	for _, b := range item.rest {
		if list, ok := b.(*ast.List); ok {
			told.Items = append(told.Items, r.nested(list)...)
		} else if s := r.copy(b); s != "" && !isHTMLComment(s) {
			told.Items = append(told.Items, compile.Item{Text: s, Line: r.lineOf(b)})
		}
	}
	if told.Text == "" && len(told.Items) == 1 {
		return told.Items[0]
	}
	return told
}

func (r *reader) nested(n *ast.List) []compile.Item {
	var items []compile.Item
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		item := r.item(c, itemMark(n, number))
		number++
		r.putBehind(&item)
		if told := r.tree(item, r.itemText(item)); told.Text != "" || len(told.Items) > 0 {
			items = append(items, told)
		}
	}
	return items
}
