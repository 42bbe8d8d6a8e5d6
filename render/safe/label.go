package safe

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"
)

// emphasisMarks are signs of emphasis at the edges of words, which a label does without.
var emphasisMarks = regexp.MustCompile(`(^|[\s("“'])[*_~]+|[*_~]+($|[\s.,;:!?)"”'])`)

// blockMarks are signs of blocks at the front of a line.
var blockMarks = regexp.MustCompile(`(?m)^(?:[ \t]|>|[-*+] (?:\[[ xX]\] )?|#{1,6} |\d{1,9}[.)] )+`)

// Label gives the first words of a text, at most so many words and letters, as plain
// text on one line: links show their titles, and emphasis is not shown. What is cut off
// is shown by a sign.
func (s Text) Label(markdown string, words, letters int) string {
	plain := OneLine(s.Plain(blockMarks.ReplaceAllString(markdown, "")))
	plain = emphasisMarks.ReplaceAllString(plain, "$1$2")
	label, whole := "", true
	for i, word := range strings.Fields(plain) {
		if whole = i < words && utf8.RuneCountInString(label)+utf8.RuneCountInString(word) < letters; !whole {
			break
		}
		label = strings.TrimSpace(label + " " + word)
	}
	if label == "" {
		label = string([]rune(plain)[:min(letters, utf8.RuneCountInString(plain))])
	}
	if !whole {
		label = strings.TrimRight(label, ".,;:–-( ") + " …"
	}
	return s.Line(literalWords(label))
}

// literalWords escapes the signs of a text that mean something in Markdown, and in what
// may be an address each sign.
func literalWords(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if strings.Contains(w, "://") || strings.Contains(strings.ToLower(w), "www.") {
			words[i] = literals(w)
		} else {
			words[i] = meaningful.ReplaceAllString(w, `\$0`)
		}
	}
	return strings.Join(words, " ")
}

// meaningful are the signs that one of the viewers reads as Markdown inside of a line.
var meaningful = regexp.MustCompile("[\\`*_\\[\\]<>#@$%=|~^&!{}+]")

var scheme = regexp.MustCompile(`^(?i:https?://|mailto:)`)

// escapedSign finds what a backslash makes a literal.
var escapedSign = regexp.MustCompile(`\\(.)`)

// shownOf gives what is seen of a code span or of a link of the site.
func shownOf(code string) string {
	if page, ok := strings.CutPrefix(strings.TrimPrefix(code, "!"), "[["); ok {
		return strings.TrimRight(page[strings.LastIndexByte(page, '|')+1:], "]")
	}
	return strings.Trim(code, "`")
}

// Plain gives the text that a reader of Markdown sees, without its formatting and what
// its links lead to. It is not safe to publish.
func (s Text) Plain(markdown string) string {
	var b strings.Builder
	for _, t := range s.lex(markdown, "") {
		switch t.kind {
		case plainToken:
			b.WriteString(markdown[t.start:t.end])
		case literalToken:
			b.WriteString(escapedSign.ReplaceAllString(t.out, "$1"))
		case codeToken:
			b.WriteString(shownOf(markdown[t.start:t.end]))
		case nameToken:
			b.WriteString(t.text)
		case addressToken:
			b.WriteString(cmp.Or(t.out, scheme.ReplaceAllString(t.text, "")))
		}
	}
	return b.String()
}
