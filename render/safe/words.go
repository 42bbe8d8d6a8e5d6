package safe

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// longestName is more than any name that GitHub allows, with what is before it.
const longestName = 300

var (
	bareURL = regexp.MustCompile(`^(?i:https?)://.`)
	bareWWW = regexp.MustCompile(`^(?i:www)\..`)
	mention = regexp.MustCompile(`^@([A-Za-z\d](?:[A-Za-z\d]|-[A-Za-z\d]){0,38})(/[\w.-]*[\w-])?`)

	hashRef = regexp.MustCompile(`^((?:#|GH-)(\d{1,10}))_*(?:\W|$)`)
	nameRef = regexp.MustCompile(`^(([A-Za-z\d](?:[\w.-]*\w)?(?:/[\w.-]*\w)?)#(\d{1,10}))_*(?:\W|$)`)
)

// word reads an address, a mention or a reference, if one begins here, with the
// extra bytes by which its sign was written longer.
func (l *lexer) word(rest string, extra int) bool {
	switch c := rest[0]; {
	case c == '@':
		return !l.behindRune(isASCIIAlnum) && l.mention(rest, extra)
	case (c == 'h' || c == 'H' || c == 'w' || c == 'W') && l.url(rest):
		return true
	case isASCIIAlnum(rune(c)) || c == '#':
		return !l.behindRune(joinsWord) && l.number(rest[:min(len(rest), longestName)], extra)
	}
	return false
}

// url reads a bare address without the signs that belong to the sentence.
func (l *lexer) url(rest string) bool {
	pattern, joins := bareURL, isASCIILetter
	if rest[0] == 'w' || rest[0] == 'W' {
		pattern, joins = bareWWW, joinsWord
	}
	if l.behindRune(joins) || !pattern.MatchString(rest[:min(len(rest), longestScheme)]) {
		return false
	}
	url := trimURL(l.untilSpace(rest))
	if to := meant(url); url != "" && safeAddress(to) {
		l.address(to, len(url))
		return true
	}
	return false
}

const (
	longestScheme  = 16
	longestAddress = 4096 // more than GitHub takes
)

// untilSpace gives an address with what follows it up to a sign that can be in
// none; it is empty if that is too far away. Between brackets, which may belong to
// a link, brackets are such signs.
func (l *lexer) untilSpace(rest string) string {
	ends := " \t\n<>`|"
	if len(l.open) > 0 {
		ends += "[]"
	}
	window := rest[:min(len(rest), longestAddress)]
	end := strings.IndexAny(window, ends)
	switch {
	case end >= 0:
		return window[:end]
	case len(window) < longestAddress:
		return window
	}
	return ""
}

// number reads the number of an issue or pull request.
func (l *lexer) number(rest string, extra int) bool {
	if !strings.Contains(rest, "#") && !strings.HasPrefix(rest, "GH-") {
		return false
	}
	if m := hashRef.FindStringSubmatch(rest); m != nil && l.Repo != "" {
		l.link(m[1], l.reference(l.Repo, m[2]), extra)
		return true
	}
	if m := nameRef.FindStringSubmatch(rest); m != nil {
		if repo := l.fullRepo(m[2]); repo != "" {
			l.link(m[1], l.reference(repo, m[3]), extra)
			return true
		}
	}
	return false
}

// mention reads "@name", which becomes a link if GitHub knows the name. Any other
// is text. A package or a team, "@org/name", has no page to link to.
func (l *lexer) mention(rest string, extra int) bool {
	m := mention.FindStringSubmatch(rest[:min(len(rest), longestName)])
	switch {
	case m == nil:
		return false
	case m[2] != "":
		l.add(codeToken, len(m[0])+extra, "`"+m[0]+"`")
		return true
	case !l.Logins[strings.ToLower(m[1])]:
		return false
	}
	l.link(m[0], l.Web+"/"+m[1], extra)
	return true
}

func (l *lexer) link(text, url string, extra int) {
	t := l.add(nameToken, len(text)+extra, "")
	t.text, t.url = text, url
}

// behindRune reports whether the character before is of some kind.
func (l *lexer) behindRune(kind func(rune) bool) bool {
	r, n := utf8.DecodeLastRuneInString(l.src[:l.pos])
	return n > 0 && kind(r)
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isASCIIAlnum(r rune) bool { return isASCIILetter(r) || r >= '0' && r <= '9' }

func isASCIIWord(r rune) bool { return isASCIIAlnum(r) || r == '_' }

// joinsWord reports whether a word goes on behind a character.
func joinsWord(r rune) bool {
	return isASCIIAlnum(r) || strings.ContainsRune("@#/&-.", r) || r >= utf8.RuneSelf && !strings.ContainsRune("“‘«–—…", r)
}
