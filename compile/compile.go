// Package compile turns the updates of a month into a report: it holds the words
// of the field and all rules, and reads and writes nothing.
//
// [Month] works in five passes. It reads the updates of the month, each in its
// week; places each under its milestone, epic and task; merges what was said more
// than once, so that each statement is told once with all its weeks and sources;
// settles what the month means; and tells the report in its order. The [Ledger]
// accounts for every item: it was placed, merged into another, or left out for a
// reason. The order of the updates has no influence on the report.
package compile

import (
	"slices"
	"time"
)

// Input is what a month is compiled from.
type Input struct {
	Project  string
	Month    YearMonth
	Calendar Calendar
	Notes    []NoteFile // all there are, of other months too
	Roadmap  Roadmap    // zero if only notes are known
	Issues   []Issue    // those that updates stand on; may lack some
	Updates  []Update   // of the month and at least a week around it, in any order
	Statuses []Status   // of projects, of other months too, in any order
	Heard    []string   // logins of those who reported before the month; none if that is unknown
	Now      time.Time  // weeks that end later are not missed; zero if all are past
}

// Month compiles a report. With the report of the month before it knows what was open
// when the month began, and since when; without, before is nil. An error is a fault of
// the program: the ledger does not add up.
func Month(in Input, before *Report) (Report, error) {
	c := newCompiler(in)
	c.read()
	c.place()
	c.merge()
	c.settle()
	r, err := c.tell()
	if err == nil {
		c.weigh(&r, before)
	}
	return r, err
}

// weigh finds out what the month means: what became of plans, how long what stands in
// the way has stood there, and of what nothing was said.
func (c *compiler) weigh(r, before *Report) {
	r.HasBefore = before != nil
	said := newCorpus(before, r)
	r.Plans = c.plans(said, r, before)
	r.Standing = c.standing(said, r, before)
	r.Silent = c.silent(said, r, before)
	r.Reporters = c.reporters()
}

// compiler is a month that is being compiled.
type compiler struct {
	Input
	account   account
	entries   []entry // of the month, in the order in which they are merged
	summaries []entry // of the weeks, by the teams themselves
	tree      *tree
	merger    merger
	homes     map[ID]*task // where a task is told first
	newest    time.Time    // of the sources that say something
	found     []Finding    // on the way
}

func newCompiler(in Input) *compiler {
	c := &compiler{
		Input:   in,
		account: newAccount(in.Updates),
		tree:    newTree(in.Roadmap, in.Issues),
		homes:   map[ID]*task{},
	}
	c.merger = merger{scopes: map[ID]*said{}, account: &c.account}
	return c
}

// read keeps the updates of the month that count, in the order in which they are
// merged. The others are outside of the month, or left out.
func (c *compiler) read() {
	updates := slices.SortedFunc(slices.Values(c.Updates), compareUpdates)
	all := make([]entry, len(updates))
	for i, u := range updates {
		all[i] = newEntry(u)
	}
	quotes := newQuotes(all)
	for _, e := range all {
		e.week = c.weekOf(e, quotes[e.Issue])
		if reason := c.refuses(e); reason != "" {
			c.account.leaveOut(e.whole(), reason)
		} else if c.Calendar.Month(e.week) != c.Month {
			c.account.outside += e.whole().leaves()
		} else {
			c.keep(e)
		}
	}
	slices.SortFunc(c.entries, compareEntries)
}

// keep keeps an update of the month, except for its items that are no statements.
func (c *compiler) keep(e entry) {
	c.account.leaveOutItems(e)
	if e.Date.After(c.newest) && len(e.Items) > 0 {
		c.newest = e.Date
	}
	if e.Summary {
		c.summaries = append(c.summaries, e)
	} else {
		c.entries = append(c.entries, e)
	}
}

// refuses gives the reason why an update is left out of the month; empty if it
// counts, or if it is of another month.
func (c *compiler) refuses(e entry) Reason {
	switch inside := c.Calendar.Month(e.week) == c.Month; {
	case !inside && e.LeftOut == "" && c.Calendar.In(c.Month, e.day()):
		return toldIn(e.week)
	case !inside:
		return ""
	case e.LeftOut == "" && len(e.Items)+len(e.unsaid) == 0 && !e.fromNote():
		return SaysNothing
	}
	return e.LeftOut
}

// place finds for each entry the milestone, epic, task or area that it is about.
// Notes come first, as a comment may stand where a note has its task.
func (c *compiler) place() {
	c.tree.relevel(c.entries)
	c.tree.survey = newSurvey(c.tree.planned, c.entries)
	inNotes := map[Ref][]*entry{} // the entries of notes on a task, in order of time
	for i := range c.entries {
		if e := &c.entries[i]; e.fromNote() {
			e.place = c.tree.ofNote(e.Update)
			c.lend(e)
			if task := e.place.task; task != nil && task.Ref != (Ref{}) {
				inNotes[task.Ref] = append(inNotes[task.Ref], e)
			}
		}
	}
	homes := c.settleHomes(inNotes)
	for i := range c.entries {
		e := &c.entries[i]
		if !e.fromNote() {
			e.place = c.tree.ofComment(e.Update, homes[e.Issue])
		}
		e.about = e.place.id()
	}
}

// merge puts the statements of each entry under its place, each once.
func (c *compiler) merge() {
	for _, e := range c.entries {
		if !e.fromNote() {
			c.merger.hear(e)
		}
	}
	for _, e := range c.entries {
		c.put(e)
	}
	c.joinAcross()
	c.joinMoved()
}

// put puts the new statements of an entry under its place.
func (c *compiler) put(e entry) {
	fresh := c.merger.add(e)
	h := e.place.holder
	if e.place.task == nil {
		h.said = append(h.said, fresh...)
		return
	}
	home := c.homes[e.about]
	if home != nil && len(fresh) == 0 && h.byID[e.about] == nil {
		h.mention(home)
		return
	}
	t := h.taskOf(e)
	if home == nil {
		c.homes[e.about] = t
	}
	t.said = append(t.said, fresh...)
	for _, other := range e.place.also {
		if other != h && other != h.under {
			other.mention(t)
		}
	}
}

// settle decides what the month means for what is in the report.
func (c *compiler) settle() {
	for _, h := range c.tree.list {
		for _, t := range h.tasks {
			t.Finished = c.finished(t.State, t.Closed)
		}
		if h.milestone != nil {
			h.milestone.Finished = c.finished(h.milestone.State, h.milestone.Closed)
			h.milestone.Dropped = c.dropped(h.milestone.State, h.milestone.Closed)
			h.milestone.PastDue = c.pastDue(h.milestone.Due, h.milestone.State)
		} else {
			h.section.Finished = c.finished(h.section.State, h.section.Closed)
			h.section.Dropped = c.dropped(h.section.State, h.section.Closed)
			h.section.PastDue = c.pastDue(h.section.Due, h.section.State)
			h.section.Silent = h.isSilent()
		}
	}
}
