package compile

import (
	"cmp"
	"slices"
)

// How much alike two wordings of one plan, blocker or risk are, by their letters; and
// how much of the one the other must tell otherwise.
const (
	rewordedAlike = 0.6
	rewordedShare = 0.8
)

// softTurns are words of [turnWords] that leave what is said as it is.
var softTurns = wordSet("still yet only almost nearly")

// wordings finds for statements, of an index of the same kinds, the later wordings that
// go on with them.
func (x *index) wordings() map[*spoken]*spoken {
	next := map[*spoken]*spoken{}
	for _, s := range x.all {
		if later := x.goesOn(s); later != nil {
			next[s] = later
		}
	}
	return next
}

// goesOn gives the first statement, of the surest match, that was said only after an
// earlier one and continues it; nil if there is none.
func (x *index) goesOn(earlier *spoken) *spoken {
	var found []*spoken
	for _, s := range x.near(earlier) {
		if s.first().After(earlier.last()) && s.continues(earlier, x.corpus) {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(a, b *spoken) int {
		likeness := func(s *spoken) float64 { return alike(earlier.text.text, s.text.text) }
		return cmp.Or(a.first().Compare(b.first()), cmp.Compare(likeness(b), likeness(a)), cmp.Compare(a.order, b.order))
	})
}

// continues reports whether a statement is another wording of an earlier one: of near
// the same words, or holding it. Numbers and what turns it around must agree.
func (s *spoken) continues(earlier *spoken, c *corpus) bool {
	near := s.at.to(earlier.at)
	if s.text.key == earlier.text.key {
		return near >= beside
	}
	if near < inSection || s.differs(earlier) || !contains(s.text.numbers, earlier.text.numbers) || !slices.Equal(s.turns(), earlier.turns()) {
		return false
	}
	common, share, _ := c.common(earlier.words, s.words)
	return common >= fewWords && (share >= rewordedShare || alike(earlier.text.text, s.text.text) >= rewordedAlike)
}

// narrows reports whether a statement says a part of an earlier one again.
func (s *spoken) narrows(earlier *spoken, c *corpus) bool {
	common, share, _ := c.common(s.words, earlier.words)
	return s.at.to(earlier.at) >= inSection && !s.differs(earlier) && common >= fewWords && share >= shareBeside
}

// turns gives the words that turn the text around.
func (s *spoken) turns() []string {
	return slices.DeleteFunc(slices.Clone(s.text.turns), func(w string) bool { return softTurns[w] })
}
