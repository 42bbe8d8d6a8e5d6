package compile

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// spoken is a statement with what it is compared by.
type spoken struct {
	Told
	text  text
	words []string // of the text, without small words, sorted, each once
	pages []linked // issues and pull requests that it links to
	at    spot
	order int // among all that was said, by the week in which it was first said
}

// linked is an issue or a pull request as a text links to it.
type linked struct{ repo, kind, number string }

var pageURL = regexp.MustCompile(`https?://[^/\s]+/([\w.-]+/[\w.-]+)/(issues|pull)/(\d+)`)

func (s *spoken) first() Day { return s.Statement.First() }
func (s *spoken) last() Day  { return s.Statement.Last() }

func (s *spoken) kind() KindRule { return s.Statement.Kind.Rule() }

// corpus is what was said in a month and in the one before.
type corpus struct {
	all    []*spoken // in order of the weeks in which they were first said, then of the reports
	of     map[*Statement]*spoken
	count  map[string]int // statements that have a word
	places places
}

// newCorpus takes in all statements of the reports, in order of time; nil is none.
func newCorpus(reports ...*Report) *corpus {
	c := &corpus{of: map[*Statement]*spoken{}, count: map[string]int{}, places: newPlaces()}
	for _, r := range reports {
		if r == nil {
			continue
		}
		for t := range r.Told {
			c.add(t)
		}
	}
	slices.SortStableFunc(c.all, func(a, b *spoken) int { return a.first().Compare(b.first()) })
	for i, s := range c.all {
		s.order = i
	}
	return c
}

func (c *corpus) add(t Told) {
	s := &spoken{Told: t, text: newText(t.Statement.Item, t.Statement.Repo), at: c.places.spot(t.Where)}
	s.words = s.text.telling()
	for _, w := range s.words {
		c.count[w]++
	}
	for _, m := range pageURL.FindAllStringSubmatch(strings.ToLower(t.Statement.Item.Whole("\n")), -1) {
		s.pages = append(s.pages, linked{m[1], m[2], m[3]})
	}
	c.all = append(c.all, s)
	c.of[t.Statement] = s
}

// telling gives the stems of the words of a text that say what it is about, sorted,
// each once; of compounds the parts.
func (t text) telling() []string {
	words := slices.Clone(t.numbers)
	for _, w := range strings.FieldsFunc(t.text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !smallWords[w] && !turnWords[w] && !strings.ContainsFunc(w, unicode.IsDigit) {
			words = append(words, stem(w))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// weight says how much a word tells, from 0 for a word that is in all statements to 1
// for one that is in one.
func (c *corpus) weight(word string) float64 {
	n := float64(len(c.all))
	return math.Log(1+n/float64(max(1, c.count[word]))) / math.Log(1+n)
}

// common gives how many of some words stand among others, both sorted, what share of
// all they tell, and how much they weigh.
func (c *corpus) common(words, others []string) (n int, share, weight float64) {
	all := 0.0
	for _, w := range words {
		all += c.weight(w)
		if _, found := slices.BinarySearch(others, w); found {
			n++
			weight += c.weight(w)
		}
	}
	return n, weight / max(all, math.SmallestNonzeroFloat64), weight
}

// rarest gives the rarest of words, of which another text must have one to have a
// share of the weight of all.
func (c *corpus) rarest(words []string, share float64) []string {
	left := 0.0
	for _, w := range words {
		left += c.weight(w)
	}
	needed := left * share
	rarest := slices.SortedFunc(slices.Values(words), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.count[a], c.count[b]), cmp.Compare(a, b))
	})
	for i, w := range rarest {
		if left -= c.weight(w); left < needed {
			return rarest[:i+1]
		}
	}
	return rarest
}
