package compile

import (
	"slices"
	"strings"
	"unicode"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"
)

// text is an item in the form in which it is compared with others.
type text struct {
	plain
	head    plain    // without the nested list
	content []string // stems of the words that a rewording keeps, sorted
	numbers []string // words with digits, sorted; no rewording changes them
	turns   []string // negations and the like, sorted; no rewording changes them
	order   []string // all these words, in their order
	ends    []string // "from x", "to y": what the words of direction stand before
}

// smallWords may come and go when a person rewords a text.
var smallWords = wordSet("a an the and or & + of to in on for with by from at as into is are was were be been has have had it its this that we i our also so here there now then just")

// directions are the small words that say which way something goes. They may come
// and go, and stand before no other word.
var directions = wordSet("to from by into")

// turnWords turn a text around: two texts that differ in one are two texts.
var turnWords = wordSet(`not no never none neither nor without cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt arent
	mustnt shouldnt wasnt werent wont wouldnt in-progress before after yet still almost nearly partly partially unable failed fails
	failing reverted cancelled only until unless instead except nicht kein keine ne pas не нет`)

// stems gives the stems of the words of sets.
func stems(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, set := range sets {
		for w := range set {
			all[stem(w)] = true
		}
	}
	return all
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// newText prepares an item that was written in a repository.
func newText(item Item, repo Repo) text {
	t := text{plain: plainText(item.Whole("\n"), repo)}
	t.head = t.plain
	if len(item.Items) > 0 {
		t.head = plainText(item.Text, repo)
	}
	if item.By != "" { // what two people say is not the same
		t.key, t.head.key = item.By+": "+t.key, item.By+": "+t.head.key
	}
	t.addWords(strings.FieldsFunc(t.text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("&+-._/@<>=", r)
	}))
	slices.Sort(t.content)
	slices.Sort(t.numbers)
	slices.Sort(t.turns)
	return t
}

// addWords takes in the words of the text, in their order. "Handling of
// subscriptions" is ordered as "subscription handling".
func (t *text) addWords(words []string) {
	direction, owned := "", -1 // owned: where the word before "of" stands in the order
	for _, w := range words {
		w = strings.Trim(w, "._/")
		if w == "" {
			continue
		}
		if smallWords[w] {
			owned = t.owned(w, owned)
			if directions[w] {
				direction = w
			}
			continue
		}
		w = t.sort(w)
		if direction != "" {
			t.ends, direction = append(t.ends, direction+" "+w), ""
		}
		if owned >= 0 {
			t.order, owned = slices.Insert(t.order, owned, w), owned+1
			continue
		}
		t.order = append(t.order, w)
	}
}

// owned gives where the next words are put into the order after a small word:
// before the word that "of" stands behind.
func (t *text) owned(small string, owned int) int {
	switch small {
	case "of":
		return len(t.order) - 1
	case "a", "an", "the":
		return owned
	}
	return -1
}

// sort files a word by how a rewording may treat it, and gives it as it is
// compared.
func (t *text) sort(w string) string {
	switch {
	case turnWords[w]:
		t.turns = append(t.turns, w)
	case strings.ContainsFunc(w, unicode.IsDigit):
		t.numbers = append(t.numbers, w)
	default:
		w = stem(w)
		t.content = append(t.content, w)
	}
	return w
}

// sameWords reports whether b, a note's text, has the words of a comment's text a,
// except for markup, case and punctuation. A person may have added or dropped a
// link, and the name of the team.
func (a plain) sameWords(b plain) bool {
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

// alike rates how much alike two texts are, from 0 to 1, by the groups of three
// letters that they share.
func alike(a, b string) float64 { return strutil.Similarity(a, b, trigrams) }

var trigrams = &metrics.SorensenDice{NgramSize: 3}

// editedAlike is how much alike a comment and its edited note must be, and
// shortenedAlike when the note has fewer words.
const (
	editedAlike    = 0.6
	shortenedAlike = 0.8
)

// near reports whether b, a note's text, is a person's rewording of a comment's
// text a, and how much alike they are. Numbers, references and negations must
// agree. Except for small words and slips of spelling the words of a must be in b,
// which may add some; of a long text b may drop some. Words that were replaced
// by others make another statement.
func (a text) near(b text) (score float64, ok bool) {
	if !a.agrees(b.plain) || !slices.Equal(a.numbers, b.numbers) || !slices.Equal(a.turns, b.turns) {
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
	if lost > 0 && added > 0 || !a.sameOrder(b) {
		return 0, false
	}
	score = alike(a.text, b.text)
	switch {
	case lost > 0:
		return score, score >= shortenedAlike
	case added > 0:
		return score, score >= editedAlike
	}
	return max(score, editedAlike), true
}

// sameOrder reports whether the words that two texts share stand in one order, and
// the same of them behind the words of direction: "A depends on B" is another
// statement than "B depends on A".
func (a text) sameOrder(b text) bool {
	rest := b.order
	for _, w := range a.order {
		is := func(v string) bool { return v == w || slip(w, v) }
		i := slices.IndexFunc(rest, is)
		if i < 0 && slices.ContainsFunc(b.order, is) {
			return false
		}
		rest = rest[i+1:]
	}
	for d := range directions {
		from, to := endsOf(a, d), endsOf(b, d)
		if len(from) > 0 && len(to) > 0 && !contains(from, to) && !contains(to, from) {
			return false
		}
	}
	return true
}

// endsOf gives the words that a word of direction stands before.
func endsOf(t text, direction string) []string {
	var words []string
	for _, end := range t.ends {
		if w, found := strings.CutPrefix(end, direction+" "); found {
			words = append(words, w)
		}
	}
	return words
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
