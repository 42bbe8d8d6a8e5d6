package outline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/waku-org/monthly/compile"
)

// saysNothing reports whether a value is empty or only a question mark.
func saysNothing(value string) bool {
	return strings.Trim(value, "?…-–—*_.>/ \t\n") == ""
}

// denials say by themselves that there is nothing, in lower case.
var denials = phraseSet("none, no, nope, nah, nil, null, nothing, tbd, tba, to be defined, to be determined, to be decided, not applicable")

// denying are the words that deny what stands behind them; denied are the words
// that may stand there, or around them, for all of a text to say no more than
// that: "we have no blockers for now", "nothing new to report this week".
var (
	denying = wordSet("no none nothing nope nah nil not tbd tba")
	denied  = wordSet(`blocker blockers blocked blocking risk risks issue issues problem problems update updates news change changes activity
		any new major big real current further more other else known open significant important specific special major
		to report reported share add mention announce yet so far for now at the moment currently presently still really as of today week
		this last here there we i have has is are was were am do did aware of in from on with me us our my side been
		ones identified encountered raised anything either also`)
	atThisTime = regexp.MustCompile(`\bat (?:this|the present) (?:time|point|stage)\b`)
	notThere   = regexp.MustCompile(`\bn\.?/?a\b\.?`)
	anyEmoji   = regexp.MustCompile(emoji + `|\p{Sm}|` + shortcode)
)

// isDenial reports whether a text says that there is nothing: "no blockers", "none
// so far". "no access to the server" says what is missing.
func isDenial(text string) bool {
	if len(text) > 120 {
		return false
	}
	if holdsSigns(text) {
		text = anyEmoji.ReplaceAllString(text, " ")
	}
	text = strings.ToLower(strings.Trim(text, "*_.>!()~ \t\n"))
	if strings.Contains(text, "at th") {
		text = atThisTime.ReplaceAllString(text, "")
	}
	if strings.Contains(text, "na") || strings.Contains(text, "n/a") || strings.Contains(text, "n.") {
		text = notThere.ReplaceAllString(text, "none")
	}
	if denials[text] {
		return true
	}
	negated := false
	for _, word := range strings.FieldsFunc(text, isDenyJoint) {
		word = strings.Trim(word, "*_.!()~-–—")
		negated = negated || denying[word]
		if word != "" && !denying[word] && !denied[word] {
			return false
		}
	}
	return negated
}

func isDenyJoint(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' || r == '/' }

// holdsSigns reports whether a text may hold what anyEmoji finds.
func holdsSigns(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf || strings.ContainsRune(":+<=>|~", r) })
}

// emptyValues stand behind a word and a colon where there is nothing to say, in lower
// case. "no" may be an answer.
var emptyValues = phraseSet("none, n/a, n.a., na, nil, null, nothing, tbd, tba, not applicable")

// isEmptyValue reports whether a text is a word with a value that says nothing,
// "Pictures: n/a".
func isEmptyValue(text string) bool {
	_, value, found := cutWordValue(text)
	return found && emptyValues[strings.ToLower(strings.Trim(value, "*_.!()~ \t"))]
}

// isWordless reports whether a text has signs only, "👍".
func isWordless(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r == '`' || isWordRune(r) })
}

var (
	emptyLink   = regexp.MustCompile(`^(?:[*_]*!?\[\s*\]\(\s*\)[*_]*\s*)+$`)
	placeholder = regexp.MustCompile(`^[*_]*(?:<[A-Za-z][^<>=:@/]*>|\{[^{}]*\}|\{\{[^{}]*\}\}|\[(?:[A-Za-z][^\[\]]*\s[^\[\]]*|(?i:tbd|tba|name|title|link|url))\]|\((?:[^()]*\s)?(?i:tbd|tba)\))[*_]*[.:]?$`)
	htmlTag     = regexp.MustCompile(`(?i)^</?(?:a|b|i|u|s|p|br|hr|em|div|img|sub|sup|del|ins|kbd|pre|code|span|table|tr|td|th|ul|ol|li|center|strong|details|summary|blockquote|h[1-6])\b`)
	prompt      = regexp.MustCompile(`^["“][^"“”]*[.?…]["”]$`)
)

// isPlaceholder reports whether a text is what a template has where something was
// to be written, "<describe what blocks you>".
func isPlaceholder(text string) bool {
	text = strings.TrimSpace(text)
	return placeholder.MatchString(text) && !htmlTag.MatchString(strings.Trim(text, "*_"))
}

// isUnfilled reports whether a header is what a template has in place of one.
func isUnfilled(line string) bool {
	line = strings.TrimSpace(line)
	return emptyLink.MatchString(line) || isPlaceholder(line)
}

// isNothing reports whether a line is left out wherever it stands.
func (r *reader) isNothing(line string) bool { return whyLeftOut(compile.Note, line) != "" }

// whyLeftOut gives the reason why a text is not a statement of a kind; empty if it
// is one.
func whyLeftOut(kind compile.Kind, text string) compile.Reason {
	switch {
	case emptyLink.MatchString(text):
		return compile.EmptyLink
	case isPlaceholder(text):
		return compile.Placeholder
	case kind == compile.Attribute:
		if _, value, found := cutWordValue(text); found && (isDenial(value) || isPlaceholder(value)) {
			return compile.Denial
		}
	case isDenial(text), isEmptyValue(text), (kind == compile.Blocker || kind == compile.Risk) && isWordless(text):
		return compile.Denial
	}
	return ""
}
