package compile

import "slices"

// index finds statements by the words that they share with another, in one place.
type index struct {
	corpus *corpus
	all    []*spoken             // in the order of the corpus
	of     map[posting][]*spoken // in the order of the corpus
	weeks  map[int][]Day         // in which statements of a task were first said, ascending
}

// posting is a word, or a reference, in a place: a number of [places], or anywhere.
type posting struct {
	place int
	word  string
}

// newIndex takes in those statements of a corpus that count.
func newIndex(c *corpus, counts func(*spoken) bool) *index {
	x := &index{corpus: c, of: map[posting][]*spoken{}, weeks: map[int][]Day{}}
	for _, s := range c.all {
		if counts(s) {
			x.add(s)
		}
	}
	return x
}

func (x *index) add(s *spoken) {
	x.all = append(x.all, s)
	for _, place := range s.at.numbers() {
		for _, w := range s.words {
			x.of[posting{place, w}] = append(x.of[posting{place, w}], s)
		}
	}
	for _, ref := range s.text.refs {
		x.of[posting{anywhere, ref}] = append(x.of[posting{anywhere, ref}], s)
	}
	if weeks := x.weeks[s.at.task]; !slices.Contains(weeks, s.first()) {
		x.weeks[s.at.task] = append(weeks, s.first())
	}
}

// mostCandidates is how many statements of a kind of place one is compared with at
// most, those that share its rarest words first: more share only words that tell
// little.
const mostCandidates = 100

// near gives statements that may have to do with s: those that share a reference, and
// those of its places, and of anywhere, that may share enough words.
func (x *index) near(s *spoken) []*spoken {
	found := &candidates{index: x, seen: map[*spoken]bool{s: true}}
	found.take(s.text.refs, anywhere)
	found.takeIn(s, s.at.task, 0)
	found.takeIn(s, s.at.section, shareNear)
	if s.at.section == 0 {
		found.takeIn(s, s.at.milestone, shareNear)
	} else {
		found.takeIn(s, s.at.milestone, shareBeside)
	}
	found.take(x.corpus.rarest(s.words, shareAnyway), anywhere)
	return found.all
}

// candidates are statements that another is compared with, each once.
type candidates struct {
	index *index
	all   []*spoken
	seen  map[*spoken]bool
}

// takeIn adds those in a place, if there is one, that may share so much.
func (c *candidates) takeIn(s *spoken, place int, share float64) {
	if place != anywhere {
		c.take(c.index.corpus.rarest(s.words, share), place)
	}
}

// take adds those in a place that have one of some words.
func (c *candidates) take(words []string, place int) {
	most := len(c.all) + mostCandidates
	for _, w := range words {
		for _, s := range c.index.of[posting{place, w}] {
			if len(c.all) == most {
				return
			}
			if !c.seen[s] {
				c.seen[s] = true
				c.all = append(c.all, s)
			}
		}
	}
}
