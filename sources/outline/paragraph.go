package outline

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// paragraph is text at the margin that is not told yet.
type paragraph struct {
	lines []string
	start int      // number of its first line
	key   *keyLine // whose value it is; nil for free text
}

func (p paragraph) text() string { return strings.TrimSpace(strings.Join(p.lines, "\n")) }

var bullet = regexp.MustCompile(`^[-+*]\s+`)

// lined reads the lines of a paragraph at the margin: headers, fields, labels
// and text. It returns the block to read next, which is not the one behind the
// paragraph when a line announced that with a colon.
func (o *outline) lined(lines []sourceLine, next ast.Node) ast.Node {
	var p paragraph
	flush := func() {
		o.tellParagraph(p, next, nil)
		p = paragraph{}
	}
	for i, l := range lines {
		var after ast.Node
		last := i == len(lines)-1
		if last {
			after = next
		}
		if rest := bullet.ReplaceAllString(l.text, ""); i > 0 && rest != l.text {
			flush() // an item that is indented too far to be one
			l.text = rest
		}
		f, isKey := cutKey(l.text)
		switch {
		case isKey && (!f.bare || isList(after)):
			flush()
			o.field = lineField(f.kind)
			if f.value != "" {
				p = paragraph{lines: []string{f.value}, start: l.line, key: &f}
			}
		case o.opensEntry(l.text, after) || last && i > 0 && !o.comment && parseHeader(l.text, o.words).isEntry():
			flush()
			o.enter(o.header(l.text), l.line)
		case isLabel(l.text):
			flush()
			o.field = o.field.atLabel()
			if !last && !isLabel(lines[i+1].text) || last && o.isTextAfter(next) {
				p = paragraph{lines: []string{l.text}, start: l.line}
			}
		default:
			if len(p.lines) == 0 {
				p.start = l.line
			}
			p.lines = append(p.lines, l.text)
		}
	}
	return o.lastParagraph(p, next)
}

// lastParagraph tells the end of a paragraph, with the block below it when that
// is announced by a colon, and returns the block to read next.
func (o *outline) lastParagraph(p paragraph, next ast.Node) ast.Node {
	var nested []compile.Item
	rest := next
	if strings.HasSuffix(strings.TrimRight(p.text(), "*_"), ":") {
		list, ok := next.(*ast.List)
		switch {
		case ok && !o.hasKey(list) && !o.isBroken(list):
			nested, rest = o.nested(list), next.NextSibling()
		case !ok && isLabel(p.text()) && o.isTextAfter(next):
			p.lines, rest = append(p.lines, "", o.copy(next)), next.NextSibling()
		}
	}
	o.tellParagraph(p, next, nested)
	return rest
}

// isTextAfter reports whether a block can be what a label announces.
func (o *outline) isTextAfter(n ast.Node) bool {
	switch b := n.(type) {
	case nil, *ast.Heading, *ast.ThematicBreak:
		return false
	case *ast.List:
		return true
	case *ast.Paragraph:
		return !slices.ContainsFunc(o.lines(b), func(l sourceLine) bool {
			_, isKey := cutKey(l.text)
			return isKey || isLabel(l.text) || o.opensEntry(l.text, b.NextSibling())
		})
	}
	return o.copy(n) != ""
}

// tellParagraph tells text at the margin, with the list below it if it is part
// of the same statement. The note's title is no statement.
func (o *outline) tellParagraph(p paragraph, next ast.Node, nested []compile.Item) {
	item := compile.Item{Text: p.text(), Line: p.start, Items: nested}
	switch {
	case item.Text == "" || !o.comment && strings.EqualFold(item.Text, o.title):
	case p.key != nil:
		o.value(*p.key, item)
	default:
		item.Kind = o.loose(next)
		o.say(item)
	}
}

func isList(n ast.Node) bool {
	_, ok := n.(*ast.List)
	return ok
}
