package compile

import (
	"regexp"
	"slices"
	"strings"
)

// does reports whether a statement that tells of a plan says that all of it is done:
// it touches each clause of the plan, nothing in it says "not yet", and the plan has
// an end that can be reached.
func (c *corpus) does(plan, s *spoken) bool {
	if s.Statement.Kind == Doing || isVague(plan) || c.isUnfinished(s) {
		return false
	}
	for _, words := range clausesOf(plan) {
		if _, share, _ := c.common(words, s.words); share < tClause {
			return false
		}
	}
	return true
}

var tClause = 0.3

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

func (c *corpus) isUnfinished(s *spoken) bool {
	return slices.ContainsFunc(strings.Fields(s.text.text), func(w string) bool { return unfinishedWords[strings.Trim(w, ".,:;()")] })
}
