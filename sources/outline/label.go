package outline

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// maxLabel is how many words a line that ends with a colon has at most to be the
// heading of the list below it: what says more announces it in a sentence.
const maxLabel = 6

// maxTopic is the same for a line without any sign.
const maxTopic = 3

var (
	labelLine = regexp.MustCompile(`^` + signs + `[*_]*\p{L}[\p{L}-]*(?: [\p{L}-]+)?(?: \([^()]*\))?[*_]*\s*[:：]\s*[*_]*$`)
	endColon  = regexp.MustCompile(`\s*[:：]\s*([*_` + "`" + `]*)\s*$`)
	topicWord = regexp.MustCompile(`^[\p{L}\p{Nd}][\p{L}\p{Nd}'’/&+.-]*$`)
)

// isLabel reports whether a line is a word or two, perhaps an aside, and a colon:
// a key that is not known, like "Postponed:".
func (r *reader) isLabel(line string) bool {
	line = strings.TrimSpace(line)
	if !labelLine.MatchString(line) {
		return false
	}
	_, known := r.cutKey(line)
	return !known
}

// isName reports whether a line is a name of a few words and a colon, "Old Kilns:".
func isName(line string) bool {
	name, colon := cutColon(line)
	return colon && isTopic(strings.Fields(strings.Trim(name, emphasis)))
}

// isEmptyScope reports whether an item is only code and a label like its neighbours,
// below which something stands, or like the heading above, whose name it begins with.
func (r *reader) isEmptyScope(item listItem) bool {
	code := codeLine(item.first())
	if code == item.first() {
		return false
	}
	all := r.path.headers()
	if n := len(all); n > 0 && strings.HasPrefix(code, all[n-1].Title+":") {
		return true
	}
	return r.hasScope(item.node.Parent())
}

// hasScope reports whether a list has an item that is only code and has a list below.
func (r *reader) hasScope(n ast.Node) bool {
	if r.scopes.list != n {
		r.scopes.list, r.scopes.found = n, false
		for item := range r.items(n.(*ast.List)) {
			r.scopes.found = r.scopes.found || len(item.rest) > 0 && codeLine(item.first()) != item.first()
		}
	}
	return r.scopes.found
}

// cutColon takes the colon off the end of a line, which may stand inside of its
// emphasis.
func cutColon(line string) (rest string, found bool) {
	line = strings.TrimSpace(line)
	m := endColon.FindStringSubmatchIndex(line)
	if m == nil || m[0] == 0 {
		return line, false
	}
	return line[:m[0]] + line[m[2]:m[3]], true
}

// cutTopic reads a line that only names what the list below it is about: a label,
// a link, code, bold or slanted words, or a word or two. It gives the name.
func (r *reader) cutTopic(line string) (name string, ok bool) {
	if r.isSentence(line) {
		return "", false
	}
	name, colon := cutColon(line)
	if _, isKey := r.cutKey(line); isKey || name == "" {
		return "", false
	}
	if isSpan(name) || r.readHeader(name).link == wholeLine {
		return name, true
	}
	_, plain := cutTag(name)
	words := strings.Fields(linkTexts(plain))
	if colon {
		return name, len(words) <= maxLabel
	}
	return name, isTopic(words)
}

// isSentence reports whether a line says something, whatever its form.
func (r *reader) isSentence(line string) bool {
	return box.MatchString(line) || strings.Contains(line, ". ") || isAttribute(line) || r.isNothing(line)
}

// isSpan reports whether all of a line is bold, slanted or code.
func isSpan(line string) bool {
	if _, isBold := boldLine(line); isBold || codeLine(line) != line {
		return true
	}
	for _, sign := range []string{"*", "_"} {
		if inner := strings.Trim(line, sign); inner != "" && sign+inner+sign == line && !strings.Contains(inner, sign) {
			return true
		}
	}
	return false
}

var frontTag = regexp.MustCompile(`^\[[\w. /-]+\]\s+`)

// cutTag takes the name of a team off the front of a line, "[web] x".
func cutTag(line string) (tag, rest string) {
	tag = frontTag.FindString(line)
	return tag, line[len(tag):]
}

var inlineLink = regexp.MustCompile(`\[([^\[\]]*)\]\([^()]*\)`)

// linkTexts replaces links by their texts.
func linkTexts(s string) string { return inlineLink.ReplaceAllString(s, "$1") }

// isTopic reports whether words without any sign are a name: few, the first with
// a capital letter, and none with the ending of a verb.
func isTopic(words []string) bool {
	if len(words) == 0 || len(words) > maxTopic || !unicode.IsUpper([]rune(words[0])[0]) {
		return false
	}
	for _, w := range words {
		if !topicWord.MatchString(w) || len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing")) {
			return false
		}
	}
	return true
}
