package compile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// entry is an update of the month with its week and place.
type entry struct {
	Update
	texts []text // of its items
	week  Day
	place place
	scope string // of what the update is about: where its items may be said again
}

func newEntry(u Update) entry {
	e := entry{Update: u}
	for _, item := range u.Items {
		e.texts = append(e.texts, newText(item, e.repo()))
	}
	return e
}

func (e entry) noted() bool { return e.Source.Note != "" }

// statement is a statement while the month is compiled.
type statement struct {
	Statement
	text   text
	edited *text // a comment's words that a note has reworded; nil if there are none
	noted  Day   // week of the last note that says it, in a person's wording; zero if none does
}

// is reports whether an item of an entry is the statement, word for word. A
// comment may say again what a note has reworded.
func (s *statement) is(e entry, t text) bool {
	return s.text.key == t.key || s.edited != nil && s.edited.key == t.key && !e.noted()
}

// compareUpdates puts updates in the order in which they are compiled, whatever
// the order in which they were read: by time, notes as their lines go.
func compareUpdates(a, b Update) int {
	if order := cmp.Or(
		a.Date.Compare(b.Date),
		compareNoted(a.Source, b.Source),
		strings.Compare(a.Source.Note, b.Source.Note),
		cmp.Compare(a.Source.Line, b.Source.Line),
		strings.Compare(a.Source.URL, b.Source.URL),
	); order != 0 {
		return order
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// compareNoted puts notes before comments.
func compareNoted(a, b Source) int {
	switch {
	case (a.Note == "") == (b.Note == ""):
		return 0
	case a.Note != "":
		return -1
	}
	return 1
}

// compareEntries puts the notes of a week before its comments.
func compareEntries(a, b entry) int {
	return cmp.Or(a.week.Compare(b.week), compareNoted(a.Source, b.Source), compareUpdates(a.Update, b.Update))
}

// merger tells each statement once.
type merger struct {
	similar Similarity
	scopes  map[string]*said
	read    int
	told    int
}

// said is what was said on one subject.
type said struct {
	byText  map[string][]*statement // by the whole text
	byHead  map[string][]*statement // by the text without nested list
	notes   map[Day][]*statement    // by the week whose note says it
	literal map[Day]map[string]bool // what comments say, by week and text
}

// index files a statement under words that say it.
func (s *said) index(st *statement, t text) {
	if !slices.Contains(s.byText[t.key], st) {
		s.byText[t.key] = append(s.byText[t.key], st)
	}
	if !slices.Contains(s.byHead[t.head.key], st) {
		s.byHead[t.head.key] = append(s.byHead[t.head.key], st)
	}
}

func (m *merger) scope(name string) *said {
	if m.scopes[name] == nil {
		m.scopes[name] = &said{
			byText: map[string][]*statement{}, byHead: map[string][]*statement{},
			notes: map[Day][]*statement{}, literal: map[Day]map[string]bool{},
		}
	}
	return m.scopes[name]
}

// hear notes the words of a comment before anything is merged.
func (m *merger) hear(e entry) {
	said := m.scope(e.scope)
	if said.literal[e.week] == nil {
		said.literal[e.week] = map[string]bool{}
	}
	for _, t := range e.texts {
		said.literal[e.week][t.key] = true
	}
}

// add takes in the items of an entry. Those that were said before join their
// statement: first those of the same words, then those that a person reworded.
// It returns the statements that are new.
func (m *merger) add(e entry) []*statement {
	m.read += len(e.Items)
	said := m.scope(e.scope)
	found := make([]*statement, len(e.Items))
	for i := range e.Items {
		found[i] = said.equal(e, i)
	}
	for i := range e.Items {
		if found[i] == nil && !e.noted() {
			found[i] = m.reworded(said, found, e, i)
		}
	}
	var fresh []*statement
	for i, item := range e.Items {
		if found[i] == nil {
			found[i] = said.equal(e, i) // may stand twice in one update
		}
		if found[i] != nil {
			found[i].join(e, i, m.similar)
		} else {
			found[i] = newStatement(e, item, e.texts[i])
			fresh = append(fresh, found[i])
		}
		said.index(found[i], found[i].text)
		said.index(found[i], e.texts[i])
		if e.noted() && found[i].noted != e.week {
			found[i].noted = e.week
			said.notes[e.week] = append(said.notes[e.week], found[i])
		}
	}
	m.told += len(fresh)
	return fresh
}

func newStatement(e entry, item Item, t text) *statement {
	s := &statement{text: t}
	s.Item, s.Weeks, s.Repo = item, []Day{e.week}, e.repo()
	s.Sources = []Source{e.at(item)}
	return s
}

// at gives the source of one item of the entry.
func (e entry) at(item Item) Source {
	source := e.Source
	source.Week = e.week
	if e.noted() && item.Line > 0 {
		source.Line = item.Line
	}
	return source
}

// repo gives the repository that bare references in the entry mean.
func (e entry) repo() Repo {
	if e.Issue.Repo != (Repo{}) {
		return e.Issue.Repo
	}
	for _, h := range slices.Backward(e.Path) {
		if ref, ok := ParseRef(h.URL); ok {
			return ref.Repo
		}
	}
	return Repo{}
}

// join adds a second source to a statement. A note's wording takes the place of
// a comment's, and lists nested in the same words are put together.
func (s *statement) join(e entry, i int, similar Similarity) {
	item, t := e.Items[i], e.texts[i]
	s.Sources = append(s.Sources, e.at(item))
	kind := s.Kind
	if kind == Note {
		kind = item.Kind
	}
	switch {
	case s.is(e, t):
		if e.noted() && s.noted.IsZero() {
			s.Item, s.Repo = item, e.repo()
		}
	case s.text.head.key == t.head.key:
		if e.noted() || s.noted != e.week {
			similar = nil
		}
		s.Items = union(s.Items, item.Items, s.Repo, similar)
		s.text = newText(s.Item, s.Repo)
	case !t.within(s.text):
		s.edited = &t
	}
	s.Kind = kind
	s.saidIn(e.week)
}

// saidIn adds weeks in which the statement was said.
func (s *statement) saidIn(weeks ...Day) {
	for _, w := range weeks {
		if !slices.Contains(s.Weeks, w) {
			s.Weeks = append(s.Weeks, w)
		}
	}
}

// union appends to a nested list what it does not hold yet. With similar it
// holds what it has in other words too.
func union(a, b []Item, repo Repo, similar Similarity) []Item {
	a = slices.Clone(a)
	at := map[string]int{}
	texts := make([]text, len(a))
	for i, item := range a {
		texts[i] = newText(item, repo)
		at[texts[i].key], at[texts[i].head.key] = i, i
	}
	for _, item := range b {
		t := newText(item, repo)
		i, found := at[t.head.key]
		if !found {
			i = slices.IndexFunc(texts, func(have text) bool {
				_, near := t.near(have, similar)
				return near
			})
		}
		if i < 0 {
			at[t.key], at[t.head.key] = len(a), len(a)
			a = append(a, item)
			continue
		}
		a[i].Items = union(a[i].Items, item.Items, repo, similar)
	}
	return a
}

// sameKind reports whether two items can be one by their kinds. Free text of a
// comment may be what a note gives a kind, and the other way round.
func (s *statement) sameKind(e entry, kind Kind) bool {
	return s.Kind == kind || (s.Kind == Note || kind == Note) && s.noted.IsZero() == e.noted()
}

// equal finds the statement that says the same in the same words, of the same
// kind if there is one, or whose nested list an item of the same first words
// goes on with.
func (s *said) equal(e entry, i int) *statement {
	item, t := e.Items[i], e.texts[i]
	var free *statement
	for _, st := range s.byText[t.key] {
		if st.Kind == item.Kind && st.is(e, t) {
			return st
		}
		if free == nil && st.sameKind(e, item.Kind) && st.is(e, t) {
			free = st
		}
	}
	if free != nil || t.head.text == "" {
		return free
	}
	for _, st := range s.byHead[t.head.key] {
		if st.Kind == item.Kind && (len(item.Items) > 0 || len(st.Items) > 0) && st.text.head.key == t.head.key {
			return st
		}
	}
	return nil
}

// reworded finds what a note of the week makes of a comment's item, the most
// alike. Nothing else is joined but word for word: two notes, or two comments,
// that differ are each somebody's words. A note's statement stands for one
// wording of one item, but for those that it holds word for word.
func (m *merger) reworded(s *said, taken []*statement, e entry, i int) *statement {
	item, t := e.Items[i], e.texts[i]
	var best *statement
	var bestScore float64
	for _, st := range s.notes[e.week] {
		if !st.sameKind(e, item.Kind) {
			continue
		}
		if t.within(st.text) {
			return st
		}
		if st.edited != nil || s.literal[e.week][st.text.key] || slices.Contains(taken, st) {
			continue
		}
		score, ok := 1.0, t.noted(st.text.plain)
		if !ok {
			score, ok = t.near(st.text, m.similar)
		}
		if ok && score > bestScore {
			best, bestScore = st, score
		}
	}
	return best
}

// finish gives the statement its weeks in order, and its sources notes first.
func (s *statement) finish() Statement {
	slices.SortFunc(s.Weeks, Day.Compare)
	slices.SortStableFunc(s.Sources, func(a, b Source) int {
		return cmp.Or(compareNoted(a, b), strings.Compare(a.Note, b.Note), cmp.Compare(a.Line, b.Line))
	})
	s.Sources = slices.Compact(s.Sources)
	return s.Statement
}
