package outline

import (
	"regexp"
	"strings"

	"github.com/waku-org/monthly/compile"
)

const (
	codeSpans = "^[ \\t>]*(?:[-+*][ \\t]+|\\d+[.)][ \\t]+)?```.*?(?:^[ \\t>]*```|\\z)|^[ \\t>]*~~~.*?(?:^[ \\t>]*~~~|\\z)|``[^`]+``|`[^`\\n]+`"
	// htmlNotes begin a line and end anywhere, or stand within a paragraph.
	htmlNotes = `^[ ]{0,3}<!--.*?-->|<!--(?:[^\n]|\n[ \t]*[^\s\d*+#>-])*?(?:\n[ \t]*)?-->`
)

var (
	// hiddenInComments finds comments of HTML: GitHub shows everything else. A match
	// without its group is passed over, like code.
	hiddenInComments = regexp.MustCompile(`(?ms)` + codeSpans + `|(` + htmlNotes + `)`)
	// hiddenInNotes finds comments of MDX too, remarks as the site hides them, and the
	// imports and exports of a page. Percent signs behind a number are a part of it.
	hiddenInNotes = regexp.MustCompile(`(?ms)` + codeSpans + `|\d\s?%%|(` + htmlNotes + `|\{/\*.*?\*/\}|^[ \t]*%%[ \t]*$.*?^[ \t]*%%[ \t]*$|%%[^\n]*?%%` +
		`|^import\s+(?:[^\n'"]+\s+from\s+)?['"][^'"\n]+['"];?[ \t]*$` +
		`|^export\s+(?:(?:const|let|var)\s+\w+\s*=|default\s+\w+;?[ \t]*$|(?:default\s+)?(?:async\s+)?function\b\s*\w*\s*\().*?(?:\n[ \t]*$|\z))`)
)

// cutHidden takes out of a text what its readers do not see. Line feeds stay, so that
// the lines keep their numbers.
func cutHidden(s string, form *regexp.Regexp) (shown string, hidden []string) {
	var b strings.Builder
	last := 0
	for _, m := range form.FindAllStringSubmatchIndex(s, -1) {
		if m[2] < 0 {
			continue
		}
		part := s[m[2]:m[3]]
		b.WriteString(s[last:m[2]] + lineFeeds(part))
		hidden = append(hidden, part)
		last = m[3]
	}
	return b.String() + s[last:], hidden
}

// lineFeeds gives the line feeds of a text, and the indent of its last line.
func lineFeeds(s string) string {
	last := s[strings.LastIndex(s, "\n")+1:]
	if n := strings.Count(s, "\n"); n > 0 {
		return strings.Repeat("\n", n) + last[:len(last)-len(strings.TrimLeft(last, " \t"))]
	}
	return ""
}

// remains makes items of the parts of a comment that are left out for a reason.
func remains(parts []string, reason compile.Reason) []compile.Item {
	var items []compile.Item
	for _, part := range parts {
		if strings.ContainsFunc(part, isWordRune) {
			items = append(items, compile.Item{Kind: compile.Note, Text: strings.TrimSpace(part), LeftOut: reason})
		}
	}
	return items
}
