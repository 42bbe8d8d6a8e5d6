package compile

import (
	"regexp"
	"slices"
)

// Standing is a blocker or a risk in its newest wording, with its age.
type Standing struct {
	Told
	Verdict     Verdict // cleared, standing or dropped
	Since, Last Day     // first and last week in which it was said, in any wording, last month too
	Reworded    Day     // week in which the newest wording was first said, if it was another before; zero if not
	By          []Told  // what says that it is over, in order of weeks; empty if its task was closed
	How         string  // how that was found; empty unless it is cleared
	Earlier     []Told  // earlier wordings, oldest first; of last month also those of the same words
	Before      bool    // it was said last month only, whose report holds its statement
}

// standing gives the blockers and risks of the month, and those that were still said
// at the end of the last, each in its newest wording.
func (c *compiler) standing(said *corpus, r, before *Report) []Standing {
	a := newAging(said, r.NewestWeek())
	if before != nil {
		for _, old := range before.Standing {
			a.since[said.of[old.Statement]] = old.Since
		}
	}
	var all []Standing
	for t := range r.Told {
		if s := said.of[t.Statement]; s.kind().Home == Risks && a.later[s] == nil {
			all = append(all, a.age(s))
		}
	}
	if before == nil {
		return all
	}
	for _, old := range before.Standing {
		if s := said.of[old.Statement]; s != nil && old.Verdict == StillSaid && a.later[s] == nil {
			now := a.age(s)
			now.Before = true
			all = append(all, now)
		}
	}
	return all
}

// aging finds how long blockers and risks stand.
type aging struct {
	answers *index
	later   map[*spoken]*spoken // wordings that go on with others
	earlier map[*spoken][]*spoken
	onTask  map[int][]*spoken // what was done on a task
	since   map[*spoken]Day   // what last month knew
	newest  Day               // week of the month in which anything was last said
}

func newAging(said *corpus, newest Day) aging {
	risks := newIndex(said, func(s *spoken) bool { return s.kind().Home == Risks })
	a := aging{answers: newIndex(said, isAnswer), later: risks.wordings(), earlier: map[*spoken][]*spoken{}, onTask: map[int][]*spoken{}, since: map[*spoken]Day{}, newest: newest}
	for _, s := range a.answers.all {
		if s.at.task != 0 {
			a.onTask[s.at.task] = append(a.onTask[s.at.task], s)
		}
	}
	for _, s := range risks.all {
		if next := a.later[s]; next != nil {
			a.earlier[next] = append(append(a.earlier[next], a.earlier[s]...), s)
		}
	}
	return a
}

// age gives a blocker or a risk with all its earlier wordings.
func (a aging) age(s *spoken) Standing {
	st := Standing{Told: s.Told, Since: s.first(), Last: s.last(), Verdict: Dropped}
	earlier := slices.SortedStableFunc(slices.Values(a.earlier[s]), func(x, y *spoken) int { return x.order - y.order })
	for _, e := range earlier {
		st.Earlier = append(st.Earlier, e.Told)
		if e.text.key != s.text.key {
			st.Reworded = s.first()
		}
	}
	for _, e := range append(earlier, s) {
		if since := a.sinceOf(e); since.Before(st.Since) {
			st.Since = since
		}
	}
	if isOver.MatchString(s.Statement.Text) {
		st.Verdict, st.By, st.How = Cleared, []Told{s.Told}, "it says so"
	} else if st.Last == a.newest {
		st.Verdict = StillSaid
	} else if by, how := a.clears(s); how != "" {
		st.Verdict, st.By, st.How = Cleared, by, how
	}
	return st
}

// sinceOf gives the week since which a wording is said, as far back as is known.
func (a aging) sinceOf(s *spoken) Day {
	if since, known := a.since[s]; known {
		return since
	}
	return s.first()
}

// clearWords say that what stood in the way is gone.
var clearWords = wordSet("fixed resolved solved unblocked cleared addressed")

// isOver matches the text of a blocker or a risk that says of itself that it is over.
var isOver = regexp.MustCompile(`(?i)\bno longer (?:an? )?(?:block(?:er|ed|ing)|risk|issue|problem|concern)\b|^[\W_]*(?:unblocked|resolved|mitigated|solved)\b`)

// clears finds what says that a blocker or a risk is over: a later statement in its
// place that tells of it and of an end, or on its task that all is finished, or that
// the task was closed since.
func (a aging) clears(s *spoken) (by []Told, how string) {
	for _, answer := range a.after(s) {
		if m, ok := a.answers.tells(s, answer); ok && answer.ends() {
			return []Told{answer.Told}, m.how
		}
	}
	for _, answer := range a.onTask[s.at.task] {
		if answer.first().After(s.last()) && answer.endsAll() {
			return []Told{answer.Told}, "the task is finished"
		}
	}
	if t := s.Task; t != nil && t.Finished && DayOf(t.Closed).After(s.last()) {
		return nil, "the task was closed"
	}
	return nil, ""
}

// after gives what was done in the place of a blocker or a risk, and first said after
// it was last said.
func (a aging) after(s *spoken) []*spoken {
	return slices.DeleteFunc(a.answers.near(s), func(answer *spoken) bool {
		return answer.at.to(s.at) < inSection || !answer.first().After(s.last()) || answer.Statement.Kind == Doing
	})
}

// ends reports whether a statement tells of an end.
func (s *spoken) ends() bool { return s.Statement.Finishes() || hasWord(s.text, clearWords) }

// endsAll reports whether a statement says that all is finished: "Complete!".
func (s *spoken) endsAll() bool {
	return s.Statement.Finishes() && slices.ContainsFunc(clausesOf(s), func(c text) bool { return finishWords[c.text] })
}

// NewestWeek gives the last week in which anything was said; zero if none.
func (r Report) NewestWeek() Day {
	var newest Day
	for t := range r.Told {
		if last := t.Statement.Last(); last.After(newest) {
			newest = last
		}
	}
	return newest
}
