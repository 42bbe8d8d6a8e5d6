package outline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// document is a parsed text with its source: what people wrote is copied from
// the source by position, never printed from the tree.
type document struct {
	source []byte
	root   ast.Node
	starts []int                  // of each line
	refs   map[string]*definition // by label, as [normalLabel] makes it
	first  int                    // number of the source's first line
}

// definition is a link definition, "[label]: address". Its address is put where
// the label is used.
type definition struct {
	node *ast.LinkReferenceDefinition
	used bool
}

// parseMarkdown parses a text whose first line has the given number.
func parseMarkdown(source string, first int) *document {
	src := []byte(source)
	d := &document{source: src, first: first, starts: []int{0}, refs: map[string]*definition{}}
	d.root = goldmark.DefaultParser().Parse(text.NewReader(src))
	for i, c := range src {
		if c == '\n' {
			d.starts = append(d.starts, i+1)
		}
	}
	d.define()
	return d
}

// define gathers the link definitions, of which the first of a label counts, and
// finds those that are used.
func (d *document) define() {
	d.walk(func(n ast.Node) {
		if ref, ok := n.(*ast.LinkReferenceDefinition); ok {
			if label := normalLabel(string(ref.Label)); d.refs[label] == nil {
				d.refs[label] = &definition{node: ref}
			}
		}
	})
	if len(d.refs) == 0 {
		return
	}
	d.walk(func(n ast.Node) {
		switch n.Kind() {
		case ast.KindHeading, ast.KindParagraph, ast.KindTextBlock:
			d.lines(n)
		}
	})
}

// walk visits the blocks.
func (d *document) walk(visit func(ast.Node)) {
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}

// clean makes a text fit to parse: UTF-8, line feeds, no byte order mark, and
// list markers that people use but Markdown does not know.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.TrimPrefix(s, "\uFEFF")
	s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return bullets(toggles(s))
}

var toggle = regexp.MustCompile(`(?i)</?(?:details|summary)(?:\s[^<>\n]*)?>`)

// toggles removes the tags that hide a part of a text, outside code: what they
// hide is Markdown like the rest.
func toggles(s string) string {
	if !toggle.MatchString(s) {
		return s
	}
	return outsideCode(s, func(line string) string { return strings.TrimRight(toggle.ReplaceAllString(line, ""), " \t") })
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
	return outsideCode(s, func(line string) string {
		if m := roman.FindStringSubmatch(line); m != nil && isRoman {
			return m[1] + "-" + strings.Repeat(" ", min(len(m[2])+len(m[3]), 4)) + m[4]
		}
		return uniBullet.ReplaceAllString(line, "$1- $2")
	})
}

// outsideCode changes the lines of a text that are not between code fences.
func outsideCode(s string, change func(line string) string) string {
	lines := strings.Split(s, "\n")
	open := ""
	for i, line := range lines {
		m := fence.FindStringSubmatch(line)
		switch {
		case m == nil && open == "":
			lines[i] = change(line)
		case m != nil && open == "":
			open = m[1]
		case m != nil && open == m[1]:
			open = ""
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

// lines copies the lines of a block. A line that ends in a backslash, which
// breaks it, ends in two spaces instead: they do the same and do not show.
func (d *document) lines(n ast.Node) []sourceLine {
	var all []sourceLine
	for i, seg := range n.Lines().Sliced(0, n.Lines().Len()) {
		value := strings.TrimRight(string(seg.Value(d.source)), "\n")
		if broken := strings.TrimRight(value, "\\"); i < n.Lines().Len()-1 && (len(value)-len(broken))%2 == 1 {
			value = value[:len(value)-1] + "  "
		}
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
		ref := d.refs[normalLabel(label)]
		if ref == nil {
			continue
		}
		ref.used = true
		b.WriteString(s[last:m[3]] + "(" + safeDestination(string(ref.node.Destination)) + ")")
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

func normalLabel(label string) string {
	return strings.ToLower(strings.Join(strings.Fields(label), " "))
}

// unused gives a link definition as a link when nothing uses it: then it was
// meant to be read.
func (d *document) unused(n *ast.LinkReferenceDefinition) string {
	if ref := d.refs[normalLabel(string(n.Label))]; ref.node == n && ref.used {
		return ""
	}
	return "[" + string(n.Label) + "](" + safeDestination(string(n.Destination)) + ")"
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
	case *ast.LinkReferenceDefinition:
		return d.unused(n)
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
