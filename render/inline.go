package render

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/waku-org/monthly/compile"
)

var (
	autolink = regexp.MustCompile(`^<((?:https?|mailto):[^\s<>]*)>`)
	bareURL  = regexp.MustCompile(`^(?i:https?)://[^\s<]+`)
	mention  = regexp.MustCompile(`^@([A-Za-z\d](?:[A-Za-z\d]|-[A-Za-z\d]){0,38})(/[\w.-]*[\w-])?`)
	hashRef  = regexp.MustCompile(`^#(\d+)\b`)
	nameRef  = regexp.MustCompile(`^([A-Za-z\d][\w.-]*(?:/[\w.-]+)?)#(\d+)\b`)
	// bareBracket is text in brackets that can be no link, footnote or callout.
	bareBracket = regexp.MustCompile(`^\[[^\[\]()<>!^\\` + "`" + `\n][^\[\]()<>\\` + "`" + `\n]*\](?:[^(\[:]|$)`)
	wikilink    = regexp.MustCompile(`^\[\[[^\[\]\n]+\]\]`)
)

// inline rewrites the text of a paragraph. It reads it as Markdown does: escapes
// and code first, then links, and the signs between them.
func (s safe) inline(src string) string {
	w := inlineWriter{safe: s, src: src}
	for w.pos < len(src) {
		w.step()
	}
	return w.out.String()
}

// linkText rewrites a text that stands in the brackets of a link, where no other
// link may be.
func (s safe) linkText(src string) string {
	w := inlineWriter{safe: s, src: src, inLink: true}
	for w.pos < len(src) {
		w.step()
	}
	return w.out.String()
}

type inlineWriter struct {
	safe
	src    string
	pos    int
	inLink bool
	out    strings.Builder
}

// copy passes n bytes on as they are.
func (w *inlineWriter) copy(n int) {
	w.out.WriteString(w.src[w.pos : w.pos+n])
	w.pos += n
}

// put writes s in place of n bytes.
func (w *inlineWriter) put(s string, n int) {
	w.out.WriteString(s)
	w.pos += n
}

func (w *inlineWriter) step() {
	rest := w.src[w.pos:]
	switch c := rest[0]; {
	case c == '\\':
		w.escape(rest)
	case c == '`':
		w.code(rest)
	case c == '<':
		w.angle(rest)
	case c == '[' || strings.HasPrefix(rest, "!["):
		w.bracket(rest)
	case c == ']' && w.inLink, c == '$':
		w.put("\\"+rest[:1], 1)
	case strings.HasPrefix(rest, "%%"):
		w.put(`\%\%`, 2)
	case c == '&' && !w.inLink:
		w.copy(1)
	case w.atWord() && !w.inLink && w.word(rest):
	default:
		_, n := utf8.DecodeRuneInString(rest)
		w.copy(n)
	}
}

// escape passes on a backslash with what it escapes.
func (w *inlineWriter) escape(rest string) {
	switch {
	case len(rest) == 1:
		w.put(`\\`, 1)
	case strings.ContainsRune(punctuation, rune(rest[1])) || rest[1] == '\n':
		w.copy(2)
	default:
		w.put(`\\`, 1)
	}
}

// code passes on a code span, or escapes signs that open none.
func (w *inlineWriter) code(rest string) {
	n := len(rest) - len(strings.TrimLeft(rest, "`"))
	run := rest[:n]
	for i := n; i < len(rest); {
		j := strings.Index(rest[i:], run)
		if j < 0 {
			break
		}
		end := i + j + n
		for end < len(rest) && rest[end] == '`' {
			end++
		}
		if end-(i+j) == n {
			if code := rest[:end]; !strings.Contains(code, "\n") {
				w.copy(end)
			} else {
				w.put(strings.ReplaceAll(code, "\n", " "), end)
			}
			return
		}
		i = end
	}
	w.put(strings.Repeat("\\`", n), n)
}

// angle keeps an address in angle brackets and escapes everything else that may
// be HTML. Comments vanish.
func (w *inlineWriter) angle(rest string) {
	if m := autolink.FindStringSubmatch(rest); m != nil && safeAddress(m[1]) && !w.inLink {
		if short := w.shortURL(m[1]); short != "" {
			w.put("["+short+"]("+destination(m[1])+")", len(m[0]))
			return
		}
		w.copy(len(m[0]))
		return
	}
	if comment := htmlComment.FindString(rest); strings.HasPrefix(rest, "<!--") && strings.HasSuffix(comment, "-->") {
		w.pos += len(comment)
		return
	}
	w.put(`\<`, 1)
}

// bracket keeps links and images that lead somewhere harmless.
func (w *inlineWriter) bracket(rest string) {
	if m := wikilink.FindString(rest); m != "" && w.wikis && !w.inLink && !strings.ContainsAny(m, "<>`") {
		w.copy(len(m))
		return
	}
	text, url, n := compile.CutLink(rest)
	image := ""
	if rest[0] == '!' {
		image = "!"
	}
	switch {
	case n == 0 && !w.inLink && image == "" && bareBracket.MatchString(rest):
		w.copy(1) // "[nwaku] done", as people tag their lines
	case n == 0 || w.inLink:
		w.put(image+`\[`, len(image)+1)
	case !safeAddress(url):
		w.put(image+`\[`+w.linkText(text)+`\]\(`+escapeAll(url)+`\)`, n)
	default:
		w.put(image+"["+w.linkText(text)+"]("+destination(url)+")", n)
	}
}

// atWord reports whether a word may begin here.
func (w *inlineWriter) atWord() bool {
	if w.pos == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(w.src[:w.pos])
	return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("_@#/&-.", r) || r >= 128 && r != '“' && r != '‘' && r != '–' && r != '—')
}

// word rewrites an address, a mention or a reference, if one begins here.
func (w *inlineWriter) word(rest string) bool {
	if url := trimURL(bareURL.FindString(rest)); url != "" {
		if short := w.shortURL(url); short != "" {
			w.put("["+short+"]("+destination(url)+")", len(url))
		} else {
			w.put(strings.NewReplacer("$", "%24", "`", "%60", "[", "%5B", "]", "%5D", "|", "%7C", "\\", "%5C", "%%", "%25%25").Replace(url), len(url))
		}
		return true
	}
	if m := mention.FindStringSubmatch(rest); m != nil {
		if m[2] != "" {
			w.put("`"+m[0]+"`", len(m[0])) // a package or a team, which has no page to link to
		} else {
			w.put("["+m[0]+"]("+w.web+"/"+m[1]+")", len(m[0]))
		}
		return true
	}
	if m := hashRef.FindStringSubmatch(rest); m != nil && w.repo != "" {
		w.put("["+m[0]+"]("+w.reference(w.repo, m[1])+")", len(m[0]))
		return true
	}
	if m := nameRef.FindStringSubmatch(rest); m != nil {
		if repo := w.fullRepo(m[1]); repo != "" {
			w.put("["+m[0]+"]("+w.reference(repo, m[2])+")", len(m[0]))
			return true
		}
	}
	return false
}

// trimURL takes off the signs behind an address that belong to the sentence.
func trimURL(url string) string {
	for {
		cut := strings.TrimRight(url, "?!.,:;*_~'\"`")
		if strings.HasSuffix(cut, ")") && strings.Count(cut, ")") > strings.Count(cut, "(") {
			cut = cut[:len(cut)-1]
		}
		if strings.HasSuffix(cut, "]") && strings.Count(cut, "]") > strings.Count(cut, "[") {
			cut = cut[:len(cut)-1]
		}
		if cut == url {
			return url
		}
		url = cut
	}
}
