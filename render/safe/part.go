package safe

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner is WORD JOINER, which shows as nothing. Viewers look for some signs in
// what a text shows, where no escape helps; a joiner between two signs does, and
// leaves the words as they were.
const joiner = "\u2060"

// parted reports whether a joiner must stand before the next character that is
// shown, because with what was shown before a viewer would read more than text.
func (w *writer) parted(next rune) bool {
	if next == '!' && strings.HasSuffix(w.out.String(), "[") {
		return true // the site reads a callout in a link too
	}
	last, _ := utf8.DecodeLastRuneInString(w.seen.String())
	switch last {
	case '=', '%':
		return next == last // highlights and hidden text of the site
	case '<':
		return next == '%' // a template
	case '[':
		return next == '[' || next == '!' // a wikilink or a callout
	case '^':
		return isASCIIWord(next) || next == '-' // an anchor of the site
	case '#':
		return w.isHash(next)
	case '@':
		return !w.inLink && isASCIIAlnum(next) && !isASCIIAlnum(w.before("@"))
	}
	if w.inLink {
		return last >= '0' && last <= '9' && isTagSign(next) && !unicode.IsDigit(next) && numbered.MatchString(tail(w.seen.String()))
	}
	return w.beginsAddress(next)
}

// numbered finds a number that is a tag of the site if a letter follows.
var numbered = regexp.MustCompile(`(?:^|\s)#[0-9]+$`)

// isHash reports whether a "#" with what follows it is a tag of the site, or a
// reference of GitHub.
func (w *writer) isHash(next rune) bool {
	switch {
	case isTagSign(next) && !joinsTag(w.before("#")):
		return true
	case next < '0' || next > '9':
		return false
	}
	return !w.inLink || closingReference.MatchString(tail(w.seen.String()))
}

// isTagSign reports whether a tag of the site may begin with a character.
func isTagSign(r rune) bool {
	return isASCIIWord(r) || r == '-' || r == '/' || r >= utf8.RuneSelf && !unicode.IsSpace(r) && !unicode.IsPunct(r) && string(r) != joiner
}

// before gives the character before the last such sign.
func (w *writer) before(sign string) rune {
	out := w.out.String()
	r, _ := utf8.DecodeLastRuneInString(out[:strings.LastIndex(out, sign)])
	return r
}

// joinsTag reports whether a "#" directly behind a character begins no tag.
func joinsTag(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// beginsAddress reports whether a bare address, which GitHub takes up to the next
// space, or a reference would begin with the next character.
func (w *writer) beginsAddress(next rune) bool {
	switch seen := w.seen.String(); {
	case next == '/':
		return strings.HasSuffix(seen, ":/") && addressStart.MatchString(tail(seen))
	case next == '.':
		return hasSuffixFold(seen, "www")
	case next >= '0' && next <= '9':
		return hasSuffixFold(seen, "GH-")
	}
	return false
}

var addressStart = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:https?|ftp):/$`)

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

const keyword = `(?i)(?:^|[^\pL\pN])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)`

var (
	closing          = regexp.MustCompile(keyword + `(?::\s*|\s+)$`)
	closingEnd       = regexp.MustCompile(keyword + `:?$`)
	closingReference = regexp.MustCompile(keyword + `(?::\s*|\s+)(?:[\w.-]+/)?[\w.-]*#$`)
)

// closes reports whether a reference that is written next would close its issue
// where the text enters a pull request or a commit.
func (w *writer) closes() bool {
	seen := w.seen.String()
	words := strings.TrimRight(seen, " \n")
	return closing.MatchString(words[max(0, len(words)-longestKeyword):] + seen[len(words):min(len(seen), len(words)+1)])
}

// longestKeyword is more than any keyword with the character before it.
const longestKeyword = 16

// isIssue finds the addresses of issues and pull requests.
var isIssue = regexp.MustCompile(`/(?:issues|pull)/\d`)

// tail gives the end of a text, as much as the signs of a viewer are long.
func tail(s string) string { return s[max(0, len(s)-longestName):] }
