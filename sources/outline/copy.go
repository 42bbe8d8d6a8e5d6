package outline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// copy copies a block as Markdown that stands by itself: whatever is nested in it
// comes with it, and nothing of what is around it.
func (d *document) copy(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return d.copyHeading(n)
	case *ast.CodeBlock:
		return d.copyCode(n, "")
	case *ast.FencedCodeBlock:
		return d.copyCode(n, d.info(n))
	case *ast.HTMLBlock:
		return d.copyHTML(n)
	case *ast.Blockquote:
		return prefixLines(d.copyChildren(n), "> ")
	case *ast.List:
		return d.copyList(n)
	case *ast.LinkReferenceDefinition:
		return d.unused(n)
	case *ast.ThematicBreak:
		return ""
	}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return d.join(n)
	}
	return d.copyChildren(n)
}

// join copies the lines of a block.
func (d *document) join(n ast.Node) string {
	var b strings.Builder
	for i, l := range d.lines(n) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	return strings.TrimSpace(b.String())
}

// copyHeading makes a heading bold: inside a text it must not become one of the
// report.
func (d *document) copyHeading(n ast.Node) string {
	s := strings.Join(strings.Fields(d.join(n)), " ")
	if _, isBold := boldLine(s); isBold || s == "" {
		return s
	}
	return "**" + strings.ReplaceAll(s, "**", "") + "**"
}

// copyHTML copies HTML, which is nothing if all of it is a comment.
func (d *document) copyHTML(n *ast.HTMLBlock) string {
	s := d.join(n)
	if n.HasClosure() {
		s += "\n" + strings.TrimRight(string(n.ClosureLine.Value(d.source)), "\n")
	}
	if s = strings.TrimSpace(s); isHTMLComment(s) {
		return ""
	}
	return s
}

func isHTMLComment(s string) bool {
	return strings.HasPrefix(s, "<!--") && strings.Index(s, "-->") == len(s)-len("-->")
}

// info gives what stands behind a fence, like the language of the code.
func (d *document) info(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	info := string(n.Info.Segment.Value(d.source))
	if strings.Contains(info, "`") {
		return "" // it would end the fence that is written here
	}
	return info
}

// copyCode puts code between fences that do not stand in it.
func (d *document) copyCode(n ast.Node, info string) string {
	var code strings.Builder
	for _, seg := range n.Lines().Sliced(0, n.Lines().Len()) {
		code.Write(seg.Value(d.source))
	}
	body := strings.TrimRight(code.String(), "\n")
	mark := "```"
	for strings.Contains(body, mark) {
		mark += "`"
	}
	return mark + info + "\n" + body + "\n" + mark
}

func (d *document) copyChildren(n ast.Node) string {
	var blocks []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		blocks = append(blocks, d.copy(c))
	}
	return joinBlocks(blocks)
}

// joinBlocks puts the blocks that are not empty one below the other.
func joinBlocks(blocks []string) string {
	return strings.Join(slices.DeleteFunc(blocks, func(b string) bool { return b == "" }), "\n\n")
}

func (d *document) copyList(n *ast.List) string {
	var items []string
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		mark := cmp.Or(itemMark(n, number), "-") + " "
		number++
		items = append(items, mark+strings.ReplaceAll(d.copyChildren(c), "\n", "\n"+strings.Repeat(" ", len(mark))))
	}
	return strings.Join(items, "\n")
}

// itemMark gives "1." and the like for an item of a numbered list; empty for a
// bullet.
func itemMark(n *ast.List, number int) string {
	if !n.IsOrdered() {
		return ""
	}
	return fmt.Sprintf("%d.", number)
}

func prefixLines(s, prefix string) string {
	if s == "" {
		return ""
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(prefix+l, " ")
	}
	return strings.Join(lines, "\n")
}
