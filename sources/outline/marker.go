package outline

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var (
	markerLine = regexp.MustCompile(`(?i)^weekly[\s-]+updates?\b\s*(.*)$`)
	// dateWords are what may stand behind the marker without being text.
	dateWords = regexp.MustCompile(`(?i)^[\s\-–—:.,/()#*_]*(?:(?:for|of|on|from|to|until|the|week|weeks|wk|w|cw|kw|w/e|w/c|ending|starting|beginning|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|\d+(?:st|nd|rd|th)?|20\d\d)\b[\s\-–—:.,/()#*_]*)*$`)
	byWords   = regexp.MustCompile(`(?i)^(?:by|from|for|of)\s+\S+(?:\s+\S+){0,3}$`)
	template  = regexp.MustCompile(`(?i)^\W*weekly\s+(?:report|update)\s+template\W*$`)
	listMark  = regexp.MustCompile(`^(?:[-+*]|\d+[.)])\s+`)
	emphasis  = "*_ \t"
	// decor are signs at either end of a line.
	decor = regexp.MustCompile(`^` + signs + `|` + signs + `$`)
)

// isMarker reports whether a line is the marker of an update, and gives the text
// that stands behind it. marked says that the line is a heading.
func isMarker(line string, marked bool) (rest string, ok bool) {
	line = listMark.ReplaceAllString(strings.TrimSpace(line), "")
	line = strings.TrimSpace(decor.ReplaceAllString(line, ""))
	bare := strings.Trim(line, emphasis)
	marked = marked || bare != line && (strings.HasPrefix(line, "**") || strings.HasPrefix(line, "__"))
	m := markerLine.FindStringSubmatch(strings.TrimLeft(line, emphasis))
	if m == nil {
		return "", false
	}
	rest = strings.TrimSpace(strings.TrimLeft(m[1], emphasis))
	plain := strings.Trim(rest, emphasis+":")
	switch {
	case plain == "" || dateWords.MatchString(plain):
		return "", true
	case strings.HasPrefix(rest, ":"):
		return strings.TrimLeft(rest, ":"+emphasis), true
	case marked && strings.Count(plain, " ") < 5 && (byWords.MatchString(plain) || strings.HasPrefix(plain, "-") || strings.HasPrefix(plain, "–")):
		return plain, true
	}
	return "", false
}

// IsUpdate reports whether a comment is an update: a line of it, outside quotes
// and code, is the marker. It returns the comment without its marker lines, for
// [Comment] to read.
func IsUpdate(comment string) (body string, ok bool) {
	if !strings.Contains(strings.ToLower(comment), "weekly") {
		return "", false
	}
	comment = clean(comment)
	d := parse(comment, 1)
	lines := strings.Split(comment, "\n")
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindBlockquote, ast.KindFencedCodeBlock, ast.KindCodeBlock, ast.KindHTMLBlock:
			return ast.WalkSkipChildren, nil
		case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
			for _, l := range d.lines(n) {
				rest, isMark := isMarker(l.text, n.Kind() == ast.KindHeading)
				if isMark {
					ok = true
					lines[l.line-1] = rest
				} else if template.MatchString(l.text) {
					lines[l.line-1] = ""
				}
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	if !ok {
		return "", false
	}
	return strings.Join(lines, "\n"), true
}
