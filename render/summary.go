package render

import (
	"fmt"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// How much of each kind the summary names.
const (
	mostFinished = 3 // of one milestone
	mostNext     = 2 // of one milestone
	mostGroups   = 6 // milestones or areas
	mostNamed    = 5
)

// soon is how many days ahead of the month's end a due date is soon.
const soon = 31

// Summary says what the month means, by titles and short labels: what finished, what is
// stuck and since when, what is at risk, what went quiet, what is due, what comes next.
// A line for each that there is, with lists below.
func (d *draft) Summary() []string {
	var lines []string
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, "- **"+name+"**"+text)
		}
	}
	add("Finished", below(d.finished()))
	add("Dropped", behind(d.dropped()))
	add("Stuck", behind(d.stuck()))
	add("At risk", below(d.atRisk()))
	add("Quiet", behind(d.quiet()))
	add("Due", behind(d.due()))
	add("Next", below(d.next()))
	return lines
}

// behind puts names behind a word.
func behind(names []string) string {
	if len(names) == 0 {
		return ""
	}
	if more := len(names) - mostNamed; more > 0 {
		names = append(names[:mostNamed:mostNamed], fmt.Sprintf("and %d more", more))
	}
	return ": " + strings.Join(names, "; ")
}

// below puts groups below a word, each on its line.
func below(all []Group) string {
	var b strings.Builder
	for _, g := range all {
		b.WriteString("\n  - " + g.Name + ": " + strings.Join(g.Items, ", "))
	}
	return b.String()
}

// finished names what GitHub closed as done in the month, or a text says to be, by
// milestone or area.
func (d *draft) finished() []Group {
	var g groups
	seen := map[*compile.Task]bool{}
	for i := range d.Milestones {
		m := &d.Milestones[i]
		if m.Finished {
			g.add(d.line(m.Title), d.title(m.Title, m.URL)+" (the milestone)")
		}
		for j := range m.Epics {
			if e := &m.Epics[j]; e.Finished {
				g.add(d.line(m.Title), d.title(e.Title, e.URL))
			}
		}
	}
	for t := range d.Told {
		switch {
		case t.Task != nil && !t.Task.IsDone() || seen[t.Task]:
		case t.Task != nil:
			seen[t.Task] = true
			g.add(d.topOfWork(t.Where), d.label(t))
		case t.Statement.Finishes() && (t.Section == nil || !t.Section.Finished):
			g.add(d.topOfWork(t.Where), d.quoted(t.Statement))
		}
	}
	return cut(g.all(), mostFinished)
}

// topOfWork is [draft.top], with all groups of other work in one.
func (d *draft) topOfWork(at compile.Where) string {
	if at.Milestone == nil && at.Section.Level == compile.WorkLevel {
		return "Other work"
	}
	return d.top(at)
}

// cut leaves the first items of each group, and the first groups, and says how many there
// are beside them.
func cut(all []Group, most int) []Group {
	for i, g := range all {
		all[i].Items = []string{some(g.Items, most)}
	}
	if more := len(all) - mostGroups; more > 0 {
		all = append(all[:mostGroups:mostGroups], Group{"and more", []string{fmt.Sprintf("of %d other milestones or areas", more)}})
	}
	return all
}

// dropped names the milestones and epics that were closed and not done.
func (d *draft) dropped() []string {
	var names []string
	epics := func(list []compile.Section) {
		for _, e := range list {
			if e.Dropped {
				names = append(names, d.title(e.Title, e.URL))
			}
		}
	}
	for _, m := range d.Milestones {
		if m.Dropped {
			names = append(names, d.title(m.Title, m.URL))
		}
		epics(m.Epics)
	}
	epics(d.Report.Other)
	return names
}

// stuck names what was blocked, since when, and whether that was said again.
func (d *draft) stuck() []string {
	var names []string
	d.eachStanding(compile.Blocker, func(s compile.Standing) {
		if s.Verdict == compile.Cleared {
			return
		}
		name := labelled(d.label(s.Told), d.top(s.Where)) + " since " + s.Since.Short()
		switch {
		case s.Verdict == compile.Dropped && s.Last == s.Since:
			name += ", not said again"
		case s.Verdict == compile.Dropped:
			name += ", last said " + s.Last.Short()
		}
		names = append(names, name)
	})
	return names
}

// atRisk names the risks that are new in the last week, counts those that stand by
// milestone, and names those that are no longer said.
func (d *draft) atRisk() []Group {
	var fresh, gone []string
	var standing groups
	newest := d.Report.NewestWeek()
	d.eachStanding(compile.Risk, func(s compile.Standing) {
		switch label := d.label(s.Told); {
		case s.Verdict == compile.Cleared:
			gone = append(gone, labelled(label, d.top(s.Where), "cleared"))
		case s.Verdict == compile.Dropped:
			gone = append(gone, labelled(label, d.top(s.Where), "last "+s.Last.Short()))
		case s.Since == newest:
			fresh = append(fresh, labelled(label, d.top(s.Where)))
		default:
			standing.add(d.top(s.Where), "")
		}
	})
	for _, s := range d.Standing {
		if s.Before && s.Statement.Kind == compile.Risk {
			gone = append(gone, labelled(d.label(s.Told), d.top(s.Where), "last "+s.Last.Short()))
		}
	}
	var counts []string
	for _, g := range standing.all() {
		counts = append(counts, fmt.Sprintf("%s %d", g.Name, len(g.Items)))
	}
	var all []Group
	for _, g := range []Group{{"new in the last week", fresh}, {"standing", counts}, {"no longer said", gone}} {
		if len(g.Items) > 0 {
			all = append(all, g)
		}
	}
	for i, g := range all {
		all[i].Items = []string{strings.TrimPrefix(behind(g.Items), ": ")}
	}
	return all
}

// quiet names of what nothing was said all month, and of what not for long.
func (d *draft) quiet() []string {
	var none, long []string
	epics := 0
	for _, q := range d.Report.Silent {
		title, url := "", ""
		if q.Section != nil {
			title, url = q.Section.Title, q.Section.URL
		} else {
			title, url = q.Milestone.Title, q.Milestone.URL
		}
		switch {
		case !q.Last.IsZero():
			long = append(long, "last word "+q.Last.Short()+" of "+d.title(title, url))
		case q.Section == nil || q.SaidNothing:
			none = append(none, d.title(title, url))
		case q.Milestone == nil || !q.Milestone.Empty():
			epics++
		}
	}
	if epics > 0 {
		none = append(none, count(epics, "open epic")+" (named under Risk)")
	}
	var all []string
	if len(none) > 0 {
		all = append(all, "no word all month of "+spoken(none))
	}
	return append(all, long...)
}

// due names what is past its due date, and what is due soon.
func (d *draft) due() []string {
	var names []string
	end := d.Month.Last().Add(soon)
	for _, due := range d.dueDays() {
		switch {
		case due.passed:
			names = append(names, due.name+" "+due.day.String()+" (passed)")
		case !due.day.After(end):
			names = append(names, due.name+" "+due.day.String())
		}
	}
	return names
}

// next names the plans of the last week by milestone.
func (d *draft) next() []Group {
	var g groups
	seen := map[string]bool{}
	newest := d.Report.NewestWeek()
	for t := range d.Told {
		if t.Statement.Kind.Rule().Home != compile.Plans || !d.isOpen(t.Statement) || t.Statement.Last() != newest {
			continue
		}
		top, label := d.topOfWork(t.Where), d.label(t)
		if !seen[top+label] {
			seen[top+label] = true
			g.add(top, label)
		}
	}
	return cut(g.all(), mostNext)
}
