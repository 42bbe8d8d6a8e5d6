package compile

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
		if t.Statement.Kind == Next {
			all = append(all, newPlan(t))
		}
	}
	if before == nil {
		return all
	}
	for _, p := range before.Plans {
		if p.Open() {
			p.Before = true
			all = append(all, p)
		}
	}
	return all
}

func newPlan(t Told) Plan {
	p := Plan{Told: t, Verdict: None, Since: t.Statement.first()}
	if len(t.Statement.Weeks) > 1 {
		p.Verdict, p.By, p.How = Repeated, []Told{t}, "same words"
	}
	return p
}
