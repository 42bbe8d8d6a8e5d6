package compile

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Ledger is the account of every item read in the month.
type Ledger struct {
	Read    int
	Placed  int // told as statements
	Merged  int // said again, and told with a statement that was placed
	LeftOut []LeftOut
}

// LeftOut is an item that is not told, and why.
type LeftOut struct {
	Source  Source
	Author  string // of the comment; empty for a note
	Reason  string
	Excerpt string // of the text, on one line
}

// String gives the account on one line.
func (l Ledger) String() string {
	return fmt.Sprintf("%d read = %d placed + %d merged + %d left out", l.Read, l.Placed, l.Merged, len(l.LeftOut))
}

// check reports an account that does not add up, which is an error of the
// program: an item was lost or told twice.
func (l Ledger) check() error {
	if l.Read != l.Placed+l.Merged+len(l.LeftOut) {
		return fmt.Errorf("internal error: the ledger does not add up: %s", l)
	}
	return nil
}

const excerptLength = 120

// excerpt shortens a text to one line.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= excerptLength {
		return s
	}
	return string([]rune(s)[:excerptLength-1]) + "…"
}
