package compile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// plain is a text without its Markdown: what two texts are compared by.
type plain struct {
	team string   // "nwaku" of "[nwaku] added tests"; a box that is ticked or not
	text string   // lower case, single spaces, no markup, no addresses
	refs []string // addresses and full references, sorted, each once
	key  string   // all of it: the same for texts that say the same
}

var (
	wikilink   = regexp.MustCompile(`\[\[(?:[^\]|]*\|)?([^\]]+)\]\]`)
	linkTarget = regexp.MustCompile(`^\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)`)
	bareURL    = regexp.MustCompile(`<?https?://[^\s<>]+>?`)
	numberRef  = regexp.MustCompile(`(?:[\w.-]+/)?[\w.-]*#\d+\b`)
	wholeRef   = regexp.MustCompile(`^(?:[\w.-]+/)?[\w.-]*#\d+$`)
	lineMark   = regexp.MustCompile(`(?m)^\s*(?:(?:[-+*]|\d+[.)]|[ivx]+[.)]|#{1,6}|>)\s+)+`)
	teamTag    = regexp.MustCompile(`^\[([\w .-]+)\]\s+(\S)`)
)

// plainText takes the Markdown off a text that was written in a repository.
func plainText(markdown string, repo Repo) plain {
	var p plain
	s := strings.TrimSpace(lineMark.ReplaceAllString(markdown, ""))
	if m := teamTag.FindStringSubmatch(s); m != nil {
		p.team = strings.ToLower(m[1])
		s = teamTag.ReplaceAllString(s, "$2")
	}
	s, p.refs = cutLinks(s)
	s = numberRef.ReplaceAllStringFunc(s, func(ref string) string {
		p.refs = append(p.refs, fullRef(ref, repo))
		return " "
	})
	slices.Sort(p.refs)
	p.refs = slices.Compact(p.refs)
	p.text = foldText(s)
	p.key = p.team + "] " + p.text + " " + strings.Join(p.refs, " ")
	return p
}

// cutLinks replaces links by their texts, and gives the addresses.
func cutLinks(s string) (rest string, addresses []string) {
	s, addresses = cutInline(wikilink.ReplaceAllString(s, "$1"))
	s = bareURL.ReplaceAllStringFunc(s, func(url string) string {
		addresses = append(addresses, address(strings.Trim(url, "<>.,;:!?)*_'\"")))
		return " "
	})
	return s, addresses
}

// cutInline replaces "[text](address)" by its text. What looks like "repo#12" in
// place of a text says no more than the address.
func cutInline(s string) (rest string, addresses []string) {
	var b strings.Builder
	ends, skip := brackets(s), map[int]int{} // from the bracket that closes a text to behind the address
	for i := 0; i < len(s); i++ {
		if n, found := skip[i]; found {
			i = n - 1
			continue
		}
		open := i
		if s[i] == '!' {
			open++
		}
		end, found := ends[open]
		var target []string
		if found {
			target = linkTarget.FindStringSubmatch(s[end+1:])
		}
		if target == nil {
			b.WriteByte(s[i])
			continue
		}
		addresses = append(addresses, address(target[1]))
		skip[end] = end + 1 + len(target[0])
		if i = open; wholeRef.MatchString(s[open+1 : end]) {
			i = end - 1
		}
	}
	return b.String(), addresses
}

// brackets finds the bracket that closes each one before a link's address.
func brackets(s string) map[int]int {
	ends := map[int]int{}
	var open []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			open = append(open, i)
		case ']':
			if n := len(open); n > 0 {
				if strings.HasPrefix(s[i+1:], "(") {
					ends[open[n-1]] = i
				}
				open = open[:n-1]
			}
		}
	}
	return ends
}

