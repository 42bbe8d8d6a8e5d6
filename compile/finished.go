package compile

import "time"

const closed = "closed"

// Dropped is the state of what was closed and not done: an issue that is not planned or
// a duplicate, a pull request that was not merged.
const Dropped = "dropped"

// hasEnded reports whether something is no longer open.
func hasEnded(state string) bool { return state == closed || state == Dropped }

// finished reports whether something was closed as done in the weeks of the month.
func (c *compiler) finished(state string, at time.Time) bool {
	return state == closed && c.Calendar.In(c.Month, DayOf(at))
}

// dropped reports whether something was dropped in the weeks of the month.
func (c *compiler) dropped(state string, at time.Time) bool {
	return state == Dropped && c.Calendar.In(c.Month, DayOf(at))
}

// closedBefore reports whether something was closed or dropped before the month began.
func (c *compiler) closedBefore(state string, at time.Time) bool {
	from, _ := c.Calendar.Window(c.Month)
	return hasEnded(state) && at.Before(from.Time())
}
