package compile

import (
	"math"
	"slices"
)

// Quiet is a milestone or an epic of which nothing was said in the month, or not for
// long, or an area of which a note says that there is nothing to say.
type Quiet struct {
	Where              // of the thing, in the report of last month if this one does not have it; its Task is nil
	Last        Day    // last week in which something was said of it; zero if unknown
	Weeks       int    // since then, up to the last week in which anything was said; 0 if unknown
	Promised    []Told // plans of that week that are open
	SaidNothing bool   // a note of the month says in words that there is nothing to say
}

// longQuiet is how many weeks nothing must have been said of what was spoken of in the
// month.
const longQuiet = 3

// oftenSaid is in how many weeks of last month something must have been said of what
// the month does not know any more.
const oftenSaid = 2

// quiet finds what is not spoken of.
type quiet struct {
	said    *corpus
	weeks   map[int][]Day   // in which something was said of a place, by its number
	plans   map[int][]*Plan // open ones
	nothing map[int]bool    // a note says that there is nothing to say
	newest  Day             // last week in which anything was said
}

// silent gives what was not spoken of, in the order of the report, then what only last
// month has.
func (c *compiler) silent(said *corpus, r, before *Report) []Quiet {
	q := quiet{said, map[int][]Day{}, map[int][]*Plan{}, map[int]bool{}, r.NewestWeek()}
	for _, s := range said.all {
		if s.Statement.Kind != Attribute {
			q.hear(s)
		}
	}
	for i := range r.Plans {
		if s := said.of[r.Plans[i].Statement]; s != nil && r.Plans[i].Open() {
			q.plans[s.at.milestone] = append(q.plans[s.at.milestone], &r.Plans[i])
			q.plans[s.at.section] = append(q.plans[s.at.section], &r.Plans[i])
		}
	}
	q.denials(c.entries)
	var all []Quiet
	known := map[int]bool{}
	for w := range r.things {
		if thing := q.of(w); q.isQuiet(thing) && !known[q.number(w)] {
			all = append(all, thing)
		}
		known[q.number(w)] = true
	}
	if before == nil {
		return all
	}
	for w := range before.things {
		thing := q.of(w)
		if n := q.number(w); !known[n] && !w.hasEnded() && !w.isArea() && len(q.weeks[n]) >= oftenSaid && thing.Last.Before(c.firstWeek()) && !r.hasTask(w.url()) {
			all = append(all, thing)
		}
	}
	return all
}

// hasTask reports whether the report has a task of a page: what was a milestone or an
// epic last month may be a task now.
func (r Report) hasTask(page string) bool {
	for at := range r.All {
		if at.Task != nil && page != "" && canonicalURL(at.Task.URL) == canonicalURL(page) {
			return true
		}
	}
	return false
}

// hear notes in which weeks something was said of a place.
func (q *quiet) hear(s *spoken) {
	for _, n := range s.at.numbers() {
		if n != anywhere {
			q.weeks[n] = append(q.weeks[n], s.Statement.Weeks...)
			slices.SortFunc(q.weeks[n], Day.Compare)
			q.weeks[n] = slices.Compact(q.weeks[n])
		}
	}
}

// denials notes of what notes say that there is nothing to say.
func (q *quiet) denials(entries []entry) {
	for _, e := range entries {
		if e.place.holder != nil && slices.ContainsFunc(e.unsaid, func(i Item) bool { return i.LeftOut == Denial }) {
			q.nothing[q.number(e.place.holder.where())] = true
		}
	}
}

// number gives the number of a milestone, an epic or an area.
func (q *quiet) number(w Where) int {
	at := q.said.places.spot(w)
	if w.Section != nil {
		return at.section
	}
	return at.milestone
}

