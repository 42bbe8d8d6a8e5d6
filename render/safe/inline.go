package safe

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A text of a paragraph is read as Markdown reads it, from the left: escapes,
// code, addresses in angle brackets and comments first, then the brackets of
// links. What comes out holds no other construct than those that were read, as
// every sign that was not part of one is escaped.

type tokenKind int

const (
	plainToken   tokenKind = iota // text between signs
	literalToken                  // a sign that means itself
	voidToken                     // a comment, which vanishes
	codeToken                     // a code span, or a link of the site
	nameToken                     // a mention or a reference, which is linked
	addressToken                  // an address that is a link by itself
	openToken                     // "[" or "!["
	closeToken                    // "]", with the address behind it if it ends a link
)

type token struct {
	kind       tokenKind
	start, end int
	out        string // what is written for a sign or code, or shown for an address
	text       string // what a name or an address shows
	url        string // where that leads, or a link or an image that begins here
	bare       bool   // an address that needs no brackets

	// Of an openToken:
	close  int  // index of its closeToken; 0 if it has none
	linked bool // it begins a link or an image
}

// lexer splits the text of a paragraph into tokens.
type lexer struct {
	Text
	src       string
	behind    string // what stands directly behind it
	pos       int
	plain     int // where the text begins that is in no token yet
	tokens    []token
	open      []int         // brackets that are open, as indexes of tokens
	dead      int           // how many of them, from below, lie around a link and can be none
	runs      map[int][]int // where runs of backticks begin, by their length
	noComment bool          // no HTML comment ends behind pos
}

// lex reads a text behind which another stands.
func (s Text) lex(src, behind string) []token {
	l := lexer{Text: s, src: src, behind: behind, runs: backticks(src)}
	for l.pos < len(src) {
		if !l.sign(src[l.pos:]) {
			_, n := utf8.DecodeRuneInString(src[l.pos:])
			l.pos += n
		}
	}
	l.add(plainToken, 0, "")
	return l.tokens
}

func backticks(src string) map[int][]int {
	runs := map[int][]int{}
	for i := 0; i < len(src); i++ {
		start := i
		for i < len(src) && src[i] == '`' {
			i++
		}
		if n := i - start; n > 0 {
			runs[n] = append(runs[n], start)
		}
	}
	return runs
}

// add makes a token of n bytes, and one of the text before it.
func (l *lexer) add(kind tokenKind, n int, out string) *token {
	if l.plain < l.pos {
		l.tokens = append(l.tokens, token{kind: plainToken, start: l.plain, end: l.pos})
	}
	l.tokens = append(l.tokens, token{kind: kind, start: l.pos, end: l.pos + n, out: out})
	l.pos += n
	l.plain = l.pos
	return &l.tokens[len(l.tokens)-1]
}

// sign reads the token that begins here, if one does.
func (l *lexer) sign(rest string) bool {
	switch rest[0] {
	case '\\':
		l.escape(rest)
	case '`':
		l.code(rest)
	case '<':
		l.angle(rest)
	case '&':
		return l.entity(rest)
	case '[':
		l.bracket(rest, 1)
	case '!':
		if !strings.HasPrefix(rest, "![") {
			return false
		}
		l.bracket(rest, 2)
	case ']':
		l.closing(rest)
	default:
		return l.word(rest, 0)
	}
	return true
}

const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// literals escapes each sign of a text.
func literals(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
			r = ' '
		case r < utf8.RuneSelf && strings.ContainsRune(punctuation, r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// escape reads a backslash with what it escapes.
func (l *lexer) escape(rest string) {
	switch {
	case len(rest) == 1:
		l.add(literalToken, 1, `\\`)
	case rest[1] == '\n':
		l.add(literalToken, 2, "  \n")
	case !strings.ContainsRune(punctuation, rune(rest[1])):
		l.add(literalToken, 1, `\\`)
	case strings.ContainsRune("@#", rune(rest[1])) && l.word(rest[1:], 1): // it keeps no one from being called
	default:
		l.add(literalToken, 2, rest[:2])
	}
}

// entity reads the name of a character, as in "&lt;".
func (l *lexer) entity(rest string) bool {
	name := entityAt(rest)
	if name == "" {
		return false
	}
	sign := visible(html.UnescapeString(name))
	if (sign == "@" || sign == "#") && l.word(sign+rest[len(name):min(len(rest), len(name)+longestName)], len(name)-1) {
		return true
	}
	l.add(literalToken, len(name), literals(sign))
	return true
}

// code reads a code span, or signs that open none.
func (l *lexer) code(rest string) {
	n := len(rest) - len(strings.TrimLeft(rest, "`"))
	ends := l.runs[n]
	for len(ends) > 0 && ends[0] < l.pos+n {
		ends = ends[1:]
	}
	l.runs[n] = ends
	if len(ends) == 0 {
		l.add(literalToken, n, strings.Repeat("\\`", n))
		return
	}
	end := ends[0] + n - l.pos
	l.add(codeToken, end, codeSpan(strings.ReplaceAll(rest[:end], "\n", " ")))
}

var (
	// htmlBlockComment is one in a block of HTML, which may have no end.
	htmlBlockComment = regexp.MustCompile(`(?s)<!--(?:-?>|.*?(?:-->|$))`)

	autolink    = regexp.MustCompile(`^<((?i:https?|mailto):[^\s<>]*)>`)
	htmlComment = regexp.MustCompile(`(?s)^<!--(?:-?>|.*?-->)`)
)

// angle reads an address in angle brackets, a comment, which vanishes, or what
// may be HTML.
func (l *lexer) angle(rest string) {
	if m := autolink.FindStringSubmatch(rest); m != nil && safeAddress(meant(m[1])) {
		l.address(meant(m[1]), len(m[0]))
		return
	}
	if !l.noComment && strings.HasPrefix(rest, "<!--") {
		if comment := htmlComment.FindString(rest); comment != "" {
			l.add(voidToken, len(comment), "")
			return
		}
		l.noComment = true
	}
	l.add(literalToken, 1, `\<`)
}

// bracket reads a link of the site, or the n signs that may begin a link.
func (l *lexer) bracket(rest string, n int) {
	if l.page(rest) {
		return
	}
	l.add(openToken, n, "")
	l.open = append(l.open, len(l.tokens)-1)
}

// longestTarget is more than any address that a browser takes, with its title.
const longestTarget = 8192

// target is the address of a link, with its title.
var target = regexp.MustCompile(`^\(\s*(?:<((?:[^<>\n\\]|\\.)*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*\))*))` +
	`(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)`)

// closing reads a bracket that ends a link, or none.
func (l *lexer) closing(rest string) {
	if len(l.open) == 0 {
		l.add(literalToken, 1, `\]`)
		return
	}
	last := len(l.open) - 1
	opener := l.open[last]
	l.open = l.open[:last]
	dead := last < l.dead && l.src[l.tokens[opener].start] == '['
	l.dead = min(l.dead, last)
	n := 1
	if m := target.FindStringSubmatch(rest[1:min(len(rest), longestTarget)]); m != nil && !dead {
		n += len(m[0])
		l.tokens[opener].linked, l.tokens[opener].url = true, l.resolve(meant(m[1]+m[2]))
		if l.src[l.tokens[opener].start] == '[' {
			l.dead = last
		}
	}
	l.add(closeToken, n, "")
	l.tokens[opener].close = len(l.tokens) - 1
}
