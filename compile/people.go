package compile

import (
	"slices"
	"strings"
	"unicode"
)

// Authors gives the logins of those who wrote the updates that count, sorted, each
// once.
func Authors(updates []Update) []string {
	var all []string
	for _, u := range updates {
		if u.Author != "" && u.LeftOut == "" {
			all = append(all, u.Author)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// reporters gives the logins of those who reported for the first time in the month.
func (c *compiler) reporters() []string {
	if len(c.Heard) == 0 {
		return nil
	}
	var said []Update
	for _, e := range c.entries {
		said = append(said, e.Update)
	}
	return slices.DeleteFunc(Authors(said), func(login string) bool { return slices.Contains(c.Heard, login) })
}

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
