package outline

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// reader walks a document from its top and gathers its updates. Headings, bold
// lines and the nesting of lists give the path of an entry, keys give the kind of
// what stands under them, and everything else is a statement at its place.
type reader struct {
	*document
	readHeader func(line string) header
	words      keyWords
	title      *title // nil for a comment

	path    path  // what the next statement stands under
	field   field // that is open there
	speaker speakerLine
	under   []string // labels in the issue of the path
	said    int      // items so far

	opening bool         // no heading was read yet, or none behind a title
	before  int          // updates that were read before that
	behind  []sourceLine // of a list item, but meant to stand behind the list

	updates []*compile.Update
	current *compile.Update // of the path; nil until its first statement

	keys     map[string]cut         // what [reader.cutKey] found, by line
	keyBelow map[ast.Node]bool      // what [reader.hasKeyBelow] found
	keyIn    map[*ast.List]ast.Node // what [reader.hasKey] found; nil if there is none
	scopes   struct {               // what [reader.hasScope] found last
		list  ast.Node
		found bool
	}
}

// cutKey reads the key at the front of a line, as words are meant in this text. Each
// line is looked at many times.
func (r *reader) cutKey(line string) (keyLine, bool) {
	found, known := r.keys[line]
	if !known {
		if r.keys == nil {
			r.keys = map[string]cut{}
		}
		found.keyLine, found.isKey = r.words.cut(line)
		r.keys[line] = found
	}
	return found.keyLine, found.isKey
}

// cut is what [reader.cutKey] found.
type cut struct {
	keyLine
	isKey bool
}

// read gives the updates in order of line.
func (r *reader) read() []compile.Update {
	r.keyIn = map[*ast.List]ast.Node{}
	r.words, r.opening = keyWords{r.saysThisWeek()}, r.title != nil
	r.blocks()
	r.hush()
	var updates []compile.Update
	for i, u := range r.updates {
		if r.leadsOn(i) || u.Summary && len(u.Items)+len(u.Path) == 0 {
			continue
		}
		updates = append(updates, filled(*u))
	}
	return updates
}

func (r *reader) blocks() {
	for n := r.root.FirstChild(); n != nil; {
		n = r.block(n)
	}
}

// block reads one block at the margin and returns the next one to read.
func (r *reader) block(n ast.Node) ast.Node {
	next := n.NextSibling()
	switch b := n.(type) {
	case *ast.Heading:
		r.heading(b)
	case *ast.ThematicBreak:
		r.rule()
	case *ast.List:
		r.list(b, "")
	case *ast.Paragraph:
		next = r.lined(r.lines(b), next)
	case *ast.CodeBlock:
		if !r.indented(b) {
			r.statement(b, next)
		}
	default:
		r.statement(b, next)
	}
	for len(r.behind) > 0 {
		next = r.linesBehind(next)
	}
	return next
}

// heading opens a heading, or the field that it names.
func (r *reader) heading(n *ast.Heading) {
	r.hush()
	text := strings.Join(strings.Fields(r.join(n)), " ")
	h := r.readHeader(text)
	if r.isTitle(n, h) {
		r.newTitle(n.Level, h.Title)
		return
	}
	r.endLead()
	if k, isKey := r.cutKey(text); isKey {
		r.leave(n.Level)
		r.field = headingField(k.kind, n.Level, len(r.path.entries))
		r.add(compile.Item{Kind: k.kind, Text: k.value, Line: r.lineOf(n)})
		return
	}
	if text == "" {
		return
	}
	if isUnfilled(text) {
		r.leave(n.Level)
		r.leaveOut(whyLeftOut(compile.Note, text), text, r.lineOf(n))
		return
	}
	h.Title = strings.TrimRight(h.Title, ": ")
	r.path.open(n.Level, h)
	r.field = r.field.atHeading(n.Level)
	r.begin(r.lineOf(n))
}

// leave closes the headings of a level and below, and the update there.
func (r *reader) leave(level int) {
	if r.path.leave(level) {
		r.current = nil
	}
}

// rule ends the entry and the field above it.
func (r *reader) rule() {
	r.hush()
	if len(r.path.entries) > 0 {
		r.path.entries, r.current = nil, nil
	}
	r.field = r.field.atRule()
}

// enter opens an entry at the margin.
func (r *reader) enter(h header, line int) {
	r.hush()
	r.path.enter(h)
	r.field = r.field.atEntry()
	r.begin(line)
}

// nest opens an entry in those that are open.
func (r *reader) nest(h header, line int) {
	r.path.nest(h)
	r.under = nil
	r.begin(line)
}

// indented reads fields and lists that are code only because they are indented.
func (r *reader) indented(n *ast.CodeBlock) bool {
	code := string(n.Lines().Value(r.source))
	first, _, _ := strings.Cut(code, "\n")
	if _, isKey := r.cutKey(first); !isKey && !listMark.MatchString(strings.TrimSpace(first)) {
		return false
	}
	whole := r.document
	r.document = parse(code, r.lineOf(n))
	r.blocks()
	r.document = whole
	return true
}

// statement adds a whole block.
func (r *reader) statement(n, next ast.Node) {
	if text := r.copy(n); text != "" {
		r.add(compile.Item{Kind: r.loose(next), Text: text, Line: r.lineOf(n)})
	}
}

// loose gives the kind of what stands at the margin, before a block.
func (r *reader) loose(next ast.Node) compile.Kind {
	r.field = r.field.atText(func() bool { return r.keyAhead(next) })
	return r.field.loose()
}
