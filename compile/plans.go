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
func (c *compiler) plans(said *corpus, r, before *Report) []Plan {
	var all []Plan
	for t := range r.Told {
		if t.Statement.Kind.Rule().Home == Plans {
			all = append(all, Plan{Told: t, Verdict: None, Since: t.Statement.First()})
		}
	}
	if before != nil {
		for _, p := range before.Plans {
			if p.Open() && !p.Before {
				p.Before = true
				all = append(all, p)
			}
		}
	}
	newSettling(said).settle(all)
	return all
}

// settling finds what became of plans.
type settling struct {
	answers *index // what may tell of a plan
	plans   *index
	later   map[*spoken]*spoken // wordings that go on with plans
}

func newSettling(said *corpus) settling {
	s := settling{
		answers: newIndex(said, isAnswer),
		plans:   newIndex(said, func(s *spoken) bool { return s.kind().Home == Plans }),
	}
	s.later = s.plans.wordings()
	return s
}

// isAnswer reports whether a statement may tell of others: of what was done, not of
// what stands in the way or comes.
func isAnswer(s *spoken) bool { return s.kind().Home == Work && s.Statement.Kind != Attribute }

// settle decides each plan by itself, and then what a wording has from the one that
// goes on with it: the newest first.
func (s settling) settle(all []Plan) {
	byStatement := map[*spoken]*Plan{}
	for i := range all {
		byStatement[s.plans.corpus.of[all[i].Statement]] = &all[i]
	}
	for _, plan := range slices.Backward(s.plans.all) {
		if p := byStatement[plan]; p != nil {
			s.judge(p, plan, byStatement[s.later[plan]])
		}
	}
	for _, plan := range s.plans.all {
		if p, next := byStatement[plan], byStatement[s.later[plan]]; p != nil && next != nil {
			next.goOn(*p)
			p.Continued = true
		}
	}
}

// judge decides on a plan. What is done is decided before what was said again.
func (s settling) judge(p *Plan, plan *spoken, next *Plan) {
	if found := s.tellOf(plan); len(found) > 0 {
		p.Verdict, p.By, p.How = ToldOf, nil, found[0].how
		if i := slices.IndexFunc(found, func(m match) bool { return s.does(plan, m.spoken) }); i >= 0 {
			p.Verdict, p.How, found = Done, found[i].how, found[i:i+1]
		}
		slices.SortFunc(found, func(a, b match) int { return cmp.Compare(a.order, b.order) })
		for _, m := range found {
			p.By = append(p.By, m.Told)
		}
		return
	}
	switch {
	case next != nil && next.Verdict == Done:
		p.Verdict, p.By, p.How = next.Verdict, next.By, next.How+", through a later wording"
	case next != nil:
		p.Verdict, p.By, p.How = Repeated, []Told{next.Told}, "reworded"
	case len(plan.Statement.Weeks) > 1:
		p.Verdict, p.By, p.How = Repeated, []Told{p.Told}, sameWords
	}
}

// mostAnswers is how many statements tell of a plan at most.
const mostAnswers = 3

// tellOf gives what was first said after a plan and tells of it, the surest first.
func (s settling) tellOf(plan *spoken) []match {
	var found []match
	for _, a := range s.answers.near(plan) {
		if !a.first().After(plan.first()) {
			continue
		}
		if m, ok := s.answers.tells(plan, a); ok {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b match) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order)) })
	return found[:min(len(found), mostAnswers)]
}

// goOn makes a plan the later wording of another.
func (p *Plan) goOn(earlier Plan) {
	if earlier.Since.Before(p.Since) {
		p.Since = earlier.Since
	}
	p.Earlier = append(p.Earlier, earlier.Earlier...)
	p.Earlier = append(p.Earlier, earlier.Told)
	slices.SortStableFunc(p.Earlier, func(a, b Told) int { return a.Statement.First().Compare(b.Statement.First()) })
}
