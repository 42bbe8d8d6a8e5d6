package compile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// settleHomes gives each task that notes have at several places one of them: the one
// of most weeks, else the newest, and a milestone or an epic before other work, as a
// note may forget a heading. Each disagreement is a finding.
func (c *compiler) settleHomes(inNotes map[Ref][]*entry) map[Ref]*place {
	homes := map[Ref]*place{}
	for _, ref := range slices.SortedFunc(maps.Keys(inNotes), func(a, b Ref) int { return strings.Compare(a.String(), b.String()) }) {
		entries := inNotes[ref]
		home := electHome(entries)
		homes[ref] = &home.place
		if slices.ContainsFunc(entries, func(e *entry) bool { return e.place.holder != home.place.holder }) {
			c.found = append(c.found, disagreement(entries, home.place.holder))
		}
		for _, e := range entries {
			if left := e.place.holder; left != home.place.holder {
				e.place.holder, e.place.also = home.place.holder, slices.Clip(home.place.also)
				if !left.isGroup() {
					e.place.also = append(e.place.also, left)
				}
				e.place.task.Area = unnamed(e.Path[:len(e.Path)-1], home.place.holder)
			}
		}
	}
	return homes
}

// lend notes on the milestone that a note has above an epic that the epic is told under
// another, as most notes of the month have it.
func (c *compiler) lend(e *entry) {
	m := c.tree.survey.milestoneAbove(e.Path)
	epic := e.place.holder
	if m == nil || m.holder == nil || epic.section == nil || epic.isGroup() || len(e.Items) == 0 {
		return
	}
	if h := m.holder; h != epic.top() && !slices.Contains(h.lent, epic) {
		h.lent = append(h.lent, epic)
	}
}

// electHome gives an entry that has the place to which its task goes.
func electHome(entries []*entry) *entry {
	weeks := map[*holder]map[Day]bool{}
	for _, e := range entries {
		if weeks[e.place.holder] == nil {
			weeks[e.place.holder] = map[Day]bool{}
		}
		weeks[e.place.holder][e.week] = true
	}
	return slices.MaxFunc(entries, func(a, b *entry) int {
		x, y := a.place.holder, b.place.holder
		return cmp.Or(groupLast(x)-groupLast(y), len(weeks[x])-len(weeks[y]), a.week.Compare(b.week), compareHolders(y, x))
	})
}

// groupLast is 1 for a milestone or an epic, 0 for a group of other work.
func groupLast(h *holder) int {
	if h.isGroup() {
		return 0
	}
	return 1
}

// disagreement is the finding that notes have one task at several places.
func disagreement(entries []*entry, home *holder) Finding {
	weeks := map[string][]string{}
	var order []string
	for _, e := range entries {
		place := fmt.Sprintf("under %q", e.place.holder.path())
		if weeks[place] == nil {
			order = append(order, place)
		}
		if week := e.week.String(); !slices.Contains(weeks[place], week) {
			weeks[place] = append(weeks[place], week)
		}
	}
	for i, place := range order {
		order[i] = place + " on " + strings.Join(weeks[place], ", ")
	}
	return Finding{
		Rule: TwoPlaces, Place: entries[0].place.task.Title,
		What: "the notes have it " + strings.Join(order, ", and "), Do: fmt.Sprintf("it is told under %q", home.path()),
	}
}

// path gives the titles from the milestone to the holder.
func (h *holder) path() string {
	if h.under != nil {
		return h.under.title() + " › " + h.title()
	}
	return h.title()
}
