package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// about names what a statement is about: its task, else its epic or group, else
// its milestone.
func (d *draft) about(at compile.Where) string {
	switch {
	case at.Task != nil:
		return d.taskTitle(compile.Task{Ref: at.Task.Ref, Title: at.Task.Title, URL: at.Task.URL})
	case at.Section != nil:
		return d.heading(at.Section.Area, at.Section.Title, at.Section.URL)
	}
	return d.title(at.Milestone.Title, at.Milestone.URL)
}

// under names the milestone or group around what a statement is about.
func (d *draft) under(at compile.Where) string {
	switch {
	case at.Milestone != nil && (at.Section != nil || at.Task != nil):
		return d.line(at.Milestone.Title)
	case at.Milestone == nil && at.Task != nil:
		return d.line(at.Section.Title)
	}
	return ""
}

// Facts gives a line for each milestone, then for each epic or topic outside of
// them, to write the summary from.
func (d *draft) Facts() []string {
	var lines []string
	for i := range d.Milestones {
		if m := &d.Milestones[i]; !m.Empty() {
			lines = append(lines, d.facts(m))
		}
	}
	for _, s := range slices.Concat(d.Orphans(), d.Areas()) {
		if !s.Empty() {
			lines = append(lines, "- **"+d.heading(s.Area, s.Title, s.URL)+"**: "+d.tally(compile.Report{Other: []compile.Section{s}}, ""))
		}
	}
	if work := d.OtherWork(); len(work) > 0 {
		lines = append(lines, "- **Other work**: "+d.tally(compile.Report{Other: work}, ""))
	}
	return lines
}

// facts gives how much was said on a milestone, and which of its epics were
// closed in the month.
func (d *draft) facts(m *compile.MilestoneReport) string {
	told := 0
	var finished, dropped []string
	for i := range m.Epics {
		e := &m.Epics[i]
		if !e.Empty() {
			told++
		}
		if e.Finished {
			finished = append(finished, d.title(e.Title, e.URL))
		}
		if e.Dropped {
			dropped = append(dropped, d.title(e.Title, e.URL))
		}
	}
	on := ""
	switch {
	case m.State == "" && told > 0:
		on = " on " + count(told, "epic")
	case m.State != "" && len(m.Epics) > 0:
		on = fmt.Sprintf(" on %d of %s", told, count(len(m.Epics), "epic"))
	}
	s := "- **" + d.title(m.Title, m.URL) + "**" + due(m) + ": " + d.tally(compile.Report{Milestones: []compile.MilestoneReport{*m}}, on)
	if len(finished) > 0 {
		s += "; finished: " + spoken(finished)
	}
	if len(dropped) > 0 {
		s += "; dropped: " + spoken(dropped)
	}
	return s
}

// tally counts the statements of a part of the report by kind, and names what
// was blocked.
func (d *draft) tally(part compile.Report, on string) string {
	kinds := map[compile.Kind]int{}
	var blocked names
	total := 0
	for at, st := range part.All {
		total++
		kinds[st.Kind]++
		if st.Kind == compile.Blocker {
			blocked.add(d.about(at))
		}
	}
	s := count(total, "statement") + on
	var parts []string
	for _, k := range counted {
		if n := kinds[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, wordsOf(k).count))
		}
	}
	if len(parts) > 0 {
		s += " (" + strings.Join(parts, ", ") + ")"
	}
	if len(blocked.all) > 0 {
		s += "; blocked: " + spoken(blocked.all)
	}
	return s
}

// names lists names in order, each once.
type names struct {
	all  []string
	seen map[string]bool
}

func (n *names) add(name string) {
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	if !n.seen[name] {
		n.seen[name] = true
		n.all = append(n.all, name)
	}
}

// due tells when a milestone is due, in brackets.
func due(m *compile.MilestoneReport) string {
	if m.Due.IsZero() {
		return ""
	}
	return " (" + dueDay(m) + ")"
}

// dueDay says when a milestone is due, or was.
func dueDay(m *compile.MilestoneReport) string {
	if m.PastDue {
		return "was due " + m.Due.String()
	}
	return "due " + m.Due.String()
}

// Status gives a milestone's due date and how many of its epics are closed.
func (d *draft) Status(m compile.MilestoneReport) string {
	var parts []string
	if len(m.Area) > 0 {
		parts = append(parts, d.line(strings.Join(m.Area, " › ")))
	}
	if !m.Due.IsZero() {
		parts = append(parts, dueDay(&m))
	}
	if m.State == "closed" || m.State == compile.StateDropped {
		parts = append(parts, m.State)
	}
	if closed, total := m.EpicCount(); total > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s closed", closed, count(total, "epic")))
	}
	return strings.Join(parts, " · ")
}

// Brief says in a few words how a milestone stands.
func (d *draft) Brief(m compile.MilestoneReport) string {
	empty := m.Empty() && len(m.Also) == 0
	m.Area = nil // stands in front of the title
	s := d.Status(m)
	if empty {
		s = strings.TrimPrefix(s+" · no update", " · ")
	}
	return s
}

// gridRow is a line of the grid: what was spoken of, and how often in each week.
type gridRow struct {
	Title string
	Weeks []string // a number, or a point for silence
}

// Grid gives for each milestone, epic and group the weeks with an update.
func (d *draft) Grid() []gridRow {
	said := map[any]map[compile.Day]int{}
	for at, st := range d.All {
		for _, of := range []any{at.Milestone, at.Section} {
			if said[of] == nil {
				said[of] = map[compile.Day]int{}
			}
			for _, w := range st.Weeks {
				said[of][w]++
			}
		}
	}
	var rows []gridRow
	add := func(title string, of any) {
		if len(said[of]) == 0 {
			return
		}
		row := gridRow{Title: safe.Cell(title)}
		for _, w := range d.Weeks {
			n := "·"
			if said[of][w.End] > 0 {
				n = strconv.Itoa(said[of][w.End])
			}
			row.Weeks = append(row.Weeks, n)
		}
		rows = append(rows, row)
	}
	for i := range d.Milestones {
		m := &d.Milestones[i]
		add("**"+d.line(m.Title)+"**", m)
		for j := range m.Epics {
			add(d.line(m.Epics[j].Title), &m.Epics[j])
		}
	}
	for i := range d.Other {
		s := &d.Other[i]
		add("*"+d.line(strings.Join(append(slices.Clone(s.Area), s.Title), " › "))+"*", s)
	}
	return rows
}
