package safe

import "strings"

// writer writes the tokens of a text. It may write a text without links, as one
// that stands in a link, and without images, as a title.
type writer struct {
	Text
	src     string
	tokens  []token
	noLink  bool
	noImage bool
	bracket int // length of out behind a bracket that stands for itself
	coded   int // length of out behind code
	out     strings.Builder
}

// inline rewrites the text of a paragraph.
func (s Text) inline(src string) string {
	w := writer{Text: s, src: src, tokens: s.lex(src)}
	w.write(0, len(w.tokens))
	return w.out.String()
}

// titleText rewrites a title, which may itself become a link.
func (s Text) titleText(src string, linked bool) string {
	w := writer{Text: s, src: src, tokens: s.lex(src), noLink: linked, noImage: true}
	w.write(0, len(w.tokens))
	return balanced(w.out.String())
}

// write writes the tokens from the one index up to the other.
func (w *writer) write(from, to int) {
	for i := from; i < to; i++ {
		switch t := w.tokens[i]; t.kind {
		case plainToken:
			w.plain(w.src[t.start:t.end], t.end == len(w.src))
		case linkToken:
			if w.noLink {
				w.plain(t.text, true)
			} else {
				w.out.WriteString(t.out)
			}
		case codeToken:
			w.code(t.out)
		case openToken:
			i = w.open(i)
		case closeToken:
			w.out.WriteString(`\]`)
		default:
			w.literal(t.out)
		}
	}
}

// code writes code or a link of the site. In the text of a link the one must not
// look like the end of a definition, and the other is shown as code.
func (w *writer) code(out string) {
	if w.noLink && out[0] != '`' {
		out = "`" + out + "`"
	}
	if w.noLink {
		out = strings.ReplaceAll(out, "]:", "] :")
	}
	if w.coded == w.out.Len() && w.coded > 0 {
		w.out.WriteByte(' ') // side by side, two would be one
	}
	w.out.WriteString(out)
	w.coded = w.out.Len()
}

// literal writes what is escaped or needs no escape. No two brackets stand side
// by side, and none before a "!" at the front: some viewers take them for links
// and callouts even when they are escaped.
func (w *writer) literal(out string) {
	if strings.HasPrefix(out, `\[`) && w.bracket == w.out.Len() && w.bracket > 0 {
		w.out.WriteByte(' ')
	}
	if strings.HasPrefix(out, `\!`) {
		w.noCallout()
	}
	w.out.WriteString(out)
	if strings.HasSuffix(out, `\[`) {
		w.bracket = w.out.Len()
	}
}

// open writes what begins with a bracket and gives the index of the last token
// that was written.
func (w *writer) open(i int) int {
	t := w.tokens[i]
	image := w.src[t.start] == '!'
	switch {
	case !t.linked && !image && !w.noLink && w.isBare(t):
		if w.bracket == w.out.Len() && w.bracket > 0 {
			w.out.WriteByte(' ')
		}
		w.out.WriteByte('[') // "[nwaku] done", as people tag their lines
		w.write(i+1, t.close)
		w.out.WriteByte(']')
	case !t.linked:
		if image {
			w.literal(`\!`)
		}
		w.literal(`\[`)
		return i
	case image && w.noImage, !image && w.noLink:
		w.write(i+1, t.close)
	case !safeAddress(t.url):
		w.literal(`\[`)
		w.write(i+1, t.close)
		w.out.WriteString("\\](`" + inertCode(strings.ReplaceAll(t.url, "`", "")) + "`)")
	default:
		w.link(image, i+1, t)
	}
	return t.close
}

// link writes a link or an image with the tokens between its brackets.
func (w *writer) link(image bool, from int, t token) {
	if image {
		w.out.WriteByte('!')
	}
	w.out.WriteByte('[')
	noLink, noImage := w.noLink, w.noImage
	w.noLink, w.noImage = true, w.noImage || image
	before := w.out.Len()
	w.write(from, t.close)
	if !image && strings.TrimSpace(w.out.String()[before:]) == "" {
		w.plain(t.url, true) // a link must be seen
	}
	w.noLink, w.noImage = noLink, noImage
	w.out.WriteString("](" + destination(t.url) + ")")
}

// isBare reports whether text in brackets can be no link, footnote or callout,
// so that its brackets need no escape.
func (w *writer) isBare(t token) bool {
	if t.close == 0 {
		return false
	}
	end := w.tokens[t.close].end
	text := w.src[t.end : end-1]
	behind := w.src[end:min(end+1, len(w.src))]
	return text != "" && !strings.ContainsAny(text, "[]()<>`\\&\n") && !strings.ContainsAny(text[:1], "!^") &&
		!strings.HasSuffix(w.out.String(), "^") &&
		(behind == "" || strings.ContainsAny(behind, " \n\t.,;!?") || isASCIIWord(rune(behind[0])))
}

// noCallout parts a bracket at the front from the "!" that follows it.
func (w *writer) noCallout() {
	if w.bracket == w.out.Len() && strings.TrimSpace(w.out.String()) == `\[` {
		w.out.WriteByte(' ')
	}
}

// plain writes text that was neither code nor link; last says that nothing comes
// behind it. It escapes the signs that only some viewers read: of formulas,
// templates, comments, tags and anchors.
func (w *writer) plain(s string, last bool) {
	for i := 0; i < len(s); i++ {
		c, next, end := s[i], byte(' '), i+1 == len(s)
		if !end {
			next = s[i+1]
		}
		switch {
		case c == '@' && end && !last && !w.noLink:
			w.code("`@`") // a name may follow, once a comment between is gone
			continue
		case c == '!':
			w.noCallout()
		}
		if w.special(c, next, end, last) || c == '&' && entityAt(s[i:]) != "" ||
			c == '#' && (i == 0 || strings.IndexByte(" \t\n(", s[i-1]) >= 0) && isTagLetter(next) {
			w.out.WriteByte('\\')
		}
		w.out.WriteByte(c)
	}
}

func (w *writer) special(c, next byte, end, last bool) bool {
	switch c {
	case '\\', '$', '[', ']', '<', '`':
		return true
	case '%':
		written := w.out.String()
		return strings.HasSuffix(written, "%") || strings.HasSuffix(written, "<")
	case '^':
		return end || isASCIIWord(rune(next)) || next == '['
	case '!':
		return end && !last
	}
	return false
}

func isTagLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
