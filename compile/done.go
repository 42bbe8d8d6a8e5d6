package compile

import (
	"regexp"
	"slices"
	"strings"
)

// clauseShare is how much of each clause of a plan what does it must tell.
const clauseShare = 0.3

// does reports whether a statement that tells of a plan says that all of it is done:
// it touches each clause of the plan, nothing in it says "not yet", the plan has an end
// that can be reached, and nobody plans it again.
func (s settling) does(plan, a *spoken) bool {
	c := s.answers.corpus
	if a.Statement.Kind == Doing || isVague(plan) || isUnfinished(a) || s.isAgain(plan, a.first()) {
		return false
	}
	return !slices.ContainsFunc(clausesOf(plan), func(words []string) bool {
		_, share, _ := c.common(words, a.words)
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

var planClause = regexp.MustCompile(`[.,;:!?()\n]+\s|\s[-–—]\s|\s(?:and|&|then)\s`)

// clausesOf gives the words of each clause of a text.
func clausesOf(s *spoken) [][]string {
	var all [][]string
	for _, part := range planClause.Split(wholeText(s.Statement.Item), -1) {
		t := newText(Item{Text: part}, s.Statement.Repo)
		words := slices.Concat(t.content, t.numbers)
		if len(words) > 0 {
			all = append(all, words)
		}
	}
	return all
}

var vagueWords = wordSet("continue continuing continued carry keep ongoing further more investigate investigation investigating investigations look looking explore discuss improve")

func isVague(plan *spoken) bool {
	return slices.ContainsFunc(strings.Fields(plan.text.text), func(w string) bool { return vagueWords[w] })
}

var unfinishedWords = wordSet(`draft drafted wip almost nearly partly partially started starting begin began beginning
	ongoing pending waiting blocked unfinished incomplete continue continuing continued working first initial candidate soon yet opened review progress rc`)

func isUnfinished(s *spoken) bool {
	return slices.ContainsFunc(strings.Fields(s.text.text), func(w string) bool { return unfinishedWords[strings.Trim(w, ".,:;()")] })
}
