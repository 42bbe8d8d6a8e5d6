package outline

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

var (
	periodWord = regexp.MustCompile(`(?i)\b(?:bi-?weekly|weekly|fortnightly|week|status|progress)\b`)
	reportWord = regexp.MustCompile(`(?i)\b(?:updates?|reports?|summary|status|recap)\b`)
)

// longestMarker is how many words a line has at most that may be meant as a marker.
const longestMarker = 8

// IsNearlyUpdate reports whether a comment that is no update looks like one: it has
// fields, and a line above them that is nearly the marker.
func IsNearlyUpdate(comment string) bool {
	if plain := strings.ReplaceAll(comment, "_", " "); !periodWord.MatchString(plain) || !reportWord.MatchString(plain) || len(Updates(comment)) > 0 {
		return false
	}
	comment, _ = cutMail(clean(comment))
	comment, _ = cutHidden(comment, hiddenInComments)
	return hasNearlyMark(parse(comment, 1)) && slices.ContainsFunc(Comment(comment), isOfField)
}

func hasNearlyMark(d *document) bool {
	found := false
	d.walkText(func(n ast.Node) {
		for _, l := range d.lines(n) {
			_, isKey := cutKey(l.text)
			line := strings.ReplaceAll(l.text, "_", " ")
			found = found || !isKey && len(strings.Fields(line)) <= longestMarker && periodWord.MatchString(line) && reportWord.MatchString(line)
		}
	})
	return found
}

func isOfField(i compile.Item) bool {
	return i.Kind != compile.Note && i.Kind != compile.Attribute && i.LeftOut == ""
}
