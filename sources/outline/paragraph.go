package outline

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// paragraph is text at the margin that is not told yet.
type paragraph struct {
	lines []string
	start int          // number of its first line
	kind  compile.Kind // of the key whose value it is; empty for free text
}

func (p paragraph) text() string { return strings.TrimSpace(strings.Join(p.lines, "\n")) }

// with adds a line.
func (p paragraph) with(text string, line int) paragraph {
	if len(p.lines) == 0 {
		p.start = line
	}
	p.lines = append(p.lines, text)
	return p
}

var bullet = regexp.MustCompile(`^[-+*]\s+`)

// lined reads the lines of a paragraph at the margin: headers, keys, labels and
// text. It returns the block to read next, which is not the one behind the
// paragraph when a line announced that with a colon.
func (r *reader) lined(lines []sourceLine, next ast.Node) ast.Node {
	var p paragraph
	for i, l := range lines {
		if text := bullet.ReplaceAllString(l.text, ""); i > 0 && text != l.text {
			r.tellParagraph(p, next, nil) // an item that is indented too far to be one
			p, lines[i].text = paragraph{}, text
		}
		p = r.readLine(p, lines[i:], next)
	}
	return r.lastParagraph(p, next)
}

// readLine reads the first of the lines that are left of a paragraph, and returns
// what is not told of it yet.
func (r *reader) readLine(p paragraph, lines []sourceLine, next ast.Node) paragraph {
	l := lines[0]
	var below ast.Node // the line
	if len(lines) == 1 {
		below = next
	}
	k, isKey := cutKey(l.text)
	isKey = isKey && (!k.bare || isList(below))
	opens := !isKey && r.opensEntry(l.text, below)
	if !isKey && !opens && !isLabel(l.text) {
		return p.with(l.text, l.line)
	}
	r.tellParagraph(p, next, nil)
	switch {
	case isKey:
		r.field = lineField(k.kind)
		if k.value != "" {
			return paragraph{kind: k.kind}.with(k.value, l.line)
		}
	case opens:
		r.enter(r.readHeader(l.text), l.line)
	default:
		r.field = r.field.atLabel()
		if r.announces(lines, next) {
			return paragraph{}.with(l.text, l.line)
		}
	}
	return paragraph{}
}

// announces reports whether a label, the first of the lines, has text below it.
func (r *reader) announces(lines []sourceLine, next ast.Node) bool {
	if len(lines) > 1 {
		return !isLabel(lines[1].text)
	}
	return r.isTextAfter(next)
}

// lastParagraph tells the end of a paragraph, with the block below it when that
// is announced by a colon, and returns the block to read next.
func (r *reader) lastParagraph(p paragraph, next ast.Node) ast.Node {
	var nested []compile.Item
	rest := next
	if strings.HasSuffix(strings.TrimRight(p.text(), "*_"), ":") {
		list, ok := next.(*ast.List)
		switch {
		case ok && !r.hasKey(list) && !r.isBroken(list):
			nested, rest = r.nested(list), next.NextSibling()
		case !ok && isLabel(p.text()) && r.isTextAfter(next):
			p.lines, rest = append(p.lines, "", r.copy(next)), next.NextSibling()
		}
	}
	r.tellParagraph(p, next, nested)
	return rest
}

// tellParagraph tells text at the margin, with the list below it if it is part
// of the same statement. The note's title is not a statement.
func (r *reader) tellParagraph(p paragraph, next ast.Node, nested []compile.Item) {
	text, kind := p.text(), p.kind
	if text == "" || r.title.repeats(text) {
		return
	}
	if kind == "" {
		kind = r.loose(next)
	}
	r.say(compile.Item{Kind: kind, Text: text, Line: p.start, Items: nested})
}
