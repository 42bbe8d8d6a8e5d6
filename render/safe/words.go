package safe

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// longestName is more than any name that GitHub allows, with what is before it.
const longestName = 300

var (
	bareURL = regexp.MustCompile("^(?i:https?)://[^\\s<>`|]+")
	// innerURL is one between brackets, which may belong to a link.
	innerURL = regexp.MustCompile("^(?i:https?)://[^\\s<>`|\\[\\]]+")
	mention  = regexp.MustCompile(`^@([A-Za-z\d](?:[A-Za-z\d]|-[A-Za-z\d]){0,38})(/[\w.-]*[\w-])?`)
	hashRef  = regexp.MustCompile(`^(?:#|GH-)(\d{1,10})\b`)
	nameRef  = regexp.MustCompile(`^([A-Za-z\d](?:[\w.-]*\w)?(?:/[\w.-]*\w)?)#(\d{1,10})\b`)
)

// word reads an address, a mention or a reference, if one begins here, with the
// extra bytes by which its sign was written longer.
func (l *lexer) word(rest string, extra int) bool {
	c := rest[0]
	if c == '@' {
		return !l.behind(isASCIIWord) && l.mention(rest, extra)
	}
	if !isASCIIWord(rune(c)) && c != '#' || l.behind(joinsWord) {
		return false
	}
	if c == 'h' || c == 'H' {
		if url := l.url(rest); url != "" {
			l.add(linkToken, len(url), l.bare(url)).text = meant(url)
			return true
		}
	}
	rest = rest[:min(len(rest), longestName)]
	if m := hashRef.FindStringSubmatch(rest); m != nil && l.Repo != "" {
		l.link(m[0], l.reference(l.Repo, m[1]), extra)
		return true
	}
	if m := nameRef.FindStringSubmatch(rest); m != nil {
		if repo := l.fullRepo(m[1]); repo != "" {
			l.link(m[0], l.reference(repo, m[2]), extra)
			return true
		}
	}
	return false
}

func (l *lexer) link(text, url string, extra int) {
	l.add(linkToken, len(text)+extra, "["+text+"]("+destination(url)+")").text = text
}

// mention reads "@name", which becomes a link that calls no one. A package or a
// team, "@org/name", has no page to link to.
func (l *lexer) mention(rest string, extra int) bool {
	m := mention.FindStringSubmatch(rest[:min(len(rest), longestName)])
	switch {
	case m == nil:
		return false
	case m[2] != "":
		l.add(codeToken, len(m[0])+extra, "`"+m[0]+"`")
	default:
		l.link(m[0], l.Web+"/"+m[1], extra)
	}
	return true
}

// url reads an address without the signs that belong to the sentence.
func (l *lexer) url(rest string) string {
	if len(l.open) > 0 {
		return trimURL(innerURL.FindString(rest))
	}
	return trimURL(bareURL.FindString(rest))
}

// behind reports whether the character before is one of some kind.
func (l *lexer) behind(kind func(rune) bool) bool {
	r, n := utf8.DecodeLastRuneInString(l.src[:l.pos])
	return n > 0 && kind(r)
}

func isASCIIWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
}

// joinsWord reports whether a word goes on behind a character.
func joinsWord(r rune) bool {
	return isASCIIWord(r) || strings.ContainsRune("@#/&-.", r) || r >= utf8.RuneSelf && !strings.ContainsRune("“‘«–—…", r)
}
