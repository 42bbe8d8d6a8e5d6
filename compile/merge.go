package compile

import (
	"cmp"
	"slices"
	"strings"
)

// statement is a statement while the month is compiled.
type statement struct {
	Statement
	text     text
	edited   *text // a comment's words that a note has reworded; nil if there are none
	noteWeek Day   // week of the last note that says it, in a person's wording; zero if none does
}

// is reports whether an item of an entry is the statement, word for word. A
// comment may say again what a note has reworded.
func (s *statement) is(e entry, t text) bool {
	return s.text.key == t.key || s.edited != nil && s.edited.key == t.key && !e.fromNote()
}

// merger tells each statement once.
type merger struct {
	scopes  map[ID]*said
	account *account
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

func (m *merger) scope(about ID) *said {
	if m.scopes[about] == nil {
		m.scopes[about] = &said{
			byText: map[string][]*statement{}, byHead: map[string][]*statement{},
			notes: map[Day][]*statement{}, literal: map[Day]map[string]bool{},
		}
	}
	return m.scopes[about]
}

// hear notes the words of a comment before anything is merged.
func (m *merger) hear(e entry) {
	said := m.scope(e.about)
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
	said := m.scope(e.about)
	found := make([]*statement, len(e.Items))
	for i := range e.Items {
		found[i] = said.equal(e, i)
	}
	for i := range e.Items {
		if found[i] == nil && !e.fromNote() {
			found[i] = m.reworded(said, found, e, i)
		}
	}
	var fresh []*statement
	for i, item := range e.Items {
		if found[i] == nil {
			found[i] = said.equal(e, i) // may stand twice in one update
		}
		if found[i] != nil {
			m.account.merged += found[i].join(e, i)
		} else {
			found[i] = newStatement(e, item, e.texts[i])
			fresh = append(fresh, found[i])
		}
		said.index(found[i], found[i].text)
		said.index(found[i], e.texts[i])
		if e.fromNote() && found[i].noteWeek != e.week {
			found[i].noteWeek = e.week
			said.notes[e.week] = append(said.notes[e.week], found[i])
		}
	}
	return fresh
}

func newStatement(e entry, item Item, t text) *statement {
	s := &statement{text: t}
	s.Item, s.Weeks, s.Repo = item, []Day{e.week}, e.repo()
	s.Sources = []Source{e.at(item)}
	return s
}

// join adds a second source to a statement, and gives the number of items that are
// merged by it. A note's wording takes the place of a comment's, and lists nested
// in the same words are put together.
func (s *statement) join(e entry, i int) (merged int) {
	item, t := e.Items[i], e.texts[i]
	merged = item.leaves()
	s.Sources = append(s.Sources, e.at(item))
	kind := s.Kind
	if kind == Note {
		kind = item.Kind
	}
	switch {
	case s.is(e, t):
		if e.fromNote() && s.noteWeek.IsZero() {
			merged = s.leaves()
			s.Item, s.Repo = item, e.repo()
		}
	case s.text.head.key == t.head.key:
		same := wordForWord
		if !e.fromNote() && s.noteWeek == e.week {
			same = nearly
		}
		merged = s.unite(item, s.Repo, same)
		s.text = newText(s.Item, s.Repo)
	case !t.within(s.text):
		s.edited = &t
	}
	s.Kind = kind
	s.saidIn(e.week)
	return merged
}

// saidIn adds weeks in which the statement was said.
func (s *statement) saidIn(weeks ...Day) {
	for _, w := range weeks {
		if !slices.Contains(s.Weeks, w) {
			s.Weeks = append(s.Weeks, w)
		}
	}
}

// onlyIn reports whether the statement was said in a week and in no other.
func (s *statement) onlyIn(week Day) bool { return len(s.Weeks) == 1 && s.Weeks[0] == week }

// sameKind reports whether two items can be one by their kinds. Free text of a
// comment may be what a note gives a kind, and the other way round.
func (s *statement) sameKind(e entry, kind Kind) bool {
	return s.Kind == kind || (s.Kind == Note || kind == Note) && s.noteWeek.IsZero() == e.fromNote()
}

// equal finds the statement that says the same in the same words, of the same
// kind if there is one, or whose nested list an item of the same first words
// goes on with in the same week: what a list gains later was not said before.
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
		if st.Kind == item.Kind && (len(item.Items) > 0 || len(st.Items) > 0) && st.text.head.key == t.head.key && st.onlyIn(e.week) {
			return st
		}
	}
	return nil
}

// reworded finds what a note of the week makes of a comment's item, the most
// alike. Nothing else is joined but word for word: two notes, or two comments,
// that differ are each somebody's words. A note's statement stands for one
// wording of one item, except for those that it holds word for word.
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
		score, ok := 1.0, t.sameWords(st.text.plain)
		if !ok {
			score, ok = t.near(st.text)
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
		return cmp.Or(compareOrigin(a, b), strings.Compare(a.Note, b.Note), cmp.Compare(a.Line, b.Line))
	})
	s.Sources = slices.Compact(s.Sources)
	return s.Statement
}
