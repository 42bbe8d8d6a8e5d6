package compile

import (
	"regexp"
	"slices"
	"strings"
)

// clauseShare is how much of each clause of a plan what does it must tell.
const clauseShare = 0.25

// does reports whether a statement that tells of a plan says that all of it is done:
// it touches each clause of the plan, says "not yet" in none that is about it, is not of
// another repository, the plan has an end that can be reached, and nobody plans it again.
func (s settling) does(plan, a *spoken) bool {
	if a.Statement.Kind == Doing || vague.MatchString(plan.text.text) || plan.isElsewhere(a) || s.isBegun(plan, a) || s.isAgain(plan, a.first()) {
		return false
	}
	return !slices.ContainsFunc(clausesOf(plan), func(c text) bool {
		_, share, _ := s.answers.corpus.common(c.telling(), a.words)
		return share < clauseShare
	})
}

// isAgain reports whether a plan, or a part of it, is planned in the week in which it
// is reported, or later. That note may hold it word for word, by mistake.
func (s settling) isAgain(plan *spoken, reported Day) bool {
	return plan.last().After(reported) || slices.ContainsFunc(s.plans.near(plan), func(p *spoken) bool {
		return !p.last().Before(reported) && p.first().After(plan.first()) && (p.continues(plan, s.plans.corpus) || p.narrows(plan, s.plans.corpus))
	})
}

var clauseEnd = regexp.MustCompile(`[.,;:!?()\n]+\s|\n|\s[-–—]\s|\s(?:and|&|then|but)\s`)

// clausesOf gives the clauses of a statement, without those that say nothing or only
// point elsewhere.
func clausesOf(s *spoken) []text {
	var all []text
	for _, part := range clauseEnd.Split(s.Statement.Item.Whole("\n"), -1) {
		if t := newText(Item{Text: part}, s.Statement.Repo); len(t.telling()) > 0 && !strings.HasPrefix(t.text, "see") {
			all = append(all, t)
		}
	}
	return all
}

// vague is said of work without an end.
var vague = regexp.MustCompile(`\b(continu(e|ing)|carry on|keep (on|\w+ing)|ongoing|further|more|(investigat|explor|improv)(e|ing|ion|ations?)|discuss(ing)?|look(ing)? (at|into))\b`)

// The words of what is not finished: in any statement, of a part of it, and of a
// beginning, which is all that some plans want.
var (
	notYet = regexp.MustCompile(`\b(wip|almost|nearly|partly|partially|ongoing|pending|wait(ing)?|blocked|unfinished|incomplete|continu(e|ing|ed)|working|so far|` +
		`candidate|soon|yet|under review|for review|pr review|in review|progress|rc|open|opened|trying|tried|will|not|no|without|never|failed|fails)\b`)
	someOf    = regexp.MustCompile(`\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|some|most|half) (out )?of (the |its |all |our )*(\d+|two|three|four|five|six|seven|eight|nine|ten|them)\b`)
	beginning = regexp.MustCompile(`\b(start(s|ed|ing)?|beg(in|an|un|inning)|first|initial|draft(ed)?|poc|prototype)\b`)
)

// isBegun reports whether a statement says of a plan that it is not finished, in words
// that the plan itself does not have.
func (s settling) isBegun(plan, a *spoken) bool {
	signs := []*regexp.Regexp{notYet, someOf}
	if !beginning.MatchString(plan.text.text) {
		signs = append(signs, beginning)
	}
	return slices.ContainsFunc(clausesOf(a), func(c text) bool {
		common, _, _ := s.answers.corpus.common(c.telling(), plan.words)
		return common > 0 && slices.ContainsFunc(signs, func(sign *regexp.Regexp) bool {
			found := sign.FindString(c.text)
			return found != "" && !strings.Contains(" "+plan.text.text+" ", " "+found+" ")
		})
	})
}

func hasWord(t text, words map[string]bool) bool {
	return slices.ContainsFunc(strings.FieldsFunc(t.text, func(r rune) bool { return strings.ContainsRune(" /.,:;()[]!?", r) }), func(w string) bool { return words[w] })
}
