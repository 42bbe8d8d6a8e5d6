package compile

import (
	"cmp"
	"slices"
	"strings"
)

// tell puts what was placed into the order of a report.
func (c *compiler) tell() (Report, error) {
	r := Report{Project: c.Project, Month: c.Month, Newest: c.newest, Authors: c.authors()}
	r.Highlights = c.highlights()
	r.Statuses = c.statuses()
	list := slices.SortedFunc(slices.Values(c.tree.list), func(a, b *holder) int { return a.order.compare(b.order) })
	epics := map[*holder][]Section{}
	for _, h := range list {
		switch {
		case h.section == nil || !c.isShown(h):
		case h.under != nil:
			epics[h.under] = append(epics[h.under], h.finishSection())
		default:
			r.Other = append(r.Other, h.finishSection())
		}
	}
	for _, h := range c.inOrderOfNewestNote(list) {
		if c.isShown(h) || len(epics[h]) > 0 {
			r.Milestones = append(r.Milestones, h.finishMilestone(epics[h]))
		}
	}
	r.Ledger = c.account.close(r)
	r.Weeks = c.weeks(r)
	r.Findings = c.findings(r)
	return r, r.Ledger.check()
}

// inOrderOfNewestNote gives the milestones: those that the newest note has, as it has
// them, then the others by their due dates, those without one last.
func (c *compiler) inOrderOfNewestNote(list []*holder) []*holder {
	ofNotes := slices.DeleteFunc(slices.Clone(c.entries), func(e entry) bool { return !e.fromNote() })
	rank := map[*holder]int{} // negative, so before those that have none
	for i, e := range ofNotes {
		top := e.place.holder.top()
		if e.week == ofNotes[len(ofNotes)-1].week && e.namesMilestone() && rank[top] == 0 {
			rank[top] = i - len(ofNotes)
		}
	}
	milestones := slices.DeleteFunc(slices.Clone(list), func(h *holder) bool { return h.milestone == nil })
	slices.SortStableFunc(milestones, func(a, b *holder) int {
		return cmp.Or(cmp.Compare(rank[a], rank[b]), compareDue(a.milestone.Due, b.milestone.Due))
	})
	return milestones
}

// authors gives the logins of those who wrote what counts, and of those to whom issues
// are assigned.
func (c *compiler) authors() []string {
	all := Authors(c.Updates)
	for _, i := range c.Issues {
		all = append(all, i.Assignees...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isShown leaves out the milestones and epics of the roadmap that closed before
// the month began and that have no update.
func (c *compiler) isShown(h *holder) bool {
	switch {
	case len(h.said)+len(h.tasks)+len(h.also) > 0 || h.order.class != fromRoadmap:
		return true
	case h.milestone != nil:
		return !c.closedBefore(h.milestone.State, h.milestone.Closed)
	}
	return !c.closedBefore(h.section.State, h.section.Closed)
}

func (h *holder) finishMilestone(epics []Section) MilestoneReport {
	m := *h.milestone
	m.Statements, m.Tasks, m.Epics = finish(h.said), h.finishTasks(), epics
	m.Also = append(mentions(h.also), lent(h.lent)...)
	return m
}

func (h *holder) finishSection() Section {
	s := *h.section
	s.Statements, s.Tasks, s.Also = finish(h.said), h.finishTasks(), mentions(h.also)
	return s
}

func (h *holder) finishTasks() []Task {
	var tasks []Task
	for _, t := range h.tasks {
		t.Statements = finish(t.said)
		tasks = append(tasks, t.Task)
	}
	return tasks
}

func finish(said []*statement) []Statement {
	var all []Statement
	for _, s := range said {
		all = append(all, s.finish())
	}
	return all
}

func mentions(tasks []*task) []Mention {
	var all []Mention
	for _, t := range tasks {
		m := Mention{Task: t.Task, Under: t.home.title()}
		m.Task.Statements = nil
		all = append(all, m)
	}
	return all
}

// lent mentions the epics that are told under another milestone.
func lent(epics []*holder) []Mention {
	var all []Mention
	for _, e := range epics {
		all = append(all, Mention{Task: Task{Title: e.section.Title, URL: e.section.URL, State: e.section.State}, Under: e.top().title()})
	}
	return all
}

// weeks gives the month's weeks with their notes and how much each has to say.
func (c *compiler) weeks(r Report) []Week {
	said := map[Day]int{}
	for _, s := range r.All {
		for _, w := range s.Weeks {
			said[w]++
		}
	}
	for _, s := range r.Highlights {
		said[s.Weeks[0]]++
	}
	var weeks []Week
	for _, end := range c.Calendar.Weeks(c.Month) {
		w := Week{End: end, Updates: said[end], Future: c.isFuture(end)}
		for _, n := range c.Notes {
			if n.Date == end {
				w.Notes = append(w.Notes, n)
			}
		}
		slices.SortFunc(w.Notes, func(a, b NoteFile) int { return strings.Compare(a.Name, b.Name) })
		weeks = append(weeks, w)
	}
	return weeks
}
