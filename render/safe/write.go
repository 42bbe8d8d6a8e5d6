package safe

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// writer writes the tokens of a text. It may write a text without links, as one
// that stands in a link, and without images, as a title.
type writer struct {
	Text
	src     string
	tokens  []token
	crowded bool // nothing is emphasis
	inLink  bool
	noImage bool
	coded   int // length of out behind code
	out     strings.Builder
	seen    strings.Builder // what is shown of out, without signs of emphasis
}

// object stands in what is shown for what is no text.
const object = '\uFFFC'

// inline rewrites the text of a paragraph.
func (s Text) inline(src string) string { return s.span(src, "\n") }

// writer gives the writer of a text behind which another stands directly.
func (s Text) writer(src, behind string) writer {
	return writer{Text: s, src: src, tokens: s.lex(src, behind), crowded: isCrowded(src)}
}

// span rewrites a text behind which another stands directly.
func (s Text) span(src, behind string) string {
	w := s.writer(src, behind)
	w.write(0, len(w.tokens))
	return w.out.String()
}

// title rewrites a title that becomes no link.
func (s Text) title(src string) string {
	w := s.writer(src, "*")
	w.noImage = true
	w.write(0, len(w.tokens))
	return balanced(w.out.String())
}

// linkedTitle rewrites a title that becomes a link.
func (s Text) linkedTitle(src string) string {
	w := s.writer(src, "]")
	w.noImage, w.inLink = true, true
	w.write(0, len(w.tokens))
	return balanced(w.out.String())
}

// write writes the tokens from the one index up to the other.
func (w *writer) write(from, to int) {
	for i := from; i < to; i++ {
		switch t := w.tokens[i]; t.kind {
		case plainToken:
			w.plain(w.src[t.start:t.end])
		case voidToken:
			w.void(w.src[t.end:])
		case nameToken, addressToken:
			w.named(t)
		case codeToken:
			w.code(t.out)
		case openToken:
			i = w.open(i)
		case closeToken:
			w.put(`\]`)
		default:
			w.literal(t.out)
		}
	}
}

// put writes a character, with the backslash that escapes it if it has one, and
// parts it from those before with which it would be more than text.
func (w *writer) put(sign string) {
	r, _ := utf8.DecodeLastRuneInString(sign)
	w.part(r)
	w.out.WriteString(sign)
	if len(sign) > 1 || !isEmphasis(r) {
		w.seen.WriteRune(r)
	}
}

func (w *writer) part(next rune) {
	if w.parted(next) {
		w.join()
	}
}

func (w *writer) join() {
	w.out.WriteString(joiner)
	w.seen.WriteString(joiner)
}

// plain writes text that was neither code nor link, and escapes what begins
// something.
func (w *writer) plain(s string) {
	signs := "\\$[]<`"
	if w.crowded {
		signs += "*_~"
	}
	w.escape(s, signs)
}

// address writes the text of an address, in which nothing is emphasis.
func (w *writer) address(s string) { w.escape(s, "\\$[]<`*_~!>") }

