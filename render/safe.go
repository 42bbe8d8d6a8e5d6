package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// safe makes people's Markdown fit to stand inside a report. What they meant
// stays readable: code, quotes, lists, links and images stay what they are. But
// no text changes the structure around it, pings anyone, or runs anything:
// headings turn bold, raw HTML is escaped, HTML comments vanish, open code is
// closed, mentions become links, and references point into the repository in
// which they were written.
type safe struct {
	web   string // address of GitHub's pages, without final slash
	repo  string // owner/name that "#12" means; empty if unknown
	wikis bool   // "[[page]]" is a link of the site that the report is part of
}

// blocks gives the blocks of a text, each free of indent and trailing space.
func (s safe) blocks(markdown string) []string {
	markdown = visible(markdown)
	out := s.render(shallow(markdown))
	if !harmless(strings.Join(out, "\n\n")) {
		fallbacks.Add(1)
		return []string{codeBlock(markdown, "")}
	}
	return out
}

// blockParser reads blocks alone. A definition of a link is text to it.
var blockParser = parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...))

func (s safe) render(markdown string) []string {
	src := []byte(markdown)
	return s.children(blockParser.Parse(text.NewReader(src)), src)
}

func (s safe) children(n ast.Node, src []byte) []string {
	var out []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, s.block(c, src)...)
	}
	return slices.DeleteFunc(out, func(b string) bool { return b == "" })
}

func (s safe) block(n ast.Node, src []byte) []string {
	switch n := n.(type) {
	case *ast.Heading:
		return []string{s.bold(rawLines(n, src))}
	case *ast.FencedCodeBlock:
		info := ""
		if n.Info != nil {
			info = string(n.Info.Segment.Value(src))
		}
		return []string{codeBlock(rawLines(n, src), info)}
	case *ast.CodeBlock:
		return []string{codeBlock(rawLines(n, src), "")}
	case *ast.HTMLBlock:
		raw := rawLines(n, src)
		if n.HasClosure() {
			raw += string(n.ClosureLine.Value(src))
		}
		return s.html(raw)
	case *ast.Blockquote:
		if inner := s.children(n, src); len(inner) > 0 {
			return []string{indent("> ", "> ", strings.Join(inner, "\n\n"))}
		}
		return nil
	case *ast.List:
		return []string{s.list(n, src)}
	case *ast.ThematicBreak:
		return nil
	}
	return []string{s.paragraph(rawLines(n, src))}
}

func rawLines(n ast.Node, src []byte) string {
	var b strings.Builder
	for _, seg := range n.Lines().Sliced(0, n.Lines().Len()) {
		b.Write(seg.Value(src))
	}
	return b.String()
}

// bold gives a heading as a line in bold letters. What is bold in it is not so
// twice, unless code would make it hard to tell what is.
func (s safe) bold(heading string) string {
	t := strings.Join(strings.Fields(balanced(s.inline(strings.Join(strings.Fields(heading), " ")))), " ")
	if t == "" {
		return ""
	}
	if !strings.Contains(t, "`") {
		t = cutBold(t)
	}
	return "**" + t + "**"
}

// cutBold takes the signs for bold out of a line, but for escaped ones.
func cutBold(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			b.WriteString(s[i : i+2])
			i++
		case strings.HasPrefix(s[i:], "**"):
			i++
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// html gives a block of HTML as text, and what stands between its tags as the
// Markdown that it is.
func (s safe) html(raw string) []string {
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

func (s safe) list(n *ast.List, src []byte) string {
	var items []string
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		mark := string(n.Marker) + " "
		if n.IsOrdered() {
			mark = strconv.Itoa(min(number, lastNumber)) + mark
		}
		number++
		if inner := s.children(c, src); len(inner) > 0 {
			items = append(items, indent(mark, strings.Repeat(" ", len(mark)), item(inner, n.IsTight)))
		}
	}
	if n.IsTight {
		return strings.Join(items, "\n")
	}
	return strings.Join(items, "\n\n")
}

// line gives a text on one line, without blocks.
func (s safe) line(markdown string) string {
	return lineStarts(s.titleText(oneLine(markdown), false))
}

// link gives a link with a title that people wrote; without address the title.
func (s safe) link(title, url string) string {
	if url == "" || !safeAddress(url) {
		return s.line(title)
	}
	return "[" + cmp.Or(s.titleText(oneLine(title), true), literals(url)) + "](" + destination(url) + ")"
}

// oneLine puts a text on one line without runs of spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(visible(s)), " ") }

const lastNumber = 999_999_999 // the greatest that Markdown takes for one of a list

// item joins the blocks of an item. In a tight list a nested one follows its
// text without a blank line, where it may.
func item(blocks []string, tight bool) string {
	s := blocks[0]
	for _, b := range blocks[1:] {
		if tight && interrupts.MatchString(b) {
			s += "\n" + b
		} else {
			s += "\n\n" + b
		}
	}
	return s
}
