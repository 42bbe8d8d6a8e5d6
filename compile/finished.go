package compile

import (
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

// finishWords say that something is finished, unfinishedWords that it is not.
var (
	finishWords     = wordSet("completed finished closed merged deployed released launched published shipped delivered concluded done complete")
	unfinishedWords = wordSet(`not no never without draft drafted wip almost nearly partly partially part started starting begin began beginning
		ongoing pending waiting blocked unfinished incomplete open remaining continue continuing continued working trying tried first initial
		initially candidate soon yet far until unless before once if when will would should can could may might to being after reverted half some most`)
)

// Finishes reports whether the text says that something is finished: a clause of it
// has a word for that, and none that takes it back.
func (s Statement) Finishes() bool {
	if s.Kind != Achieved && s.Kind != Note {
		return false
	}
	return slices.ContainsFunc(clauseEnd.Split(s.Text, -1), func(c string) bool {
		words := strings.FieldsFunc(plainText(c, s.Repo).text, func(r rune) bool { return strings.ContainsRune(" /\"'`[]", r) })
		return slices.ContainsFunc(words, func(w string) bool { return finishWords[w] }) && !isRequest(words) &&
			!slices.ContainsFunc(words, func(w string) bool { return unfinishedWords[w] })
	})
}

// isRequest reports whether the word for the end is "complete" before what is to be
// completed, or what is whole: "complete the guide", "a complete guide".
func isRequest(words []string) bool {
	i := slices.Index(words, "complete")
	return i >= 0 && i < len(words)-1 && !slices.ContainsFunc(words, func(w string) bool { return w != "complete" && finishWords[w] })
}
