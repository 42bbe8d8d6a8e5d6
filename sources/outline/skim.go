package outline

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Skim looks for the marker of an update in a comment line by line, without parsing
// it: what strangers write may cost next to nothing. It returns the comment without
// its markers. A comment in which [Updates] finds some is marked; so is one in which
// the marker is code, hidden, or in a mail.
func Skim(comment string) (body string, marked bool) {
	if !saysWeekly(comment) {
		return "", false
	}
	lines := append(strings.Split(clean(comment), "\n"), "")
	for i := range lines[1:] {
		if rest, isMark := skim(lines[i], lines[i+1]); isMark {
			lines[i], marked = rest, true
		}
	}
	return strings.Join(lines, "\n"), marked
}

// saysWeekly reports whether a text can hold a marker at all.
func saysWeekly(s string) bool { return strings.Contains(strings.ToLower(s), "weekly") }

var underline = regexp.MustCompile(`^[ >]*(?:=+|-+)[ \t]*$`)

// skim takes the marker off a line, above another one, that is not in a quote.
func skim(line, below string) (rest string, isMark bool) {
	if !saysWeekly(line) {
		return "", false
	}
	line = strings.TrimSpace(line)
	for mark := listMark.FindString(line); mark != ""; mark = listMark.FindString(line) {
		line = line[len(mark):]
	}
	block := ast.Node(ast.NewParagraph())
	if title := strings.TrimLeft(line, "#"); title != line || underline.MatchString(below) {
		block, line = ast.NewHeading(1), strings.TrimSpace(strings.TrimRight(title, "#"))
	}
	m, isMark := cutMarker(block, line)
	return m.rest, isMark
}
