package safe

import (
	"regexp"
	"strings"
)

// wikilink is a link of the site as the site reads it: a page, a heading of it,
// and what is shown in its place. What it would not read whole is none.
var wikilink = regexp.MustCompile(`^!?\[\[(` + pagePart + `*)(#` + pagePart + `+)?(?:(\\?\|)(` + pagePart + `+))?\]\](?:[^(]|$)`)

const pagePart = "[^\\[\\]|#\\\\<>`$%&@\"\n]"

// page reads a link of the site. Where such links mean nothing it is shown as
// code; what would be shown in place of it is linked, and a link within a page is
// text, as the report is another page.
func (l *lexer) page(rest string) bool {
	m := wikilink.FindStringSubmatch(rest)
	if m == nil || m[1]+m[2]+m[4] == "" || holdsSigns.MatchString(m[0]) {
		return false
	}
	n := strings.Index(rest, "]]") + len("]]")
	switch {
	case !l.Wikilinks:
		l.add(codeToken, n, "`"+rest[:n]+"`")
	case m[1] == "":
		l.add(literalToken, n, literals(strings.TrimLeft(m[4]+m[2], "#")))
	default:
		l.add(codeToken, n, strings.TrimPrefix(rest[:n], "!"))
	}
	return true
}

// holdsSigns finds what a viewer would read in the text of a link of the site.
var holdsSigns = regexp.MustCompile(`==|://|(?i:www\.)|#\d|\bGH-\d`)
