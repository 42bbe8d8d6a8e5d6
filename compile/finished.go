package compile

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

const closed = "closed"

// StateDropped is the state of what was closed and not done: an issue that is not planned or
// a duplicate, a pull request that was not merged.
const StateDropped = "dropped"

// HasEnded reports whether a state is that of something that is no longer open.
func HasEnded(state string) bool { return state == closed || state == StateDropped }

// finished reports whether something was closed as done in the weeks of the month.
func (c *compiler) finished(state string, at time.Time) bool {
	return state == closed && c.Calendar.In(c.Month, DayOf(at))
}

// dropped reports whether something was dropped in the weeks of the month.
func (c *compiler) dropped(state string, at time.Time) bool {
	return state == StateDropped && c.Calendar.In(c.Month, DayOf(at))
}

// closedBefore reports whether something was closed or dropped before the month began.
func (c *compiler) closedBefore(state string, at time.Time) bool {
	from, _ := c.Calendar.Window(c.Month)
	return HasEnded(state) && at.Before(from.Time())
}

// finishWords say that something is finished, unfinishedWords that it is not.
var (
	finishWords     = wordSet("completed finished closed merged deployed released launched published shipped delivered concluded done complete")
	unfinishedWords = wordSet(`not no never without draft drafted wip almost nearly partly partially part started starting begin began beginning
		ongoing pending wait waits waiting needs blocked unfinished incomplete open remaining continue continuing continued working trying tried first initial
		initially candidate soon yet far until unless before once if when will would should can could may might to being reverted half some most`)
)

// newSentence is the end of a line before one that begins like a sentence.
var newSentence = regexp.MustCompile(`\n\s*(\p{Lu})`)

// Finishes reports whether the text says that something is finished.
func (s Statement) Finishes() bool { return s.End() != "" }

// End gives the text from the clause on that says that something is finished: one with a
// word for that, and with none that takes it back. It is empty if there is none.
func (s Statement) End() string {
	_, text := s.end()
	return text
}

// end gives the clause that [Statement.End] finds, and the text from it on.
func (s Statement) end() (string, string) {
	if s.Kind != Achieved && s.Kind != Note {
		return "", ""
	}
	rest := strings.Join(strings.Fields(newSentence.ReplaceAllString(s.Text, ". $1")), " ")
	for rest != "" {
		clause, next := rest, ""
		if at := clauseEnd.FindStringIndex(rest); at != nil {
			clause, next = rest[:at[0]], rest[at[1]:]
		}
		words := strings.FieldsFunc(plainText(clause, s.Repo).text, func(r rune) bool { return strings.ContainsRune(" /\"'`[]", r) })
		end := slices.IndexFunc(words, func(w string) bool { return finishWords[w] })
		if end >= 0 && !isRequest(words) && !slices.Contains(words[:end], "after") &&
			!slices.ContainsFunc(words, func(w string) bool { return unfinishedWords[w] }) {
			return clause, strings.TrimPrefix(rest, "and ")
		}
		rest = next
	}
	return "", ""
}

// wholeWords name what a statement is on, and no part of it.
var wholeWords = stems(finishWords, wordSet("pr prs pull request branch task issue epic milestone deliverable feature ticket work all everything fully successfully finally both"))

// endsAllOf reports whether the text says that a thing of a title is finished as a whole:
// the clause that says so names nothing, or the thing.
func (s Statement) endsAllOf(title string) bool {
	clause, _ := s.end()
	of := newText(Item{Text: title}, Repo{}).telling()
	return clause != "" && !slices.ContainsFunc(newText(Item{Text: clause}, s.Repo).telling(), func(w string) bool {
		return !wholeWords[w] && !slices.Contains(of, w)
	})
}

// IsDone reports whether a task is finished: it was closed as done in the month, or a
// statement says that all of it is finished and nothing that was said since, or in the
// same week of what stands in the way or comes, says that there is more. What has no
// issue is a topic, of which each statement speaks for itself.
func (t *Task) IsDone() bool {
	if t.Finished || HasEnded(t.State) || t.Ref.Number == 0 {
		return t.Finished
	}
	var done Day
	for i := range t.Statements {
		if s := &t.Statements[i]; s.endsAllOf(t.Title) && s.Last().After(done) {
			done = s.Last()
		}
	}
	return !done.IsZero() && !slices.ContainsFunc(t.Statements, func(s Statement) bool {
		goesOn := s.Kind.Rule().Home != Work || s.Kind == Doing
		return !s.Finishes() && (s.Last().After(done) || goesOn && s.Last() == done)
	})
}

// isRequest reports whether the word for the end is "complete" before what is to be
// completed, or what is whole: "complete the guide", "a complete guide".
func isRequest(words []string) bool {
	i := slices.Index(words, "complete")
	return i >= 0 && i < len(words)-1 && !slices.ContainsFunc(words, func(w string) bool { return w != "complete" && finishWords[w] })
}
