package compile

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// entry is an update of the month with its week and place.
type entry struct {
	Update
	week  time.Time
	place place
	scope string // of what the update is about: where its items may be said again
}

func (e entry) noted() bool { return e.Source.Note != "" }

// statement is a statement while the month is compiled.
type statement struct {
	Statement
	text  text
	weeks []time.Time
	scope string
	noted bool // a note says it, so that its wording is a person's
}

// compareUpdates puts updates in the order in which they are compiled, whatever
// the order in which they were read: by time, notes as their lines go.
func compareUpdates(a, b Update) int {
	return cmp.Or(
		a.Date.Compare(b.Date),
		strings.Compare(b.Source.Note, a.Source.Note),
		cmp.Compare(a.Source.Line, b.Source.Line),
		strings.Compare(a.Source.URL, b.Source.URL),
	)
}

// compareEntries puts the notes of a week before its comments.
func compareEntries(a, b entry) int {
	if a.noted() != b.noted() && a.week.Equal(b.week) {
		if a.noted() {
			return -1
		}
		return 1
	}
	return cmp.Or(a.week.Compare(b.week), compareUpdates(a.Update, b.Update))
}

// merger tells each statement once.
type merger struct {
	similar Similarity
	scopes  map[string]*said
	read    int
	all     []*statement
}

// said is what was said on one subject.
type said struct {
	list   []*statement
	byText map[string][]*statement // by the whole folded text
	byHead map[string][]*statement // by the folded text without nested list
}

func (s *said) add(st *statement) {
	s.list = append(s.list, st)
	s.index(st)
}

// index files a statement under its words, also under new ones.
func (s *said) index(st *statement) {
	s.byText[st.text.plain.text] = append(s.byText[st.text.plain.text], st)
	s.byHead[st.text.head] = append(s.byHead[st.text.head], st)
}

func (m *merger) scope(name string) *said {
	if m.scopes[name] == nil {
		m.scopes[name] = &said{byText: map[string][]*statement{}, byHead: map[string][]*statement{}}
	}
	return m.scopes[name]
}

// add takes in the items of an entry. Those that were said before join their
// statement: first those of the same words, then those that a person reworded.
// It returns the statements that are new.
func (m *merger) add(e entry) []*statement {
	m.read += len(e.Items)
	said := m.scope(e.scope)
	found := make([]*statement, len(e.Items))
	texts := make([]text, len(e.Items))
	for i, item := range e.Items {
		texts[i] = newText(item)
		found[i] = said.equal(e, item, texts[i])
	}
	for i, item := range e.Items {
		if found[i] == nil {
			found[i] = m.reworded(said, found, e, item, texts[i])
		}
	}
	var fresh []*statement
	for i, item := range e.Items {
		if found[i] == nil {
			found[i] = said.equal(e, item, texts[i]) // may stand twice in one update
		}
		if found[i] != nil {
			found[i].join(e, item, texts[i])
			said.index(found[i])
			continue
		}
		s := newStatement(e, item, texts[i])
		said.add(s)
		fresh = append(fresh, s)
	}
	m.all = append(m.all, fresh...)
	return fresh
}

func newStatement(e entry, item Item, t text) *statement {
	s := &statement{text: t, scope: e.scope, noted: e.noted(), weeks: []time.Time{e.week}}
	s.Item, s.Repo = item, e.repo()
	s.Sources = []Source{e.at(item)}
	return s
}

// at gives the source of one item of the entry.
func (e entry) at(item Item) Source {
	source := e.Source
	source.Week = e.week.Format(DateLayout)
	if e.noted() && item.Line > 0 {
		source.Line = item.Line
	}
	return source
}

// repo gives the repository that bare references in the entry mean.
func (e entry) repo() string {
	if e.Issue.Repo != "" {
		return e.Issue.Repo
	}
	for _, h := range slices.Backward(e.Path) {
		if ref, ok := ParseRef(h.URL); ok {
			return ref.Repo
		}
	}
	return ""
}

