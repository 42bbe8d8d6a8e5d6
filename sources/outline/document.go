package outline

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
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

// blocks reads the blocks of Markdown as CommonMark has them, and can serve several
// texts at once. What is inside of them is not parsed, as it is copied.
var blocks = parser.NewParser(
	parser.WithBlockParsers(parser.DefaultBlockParsers()...),
	parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
)

// parse parses a text whose first line has the given number.
func parse(source string, first int) *document {
	src := []byte(source)
	d := &document{source: src, first: first, starts: []int{0}, refs: map[string]*definition{}}
	d.root = blocks.Parse(text.NewReader(src))
	for i, c := range src {
		if c == '\n' {
			d.starts = append(d.starts, i+1)
		}
	}
	d.define()
	return d
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
