package viewer

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newSite makes the parser of the third viewer.
func newSite() parser.Parser {
	p := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote)).Parser()
	p.AddOptions(parser.WithInlineParsers(
		util.Prioritized(addressParser{}, 0), util.Prioritized(wwwParser{}, 0), util.Prioritized(formulaParser{}, 0),
	))
	return p
}

// addressParser reads "https://" and what follows it as GitHub does: whatever
// stands in front, unless it is a letter, and whatever follows up to a space or
// a "<", though it be a backslash or a backtick.
type addressParser struct{}

var (
	scheme     = regexp.MustCompile(`(?i)(?:^|[^a-z])(https?|ftp)$`)
	addressEnd = regexp.MustCompile(`^://[^\s<]+`)
)

func (addressParser) Trigger() []byte { return []byte{':'} }

func (addressParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	front := scheme.FindSubmatch(before(parent, block, at))
	if front == nil || pc.IsInLinkLabel() {
		return nil
	}
	return autoLink(parent, block, at.Start-len(front[1]), addressEnd.Find(line))
}

// wwwParser reads "www." in the same way, where a word may begin.
type wwwParser struct{}

var (
	www    = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(www)$`)
	wwwEnd = regexp.MustCompile(`^\.[^\s<]+`)
)

func (wwwParser) Trigger() []byte { return []byte{'.'} }

func (wwwParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if pc.IsInLinkLabel() || !www.Match(before(parent, block, at)) {
		return nil
	}
	return autoLink(parent, block, at.Start-len("www"), wwwEnd.Find(line))
}

// longestFront is more than the scheme of an address with the character before it.
const longestFront = 16

// before gives the end of the text that stands directly before a place.
func before(parent ast.Node, block text.Reader, at text.Segment) []byte {
	last, ok := parent.LastChild().(*ast.Text)
	if !ok || last.Segment.Stop != at.Start || at.Padding > 0 {
		return nil
	}
	text := last.Segment.Value(block.Source())
	return text[max(0, len(text)-longestFront):]
}

// autoLink makes a link of what begins in the text before and goes on in rest; it
// makes none of nothing.
func autoLink(parent ast.Node, block text.Reader, start int, rest []byte) ast.Node {
	if rest == nil {
		return nil
	}
	last := parent.LastChild().(*ast.Text)
	if last.Segment.Stop = start; last.Segment.IsEmpty() {
		parent.RemoveChild(parent, last)
	}
	_, at := block.Position()
	rest = bytes.TrimRight(rest, "?!.,:*_~'\"")
	block.Advance(len(rest))
	return ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, at.Start+len(rest))))
}

// formula is a sign that begins a formula, unless it is escaped.
type formula struct{ ast.BaseInline }

var kindFormula = ast.NewNodeKind("Formula")

func (*formula) Kind() ast.NodeKind { return kindFormula }

func (n *formula) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type formulaParser struct{}

func (formulaParser) Trigger() []byte { return []byte{'$'} }

func (formulaParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	block.Advance(1)
	return &formula{}
}