// join adds a second source to a statement. A note's wording takes the place of
// a comment's, and lists nested in the same words are put together.
func (s *statement) join(e entry, item Item, t text) {
	s.Sources = append(s.Sources, e.at(item))
	if !slices.ContainsFunc(s.weeks, e.week.Equal) {
		s.weeks = append(s.weeks, e.week)
	}
	switch {
	case t.head == s.text.head && t.plain.text != s.text.plain.text:
		s.Items = union(s.Items, item.Items)
		s.text = newText(s.Item)
	case e.noted() && !s.noted && !covers(s.text, t):
		s.Item, s.text = item, t
	}
	if s.Kind == Note {
		s.Kind = item.Kind
	}
	s.noted = s.noted || e.noted()
}

// covers reports whether a says all of b and more.
func covers(a, b text) bool {
	return len(a.plain.text) > len(b.plain.text) && withinWords(a.plain.text, b.plain.text)
}

// union appends to a nested list what it does not hold yet.
func union(a, b []Item) []Item {
	a = slices.Clone(a)
	for _, item := range b {
		t := newText(item)
		i := slices.IndexFunc(a, func(have Item) bool { return newText(have).head == t.head && t.head != "" || newText(have).equal(t) })
		if i < 0 {
			a = append(a, item)
			continue
		}
		a[i].Items = union(a[i].Items, item.Items)
	}
	return a
}

// sameKind reports whether two items can be one by their kinds. Free text of a
// comment may be what a note gives a kind, and the other way round.
func sameKind(s *statement, e entry, item Item) bool {
	return s.Kind == item.Kind || (s.Kind == Note || item.Kind == Note) && s.noted != e.noted()
}

// equal finds the statement that says the same in the same words, or whose
// nested list an item of the same first words goes on with.
func (s *said) equal(e entry, item Item, t text) *statement {
	for _, st := range s.byText[t.plain.text] {
		if sameKind(st, e, item) && st.text.equal(t) {
			return st
		}
	}
	if t.head == "" {
		return nil
	}
	for _, st := range s.byHead[t.head] {
		if st.Kind == item.Kind && (len(item.Items) > 0 || len(st.Items) > 0) && st.text.head == t.head &&
			sameRefs(plainText(st.Item.Text).refs, plainText(item.Text).refs, false) {
			return st
		}
	}
	return nil
}

// reworded finds the statement whose wording a person changed, the most alike.
// A statement that an item of the same update has joined is not taken again.
func (m *merger) reworded(s *said, taken []*statement, e entry, item Item, t text) *statement {
	var best *statement
	var bestScore float64
	for _, st := range s.list {
		if !sameKind(st, e, item) || slices.Contains(taken, st) {
			continue
		}
		if score, ok := m.near(st, e, t); ok && score > bestScore {
			best, bestScore = st, score
		}
	}
	return best
}

// near reports how much alike a comment's item is to what a note of the same
// week says. Nothing else is joined but word for word: two notes, or two
// comments, that differ are each somebody's words.
func (m *merger) near(s *statement, e entry, t text) (float64, bool) {
	if !s.noted || e.noted() || !slices.ContainsFunc(s.weeks, e.week.Equal) {
		return 0, false
	}
	if withinWords(s.text.plain.text, t.plain.text) && sameRefs(s.text.refs, t.refs, true) {
		return 1, true
	}
	return t.near(s.text, m.similar)
}

// shortText is how many letters a text needs so that it cannot stand in another
// by chance.
const shortText = 12

// withinWords reports whether part stands in whole, from word to word.
func withinWords(whole, part string) bool {
	if len(part) < shortText {
		return false
	}
	return strings.Contains(" "+whole+" ", " "+part+" ")
}

// finish gives the statement its weeks in order, and its sources notes first.
func (s *statement) finish() Statement {
	slices.SortFunc(s.weeks, time.Time.Compare)
	s.Weeks = make([]string, len(s.weeks))
	for i, w := range s.weeks {
		s.Weeks[i] = w.Format(DateLayout)
	}
	slices.SortStableFunc(s.Sources, func(a, b Source) int {
		if (a.Note == "") != (b.Note == "") {
			return strings.Compare(b.Note, a.Note)
		}
		return cmp.Or(strings.Compare(a.Note, b.Note), cmp.Compare(a.Line, b.Line))
	})
	s.Sources = slices.Compact(s.Sources)
	return s.Statement
}
