package compile

// Standing is a blocker or a risk with its age.
type Standing struct {
	Told                // the newest wording
	Verdict     Verdict // cleared, standing or dropped
	Since, Last Day     // first and last week in which it was said, in any wording, last month too
	Reworded    Day     // week in which the newest wording was first said, if there are others; zero if none
	By          []Told  // what says that it is over, in order of weeks
	Earlier     []Told  // earlier wordings, oldest first
	Before      bool    // it is of the report of last month, which holds its statement
}

// standing gives the blockers and risks of the month, and those that were standing
// when it began, with their ages.
func (c *compiler) standing(r *Report, before *Report) []Standing {
	newest := r.newestWeek()
	var all []Standing
	for t := range r.Told {
		if t.Statement.Kind.Rule().Home == Risks {
			all = append(all, newStanding(t, newest))
		}
	}
	if before == nil {
		return all
	}
	for _, s := range before.Standing {
		if s.Verdict == StillSaid {
			s.Before, s.Verdict = true, Dropped
			all = append(all, s)
		}
	}
	return all
}

func newStanding(t Told, newest Day) Standing {
	s := Standing{Told: t, Verdict: Dropped, Since: t.Statement.first(), Last: t.Statement.last()}
	if s.Last == newest {
		s.Verdict = StillSaid
	}
	return s
}

// newestWeek gives the last week in which anything was said; zero if none.
func (r Report) newestWeek() Day {
	var newest Day
	for t := range r.Told {
		if last := t.Statement.last(); last.After(newest) {
			newest = last
		}
	}
	return newest
}
