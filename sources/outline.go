package sources

import (
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// outline reads a text as an outline. Headings, bold headers and the nesting of
// lists give the path of an entry, keys give the kind of what stands under them,
// and everything else is a statement at its place: no layout loses text.
//
// A note's headers open entries. A comment is one entry, and its headers only
// say what its statements stand under.
type outline struct {
	*document
	words   compile.Words
	comment bool
	title   string    // of the note; a text that repeats it is dropped
	date    time.Time // of the note

	headline string // the note's title in its text, if it is a heading

	headings []heading
	entry    *header // opened by a line that is no heading; nil if none is open
	labels   []string
	under    string // in a comment
	said     bool   // something was said under it

	kind  compile.Kind // of the field that is open; empty if none is
	style keyStyle

	deferred []sourceLine // of a list item, but meant to stand behind the list
	updates  []*compile.Update
	current  *compile.Update
}

type heading struct {
	level int
	header
}

// keyStyle tells how a field was opened, and so where it ends.
type keyStyle int

const (
	keyHeading keyStyle = iota // at the next heading
	keyLined                   // a line of its own: at the next key, label or header
	keyBullet                  // in a list: with the list, unless another key follows
)

// read walks the top of the document.
func (o *outline) read() []*compile.Update {
	for n := o.root.FirstChild(); n != nil; {
		n = o.block(n)
	}
	o.closeUnder()
	var told []*compile.Update
	for _, u := range o.updates {
		if !o.leadsOn(u) {
			told = append(told, u)
		}
	}
	return told
}

// leadsOn reports whether an update is but a heading on the way to others.
func (o *outline) leadsOn(u *compile.Update) bool {
	return len(u.Items) == 0 && slices.ContainsFunc(o.updates, func(other *compile.Update) bool {
		return len(other.Path) > len(u.Path) && slices.Equal(other.Path[:len(u.Path)], u.Path)
	})
}

// block reads one block at the margin and returns the next one to read.
func (o *outline) block(n ast.Node) ast.Node {
	next := n.NextSibling()
	switch b := n.(type) {
	case *ast.Heading:
		o.heading(b)
	case *ast.ThematicBreak:
	case *ast.List:
		o.list(b, nil)
		o.lined(o.deferred, next)
		o.deferred = nil
	case *ast.Paragraph:
		if o.lined(o.lines(b), next) {
			return next.NextSibling()
		}
	case *ast.CodeBlock:
		lines := o.lines(b)
		if _, isKey := cutKey(lines[0].text); isKey {
			o.lined(lines, next)
			break
		}
		o.statement(b, next)
	default:
		o.statement(b, next)
	}
	return next
}

// statement tells a whole block.
func (o *outline) statement(n, next ast.Node) {
	if text := o.markdown(n); text != "" && !isHTMLComment(text) {
		o.say(compile.Item{Kind: o.loose(next), Text: text, Line: o.lineOf(n)})
	}
}

func isHTMLComment(s string) bool {
	return strings.HasPrefix(s, "<!--") && strings.Index(s, "-->") == len(s)-len("-->")
}

// heading opens a heading, or the field that it names.
func (o *outline) heading(n *ast.Heading) {
	text := strings.Join(strings.Fields(o.join(n)), " ")
	level, line := n.Level, o.lineOf(n)
	if f, isKey := cutKey(text); isKey {
		o.closeUnder()
		o.leave(level)
		o.kind, o.style = f.kind, keyHeading
		o.value(f, compile.Item{Text: f.value, Line: line})
		return
	}
	if text == "" {
		return
	}
	h := parseHeader(text, o.words)
	if o.isTitle(n, h) {
		o.headline = h.Title
		return
	}
	if o.comment {
		o.openUnder(text)
		return
	}
	o.leave(level)
	o.setRole(&h, true)
	o.headings = append(o.headings, heading{level, h})
	o.entry, o.labels, o.kind = nil, h.labels, ""
	o.begin(line)
}

// leave closes the headings of a level and below, and their entries.
func (o *outline) leave(level int) {
	kept := slices.IndexFunc(o.headings, func(h heading) bool { return h.level >= level })
	if kept >= 0 {
		o.headings = o.headings[:kept]
		o.entry, o.labels = nil, nil
	}
	o.current = nil
}

// isTitle reports whether a heading is the note's own title: the one of its
// front matter, one with the day of the note in it before any text, or the only
// one of the first level, which stands above all others.
func (o *outline) isTitle(n *ast.Heading, h header) bool {
	if o.comment || h.URL != "" || h.explicit {
		return false
	}
	if strings.EqualFold(h.Title, o.title) {
		return true
	}
	return o.headline == "" && len(o.headings)+len(o.updates) == 0 && (strings.Contains(h.Title, o.date.Format(compile.DateLayout)) || n.Level == 1 && isAbove(n))
}

// isAbove reports whether other headings follow, all of lower levels.
func isAbove(n *ast.Heading) bool {
	others := false
	for c := n.NextSibling(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok {
			if h.Level <= n.Level {
				return false
			}
			others = true
		}
	}
	return others
}

// setRole settles what a header stands for: a word or a milestone's page says
// it, else its link and the headers that it stands under.
func (o *outline) setRole(h *header, isHeading bool) {
	if h.explicit {
		return
	}
	milestone, epic := o.enclosing(compile.MilestoneRole), o.enclosing(compile.EpicRole)
	repo := repoOf(h.URL)
	switch {
	case isHeading && repo != "" && milestone == nil:
		h.Role = compile.MilestoneRole
	case isHeading && milestone != nil && epic == nil:
		h.Role = compile.EpicRole
	case isHeading && milestone == nil && epic == nil:
		h.Role = compile.AreaRole
	case !isHeading && milestone != nil && epic == nil && repo != "" && repo == repoOf(milestone.URL):
		h.Role = compile.EpicRole
	default:
		h.Role = compile.TaskRole
	}
}

func (o *outline) enclosing(role compile.Role) *header {
	for i := range o.headings {
		if o.headings[i].Role == role {
			return &o.headings[i].header
		}
	}
	return nil
}

// enter opens an entry below the headings.
func (o *outline) enter(h header, line int) {
	o.setRole(&h, false)
	o.entry, o.labels, o.kind = &h, h.labels, ""
	o.begin(line)
}

// begin starts the update of the present path.
func (o *outline) begin(line int) {
	u := &compile.Update{Labels: o.labels, Source: compile.Source{Line: line}}
	for _, h := range o.headings {
		u.Path = append(u.Path, h.Heading)
	}
	if o.entry != nil {
		u.Path = append(u.Path, o.entry.Heading)
	}
	o.current = u
	o.updates = append(o.updates, u)
}

// say adds a statement to the present entry.
func (o *outline) say(item compile.Item) {
	if o.current == nil {
		o.begin(item.Line)
	}
	item.Under, o.said = o.under, true
	o.current.Items = append(o.current.Items, item)
}

// openUnder opens a header inside a comment.
func (o *outline) openUnder(title string) {
	o.closeUnder()
	if inner, isBold := cutBold(title); isBold {
		title = inner
	}
	o.under, o.said, o.kind = strings.TrimSuffix(title, ":"), false, ""
}

// closeUnder tells a header by itself when nothing stood under it.
func (o *outline) closeUnder() {
	if title := o.under; title != "" && !o.said {
		o.under = ""
		o.say(compile.Item{Kind: compile.Note, Text: "**" + title + "**"})
	}
}

// value tells the value of a field. One that says nothing is no statement, and
// one that says "none" is none of its kind.
func (o *outline) value(f field, item compile.Item) {
	switch {
	case saysNothing(item.Text) && len(item.Items) == 0:
		return
	case deniesAll(item.Text) && len(item.Items) == 0:
		item.Kind, item.Text = compile.Note, string(f.kind)+": "+item.Text
	default:
		item.Kind = f.kind
	}
	o.say(item)
}

// loose gives the kind of what stands at the margin. A field in a list is over
// with the list, unless another field follows: then the text belongs to it.
func (o *outline) loose(next ast.Node) compile.Kind {
	if o.kind == "" || o.style == keyBullet && !o.keyAhead(next) {
		return compile.Note
	}
	return o.kind
}

// keyAhead reports whether another field follows in the same entry.
func (o *outline) keyAhead(n ast.Node) bool {
	for ; n != nil; n = n.NextSibling() {
		switch b := n.(type) {
		case *ast.Heading:
			return false
		case *ast.List:
			if hasKey(o, b) {
				return true
			}
		case *ast.Paragraph:
			for _, l := range o.lines(b) {
				if o.opensEntry(l.text, b.NextSibling()) {
					return false
				}
				if _, isKey := cutKey(l.text); isKey {
					return true
				}
			}
		}
	}
	return false
}

// opensEntry reports whether a line at the margin opens an entry: a bold line,
// or one that is but a link, with a list or a field below it.
func (o *outline) opensEntry(line string, next ast.Node) bool {
	h := parseHeader(line, o.words)
	if o.comment {
		return h.isEntry() && h.URL == ""
	}
	if h.isEntry() {
		return true
	}
	return h.linked && h.URL != "" && (len(h.labels) > 0 || o.isBody(next))
}

// isBody reports whether a block can only be the body of a header above it.
func (o *outline) isBody(n ast.Node) bool {
	switch b := n.(type) {
	case *ast.List:
		return true
	case *ast.Paragraph:
		_, isKey := cutKey(o.lines(b)[0].text)
		return isKey
	}
	return false
}

// paragraph is text at the margin that is not told yet.
type paragraph struct {
	lines []string
	start int    // number of its first line
	field *field // whose value it is; nil for free text
}

func (p paragraph) text() string { return strings.TrimSpace(strings.Join(p.lines, "\n")) }

// lined reads the lines of a paragraph at the margin: headers, fields, labels
// and text. It reports whether it read the next block too, as a list below a
// line that ends in a colon.
func (o *outline) lined(lines []sourceLine, next ast.Node) (tookNext bool) {
	var p paragraph
	for i, l := range lines {
		var after ast.Node
		if i == len(lines)-1 {
			after = next
		}
		f, isKey := cutKey(l.text)
		switch {
		case isKey && (!f.bare || isList(after)):
			o.tellParagraph(p, next, nil)
			p = paragraph{}
			o.kind, o.style = f.kind, keyLined
			if f.value != "" {
				p = paragraph{lines: []string{f.value}, start: l.line, field: &f}
			}
		case o.opensEntry(l.text, after) || after == nil && i < len(lines)-1 && !o.comment && parseHeader(l.text, o.words).isEntry():
			o.tellParagraph(p, next, nil)
			p = paragraph{}
			if o.comment {
				o.openUnder(l.text)
			} else {
				o.enter(parseHeader(l.text, o.words), l.line)
			}
		case isLabel(l.text):
			o.tellParagraph(p, next, nil)
			p = paragraph{}
			if o.style != keyHeading {
				o.kind = ""
			}
			if isList(after) || i < len(lines)-1 && !isLabel(lines[i+1].text) {
				p = paragraph{lines: []string{l.text}, start: l.line}
			}
		default:
			if len(p.lines) == 0 {
				p.start = l.line
			}
			p.lines = append(p.lines, l.text)
		}
	}
	list, ok := next.(*ast.List)
	if ok && strings.HasSuffix(p.text(), ":") && !hasKey(o, list) {
		o.tellParagraph(p, next, o.nested(list))
		return true
	}
	o.tellParagraph(p, next, nil)
	return false
}

// tellParagraph tells text at the margin, with the list below it if it is part
// of the same statement. The note's title is no statement.
func (o *outline) tellParagraph(p paragraph, next ast.Node, nested []compile.Item) {
	item := compile.Item{Text: p.text(), Line: p.start, Items: nested}
	switch {
	case item.Text == "" || !o.comment && strings.EqualFold(item.Text, o.title):
	case p.field != nil:
		o.value(*p.field, item)
	default:
		item.Kind = o.loose(next)
		o.say(item)
	}
}

func isList(n ast.Node) bool {
	_, ok := n.(*ast.List)
	return ok
}
