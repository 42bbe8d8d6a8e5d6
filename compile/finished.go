package compile

import "time"

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
