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
	unsaid []Item // its items that are no statements
	texts  []text // of its items
	week   Day
	place  place
	about  ID // of its place: what else is said about it may be the same
}

func newEntry(u Update) entry {
	e := entry{Update: u}
	e.Items = nil
	for _, item := range u.Items {
		if item.LeftOut != "" {
			e.unsaid = append(e.unsaid, item)
			continue
		}
		e.Items = append(e.Items, item)
		e.texts = append(e.texts, newText(item, e.repo()))
	}
	return e
}

// whole gives the update as it was read.
func (e entry) whole() Update {
	u := e.Update
	u.Items = slices.Concat(e.Items, e.unsaid)
	return u
}

// at gives the source of one item of the entry.
func (e entry) at(item Item) Source {
	source := e.Source
	source.Week = e.week
	if e.fromNote() && item.Line > 0 {
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

// namesMilestone reports whether the entry stands below the heading of a milestone.
func (e entry) namesMilestone() bool {
	return slices.ContainsFunc(e.Path, func(h Heading) bool { return h.Level == MilestoneLevel })
}

// compareUpdates puts updates in the order in which they are compiled, whatever
// the order in which they were read: by time, notes as their lines go.
func compareUpdates(a, b Update) int {
	if order := cmp.Or(
		a.Date.Compare(b.Date),
		compareOrigin(a.Source, b.Source),
		strings.Compare(a.Source.Note, b.Source.Note),
		cmp.Compare(a.Source.Line, b.Source.Line),
		strings.Compare(a.Source.URL, b.Source.URL),
	); order != 0 {
		return order
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// compareOrigin puts notes before comments.
func compareOrigin(a, b Source) int {
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
	return cmp.Or(a.week.Compare(b.week), compareOrigin(a.Source, b.Source), compareUpdates(a.Update, b.Update))
}
