package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// How much of each kind the summary names.
const (
	mostFinished = 3 // of one milestone
	mostNext     = 1 // of one milestone
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
	finished, next := d.finished(), d.next()
	add("Finished", below(finished))
	add("Dropped", behind(d.dropped()))
	add("Stuck", behind(d.stuck()))
	add("At risk", below(d.atRisk()))
	add("Quiet", behind(d.quiet()))
	add("Due", behind(d.due()))
	add("Next", below(next))
	if len(finished)+len(next) == 0 {
		add("Reported on", behind(d.busiest()))
	}
	return lines
}

// busiest names the milestones and areas of which something was said, those of which
// most was said first.
func (d *draft) busiest() []string {
	said := map[string]int{}
	var names []string
	for t := range d.Told {
		name := d.topOfWork(t.Where)
		if said[name] == 0 {
			names = append(names, name)
		}
		said[name]++
	}
	slices.SortStableFunc(names, func(a, b string) int { return said[b] - said[a] })
	return names
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
		b.WriteString("\n  - " + strings.TrimSuffix(g.Name+": "+strings.Join(g.Items, ", "), ": "))
	}
	return b.String()
}

// finished names what GitHub closed as done in the month, or a text says to be, by
// milestone or area.
func (d *draft) finished() []Group {
	var g groups
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
	done := map[*compile.Task]bool{}
	for t := range d.Told {
		if _, known := done[t.Task]; t.Task == nil || known {
			continue
		}
		if done[t.Task] = t.Task.IsDone(); done[t.Task] {
			g.add(d.topOfWork(t.Where), d.label(t))
		}
	}
	for t := range d.Told {
		if t.Statement.Finishes() && !done[t.Task] && (t.Section == nil || !t.Section.Finished) {
			g.add(d.topOfWork(t.Where), d.ending(t))
		}
	}
	return cut(g.all(), mostFinished)
}

// fewWords are too few to say what they are about.
const fewWords = 2

// ending quotes what a statement says to be finished, behind the number of its task.
func (d *draft) ending(t compile.Told) string {
	end := t.Statement.End()
	if len(strings.Fields(end)) <= fewWords {
		end = t.Statement.Text
	}
	quote := d.quotedFrom(t.Statement, end)
	if t.Task != nil && t.Task.Ref.Number > 0 {
		return d.numberOf(t.Task) + " " + quote
	}
	return quote
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
		all = append(all[:mostGroups:mostGroups], Group{Name: fmt.Sprintf("and %d more", more)})
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

// obstacle is a thing with what blocks it.
type obstacle struct {
	blockers    int
	since, last compile.Day
	standing    bool // one of them was said in the last week
}

// stuck names each thing that was blocked once: since when, and whether that was said
// again.
func (d *draft) stuck() []string {
	var names []string
	of := map[string]*obstacle{}
	d.eachStanding(compile.Blocker, func(s compile.Standing) {
		if s.Verdict == compile.Cleared {
			return
		}
		name := labelled(d.label(s.Told), d.top(s.Where))
		o := of[name]
		if o == nil {
			o = &obstacle{since: s.Since}
			of[name], names = o, append(names, name)
		}
		o.blockers++
		o.standing = o.standing || s.Verdict != compile.Dropped
		if s.Since.Before(o.since) {
			o.since = s.Since
		}
		if o.last.Before(s.Last) {
			o.last = s.Last
		}
	})
	for i, name := range names {
		names[i] = name + of[name].String()
	}
	return names
}

func (o *obstacle) String() string {
	s := " since " + o.since.Short()
	if o.blockers > 1 {
		s = ", " + count(o.blockers, "blocker") + s
	}
	switch {
	case o.standing:
		return s
	case o.last == o.since:
		return s + ", not said again"
	}
	return s + ", last said " + o.last.Short()
}

// atRisk names the risks that are new in the last week, counts those that stand by
// milestone, and names those that are no longer said.
func (d *draft) atRisk() []Group {
	var fresh, gone []string
	var standing groups
	d.eachStanding(compile.Risk, func(s compile.Standing) {
		switch label := d.label(s.Told); {
		case s.Verdict == compile.Cleared:
			gone = append(gone, labelled(label, d.top(s.Where), "cleared"))
		case s.Verdict == compile.Dropped:
			gone = append(gone, labelled(label, d.top(s.Where), "last "+s.Last.Short()))
		case s.Since == d.newestWeek:
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
	var none []string
	var long groups // by the day of the last word
	epics := 0
	for _, q := range d.Report.Silent {
		var name string
		if s := q.Section; s != nil {
			name = d.heading(s.Area, s.Title, s.URL)
		} else {
			name = d.heading(q.Milestone.Area, q.Milestone.Title, q.Milestone.URL)
		}
		switch {
		case !q.Last.IsZero():
			long.add("last word "+q.Last.Short()+" of ", name)
		case q.Section == nil || q.SaidNothing:
			none = append(none, name)
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
	for _, g := range long.all() {
		all = append(all, g.Name+some(g.Items, mostNamed))
	}
	return all
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
	for t := range d.Told {
		if t.Statement.Kind.Rule().Home != compile.Plans || d.settled[t.Statement] || t.Statement.Last() != d.newestWeek {
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
