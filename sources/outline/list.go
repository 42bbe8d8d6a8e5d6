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

func (o *outline) item(n ast.Node, marker string) listItem {
	item := listItem{node: n, marker: marker, line: o.line(n.Pos())}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch {
		case len(item.rest) > 0 || isList(c):
			item.rest = append(item.rest, c)
		case len(item.lines)+len(item.blocks) == 0 && (c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindParagraph):
			item.lines = o.lines(c)
		default:
			item.blocks = append(item.blocks, c)
		}
	}
	return item
}

// text copies what an item says before its first nested list.
func (o *outline) itemText(item listItem) string {
	blocks := []string{}
	var lines []string
	for _, l := range item.lines {
		lines = append(lines, l.text)
	}
	if s := strings.TrimSpace(strings.Join(lines, "\n")); s != "" {
		blocks = append(blocks, s)
	}
	for _, b := range item.blocks {
		if s := o.copy(b); s != "" && !isHTMLComment(s) {
			blocks = append(blocks, s)
		}
	}
	return strings.Join(blocks, "\n\n")
}

// list reads a list in which fields, entries and statements may stand. inside is
// the field whose value the list is, or nil.
func (o *outline) list(n *ast.List, inside *keyLine) {
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		item := o.item(c, itemMark(n, number))
		number++
		o.putBehind(&item)
		o.listItem(item, inside)
		if len(o.behind) > 0 && c.NextSibling() != nil {
			lines, rest := o.behind, after(n, c, number)
			o.behind = nil
			if o.lined(lines, rest) != nil {
				o.list(rest, nil)
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
func (o *outline) putBehind(item *listItem) {
	i := slices.IndexFunc(item.lines, o.isBehind)
	if i <= 0 || len(item.blocks)+len(item.rest) > 0 {
		return
	}
	o.behind = append(o.behind, item.lines[i:]...)
	item.lines = item.lines[:i]
}

func (o *outline) isBehind(l sourceLine) bool {
	f, isKey := cutKey(l.text)
	return l.loose && (isKey && !f.bare || isLabel(l.text) || parseHeader(l.text, o.words).isEntry())
}

func (o *outline) listItem(item listItem, inside *keyLine) {
	first := item.first()
	switch {
	case o.isField(item):
		f, _ := cutKey(first)
		o.fieldItem(item, f)
	case inside == nil && (o.hasKeyBelow(item) || o.namesEpic(item, first)):
		o.entryItem(item, first)
	case inside != nil:
		o.tell(inside.kind, item)
	default:
		o.looseItem(item)
	}
}

// looseItem tells an item that has no key of its own. A label that ends the field
// above it, "In progress:", is itself a key, and without a value it says nothing.
func (o *outline) looseItem(item listItem) {
	above := o.field
	switch {
	case isLabel(item.first()):
		o.field = above.atLabel()
		if o.field != above && item.isLine() {
			return
		}
	case len(item.rest) > 0:
		o.field = above.atItemWithList()
	}
	o.tell(o.field.loose(), item)
}

// isLine reports whether nothing stands below an item's only line.
func (i listItem) isLine() bool { return len(i.rest)+len(i.blocks) == 0 && len(i.lines) == 1 }

// tell tells an item with its nested list as one statement.
func (o *outline) tell(kind compile.Kind, item listItem) {
	told := o.tree(item, o.itemText(item))
	told.Kind, told.Text = cutBox(kind, told.Text)
	if told.Text != "" || len(told.Items) > 0 {
		o.say(told)
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
func (o *outline) fieldItem(item listItem, f keyLine) {
	o.field = o.field.atItemKey(f.kind)
	item.lines[0].text = f.value
	text := o.itemText(item)
	if !saysNothing(text) {
		o.value(f, o.tree(item, text))
		return
	}
	if len(item.rest) > 0 {
		o.field = o.field.withList()
	}
	for _, r := range item.rest {
		if list, ok := r.(*ast.List); ok {
			o.list(list, &f)
		} else if s := o.copy(r); s != "" {
			o.value(f, compile.Item{Text: s, Line: o.lineOf(r)})
		}
	}
}

// entryItem reads an item that is a header: its fields stand below it. Text that
// the header does not hold stands at the place around it.
func (o *outline) entryItem(item listItem, first string) {
	entries, outer := o.entries, o.field
	h := o.header(first)
	switch {
	case strings.TrimSpace(first) == "":
	case isValueLine(first, h):
		o.tell(compile.Note, listItem{lines: item.lines, blocks: item.blocks, line: item.line})
		item.lines, item.blocks = nil, nil
	case h.URL != "" && !h.linked && !h.aside:
		o.tell(compile.Note, listItem{lines: item.lines, line: item.line})
		h.Title, h.linked = cmp.Or(h.text, h.URL), true
		o.nest(h, item.line)
		item.lines = nil
	default:
		o.nest(h, item.line)
	}
	o.field = field{}
	if len(item.lines) > 1 || len(item.blocks) > 0 {
		item.lines = item.lines[min(1, len(item.lines)):]
		o.tell(compile.Note, listItem{lines: item.lines, blocks: item.blocks, line: item.line})
	}
	for _, r := range item.rest {
		if list, ok := r.(*ast.List); ok {
			o.list(list, nil)
		} else if s := o.copy(r); s != "" {
			o.say(compile.Item{Kind: compile.Note, Text: s, Line: o.lineOf(r)})
		}
	}
	o.entries, o.field, o.current = entries, outer, nil
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
func (o *outline) hasKey(n *ast.List) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if item := o.item(c, ""); o.isField(item) {
			return true
		}
	}
	return false
}

// isField reports whether an item is a field.
func (o *outline) isField(item listItem) bool {
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
func (o *outline) isBroken(n *ast.List) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if item := o.item(c, ""); slices.IndexFunc(item.lines, o.isBehind) > 0 {
			return true
		}
	}
	return false
}

// hasKeyBelow reports whether fields stand in the lists nested in an item, at
// any depth: they make the item a header.
func (o *outline) hasKeyBelow(item listItem) bool {
	known, found := o.keyBelow[item.node]
	if found {
		return known
	}
	has := slices.ContainsFunc(item.rest, func(r ast.Node) bool {
		list, ok := r.(*ast.List)
		if !ok {
			return false
		}
		below := o.hasKey(list)
		for c := list.FirstChild(); c != nil && !below; c = c.NextSibling() {
			below = o.hasKeyBelow(o.item(c, ""))
		}
		return below
	})
	if o.keyBelow == nil {
		o.keyBelow = map[ast.Node]bool{}
	}
	o.keyBelow[item.node] = has
	return has
}

// namesEpic reports whether an item is but a link to an issue of the repository
// in which the milestone above it is, with or without a list below it.
func (o *outline) namesEpic(item listItem, first string) bool {
	milestone := o.enclosing(compile.MilestoneRole)
	if o.comment || o.field.kind != "" || milestone == nil || o.enclosing(compile.EpicRole) != nil {
		return false
	}
	if n := len(o.entries); n > 0 && o.entries[n-1].Role != compile.MilestoneRole {
		return false
	}
	h := parseHeader(first, o.words)
	repo := repoOf(milestone.URL)
	return h.linked && len(item.lines) == 1 && repo != "" && repoOf(h.URL) == repo && len(item.rest) > 0
}

// tree turns an item and the lists nested in it into one statement.
func (o *outline) tree(item listItem, text string) compile.Item {
	told := compile.Item{Text: text, Marker: item.marker, Line: item.line}
	for _, r := range item.rest {
		if list, ok := r.(*ast.List); ok {
			told.Items = append(told.Items, o.nested(list)...)
		} else if s := o.copy(r); s != "" && !isHTMLComment(s) {
			told.Items = append(told.Items, compile.Item{Text: s, Line: o.lineOf(r)})
		}
	}
	if told.Text == "" && len(told.Items) == 1 {
		return told.Items[0]
	}
	return told
}

func (o *outline) nested(n *ast.List) []compile.Item {
	var items []compile.Item
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		item := o.item(c, itemMark(n, number))
		number++
		o.putBehind(&item)
		if told := o.tree(item, o.itemText(item)); told.Text != "" || len(told.Items) > 0 {
			items = append(items, told)
		}
	}
	return items
}
