package safe

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// blockParser reads blocks alone. A definition of a link is text to it.
var blockParser = parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...))

func (s Text) render(markdown string) []string {
	src := []byte(markdown)
	return s.children(blockParser.Parse(text.NewReader(src)), src)
}

func (s Text) children(n ast.Node, src []byte) []string {
	var out []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, s.block(c, src)...)
	}
	return slices.DeleteFunc(out, func(b string) bool { return b == "" })
}

func (s Text) block(n ast.Node, src []byte) []string {
	switch n := n.(type) {
	case *ast.Heading:
		return []string{s.bold(string(n.Lines().Value(src)))}
	case *ast.FencedCodeBlock:
		info := ""
		if n.Info != nil {
			info = string(n.Info.Segment.Value(src))
		}
		return []string{codeBlock(string(n.Lines().Value(src)), info)}
	case *ast.CodeBlock:
		return []string{codeBlock(string(n.Lines().Value(src)), "")}
	case *ast.HTMLBlock:
		raw := string(n.Lines().Value(src))
		if n.HasClosure() {
			raw += string(n.ClosureLine.Value(src))
		}
		return s.html(raw)
	case *ast.Blockquote:
		if inner := s.children(n, src); len(inner) > 0 {
			return []string{Indent("> ", "> ", strings.Join(inner, "\n\n"))}
		}
		return nil
	case *ast.List:
		return []string{s.list(n, src)}
	case *ast.ThematicBreak:
		return nil
	}
	return []string{s.paragraph(string(n.Lines().Value(src)))}
}

// bold gives a heading as a line in bold letters. What is bold in it is not so
// twice, unless code would make it hard to tell what is.
func (s Text) bold(heading string) string {
	t := strings.Join(strings.Fields(balanced(s.span(strings.Join(strings.Fields(heading), " "), "*"))), " ")
	if t == "" {
		return ""
	}
	if !strings.Contains(t, "`") {
		t = unbold(t)
	}
	return "**" + t + "**"
}

// html gives a block of HTML as text, and what stands between its tags as the
// Markdown that it is.
func (s Text) html(raw string) []string {
	raw = htmlBlockComment.ReplaceAllString(raw, "")
	lines := strings.Split(raw, "\n")
	for i, l := range lines {
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "<") {
			l = "\\" + l
		}
		lines[i] = l
	}
	return s.render(strings.Join(lines, "\n"))
}

func (s Text) list(n *ast.List, src []byte) string {
	var items []string
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		mark := string(n.Marker) + " "
		if n.IsOrdered() {
			mark = strconv.Itoa(min(number, lastNumber)) + mark
		}
		number++
		if inner := s.children(c, src); len(inner) > 0 {
			items = append(items, Indent(mark, strings.Repeat(" ", len(mark)), item(inner, n.IsTight)))
		}
	}
	if n.IsTight {
		return strings.Join(items, "\n")
	}
	return strings.Join(items, "\n\n")
}

const lastNumber = 999_999_999 // the greatest that Markdown takes for one of a list

// item joins the blocks of an item. In a tight list a nested one follows its
// text without a blank line, where it may.
func item(blocks []string, tight bool) string {
	s := blocks[0]
	for _, b := range blocks[1:] {
		if tight && Interrupts(b) {
			s += "\n" + b
		} else {
			s += "\n\n" + b
		}
	}
	return s
}
