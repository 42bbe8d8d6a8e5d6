package compile

import (
	"regexp"
	"slices"
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

// ofPeople are words that speak of people who come, go or are sought; moves are those
// that do if they stand with who it is.
var (
	ofPeople = regexp.MustCompile(`\b(hir(e|ed|ing)|recruit(ed|ing|ment)?|backfill(ed|ing)?|resign(ed|s|ing)?|new (hire|joiner|colleague|teammate)s?` +
		`|(parental|maternity|paternity|sick|on) leave|sabbatical|offboard(ed|ing)|job (post|description|offer)s?|open positions?|vacanc(y|ies)` +
		`|new (team )?members?|joined (the|our) team|(left|leaves|leaving) (the|our) (team|company|project))\b`)
	moves   = regexp.MustCompile(`\b(join(s|ed|ing)?|moving|onboard(ed|ing)|interview(s|ed|ing)?|candidates?|departure|only|leaves|leaving)\b`)
	person  = regexp.MustCompile(`\b(engineers?|developers?|researchers?|designers?|writers?|managers?|advocates?|interns?|contributors?|team lead|role|position)\b`)
	release = regexp.MustCompile(`\brelease candidates?\b`)
)

// SpeaksOfPeople reports whether a statement may be about people who come, go or are
// sought, for a person to look at. A release candidate is none.
func (s Statement) SpeaksOfPeople() bool {
	text := release.ReplaceAllString(plainText(s.Item.Whole("\n"), s.Repo).text, "")
	return ofPeople.MatchString(text) || slices.ContainsFunc(clauseEnd.Split(text, -1), func(clause string) bool {
		return moves.MatchString(clause) && person.MatchString(clause)
	})
}
