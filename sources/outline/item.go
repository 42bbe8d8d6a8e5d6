package outline

import (
	"iter"
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
	mark   string // "1." and the like; empty for a bullet
	line   int
}

// items takes the items of a list apart, one by one.
func (d *document) items(n *ast.List) iter.Seq[listItem] {
	return func(yield func(listItem) bool) {
		number := n.Start
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if !yield(d.item(c, itemMark(n, number))) {
				return
			}
			number++
		}
	}
}

func (d *document) item(n ast.Node, mark string) listItem {
	item := listItem{node: n, mark: mark, line: d.line(n.Pos())}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch {
		case len(item.rest) > 0 || isList(c):
			item.rest = append(item.rest, c)
		case len(item.lines)+len(item.blocks) == 0 && (c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindParagraph):
			item.lines = d.lines(c)
		default:
			item.blocks = append(item.blocks, c)
		}
	}
	return item
}

// first gives the item's first line.
func (i listItem) first() string {
	if len(i.lines) == 0 {
		return ""
	}
	return i.lines[0].text
}

// isLine reports whether nothing stands below an item's only line.
func (i listItem) isLine() bool { return len(i.rest)+len(i.blocks) == 0 && len(i.lines) == 1 }

// key reads the key that an item begins with. One without a sign counts only with
// a list below it.
func (r *reader) key(i listItem) (keyLine, bool) {
	k, isKey := r.cutKey(i.first())
	return k, isKey && (!k.bare || len(i.rest) > 0)
}

// text copies what an item says before its first nested list.
func (d *document) text(i listItem) string {
	var lines, blocks []string
	for _, l := range i.lines {
		lines = append(lines, l.text)
	}
	blocks = append(blocks, strings.TrimSpace(strings.Join(lines, "\n")))
	for _, b := range i.blocks {
		blocks = append(blocks, d.copy(b))
	}
	return joinBlocks(blocks)
}

// tree turns an item that says a text, and the lists nested in it, into one
// statement.
func (r *reader) tree(i listItem, text string) compile.Item {
	statement := compile.Item{Text: text, Marker: i.mark, Line: i.line}
	for _, b := range i.rest {
		if list, ok := b.(*ast.List); ok {
			statement.Items = append(statement.Items, r.nested(list)...)
		} else if s := r.copy(b); s != "" {
			statement.Items = append(statement.Items, compile.Item{Text: s, Line: r.lineOf(b)})
		}
	}
	if statement.Text == "" && len(statement.Items) == 1 {
		return statement.Items[0]
	}
	return statement
}

func (r *reader) nested(n *ast.List) []compile.Item {
	var nested []compile.Item
	for item := range r.items(n) {
		r.putBehind(&item)
		if statement := r.tree(item, r.text(item)); statement.Text != "" || len(statement.Items) > 0 {
			nested = append(nested, statement)
		}
	}
	return nested
}
