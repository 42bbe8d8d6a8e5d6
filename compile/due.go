package compile

// pastDue reports whether a milestone that is not closed was due before the month
// ended or, in a month that is not over, before the day of the newest source.
func (c *compiler) pastDue(m Milestone) bool {
	if m.Due.IsZero() || m.State == closed {
		return false
	}
	weeks := c.Calendar.Weeks(c.Month)
	if c.isFuture(weeks[len(weeks)-1]) {
		return m.Due.Before(DayOf(c.newest))
	}
	return m.Due.Before(c.Month.Add(1).First())
}

// isFuture reports whether the week that ends on a day is not over yet.
func (c *compiler) isFuture(end Day) bool {
	return !c.Now.IsZero() && !end.Add(1).Time().Before(c.Now)
}

// firstWeek gives the last day of the month's first week.
func (c *compiler) firstWeek() Day { return c.Calendar.Weeks(c.Month)[0] }
