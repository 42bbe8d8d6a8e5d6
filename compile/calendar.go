package compile

import (
	"slices"
	"time"
)

// Calendar divides time into weeks, each named by its last day. A week ends on
// the day of each weekly note; where notes are missing it ends on the weekday on
// which most notes of that time are dated, as teams change it, and without any note
// on Mondays. Every day
// belongs to exactly one week and every week to exactly one month, so that over
// consecutive months each update is told in exactly one.
type Calendar struct {
	notes   []Day        // of all notes, ascending, each once
	weekday time.Weekday // of most notes
	friday  bool
}

// NewCalendar builds the calendar of the days of all notes there are, in any
// order, not only those of a month. A week belongs to the month of its last day
// or, with byFriday, of the Friday in it.
func NewCalendar(notes []Day, byFriday bool) Calendar {
	days := slices.Compact(slices.SortedFunc(slices.Values(notes), Day.Compare))
	return Calendar{notes: days, weekday: commonWeekday(days, time.Monday), friday: byFriday}
}

// commonWeekday gives the weekday of most days, the usual one among equals.
func commonWeekday(days []Day, usual time.Weekday) time.Weekday {
	var count [7]int
	for _, d := range days {
		count[d.Weekday()]++
	}
	for d, n := range count {
		if n > count[usual] {
			usual = time.Weekday(d)
		}
	}
	return usual
}

// thatTime is how many days around a note the notes of its time are looked for.
const thatTime = 56

// usual gives the weekday on which most notes are dated of the time of the last note
// up to d, or of the first note.
func (c Calendar) usual(d Day) time.Weekday {
	if len(c.notes) == 0 {
		return c.weekday
	}
	last, found := slices.BinarySearchFunc(c.notes, d, Day.Compare)
	if !found {
		last = max(0, last-1)
	}
	from, _ := slices.BinarySearchFunc(c.notes, c.notes[last].Add(-thatTime), Day.Compare)
	to, _ := slices.BinarySearchFunc(c.notes, c.notes[last].Add(thatTime), Day.Compare)
	return commonWeekday(c.notes[from:to], c.weekday)
}

// Week gives the last day of the week of d.
func (c Calendar) Week(d Day) Day {
	for !c.endsWeek(d) {
		d = d.Add(1)
	}
	return d
}

// Month gives the month to which the week that ends on end belongs.
func (c Calendar) Month(end Day) YearMonth {
	if c.friday {
		back := (int(end.Weekday()) - int(time.Friday) + 7) % 7
		end = end.Add(-back)
	}
	return end.YearMonth()
}

// In reports whether a day belongs to the month: whether its week does.
func (c Calendar) In(m YearMonth, d Day) bool { return !d.IsZero() && c.Month(c.Week(d)) == m }

// Weeks gives the last days of the month's weeks, ascending.
func (c Calendar) Weeks(m YearMonth) []Day {
	var weeks []Day
	last := m.Add(1).First().Add(14)
	for d := c.Week(m.First().Add(-14)); d.Before(last); d = c.Week(d.Add(1)) {
		if c.Month(d) == m {
			weeks = append(weeks, d)
		}
	}
	return weeks
}

// Window gives the days of the month's weeks: the first day of the first week,
// and the day after the last. The month has at least one week, as every Monday or
// note in its midst ends one.
func (c Calendar) Window(m YearMonth) (from, to Day) {
	weeks := c.Weeks(m)
	return c.before(weeks[0]).Add(1), weeks[len(weeks)-1].Add(1)
}

// before gives the last day of the week before the one that ends on end.
func (c Calendar) before(end Day) Day {
	d := end.Add(-1)
	for !c.endsWeek(d) {
		d = d.Add(-1)
	}
	return d
}

// HasNote reports whether a weekly note is dated on that day.
func (c Calendar) HasNote(d Day) bool {
	_, found := slices.BinarySearchFunc(c.notes, d, Day.Compare)
	return found
}

// endsWeek: a note ends its week, and takes the place of the nearest usual weekday,
// which is at most three days away.
func (c Calendar) endsWeek(d Day) bool {
	if c.HasNote(d) {
		return true
	}
	if d.Weekday() != c.usual(d) {
		return false
	}
	for off := -3; off <= 3; off++ {
		if c.HasNote(d.Add(off)) {
			return false
		}
	}
	return true
}
