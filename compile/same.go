package compile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// plain is a text without its Markdown: what two texts are compared by.
type plain struct {
	text string   // lower case, single spaces, no markup, no addresses
	refs []string // canonical addresses and references, sorted, each once
}

var (
	wikilink   = regexp.MustCompile(`\[\[(?:[^\]|]*\|)?([^\]]+)\]\]`)
	linkTarget = regexp.MustCompile(`^\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)`)
	bareURL    = regexp.MustCompile(`<?https?://[^\s<>]+>?`)
	numberRef  = regexp.MustCompile(`(?:[\w.-]+/)?[\w.-]*#\d+\b`)
	lineMark   = regexp.MustCompile(`(?m)^\s*(?:(?:[-+*]|\d+[.)]|[ivx]+[.)]|#{1,6}|>)\s+)+`)
	teamTag    = regexp.MustCompile(`^\[[\w .-]+\]\s+(\S)`)
)

// plainText takes the Markdown off a text.
func plainText(markdown string) plain {
	s := lineMark.ReplaceAllString(markdown, "")
	s = teamTag.ReplaceAllString(strings.TrimSpace(s), "$1")
	s = wikilink.ReplaceAllString(s, "$1")
	var p plain
	s = p.takeLinks(s)
	s = bareURL.ReplaceAllStringFunc(s, func(url string) string {
		p.refs = append(p.refs, canonicalURL(strings.Trim(url, "<>.,;:!?)*_'\"")))
		return " "
	})
	for _, ref := range numberRef.FindAllString(s, -1) {
		p.refs = append(p.refs, strings.ToLower(ref))
	}
	s = numberRef.ReplaceAllString(s, " ")
	slices.Sort(p.refs)
	p.refs = slices.Compact(p.refs)
	p.text = foldText(s)
	return p
}

// takeLinks replaces "[text](address)" by its text and notes the address. What
// looks like "repo#12" in place of a text says no more than the address.
func (p *plain) takeLinks(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		text, url, n := CutLink(s[i:])
		if n == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		p.refs = append(p.refs, canonicalURL(url))
		if numberRef.FindString(text) != text {
			b.WriteString(p.takeLinks(text))
		}
		i += n
	}
	return b.String()
}

// cutLink reads the link or image at the start of s, which is n bytes long.
func CutLink(s string) (text, url string, n int) {
	start := 0
	if strings.HasPrefix(s, "![") {
		start = 1
	} else if !strings.HasPrefix(s, "[") {
		return "", "", 0
	}
	depth := 0
	for i := start; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth > 0 {
				continue
			}
			m := linkTarget.FindStringSubmatch(s[i+1:])
			if m == nil {
				return "", "", 0
			}
			return s[start+1 : i], m[1], i + 1 + len(m[0])
		}
	}
	return "", "", 0
}

// foldText drops markup signs and folds case, quotes, dashes and spaces.
func foldText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '*', '`', '~', '\\':
			return -1
		case '‘', '’', '“', '”', '"', '\'':
			return -1
		case '–', '—', '‐', '‑':
			return '-'
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
	fields := strings.Fields(s)
	kept := fields[:0]
	for _, f := range fields {
		f = strings.Trim(f, "_")
		if f = strings.TrimRight(f, ".,;:!"); f != "" && f != "-" {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, " ")
}

// text is an item in the form in which it is compared with others.
type text struct {
	plain
	head    string // folded text without the nested list
	content []string
	exact   []string // numbers and negations, which no rewording may change
}

// smallWords may come and go when a person rewords a text.
var smallWords = wordSet("a an the and or & + of to in on for with by from at as into is are was were be been has have had it its this that we i our also so")

// turnWords turn a text around: two texts that differ in one are two texts.
var turnWords = wordSet("not no never none without cannot cant dont doesnt didnt wont isnt arent wasnt un in-progress before after")

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

func newText(item Item) text {
	t := text{plain: plainText(wholeText(item)), head: plainText(item.Text).text}
	for _, w := range strings.FieldsFunc(t.plain.text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("&+-._/@<>=", r)
	}) {
		w = strings.Trim(w, "._/")
		switch {
		case w == "" || smallWords[w]:
		case turnWords[w] || strings.ContainsFunc(w, unicode.IsDigit):
			t.exact = append(t.exact, w)
		default:
			t.content = append(t.content, w)
		}
	}
	slices.Sort(t.exact)
	return t
}

// wholeText joins a statement and the list nested in it.
func wholeText(item Item) string {
	if len(item.Items) == 0 {
		return item.Text
	}
	var b strings.Builder
	b.WriteString(item.Text)
	for _, sub := range item.Items {
		b.WriteString("\n")
		b.WriteString(wholeText(sub))
	}
	return b.String()
}

// equal reports whether two texts say the same to the letter, but for markup,
// case and punctuation. References decide first: what names other issues is
// another statement, though one side may lack a link that a person added.
func (a text) equal(b text) bool {
	return a.plain.text == b.plain.text && sameRefs(a.refs, b.refs, a.plain.text != "")
}

func sameRefs(a, b []string, oneMayLack bool) bool {
	if slices.Equal(a, b) {
		return true
	}
	return oneMayLack && (contains(a, b) || contains(b, a))
}

// contains reports whether all of part are in whole.
func contains(whole, part []string) bool {
	return !slices.ContainsFunc(part, func(s string) bool { return !slices.Contains(whole, s) })
}

// Similarity rates how much alike two texts are, from 0 to 1.
type Similarity func(a, b string) float64

// editedAlike is how much alike a comment and its edited note must be, and
// replacedAlike when words were not only added but replaced.
const (
	editedAlike   = 0.6
	replacedAlike = 0.8
)

// near reports whether b, a note's text, is a person's rewording of a comment's
// text a, and how much alike they are. Numbers, references and negations must
// agree, and the words of a must be in b but for small words and slips of
// spelling: in a long text a few others may have been replaced.
func (a text) near(b text, similar Similarity) (score float64, ok bool) {
	if similar == nil || !sameRefs(a.refs, b.refs, true) || !slices.Equal(a.exact, b.exact) {
		return 0, false
	}
	if len(a.content) == 0 || len(b.content) == 0 || len(a.content) > 3*len(b.content) || len(b.content) > 3*len(a.content) {
		return 0, false
	}
	lost, added := missing(a.content, b.content, similar), missing(b.content, a.content, similar)
	score = similar(a.plain.text, b.plain.text)
	switch {
	case lost == 0 && added == 0:
		return max(score, editedAlike), true
	case lost == 0:
		return score, score >= editedAlike
	}
	return score, lost*7 <= len(a.content) && score >= replacedAlike
}

// missing counts the words of a that b has in no spelling.
func missing(a, b []string, similar Similarity) int {
	n := 0
	for _, w := range a {
		if !slices.ContainsFunc(b, func(v string) bool { return sameWord(w, v, similar) }) {
			n++
		}
	}
	return n
}

// sameWord allows an ending more or less and a slip of spelling.
func sameWord(a, b string, similar Similarity) bool {
	if a == b {
		return true
	}
	if len(a) < 5 || len(b) < 5 || a[0] != b[0] {
		return len(a) > 2 && len(b) > 2 && (a == b+"s" || b == a+"s" || a == b+"ed" || b == a+"ed")
	}
	if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
		return len(a)-len(b) <= 3 && len(b)-len(a) <= 3
	}
	return similar(a, b) >= 0.5
}
