package outline

import (
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// Options say what a note does not say itself.
type Options struct {
	Day   time.Time // midnight UTC of the day that the note's file is named for
	Words compile.Words
}

// Contents is what a weekly note holds.
type Contents struct {
	Title    string           // as the note calls itself; empty if it does not
	Updates  []compile.Update // in order of line
	Problems []Problem        // what was not read as its author meant it
}

// Problem is something that a note's author should mend.
type Problem struct {
	Line int    // in the note, from 1
	Text string // one line
}

// Note reads a weekly note.
func Note(source string, options Options) Contents {
	matter := cutFrontMatter(clean(source))
	o := &outline{document: parse(matter.body, matter.first), words: options.Words, title: matter.title, date: options.Day}
	c := Contents{Title: matter.title, Problems: matter.problems}
	for _, u := range o.read() {
		u.Date = options.Day
		c.Updates = append(c.Updates, *u)
	}
	switch {
	case c.Title == "":
		c.Title = o.headline
	case o.headline != "" && !strings.EqualFold(c.Title, o.headline):
		c.Title += " – " + o.headline
	}
	return c
}

// Comment reads the statements of a comment that is an update, without its
// marker as [IsUpdate] returns it.
func Comment(body string) []compile.Item {
	o := &outline{document: parse(body, 1), comment: true}
	var items []compile.Item
	for _, part := range o.read() {
		items = append(items, part.Items...)
	}
	return items
}

// outline reads a text as an outline. Headings, bold headers and the nesting of
// lists give the path of an entry, keys give the kind of what stands under them,
// and everything else is a statement at its place: no layout loses text.
//
// A note's headers open updates. A comment is one update, and its headers only
// say what its statements stand under.
type outline struct {
	*document
	words   compile.Words
	comment bool
	title   string    // of the note; a text that repeats it is dropped
	date    time.Time // of the note

	headline string // the note's title in its text, if it is a heading

	headings []heading
	entries  []header // opened below the headings by bold lines, links and items

	field field // that is open

	keyBelow map[ast.Node]bool // what [outline.hasKeyBelow] found

	behind  []sourceLine // of a list item, but meant to stand behind the list
	updates []*compile.Update
	current *compile.Update // nil when the path has changed since
}

type heading struct {
	level int
	header
}

// read walks the top of the document. An update without statements is told when
// it does not lead on to others.
func (o *outline) read() []*compile.Update {
	o.blocks()
	var told []*compile.Update
	for i, u := range o.updates {
		if o.leadsOn(i) {
			continue
		}
		if o.comment {
			putUnder(u)
			dropLines(u.Items)
		}
		told = append(told, u)
	}
	return told
}

func (o *outline) blocks() {
	for n := o.root.FirstChild(); n != nil; {
		n = o.block(n)
	}
}

// leadsOn reports whether an update is but a heading on the way to the next one.
func (o *outline) leadsOn(i int) bool {
	path := o.updates[i].Path
	if len(o.updates[i].Items) > 0 || i+1 == len(o.updates) {
		return false
	}
	next := o.updates[i+1].Path
	return len(next) > len(path) && slices.EqualFunc(next[:len(path)], path, sameHeading)
}

func sameHeading(a, b compile.Heading) bool { return a.Title == b.Title && a.URL == b.URL }

// putUnder tells the statements of a part of a comment what they stand under. A
// header by itself is a statement.
func putUnder(u *compile.Update) {
	var titles []string
	for _, h := range u.Path {
		titles = append(titles, h.Title)
	}
	under := strings.Join(titles, " › ")
	if len(u.Items) == 0 {
		u.Items = []compile.Item{{Kind: compile.Note, Text: "**" + under + "**"}}
		return
	}
	for i := range u.Items {
		u.Items[i].Under = under
	}
}

// dropLines forgets the lines of a comment's statements, which lead nowhere.
func dropLines(items []compile.Item) {
	for i := range items {
		items[i].Line = 0
		dropLines(items[i].Items)
	}
}

// block reads one block at the margin and returns the next one to read.
func (o *outline) block(n ast.Node) ast.Node {
	next := n.NextSibling()
	switch b := n.(type) {
	case *ast.Heading:
		o.heading(b)
	case *ast.ThematicBreak:
		o.rule()
	case *ast.List:
		o.list(b, nil)
	case *ast.Paragraph:
		next = o.lined(o.lines(b), next)
	case *ast.CodeBlock:
		if !o.indented(b) {
			o.statement(b, next)
		}
	default:
		o.statement(b, next)
	}
	if lines := o.behind; len(lines) > 0 {
		o.behind = nil
		next = o.lined(lines, next)
	}
	return next
}

// indented reads fields and lists that are code only because they are indented.
func (o *outline) indented(n *ast.CodeBlock) bool {
	code := string(n.Lines().Value(o.source))
	first, _, _ := strings.Cut(code, "\n")
	if _, isKey := cutKey(first); !isKey && !listMark.MatchString(strings.TrimSpace(first)) {
		return false
	}
	whole := o.document
	o.document = parse(code, o.lineOf(n))
	o.blocks()
	o.document = whole
	return true
}

// rule ends the entry and the field above it.
func (o *outline) rule() {
	if len(o.entries) > 0 {
		o.entries, o.current = nil, nil
	}
	o.field = o.field.atRule()
}

// statement tells a whole block.
func (o *outline) statement(n, next ast.Node) {
	if text := o.copy(n); text != "" && !isHTMLComment(text) {
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
		o.leave(level)
		o.field = headingField(f.kind, level, len(o.entries))
		o.value(f, compile.Item{Text: f.value, Line: line})
		return
	}
	if text == "" {
		return
	}
	h := o.header(text)
	if o.isTitle(n, h) {
		o.headline = h.Title
		return
	}
	h.Title = strings.TrimRight(h.Title, ": ")
	o.leave(level)
	o.entries = nil
	o.setRole(&h, true)
	o.headings = append(o.headings, heading{level, h})
	o.field = o.field.atHeading(level)
	o.begin(line)
}

// leave closes the headings of a level and below, and their entries.
func (o *outline) leave(level int) {
	kept := slices.IndexFunc(o.headings, func(h heading) bool { return h.level >= level })
	if kept >= 0 {
		o.headings = o.headings[:kept]
		o.entries, o.current = nil, nil
	}
}

// header reads a line as a header. In a comment it is but a title.
func (o *outline) header(line string) header {
	if !o.comment {
		return parseHeader(line, o.words)
	}
	title, _ := cutBold(strings.TrimSpace(line))
	return header{Heading: compile.Heading{Title: title}}
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

// begin starts the update of the present path. Only its last step can be a task.
func (o *outline) begin(line int) {
	u := &compile.Update{Source: compile.Source{Line: line}}
	for _, h := range o.headings {
		u.Path, u.Labels = append(u.Path, h.Heading), h.labels
	}
	for _, h := range o.entries {
		u.Path, u.Labels = append(u.Path, h.Heading), h.labels
	}
	for i := range len(u.Path) - 1 {
		if u.Path[i].Role == compile.TaskRole {
			u.Path[i].Role = compile.AreaRole
		}
	}
	o.current = u
	o.updates = append(o.updates, u)
}

// say adds a statement to the present update. One that says nothing of its kind
// is none, and one that says "none" is but a note.
func (o *outline) say(item compile.Item) {
	if item.Kind != compile.Note && len(item.Items) == 0 {
		if saysNothing(item.Text) {
			return
		}
		if deniesAll(item.Text) {
			item.Kind, item.Text = compile.Note, string(item.Kind)+": "+item.Text
		}
	}
	if o.current == nil {
		o.begin(item.Line)
	}
	o.current.Items = append(o.current.Items, item)
}

// value tells the value of a field.
func (o *outline) value(f keyLine, item compile.Item) {
	item.Kind = f.kind
	o.say(item)
}

// loose gives the kind of what stands at the margin.
func (o *outline) loose(next ast.Node) compile.Kind {
	o.field = o.field.atText(func() bool { return o.keyAhead(next) })
	return o.field.loose()
}

// keyAhead reports whether another field follows in the same entry.
func (o *outline) keyAhead(n ast.Node) bool {
	for ; n != nil; n = n.NextSibling() {
		switch b := n.(type) {
		case *ast.Heading:
			return false
		case *ast.List:
			if o.hasKey(b) {
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
	if h.isEntry() {
		return !o.comment || h.URL == ""
	}
	return !o.comment && h.linked && (len(h.labels) > 0 || o.isBody(next))
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
