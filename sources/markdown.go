package sources

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// document is a parsed text with its source: what people wrote is copied from
// the source by position, never printed from the tree.
type document struct {
	source []byte
	root   ast.Node
	starts []int // of each line
	refs   map[string]string
	first  int // number of the source's first line
}

// parseMarkdown parses a text whose first line has the given number.
func parseMarkdown(source string, first int) *document {
	src := []byte(source)
	ctx := parser.NewContext()
	d := &document{source: src, first: first, refs: map[string]string{}}
	d.root = goldmark.DefaultParser().Parse(text.NewReader(src), parser.WithContext(ctx))
	d.starts = []int{0}
	for i, c := range src {
		if c == '\n' {
			d.starts = append(d.starts, i+1)
		}
	}
	for _, ref := range ctx.References() {
		d.refs[strings.ToLower(string(ref.Label()))] = string(ref.Destination())
	}
	return d
}

// clean makes a text fit to parse: UTF-8, line feeds, no byte order mark, and
// list markers that people use but Markdown does not know.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.TrimPrefix(s, "\uFEFF")
	s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return bullets(s)
}

var (
	roman     = regexp.MustCompile(`^(\s*)((?i:i{1,3}|iv|v|vi{1,3}|ix|xi{0,3}))[.)](\s+)(\S.*)$`)
	romanOne  = regexp.MustCompile(`(?im)^\s*i[.)]\s+\S`)
	uniBullet = regexp.MustCompile(`^(\s*)[•●▪◦‣·]\s*(\S.*)$`)
	fence     = regexp.MustCompile("^\\s*(```|~~~)")
)

// bullets turns "i." "ii." and "•" at the front of lines into list markers of
// the same width, outside code.
func bullets(s string) string {
	isRoman := romanOne.MatchString(s)
	if !isRoman && !strings.ContainsAny(s, "•●▪◦‣·") {
		return s
	}
	lines := strings.Split(s, "\n")
	var open string
	for i, line := range lines {
		if m := fence.FindStringSubmatch(line); m != nil {
			if open == "" {
				open = m[1]
			} else if open == m[1] {
				open = ""
			}
			continue
		}
		if open != "" {
			continue
		}
		if m := roman.FindStringSubmatch(line); m != nil && isRoman {
			pad := strings.Repeat(" ", min(len(m[2])+len(m[3]), 4))
			lines[i] = m[1] + "-" + pad + m[4]
		} else if m := uniBullet.FindStringSubmatch(line); m != nil {
			lines[i] = m[1] + "- " + m[2]
		}
	}
	return strings.Join(lines, "\n")
}

// line gives the number of the source line of a position.
func (d *document) line(pos int) int {
	i, found := slices.BinarySearch(d.starts, pos)
	if !found {
		i--
	}
	return d.first + i
}

// lineOf gives the line on which a block begins.
func (d *document) lineOf(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return d.line(n.Lines().At(0).Start)
		}
		if n.Type() == ast.TypeInline {
			break
		}
		if n.Pos() > 0 && !n.HasChildren() {
			return d.line(n.Pos())
		}
	}
	return d.first
}

// sourceLine is a line of a paragraph without the indent and the signs of the
// blocks around it.
type sourceLine struct {
	text  string
	line  int  // its number
	loose bool // it begins at the very margin
}

// lines copies the lines of a block.
func (d *document) lines(n ast.Node) []sourceLine {
	var all []sourceLine
	for _, seg := range n.Lines().Sliced(0, n.Lines().Len()) {
		value := strings.TrimRight(string(seg.Value(d.source)), "\n")
		_, atMargin := slices.BinarySearch(d.starts, seg.Start)
		all = append(all, sourceLine{d.inline(value), d.line(seg.Start), atMargin})
	}
	return all
}

var refLink = regexp.MustCompile(`(!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\])(?:\[([^\[\]]*)\])?`)

