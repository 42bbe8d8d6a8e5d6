package compile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Ledger is the account of every item read in the month. Items are leaves: one
// with a list below it counts as the items of that list.
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
	Reason  Reason
	Excerpt string // of the text, on one line
}

// Reason says why an item is not told.
type Reason string

// The reasons, besides those of [toldIn].
const (
	Untrusted    Reason = "the author is not trusted"
	FromBot      Reason = "written by a bot"
	AccountGone  Reason = "the author's account is gone"
	HiddenOnHost Reason = "a maintainer has hidden the comment"
	SaysNothing  Reason = "the update says nothing"
	NotRead      Reason = "not read: it looks like an update, and no line of it is \"Weekly update\""
)

// The reasons why an item of an update that counts is not told.
const (
	Denial      Reason = "says there is nothing"
	Placeholder Reason = "left over from a template"
	EmptyLabel  Reason = "a label without anything below it"
	EmptyLink   Reason = "a link without text and address"
	Hidden      Reason = "hidden from readers"
	MailRemains Reason = "left over from a mail"
)

// toldIn is the reason of an update that another month's note has.
func toldIn(week Day) Reason { return Reason("told in the weekly note of " + week.String()) }

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

// account is the ledger while a month is compiled. Each number is counted at a
// place of its own, so that an item that is lost on the way shows: what was read
// from the input, before any rule sees it; what is outside of the month where that
// is decided; what was merged where it happens; what was placed from the report.
type account struct {
	given   int // items of the input
	outside int // of these, items of other months
	merged  int
	leftOut []LeftOut
}

// newAccount counts the items of an input.
func newAccount(updates []Update) account {
	var a account
	for _, u := range updates {
		a.given += u.leaves()
	}
	return a
}

// leaveOut accounts for an update that is not told, item by item.
func (a *account) leaveOut(u Update, reason Reason) {
	entry := LeftOut{Source: u.Source, Author: u.Author, Reason: reason}
	if u.leaves() > 0 && len(u.Items) == 0 {
		a.leftOut = append(a.leftOut, entry)
	}
	for leaf := range allLeaves(u.Items) {
		entry.Source.Line, entry.Excerpt = leaf.Line, excerpt(leaf.Text)
		a.leftOut = append(a.leftOut, entry)
	}
}

// leaveOutItems accounts for the items of an entry that are no statements.
func (a *account) leaveOutItems(e entry) {
	for _, item := range e.unsaid {
		u := e.Update
		u.Source, u.Items = e.at(item), []Item{item}
		a.leaveOut(u, item.LeftOut)
	}
}

// close gives the ledger of a finished report.
func (a *account) close(r Report) Ledger {
	l := Ledger{Read: a.given - a.outside, Merged: a.merged, LeftOut: a.leftOut}
	for _, s := range r.All {
		l.Placed += s.leaves()
	}
	for _, s := range r.Highlights {
		l.Placed += s.leaves()
	}
	slices.SortStableFunc(l.LeftOut, func(a, b LeftOut) int {
		return cmp.Or(cmp.Compare(a.Reason, b.Reason), strings.Compare(a.Source.Text(), b.Source.Text()))
	})
	return l
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
