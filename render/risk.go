package render

import (
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// ageOf says how long a blocker or a risk stands, as its lead.
func (d *draft) ageOf(s compile.Standing) string {
	age := "since " + s.Since.Short()
	if s.Since == d.newestWeek || s.Since == s.Last && s.Verdict == compile.Dropped {
		age = "new " + s.Since.Short()
	}
	if !s.Reworded.IsZero() && s.Reworded != s.Since {
		age += ", reworded " + s.Reworded.Short()
	}
	switch {
	case s.Verdict == compile.Cleared:
		age += ", cleared"
		if len(s.By) > 0 {
			age += " " + s.By[0].Statement.First().Short() + d.quotedAnswer(s)
		}
	case s.Verdict == compile.Dropped && s.Last != s.Since:
		age += ", last said " + s.Last.Short()
	case s.Verdict == compile.Dropped:
		age += ", not said again"
	}
	return "**" + age + "** · "
}

// quotedAnswer quotes what cleared a blocker or a risk, if that is another statement.
func (d *draft) quotedAnswer(s compile.Standing) string {
	if s.By[0].Statement == s.Statement {
		return ""
	}
	return " by " + d.quoted(s.By[0].Statement)
}

// Blockers lists what was blocked, with its age and its text.
func (d *draft) Blockers() []string {
	var items []string
	d.eachStanding(compile.Blocker, func(s compile.Standing) {
		items = append(items, d.risk(s, d.under(s.Where)))
	})
	return items
}

// Risks lists the risks by milestone, each with its age and its text.
func (d *draft) Risks() []Group {
	var g groups
	d.eachStanding(compile.Risk, func(s compile.Standing) {
		g.add(d.top(s.Where), d.risk(s, d.about(s.Where)))
	})
	return g.all()
}

// risk gives a blocker or a risk behind its age and what it is about.
func (d *draft) risk(s compile.Standing, about string) string {
	lead := d.ageOf(s)
	if about != "" {
		lead += strings.TrimRight(about, ": ") + ": "
	}
	return d.item(s.Statement, lead, "")
}

// under names what a statement is about, with its milestone or area.
func (d *draft) under(at compile.Where) string {
	about := d.about(at)
	if about == "" {
		return d.top(at)
	}
	return labelled(about, d.top(at))
}

// eachStanding gives what was said of a kind this month in its newest wording: what is
// new, what stands, what was not said again, and what is over, each in the order of the
// report.
func (d *draft) eachStanding(kind compile.Kind, do func(compile.Standing)) {
	var all []compile.Standing
	for t := range d.Told {
		if t.Statement.Kind == kind && !d.settled[t.Statement] {
			all = append(all, d.standingOf(t))
		}
	}
	slices.SortStableFunc(all, func(a, b compile.Standing) int { return d.rank(a) - d.rank(b) })
	for _, s := range all {
		do(s)
	}
}

// rank orders blockers and risks by what became of them.
func (d *draft) rank(s compile.Standing) int {
	switch {
	case s.Verdict == compile.Cleared:
		return 3
	case s.Verdict == compile.Dropped:
		return 2
	case s.Since == d.newestWeek:
		return 0
	}
	return 1
}

// standingOf gives what is known of the age of a blocker or a risk.
func (d *draft) standingOf(t compile.Told) compile.Standing {
	if s := d.ages[t.Statement]; s != nil {
		return *s
	}
	return compile.Standing{Told: t, Since: t.Statement.First(), Last: t.Statement.Last(), Verdict: compile.StillSaid}
}

// EarlierRisks lists the earlier wordings of this month's blockers and risks.
func (d *draft) EarlierRisks() []string {
	var items []string
	for t := range d.Told {
		if t.Statement.Kind.Rule().Home == compile.Risks && d.settled[t.Statement] {
			items = append(items, d.item(t.Statement, d.under(t.Where)+": ", ""))
		}
	}
	return items
}

// LastMonthsRisks lists the blockers and risks that were still said at the end of last
// month, and not since.
func (d *draft) LastMonthsRisks() []string {
	var items []string
	for _, s := range d.Standing {
		if s.Before {
			items = append(items, d.risk(s, d.under(s.Where)))
		}
	}
	return items
}

// PastDue lists the open milestones and epics whose due date has passed.
func (d *draft) PastDue() []string {
	var lines []string
	for _, due := range d.dueDays() {
		if due.passed {
			lines = append(lines, "- "+due.name+" was due on "+due.day.String())
		}
	}
	return lines
}

// dueDay is a milestone or an epic that is open and has a due date.
type dueDay struct {
	name   string
	day    compile.Day
	passed bool
}

// dueDays gives what is open and has a due date, in order of the dates.
func (d *draft) dueDays() []dueDay {
	var all []dueDay
	epics := func(list []compile.Section) {
		for _, e := range list {
			if !e.Due.IsZero() && !compile.HasEnded(e.State) {
				all = append(all, dueDay{d.title(e.Title, e.URL), e.Due, e.PastDue})
			}
		}
	}
	for _, m := range d.Milestones {
		if !m.Due.IsZero() && !compile.HasEnded(m.State) {
			all = append(all, dueDay{d.title(m.Title, m.URL), m.Due, m.PastDue})
		}
		epics(m.Epics)
	}
	epics(d.Report.Other)
	slices.SortStableFunc(all, func(a, b dueDay) int { return a.day.Compare(b.day) })
	return all
}

// Silent lists the open milestones, epics and areas without a word, by milestone, each
// with its last word and with what was promised then.
func (d *draft) Silent() []string {
	var g groups
	for _, q := range d.Report.Silent {
		top := "Without a milestone"
		if q.Milestone != nil {
			top = d.line(q.Milestone.Title)
		}
		if q.Section == nil {
			g.add(top, "nothing on any of it"+d.lastWord(q))
			continue
		}
		g.add(top, d.heading(q.Section.Area, q.Section.Title, q.Section.URL)+d.lastWord(q))
	}
	var lines []string
	for _, of := range g.all() {
		lines = append(lines, "- "+of.Name+": "+strings.Join(of.Items, " · "))
	}
	return lines
}

// lastWord says when something was last spoken of, and what was promised.
func (d *draft) lastWord(q compile.Quiet) string {
	var parts []string
	if q.SaidNothing {
		parts = append(parts, "its notes say so")
	}
	if !q.Last.IsZero() {
		parts = append(parts, "last word "+q.Last.Short())
	}
	var promised []string
	for _, t := range q.Promised {
		promised = append(promised, d.quoted(t.Statement))
	}
	if len(promised) > 0 {
		parts = append(parts, "planned then: "+some(promised, 3))
	}
	return labelled("", parts...)
}