// inline puts the addresses of link definitions into the links that use them,
// as a text must not depend on lines elsewhere.
func (d *document) inline(s string) string {
	if len(d.refs) == 0 {
		return s
	}
	ends := refLink.FindAllStringSubmatchIndex(s, -1)
	var b strings.Builder
	last := 0
	for _, m := range ends {
		if m[1] < len(s) && (s[m[1]] == '(' || s[m[1]] == ':') {
			continue
		}
		label := s[m[4]:m[5]]
		if m[6] >= 0 && m[7] > m[6] {
			label = s[m[6]:m[7]]
		}
		dest, known := d.refs[strings.ToLower(strings.Join(strings.Fields(label), " "))]
		if !known {
			continue
		}
		b.WriteString(s[last:m[3]] + "(" + safeDestination(dest) + ")")
		last = m[1]
	}
	return b.String() + s[last:]
}

func safeDestination(dest string) string {
	if strings.ContainsAny(dest, " ()<>") {
		return "<" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(dest) + ">"
	}
	return dest
}

// unused gives the link definitions that no link uses, in order of their names.
func (d *document) unused() []string {
	var all []string
	for label, dest := range d.refs {
		used := false
		for _, m := range refLink.FindAllSubmatch(d.source, -1) {
			text, ref := strings.ToLower(string(m[2])), strings.ToLower(string(m[3]))
			used = used || ref == label || text == label && !bytes.Contains(d.source, []byte(string(m[1])+":"))
		}
		if !used {
			all = append(all, "["+label+"]("+safeDestination(dest)+")")
		}
	}
	slices.Sort(all)
	return all
}

// markdown copies a block as Markdown that stands by itself.
func (d *document) markdown(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return d.bold(n)
	case *ast.CodeBlock:
		return d.fenced(n, "")
	case *ast.FencedCodeBlock:
		info := ""
		if n.Info != nil {
			info = string(n.Info.Segment.Value(d.source))
		}
		return d.fenced(n, info)
	case *ast.HTMLBlock:
		s := d.join(n)
		if n.HasClosure() {
			s += "\n" + strings.TrimRight(string(n.ClosureLine.Value(d.source)), "\n")
		}
		return strings.TrimSpace(s)
	case *ast.Blockquote:
		return prefixLines(d.children(n), "> ")
	case *ast.List:
		return d.list(n)
	case *ast.ThematicBreak:
		return ""
	}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return d.join(n)
	}
	return d.children(n)
}

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

// bold gives a heading inside a text, which must not become one of the report.
func (d *document) bold(n ast.Node) string {
	s := strings.Join(strings.Fields(d.join(n)), " ")
	if _, isBold := cutBold(s); isBold || s == "" {
		return s
	}
	return "**" + strings.ReplaceAll(s, "**", "") + "**"
}

func (d *document) fenced(n ast.Node, info string) string {
	var code strings.Builder
	for _, seg := range n.Lines().Sliced(0, n.Lines().Len()) {
		code.Write(seg.Value(d.source))
	}
	body := strings.TrimRight(code.String(), "\n")
	mark := "```"
	for strings.Contains(body, mark) {
		mark += "`"
	}
	if strings.Contains(info, "`") {
		info = ""
	}
	return mark + info + "\n" + body + "\n" + mark
}

func (d *document) children(n ast.Node) string {
	var blocks []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if s := d.markdown(c); s != "" {
			blocks = append(blocks, s)
		}
	}
	return strings.Join(blocks, "\n\n")
}

func (d *document) list(n *ast.List) string {
	var items []string
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		mark := marker(n, number)
		number++
		if mark == "" {
			mark = "-"
		}
		items = append(items, mark+" "+strings.ReplaceAll(d.children(c), "\n", "\n"+strings.Repeat(" ", len(mark)+1)))
	}
	return strings.Join(items, "\n")
}

// marker gives the marker of a numbered list's item; empty for a bullet.
func marker(n *ast.List, number int) string {
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
