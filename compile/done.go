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
	if a.Statement.Kind == Doing || isVague(plan) || plan.isElsewhere(a) || s.isBegun(plan, a) || s.isAgain(plan, a.first()) {
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

// clausesOf gives the clauses of a statement, without those that say nothing.
func clausesOf(s *spoken) []text {
	var all []text
	for _, part := range clauseEnd.Split(wholeText(s.Statement.Item), -1) {
		if t := newText(Item{Text: part}, s.Statement.Repo); len(t.telling()) > 0 {
			all = append(all, t)
		}
	}
	return all
}

// vagueWords are said of work without an end.
var vagueWords = wordSet("continue continuing carry keep ongoing further more investigate investigation investigations explore discuss look improve")

func isVague(plan *spoken) bool { return hasWord(plan.text, vagueWords) }

// notYet are words of what is not finished, beginnings those of what has begun, which
// is all that some plans want.
var (
	notYet = wordSet(`wip almost nearly partly partially ongoing pending waiting wait blocked unfinished incomplete continue continuing continued working
		candidate soon yet review progress rc open opened trying tried will`)
	beginnings = wordSet("start starts started starting begin began begun beginning first initial draft drafted poc prototype")
)

// isBegun reports whether a statement says of a plan that it is not finished.
func (s settling) isBegun(plan, a *spoken) bool {
	wantsBeginning := hasWord(plan.text, beginnings)
	return slices.ContainsFunc(clausesOf(a), func(c text) bool {
		if common, _, _ := s.answers.corpus.common(c.telling(), plan.words); common == 0 {
			return false
		}
		return hasWord(c, notYet) || !wantsBeginning && hasWord(c, beginnings)
	})
}

func hasWord(t text, words map[string]bool) bool {
	return slices.ContainsFunc(strings.FieldsFunc(t.text, func(r rune) bool { return strings.ContainsRune(" /.,:;()[]!?", r) }), func(w string) bool { return words[w] })
}
