package compile

import (
	"slices"
	"strings"
	"unicode"
)

// peopleWords are said of people who come, go or are sought.
var peopleWords = wordSet(`joined joins joining hire hired hiring recruit recruited recruiting recruitment backfill onboarded onboarding offboarding
	interview interviews interviewing candidate candidates resigned departure parental maternity paternity sabbatical`)

// peopleTurns are words that speak of people only together.
var peopleTurns = []string{
	"new team member", "new joiner", "new developer", "new engineer", "left the team", "leaves the team", "leaving the team",
	"team change", "job description", "job post", "open position",
}

// SpeaksOfPeople reports whether a statement may be about people who come, go or are
// sought, for a person to look at. A release candidate is none.
func (s Statement) SpeaksOfPeople() bool {
	text := plainText(wholeText(s.Item), s.Repo).text
	if slices.ContainsFunc(peopleTurns, func(t string) bool { return strings.Contains(text, t) }) {
		return true
	}
	words := strings.FieldsFunc(strings.ReplaceAll(text, "release candidate", ""), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(w string) bool { return peopleWords[w] })
}
