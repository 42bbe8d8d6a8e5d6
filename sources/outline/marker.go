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
	// decor are signs at either end of a line.
	decor = regexp.MustCompile(`^` + signs + `|` + signs + `$`)
)

// IsUpdate reports whether a comment is an update: a line of it, outside quotes
// and code, is the marker. It returns the comment without its marker lines, for
// [Comment] to read.
func IsUpdate(comment string) (body string, ok bool) {
	if !strings.Contains(strings.ToLower(comment), "weekly") {
		return "", false
	}
	comment = clean(comment)
	lines := strings.Split(comment, "\n")
	d := parse(comment, 1)
	d.walkText(func(n ast.Node) {
		for _, l := range d.lines(n) {
			if rest, isMark := cutMarker(n, l.text); isMark {
				lines[l.line-1], ok = rest, true
			} else if template.MatchString(l.text) {
				lines[l.line-1] = ""
			}
		}
	})
	if !ok {
		return "", false
	}
	return strings.Join(lines, "\n"), true
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

// cutMarker reports whether a line of a block is the marker of an update, and
// gives the text that stands behind it. Only a heading or a bold line may say by
// whom it is.
func cutMarker(block ast.Node, line string) (rest string, ok bool) {
	rest, isBold, found := cutWords(line)
	plain := strings.Trim(rest, emphasis+":")
	switch {
	case !found:
		return "", false
	case plain == "" || dateWords.MatchString(plain):
		return "", true
	case strings.HasPrefix(rest, ":"):
		return strings.TrimLeft(rest, ":"+emphasis), true
	case isBold || block.Kind() == ast.KindHeading:
		return plain, isByWhom(plain)
	}
	return "", false
}

// cutWords takes "Weekly update" off a line.
func cutWords(line string) (rest string, isBold, found bool) {
	line = listMark.ReplaceAllString(strings.TrimSpace(line), "")
	line = strings.TrimSpace(decor.ReplaceAllString(line, ""))
	m := markerLine.FindStringSubmatch(strings.TrimLeft(line, emphasis))
	if m == nil {
		return "", false, false
	}
	isBold = strings.HasPrefix(line, "**") || strings.HasPrefix(line, "__")
	return strings.TrimSpace(strings.TrimLeft(m[1], emphasis)), isBold, true
}

// isByWhom reports whether the text behind a marker is short and says by whom the
// update is, or stands behind a dash.
func isByWhom(s string) bool {
	return strings.Count(s, " ") < 5 && (byWords.MatchString(s) || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "–"))
}