// escape writes a text with a backslash before each of the signs, and before what
// looks like an entity.
func (w *writer) escape(s, signs string) {
	for i, r := range s {
		if strings.ContainsRune(signs, r) || r == '&' && entityAt(s[i:]) != "" {
			w.put(`\` + string(r))
		} else {
			w.put(string(r))
		}
	}
}

// literal writes characters that are escaped where they need it.
func (w *writer) literal(out string) {
	for out != "" {
		n := 0
		if out[0] == '\\' {
			n = 1
		}
		_, size := utf8.DecodeRuneInString(out[n:])
		w.put(out[:n+size])
		out = out[n+size:]
	}
}

// void writes what shows as nothing. What stands around it is not joined.
func (w *writer) void(rest string) {
	last, _ := utf8.DecodeLastRuneInString(w.out.String())
	if w.out.Len() > 0 && last != ' ' && last != '\n' && rest != "" && rest[0] != ' ' && rest[0] != '\n' {
		w.join()
	}
}

// code writes code or a link of the site. In the text of a link the one must not
// look like the end of a definition, and the other is shown as code.
func (w *writer) code(out string) {
	if w.inLink && out[0] != '`' {
		out = "`" + out + "`"
	}
	if w.inLink {
		out = noDefinition(out)
	}
	if w.coded == w.out.Len() && w.coded > 0 || out[0] == '[' && strings.HasSuffix(w.out.String(), "!") {
		w.join() // side by side, two would be one; behind "!" a page would be embedded
	}
	w.out.WriteString(out)
	w.seen.WriteRune(object)
	w.coded = w.out.Len()
}

// named writes an address, a mention or a reference.
func (w *writer) named(t token) {
	if isIssue.MatchString(t.url) && w.closes() {
		w.join()
	}
	switch {
	case w.inLink && t.kind == addressToken:
		w.address(t.text)
	case w.inLink:
		w.raw(t.text)
	case t.bare:
		r, _ := utf8.DecodeRuneInString(t.text)
		w.part(r)
		w.raw(t.text)
	default:
		w.linked(t)
	}
}

// linked writes an address or a name as a link.
func (w *writer) linked(t token) {
	w.bracket("[")
	if name := cmp.Or(t.out, t.text); t.kind == nameToken || t.out != "" {
		w.raw(name)
	} else {
		w.inLink = true
		w.address(name)
		w.inLink = false
	}
	w.out.WriteString("](" + destination(t.url) + ")")
}

// raw writes what can be taken for nothing else.
func (w *writer) raw(text string) {
	w.out.WriteString(text)
	w.seen.WriteString(text)
}

// bracket writes the bracket of a link or an image. Behind some signs it would
// begin something else.
func (w *writer) bracket(sign string) {
	if out := w.out.String(); strings.HasSuffix(out, "!") || sign == "[" && strings.HasSuffix(out, "[") {
		w.join()
	}
	w.out.WriteString(sign)
}

// open writes what begins with a bracket and gives the index of the last token
// that was written.
func (w *writer) open(i int) int {
	t := w.tokens[i]
	image := w.src[t.start] == '!'
	switch {
	case !t.linked && !image && !w.inLink && w.isBare(t):
		w.bare(i+1, t.close)
	case !t.linked:
		if image {
			w.put(`\!`)
		}
		w.put(`\[`)
		return i
	case t.url == "" && i+1 == t.close:
		w.literal(`\[\]()`) // it leads nowhere and shows nothing, so it is text
	case image && w.noImage, !image && w.inLink, t.url == "":
		w.write(i+1, t.close)
	case !safeAddress(t.url):
		w.put(`\[`)
		w.write(i+1, t.close)
		w.literal(`\](`)
		w.code(codeSpan("`" + strings.ReplaceAll(t.url, "`", "") + "`"))
		w.put(")")
	default:
		w.link(image, i+1, t)
	}
	return t.close
}

// bare writes text in brackets that stand for themselves, as in "[nwaku] done".
func (w *writer) bare(from, to int) {
	if strings.HasSuffix(w.out.String(), "!") {
		w.join()
	}
	w.put("[")
	w.write(from, to)
	w.put("]")
}

// link writes a link or an image with the tokens between its brackets.
func (w *writer) link(image bool, from int, t token) {
	if isIssue.MatchString(t.url) && w.closes() {
		w.join()
	}
	if image {
		w.bracket("![")
	} else {
		w.bracket("[")
	}
	inLink, noImage := w.inLink, w.noImage
	w.inLink, w.noImage = true, w.noImage || image
	before := w.out.Len()
	w.write(from, t.close)
	if !image && strings.TrimSpace(w.out.String()[before:]) == "" {
		w.address(t.url) // a link must be seen
	}
	w.inLink, w.noImage = inLink, noImage
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

func isEmphasis(r rune) bool { return strings.ContainsRune("*_~", r) }
