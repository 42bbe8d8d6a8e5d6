package compile

// pastDue reports whether a milestone or an epic that is open was due before the month
// ended or, in a month that is not over, before the day of the newest source.
func (c *compiler) pastDue(due Day, state string) bool {
	if due.IsZero() || HasEnded(state) {
		return false
	}
	weeks := c.Calendar.Weeks(c.Month)
	if c.isFuture(weeks[len(weeks)-1]) {
		return due.Before(DayOf(c.newest))
	}
	return due.Before(c.Month.Add(1).First())
}

// isFuture reports whether the week that ends on a day is not over yet.
func (c *compiler) isFuture(end Day) bool {
	return !c.Now.IsZero() && !end.Add(1).Time().Before(c.Now)
}

// firstWeek gives the last day of the month's first week.
func (c *compiler) firstWeek() Day { return c.Calendar.Weeks(c.Month)[0] }
