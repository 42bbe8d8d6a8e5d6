package outline

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// paragraph is text at the margin that is being read.
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
			r.addParagraph(p, next, nil) // an item that is indented too far to be one
			p, lines[i].text = paragraph{}, text
		}
		p = r.readLine(p, lines[i:], next)
	}
	return r.lastParagraph(p, next)
}

// readLine reads the first of the lines that are left of a paragraph, and returns
// what is still open of it.
func (r *reader) readLine(p paragraph, lines []sourceLine, next ast.Node) paragraph {
	l := lines[0]
	var below ast.Node // the line
	if len(lines) == 1 {
		below = next
	}
	k, isKey := r.cutKey(l.text)
	by, isSpeaker := cutSpeaker(l.text)
	switch {
	case isKey && (!k.bare || isList(below)):
		r.addParagraph(p, next, nil)
		return r.keyed(k, l)
	case isSpeaker && (r.isBody(below) || len(lines) > 1):
		r.addParagraph(p, next, nil)
		r.speak(by, l.line)
		return paragraph{}
	case r.isTitleLine(l.text):
		r.addParagraph(p, next, nil)
		r.newTitle(1, strings.Trim(l.text, emphasis))
		return paragraph{}
	case r.opensEntry(l.text, lines[1:], next):
		r.addParagraph(p, next, nil)
		r.enter(r.readHeader(l.text), l.line)
		return paragraph{}
	case isAttribute(l.text):
		r.addParagraph(p, next, nil)
		r.field = r.field.atAttribute()
		r.add(compile.Item{Kind: compile.Attribute, Text: l.text, Line: l.line})
		return paragraph{}
	case r.isLabel(l.text):
		r.addParagraph(p, next, nil)
		return r.labelled(lines, next)
	}
	return p.with(l.text, l.line)
}

// keyed opens the field of a key at the margin, and returns the key's value.
func (r *reader) keyed(k keyLine, l sourceLine) paragraph {
	r.field = lineField(k.kind)
	if k.value == "" {
		return paragraph{}
	}
	return paragraph{kind: k.kind}.with(k.value, l.line)
}

// labelled ends the field above a label, the first of the lines, and returns the
// label if it announces text or a list. Without either it says nothing.
func (r *reader) labelled(lines []sourceLine, next ast.Node) paragraph {
	r.field = r.field.atLabel()
	l := lines[0]
	switch {
	case len(lines) == 1 && r.isBody(next) && !isList(next):
		name, _ := cutColon(l.text)
		r.enter(r.readHeader(name), l.line)
	case len(lines) == 1 && r.isTextAfter(next), len(lines) > 1 && !r.isLabel(lines[1].text) && !r.isKeyLine(lines[1].text):
		return paragraph{}.with(l.text, l.line)
	default:
		r.leaveOut(compile.EmptyLabel, l.text, l.line)
	}
	return paragraph{}
}

func (r *reader) isKeyLine(line string) bool {
	_, isKey := r.cutKey(line)
	return isKey
}

// lastParagraph adds the end of a paragraph, with the block below it when that
// is announced by a colon, and returns the block to read next. A label alone above
// a list is the header of the list.
func (r *reader) lastParagraph(p paragraph, next ast.Node) ast.Node {
	var nested []compile.Item
	rest := next
	if strings.HasSuffix(strings.TrimRight(p.text(), "*_`"), ":") {
		list, ok := next.(*ast.List)
		name, names := r.cutTopic(p.text())
		switch {
		case ok && names && len(p.lines) == 1 && p.kind == "":
			if r.topicList(name, p.start, list) {
				return list
			}
			return next.NextSibling()
		case ok && !r.hasKey(list) && !r.isBroken(list):
			nested, rest = r.nested(list), next.NextSibling()
		case !ok && r.isLabel(p.text()) && r.isTextAfter(next):
			p.lines, rest = append(p.lines, "", r.copy(next)), next.NextSibling()
		}
	}
	r.addParagraph(p, next, nested)
	return rest
}

// topicList reads a list under the label above it, as far as [reader.part] does.
func (r *reader) topicList(name string, line int, list *ast.List) (left bool) {
	r.within(line, func() {
		r.topic(r.readHeader(name), line)
		left = r.part(list, "")
	})
	return left
}

// addParagraph adds text at the margin, with the list below it if it is part
// of the same statement. The note's title is not a statement.
func (r *reader) addParagraph(p paragraph, next ast.Node, nested []compile.Item) {
	text, kind := p.text(), p.kind
	if text == "" || r.title.repeats(text) {
		return
	}
	if kind == "" {
		kind = r.loose(next)
	}
	r.add(compile.Item{Kind: kind, Text: text, Line: p.start, Items: nested})
}
