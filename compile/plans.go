package compile

import (
	"cmp"
	"slices"
)

// Verdict says what became of a plan, a blocker or a risk. Its value is the name
// under which JSON has it.
type Verdict string

// The verdicts. Those of plans come first; None is what is said of a plan of which
// no later word was found.
const (
	None     Verdict = "none"
	Done     Verdict = "done"     // a later statement says that all of it is done
	ToldOf   Verdict = "told"     // a later statement tells of it, of a part of it or of its beginning
	Repeated Verdict = "repeated" // it was said again later, and nothing else

	Cleared   Verdict = "cleared"  // a later statement says that it is over
	StillSaid Verdict = "standing" // said in the last week in which anything was said
	Dropped   Verdict = "dropped"  // not said again; nothing says that it is over
)

// Plan is a *next* statement and what became of it.
type Plan struct {
	Told
	Verdict Verdict
	By      []Told // what tells of it (done, told) or says it again (repeated), in order of weeks; itself if it was said again word for word
	How     string // how the match was made: "same words", "reference" …; empty without a match
	Since   Day    // week in which it was first said, in any wording, last month too
	Earlier []Told // earlier wordings that it continues, oldest first; each stands in Plans too, as Continued
	Before  bool   // it is of the report of last month, which holds its statement

	// Continued says that a later wording goes on with it, and has it in Earlier.
	Continued bool
}

// Open reports whether the plan is still to come, and no later wording goes on with
// it.
func (p Plan) Open() bool { return p.Verdict != Done && !p.Continued }

// plans finds what became of each plan of the month and of those that were open when
// it began.
func (c *compiler) plans(r *Report, before *Report) []Plan {
	var all []Plan
	for t := range r.Told {
		if t.Statement.Kind.Rule().Home == Plans {
			all = append(all, newPlan(t))
		}
	}
	if before != nil {
		for _, p := range before.Plans {
			if p.Open() {
				p.Before = true
				all = append(all, p)
			}
		}
	}
	said := newCorpus(before, r)
	answers := newIndex(said, func(s *spoken) bool { return s.Statement.Kind.Rule().Home == Work && s.Statement.Kind != Attribute })
	for i := range all {
		answers.settle(&all[i])
	}
	return all
}

// settle finds what tells of a plan.
func (x *index) settle(p *Plan) {
	plan := x.corpus.of[p.Statement]
	if plan == nil {
		return // of a month before the last
	}
	found := x.answers(plan)
	if len(found) == 0 {
		return
	}
	p.Verdict, p.By, p.How = ToldOf, nil, found[0].how
	if i := slices.IndexFunc(found, func(m match) bool { return x.corpus.does(plan, m.spoken) }); i >= 0 {
		p.Verdict, found = Done, found[i:i+1]
		p.How = found[0].how
	}
	slices.SortFunc(found, func(a, b match) int { return cmp.Compare(a.order, b.order) })
	for _, m := range found {
		p.By = append(p.By, m.Told)
	}
}

// mostAnswers is how many statements tell of a plan at most.
const mostAnswers = 3

// answers gives what was first said after a plan and tells of it, the surest first.
func (x *index) answers(plan *spoken) []match {
	var found []match
	for _, s := range x.near(plan) {
		if !s.first().After(plan.first()) {
			continue
		}
		if m, ok := x.tells(plan, s); ok {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b match) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order)) })
	return found[:min(len(found), mostAnswers)]
}

func newPlan(t Told) Plan {
	p := Plan{Told: t, Verdict: None, Since: t.Statement.first()}
	if len(t.Statement.Weeks) > 1 {
		p.Verdict, p.By, p.How = Repeated, []Told{t}, "same words"
	}
	return p
}
