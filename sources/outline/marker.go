package outline

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

var (
	markerLine = regexp.MustCompile(`(?i)^weekly[\s-]+updates?((?:[^\p{L}\p{N}].*)?)$`)
	// dateWords are what may stand behind the marker without being text.
	dateWords = regexp.MustCompile(`(?i)^[\s\-–—:.,/()#*_]*(?:(?:for|of|on|from|to|until|the|week|weeks|wk|w|cw|kw|w/e|w/c|ending|starting|beginning|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|\d+(?:st|nd|rd|th)?|20\d\d)\b[\s\-–—:.,/()#*_]*)*$`)
	byWords   = regexp.MustCompile(`(?i)^(?:by|from|for|of)\s+\S+(?:\s+\S+){0,3}$`)
	template  = regexp.MustCompile(`(?i)^\W*weekly\s+(?:report|update)\s+template\W*$`)
	// decor are signs at either end of a line.
	decor = regexp.MustCompile(`^` + signs + `|` + signs + `$`)
)

// Part is an update in a comment: all of the comment or, where it has several markers
// of which some are dated, what stands below one of these.
type Part struct {
	Body  string // without the marker, for [Comment]
	Dated string // what the marker says of its date; empty if nothing
}

// farthest is by how many days the date of a marker and that of its comment differ at
// most. What is farther apart is a slip of the pen, or no date of an update.
const farthest = 7

// Day gives the day that the marker names, of a comment that was written on a day. It
// is none if the marker names none for sure.
func (p Part) Day(written compile.Day) compile.Day {
	if day := cutDates(p.Dated, written).last; !day.IsZero() && apart(day, written) <= farthest {
		return day
	}
	return compile.Day{}
}

// Updates finds the updates in a comment: a line of it, outside quotes and code, is
// the marker. It gives none for other comments.
func Updates(comment string) []Part {
	if !saysWeekly(comment) {
		return nil
	}
	comment = clean(comment)
	lines := strings.Split(comment, "\n")
	marks, pasted := findMarks(comment)
	if len(marks) == 0 {
		return nil
	}
	for _, line := range pasted {
		lines[line-1] = ""
	}
	var parts []Part
	begin, dated := 0, "" // of the part that is open
	for i, m := range marks {
		lines[m.line-1] = m.rest
		if i > 0 && m.dated+dated != "" {
			parts = append(parts, Part{strings.Join(lines[begin:m.line-1], "\n"), dated})
			begin, dated = m.line-1, ""
		}
		dated = cmp.Or(dated, m.dated)
	}
	return append(parts, Part{strings.Join(lines[begin:], "\n"), dated})
}

// mark is a line that is the marker of an update.
type mark struct {
	line  int    // its number, from 1
	dated string // what it says of its date
	rest  string // the text that stands behind it
}

// findMarks finds the markers of a comment, except for those that are hidden or stand
// in a mail that it answers, and the lines that name the template of an update.
func findMarks(comment string) (marks []mark, pasted []int) {
	comment, _ = cutMail(comment)
	comment, _ = cutHidden(comment, hiddenInComments)
	d := parse(comment, 1)
	d.walkText(func(n ast.Node) {
		for _, l := range d.lines(n) {
			if m, isMark := cutMarker(n, l.text); isMark {
				m.line = l.line
				marks = append(marks, m)
			} else if template.MatchString(l.text) {
				pasted = append(pasted, l.line)
			}
		}
	})
	return marks, pasted
}

// walkText visits the headings and paragraphs outside quotes and code.
func (d *document) walkText(visit func(ast.Node)) {
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindBlockquote, ast.KindFencedCodeBlock, ast.KindCodeBlock, ast.KindHTMLBlock:
			return ast.WalkSkipChildren, nil
		case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
			if entering {
				visit(n)
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// cutMarker reads a line of a block as the marker of an update. Only a heading or a
// bold line may say by whom it is.
func cutMarker(block ast.Node, line string) (m mark, ok bool) {
	rest, isBold, found := cutWords(line)
	plain := strings.Trim(rest, emphasis+":|")
	dates := cutDates(plain, compile.Day{})
	switch {
	case !found:
		return mark{}, false
	case plain == "" || dateWords.MatchString(plain):
		return mark{dated: plain}, true
	case dates.dated && len(nameWords(asides.ReplaceAllString(dates.rest, ""))) == 0:
		return mark{dated: plain, rest: remarks(dates.rest)}, true
	case strings.HasPrefix(rest, ":"):
		return mark{rest: closeEmphasis("**", "", strings.TrimLeft(rest, ":"+emphasis))}, true
	case isBold || block.Kind() == ast.KindHeading:
		return mark{rest: asSpeaker(plain)}, isByWhom(plain)
	}
	return mark{}, false
}

var (
	asides = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)
	// lateWords say of an update when it came.
	lateWords = wordSet("late early delayed belated late! sorry draft final")
	byMention = regexp.MustCompile(`(?i)^(?:by|from)\s+(@[\w-]+)$`)
)

// remarks gives what stands in brackets behind a date and is not about the date.
func remarks(s string) string {
	var all []string
	for _, aside := range asides.FindAllString(s, -1) {
		names := nameWords(aside)
		if slices.ContainsFunc(names, func(w string) bool { return !lateWords[strings.ToLower(w)] }) {
			all = append(all, aside)
		}
	}
	return strings.Join(all, " ")
}

// asSpeaker turns "by @ada" into the line that says who speaks.
func asSpeaker(s string) string { return byMention.ReplaceAllString(s, "$1:") }

// cutWords takes "Weekly update" off a line.
func cutWords(line string) (rest string, isBold, found bool) {
	line = strings.Map(spaced, line)
	line = listMark.ReplaceAllString(strings.TrimSpace(line), "")
	line = strings.TrimSpace(decor.ReplaceAllString(line, ""))
	m := markerLine.FindStringSubmatch(strings.TrimLeft(line, emphasis))
	if m == nil {
		return "", false, false
	}
	isBold = strings.HasPrefix(line, "**") || strings.HasPrefix(line, "__")
	return strings.TrimSpace(strings.TrimLeft(m[1], emphasis)), isBold, true
}

// spaced turns every kind of space into an ordinary one.
func spaced(c rune) rune {
	if unicode.IsSpace(c) {
		return ' '
	}
	return c
}

// isByWhom reports whether the text behind a marker is short and says by whom the
// update is, or stands behind a dash.
func isByWhom(s string) bool {
	return strings.Count(s, " ") < 5 && (byWords.MatchString(s) || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "–"))
}