// of says how quiet it is about a thing.
func (q *quiet) of(w Where) Quiet {
	n := q.number(w)
	thing := Quiet{Where: w, SaidNothing: q.nothing[n]}
	if thing.Last = q.last(w); !thing.Last.IsZero() {
		thing.Weeks = max(0, int(math.Round(q.newest.Time().Sub(thing.Last.Time()).Hours()/(7*24))))
	}
	for _, p := range q.plans[n] {
		if p.Statement.Last() == thing.Last {
			thing.Promised = append(thing.Promised, p.Told)
		}
	}
	return thing
}

// last gives the last week in which something was said of a thing, or of a task that was
// one of its; zero if it is unknown.
func (q *quiet) last(w Where) Day {
	last := Day{}
	later := func(n int) {
		if weeks := q.weeks[n]; len(weeks) > 0 && weeks[len(weeks)-1].After(last) {
			last = weeks[len(weeks)-1]
		}
	}
	later(q.number(w))
	for i := range w.tasks() {
		w.Task = &w.tasks()[i]
		later(q.said.places.spot(w).task)
	}
	return last
}

// isQuiet reports whether nothing was said of a thing of the report that is not closed:
// in the month, or for long.
func (q *quiet) isQuiet(thing Quiet) bool {
	if thing.hasEnded() || thing.isArea() && !thing.SaidNothing || len(thing.also()) > 0 {
		return false
	}
	if !thing.isSpokenOf() {
		return thing.isOpen() || thing.SaidNothing || !thing.Last.IsZero()
	}
	return thing.Weeks >= longQuiet
}

// things calls yield with each milestone, epic and area of the report, in order.
func (r Report) things(yield func(Where) bool) {
	for i := range r.Milestones {
		m := &r.Milestones[i]
		if !yield(Where{Milestone: m}) {
			return
		}
		for j := range m.Epics {
			if !yield(Where{Milestone: m, Section: &m.Epics[j]}) {
				return
			}
		}
	}
	for i := range r.Other {
		if s := &r.Other[i]; s.Level != WorkLevel && !yield(Where{Section: s}) {
			return
		}
	}
}

// tasks gives the tasks of a milestone itself, or of a section.
func (w Where) tasks() []Task {
	if w.Section != nil {
		return w.Section.Tasks
	}
	return w.Milestone.Tasks
}

// where gives the place of a holder.
func (h *holder) where() Where {
	w := Where{Milestone: h.milestone, Section: h.section}
	if h.under != nil {
		w.Milestone = h.under.milestone
	}
	return w
}

func (w Where) url() string {
	if w.Section != nil {
		return w.Section.URL
	}
	return w.Milestone.URL
}

func (w Where) state() string {
	if w.Section != nil {
		return w.Section.State
	}
	return w.Milestone.State
}

// also gives what of a milestone or a section is told elsewhere.
func (w Where) also() []Mention {
	if w.Section != nil {
		return w.Section.Also
	}
	return w.Milestone.Also
}

func (w Where) isArea() bool   { return w.Section != nil && w.Section.Level == AreaLevel }
func (w Where) isOpen() bool   { return w.state() == "open" }
func (w Where) hasEnded() bool { return HasEnded(w.state()) }

// isSpokenOf reports whether something was said of a milestone or a section.
func (w Where) isSpokenOf() bool {
	work := func(t Told) bool { return t.Statement.Kind == Attribute } // goes on until there is work
	if w.Section != nil {
		return !w.Section.all(w.Milestone, work)
	}
	return !w.Milestone.all(work)
}

// isSilent reports whether an epic of the roadmap is open and nothing was said of
// it, nor of a task that is told under another epic.
func (h *holder) isSilent() bool {
	return h.section.State == "open" && !h.hasSaid() && len(h.also) == 0
}

// hasSaid reports whether a statement on the work stands under the holder itself.
func (h *holder) hasSaid() bool {
	return slices.ContainsFunc(h.said, onWork) || slices.ContainsFunc(h.tasks, func(t *task) bool {
		return slices.ContainsFunc(t.said, onWork)
	})
}

func onWork(s *statement) bool { return s.Kind != Attribute }
