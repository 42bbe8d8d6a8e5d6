package compile

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

const closed = "closed"

// finished reports whether something was closed in the weeks of the month.
func (c *compiler) finished(state string, at time.Time) bool {
	return state == closed && c.Calendar.In(c.Month, DayOf(at))
}

// closedBefore reports whether something was closed before the month began.
func (c *compiler) closedBefore(state string, at time.Time) bool {
	from, _ := c.Calendar.Window(c.Month)
	return state == closed && at.Before(from.Time())
}

// finishWords say that something is finished, notYetWords that it is not.
var (
	finishWords = wordSet("completed complete finished closed merged deployed released launched published shipped delivered concluded done")
	notYetWords = wordSet(`not no never without draft drafted wip almost nearly partly partially started starting begin began beginning
		ongoing pending waiting blocked unfinished incomplete open remaining continue continuing continued working trying tried first initial
		initially candidate soon yet until unless before once if when will would should can could may might to being after reverted half some most`)
)

var clause = regexp.MustCompile(`[.,;:!?()\n]+|\s[-–—]\s| and | but `)

// Finishes reports whether the text says that something is finished: a clause of it
// has a word for that, and none that takes it back.
func (s Statement) Finishes() bool {
	if s.Kind != Achieved && s.Kind != Note {
		return false
	}
	return slices.ContainsFunc(clause.Split(plainText(s.Text, s.Repo).text, -1), func(c string) bool {
		words := strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune(" /\"'`[]", r) })
		return slices.ContainsFunc(words, func(w string) bool { return finishWords[w] }) &&
			!slices.ContainsFunc(words, func(w string) bool { return notYetWords[w] })
	})
}
