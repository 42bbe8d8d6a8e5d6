package render

import (
	"strings"

	"github.com/waku-org/monthly/compile"
)

// Plans gives the open plans that were said in the last week, by milestone.
func (d *draft) Plans() []Group {
	return d.plansThat(func(p compile.Plan) bool { return p.Statement.Last() == d.newestWeek })
}

// OlderPlans gives the open plans that were said earlier in the month and not since, by
// milestone.
func (d *draft) OlderPlans() []Group {
	return d.plansThat(func(p compile.Plan) bool { return p.Statement.Last() != d.newestWeek })
}

// plansThat gives plans of the month that are told here: those that are open, in their
// newest wording, and those that are done by something that is told nowhere.
func (d *draft) plansThat(is func(compile.Plan) bool) []Group {
	var s subjects
	for t := range d.Told {
		if p := d.planOf(t); t.Statement.Kind.Rule().Home == compile.Plans && !d.settled[t.Statement] && is(p) {
			s.add(d.top(t.Where), d.about(t.Where), d.plan(p))
		}
	}
	return s.all()
}

// LastMonthsPlans gives the plans of last month of which nothing was said since, by
// milestone.
func (d *draft) LastMonthsPlans() []Group {
	var s subjects
	for _, p := range d.Report.Plans {
		if p.Before && p.Open() {
			s.add(d.top(p.Where), d.about(p.Where), d.plan(p))
		}
	}
	return s.all()
}

// planOf gives what is known of a plan.
func (d *draft) planOf(t compile.Told) compile.Plan {
	if p := d.plans[t.Statement]; p != nil {
		return *p
	}
	return compile.Plan{Told: t, Verdict: compile.None, Since: t.Statement.First()}
}

// plan gives a plan with since when it is one, and what tells of it.
func (d *draft) plan(p compile.Plan) string {
	behind := ""
	if p.Since.Before(p.Statement.First()) {
		behind = "*since " + p.Since.Short() + "* "
	}
	if p.Verdict == compile.ToldOf {
		behind += "*told of:* " + d.quoted(p.By[0].Statement) + " " + d.weeks(p.By[0].Statement)
	}
	return d.item(p.Statement, "", strings.TrimSpace(behind))
}

// EarlierPlans gives the earlier wordings of the plans that are open, by milestone.
func (d *draft) EarlierPlans() []Group {
	var s subjects
	for t := range d.Told {
		if p := d.plans[t.Statement]; p != nil && p.Continued && d.settled[t.Statement] && p.Verdict != compile.Done {
			s.add(d.top(t.Where), d.about(t.Where), d.item(t.Statement, "", ""))
		}
	}
	return s.all()
}

// weigh finds what the report says of each of its statements.
func (d *draft) weigh() {
	d.plans, d.ages = map[*compile.Statement]*compile.Plan{}, map[*compile.Statement]*compile.Standing{}
	d.fulfilled, d.settled = map[*compile.Statement][]*compile.Plan{}, map[*compile.Statement]bool{}
	for i := range d.Report.Plans {
		p := &d.Report.Plans[i]
		d.plans[p.Statement] = p
		if p.Verdict == compile.Done && len(p.By) > 0 && d.isWork(p.By[0].Statement) {
			d.fulfilled[p.By[0].Statement] = append(d.fulfilled[p.By[0].Statement], p)
			d.settled[p.Statement] = true
		}
	}
	for i := range d.Report.Plans {
		if p := &d.Report.Plans[i]; !p.Continued && !d.settled[p.Statement] {
			for _, earlier := range p.Earlier {
				d.settled[earlier.Statement] = true
			}
		}
	}
	for i := range d.Standing {
		s := &d.Standing[i]
		d.ages[s.Statement] = s
		for _, earlier := range s.Earlier {
			d.settled[earlier.Statement] = true
		}
	}
}

// isWork reports whether a statement of this report is told under its milestone, epic
// or task.
func (d *draft) isWork(st *compile.Statement) bool {
	_, here := d.marks.number[st]
	return here && st.Kind.Rule().Home == compile.Work
}