// CutLink reads the link or image at the start of s, which is n bytes long.
func CutLink(s string) (text, url string, n int) {
	start := 0
	if strings.HasPrefix(s, "![") {
		start = 1
	} else if !strings.HasPrefix(s, "[") {
		return "", "", 0
	}
	if !strings.Contains(s, "](") {
		return "", "", 0 // at once, however many brackets there are
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
	head    plain    // without the nested list
	content []string // stems of the words that a rewording keeps, sorted
	numbers []string // words with digits, sorted; no rewording changes them
	turns   []string // negations and the like, sorted; no rewording changes them
}

// smallWords may come and go when a person rewords a text.
var smallWords = wordSet("a an the and or & + of to in on for with by from at as into is are was were be been has have had it its this that we i our also so here there now then just")

// turnWords turn a text around: two texts that differ in one are two texts.
var turnWords = wordSet(`not no never none neither nor without cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt arent
	mustnt shouldnt wasnt werent wont wouldnt in-progress before after yet still almost nearly partly partially unable failed fails
	failing reverted cancelled only until unless instead except nicht kein keine ne pas не нет`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// newText prepares an item that was written in a repository.
func newText(item Item, repo Repo) text {
	t := text{plain: plainText(wholeText(item), repo)}
	t.head = t.plain
	if len(item.Items) > 0 {
		t.head = plainText(item.Text, repo)
	}
	for _, w := range strings.FieldsFunc(t.text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("&+-._/@<>=", r)
	}) {
		w = strings.Trim(w, "._/")
		switch {
		case w == "" || smallWords[w]:
		case turnWords[w]:
			t.turns = append(t.turns, w)
		case strings.ContainsFunc(w, unicode.IsDigit):
			t.numbers = append(t.numbers, w)
		default:
			t.content = append(t.content, stem(w))
		}
	}
	slices.Sort(t.content)
	slices.Sort(t.numbers)
	slices.Sort(t.turns)
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

// noted reports whether b, a note's text, has the words of a comment's text a,
// but for markup, case and punctuation. A person may have added or dropped a
// link, and the name of the team.
func (a plain) noted(b plain) bool {
	return a.text == b.text && a.agrees(b) && (a.text != "" || slices.Equal(a.refs, b.refs))
}

// agrees reports whether what two texts name does not make them two statements,
// though one of them may name less.
func (a plain) agrees(b plain) bool {
	return (a.team == b.team || a.team == "" || b.team == "") && (contains(a.refs, b.refs) || contains(b.refs, a.refs))
}

// within reports whether a stands in b, from word to word, and b does not turn
// it around.
func (a text) within(b text) bool {
	return len(a.text) >= shortText && strings.Contains(" "+b.text+" ", " "+a.text+" ") &&
		a.agrees(b.plain) && contains(b.refs, a.refs) && slices.Equal(a.turns, b.turns)
}

// shortText is how many letters a text needs so that it cannot stand in another
// by chance.
const shortText = 12

// contains reports whether all of part are in whole.
func contains(whole, part []string) bool {
	return !slices.ContainsFunc(part, func(s string) bool { return !slices.Contains(whole, s) })
}

// Similarity rates how much alike two texts are, from 0 to 1.
type Similarity func(a, b string) float64

// editedAlike is how much alike a comment and its edited note must be, and
// shortenedAlike when the note has fewer words.
const (
	editedAlike    = 0.6
	shortenedAlike = 0.8
)

// near reports whether b, a note's text, is a person's rewording of a comment's
// text a, and how much alike they are. Numbers, references and negations must
// agree. But for small words and slips of spelling the words of a must be in b,
// which may add some; of a long text b may drop some. Words that were replaced
// by others make another statement.
func (a text) near(b text, similar Similarity) (score float64, ok bool) {
	if similar == nil || !a.agrees(b.plain) || !slices.Equal(a.numbers, b.numbers) || !slices.Equal(a.turns, b.turns) {
		return 0, false
	}
	if len(a.content) == 0 || len(b.content) == 0 || len(a.content) > 3*len(b.content) || len(b.content) > 3*len(a.content) {
		return 0, false
	}
	most := len(a.content) / 7
	lost := missing(a.content, b.content, most)
	if lost > most {
		return 0, false
	}
	added := missing(b.content, a.content, 0)
	if lost > 0 && added > 0 {
		return 0, false
	}
	score = similar(a.text, b.text)
	switch {
	case lost > 0:
		return score, score >= shortenedAlike
	case added > 0:
		return score, score >= editedAlike
	}
	return max(score, editedAlike), true
}

// missing counts the words of a that b has in no spelling, up to one more than
// are wanted.
func missing(a, b []string, most int) int {
	n := 0
	for _, w := range a {
		if _, found := slices.BinarySearch(b, w); !found && !slices.ContainsFunc(b, func(v string) bool { return slip(w, v) }) {
			if n++; n > most {
				break
			}
		}
	}
	return n
}

// stem takes the ending off a word, so that "handles" is "handling".
func stem(word string) string {
	for _, ending := range []string{"ing", "es", "ed", "s", "e"} {
		if s, found := strings.CutSuffix(word, ending); found && len(s) > 2 {
			return s
		}
	}
	return word
}

// slip reports whether two longer words differ in one letter, which is missing,
// wrong or in its neighbour's place. A sign of another script than the Latin is
// more than a letter.
func slip(a, b string) bool {
	if len(a) < 6 || len(b) < 6 || a[0] != b[0] {
		return false
	}
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if a+b != strings.Map(latin, a+b) {
		return false
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

func latin(r rune) rune {
	if r < 'a' || r > 'z' {
		return -1
	}
	return r
}
