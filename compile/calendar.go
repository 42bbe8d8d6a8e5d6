package compile

import (
	"fmt"
	"slices"
	"time"
)

const day = 24 * time.Hour

// DateLayout is how days are written, in file names as in reports.
const DateLayout = "2006-01-02"

// YearMonth is a month of a year.
type YearMonth struct {
	Year  int
	Month time.Month
}

// MonthOf gives the month in which t falls, in UTC.
func MonthOf(t time.Time) YearMonth {
	t = t.UTC()
	return YearMonth{t.Year(), t.Month()}
}

// ParseMonth reads "2023-09".
func ParseMonth(s string) (YearMonth, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return YearMonth{}, fmt.Errorf("%q is no month like 2023-09", s)
	}
	return MonthOf(t), nil
}

// String gives "2023-09".
func (m YearMonth) String() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }

// First gives midnight UTC of the month's first day.
func (m YearMonth) First() time.Time {
	return time.Date(m.Year, m.Month, 1, 0, 0, 0, 0, time.UTC)
}

// Add gives the month n months later.
func (m YearMonth) Add(n int) YearMonth { return MonthOf(m.First().AddDate(0, n, 0)) }

// Day gives midnight UTC of the day of t.
func Day(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Calendar divides time into weeks, each named by its last day. A week ends on
// the day of each weekly note; where notes are missing it ends on the weekday
// on which most notes are dated, and without any note on Mondays. Every day
// belongs to exactly one week and every week to exactly one month, so that over
// consecutive months each update is told in exactly one.
type Calendar struct {
	notes   []time.Time // days of all notes, ascending, each once
	weekday time.Weekday
	friday  bool
}

// NewCalendar builds the calendar of all notes there are, not only those of a
// month. A week belongs to the month of its last day or, with byFriday, of the
// Friday in it.
func NewCalendar(notes []time.Time, byFriday bool) Calendar {
	days := make([]time.Time, len(notes))
	var count [7]int
	for i, n := range notes {
		days[i] = Day(n)
		count[days[i].Weekday()]++
	}
	slices.SortFunc(days, time.Time.Compare)
	weekday := time.Monday
	for d, n := range count {
		if n > count[weekday] {
			weekday = time.Weekday(d)
		}
	}
	return Calendar{notes: slices.Compact(days), weekday: weekday, friday: byFriday}
}

// Week gives the last day of the week in which t falls, midnight UTC.
func (c Calendar) Week(t time.Time) time.Time {
	from := Day(t)
	for d := from; ; d = d.Add(day) {
		if c.endsWeek(d) {
			return d
		}
	}
}

// Month gives the month to which the week that ends on end belongs.
func (c Calendar) Month(end time.Time) YearMonth {
	if c.friday {
		back := (int(end.Weekday()) - int(time.Friday) + 7) % 7
		end = end.AddDate(0, 0, -back)
	}
	return MonthOf(end)
}

// Weeks gives the last days of the month's weeks, ascending.
func (c Calendar) Weeks(m YearMonth) []time.Time {
	var weeks []time.Time
	last := m.Add(1).First().Add(14 * day)
	for d := c.Week(m.First().Add(-14 * day)); d.Before(last); d = c.Week(d.Add(day)) {
		if c.Month(d) == m {
			weeks = append(weeks, d)
		}
	}
	return weeks
}

// Window gives the time of the month's weeks: from the first instant of the
// first week up to, not including, the instant after the last. The month has at
// least one week, as every Monday or note in its midst ends one.
func (c Calendar) Window(m YearMonth) (from, to time.Time) {
	weeks := c.Weeks(m)
	before := weeks[0].Add(-day)
	for !c.endsWeek(before) {
		before = before.Add(-day)
	}
	return before.Add(day), weeks[len(weeks)-1].Add(day)
}

// HasNote reports whether a weekly note is dated on that day.
func (c Calendar) HasNote(end time.Time) bool {
	_, found := slices.BinarySearchFunc(c.notes, Day(end), time.Time.Compare)
	return found
}

// endsWeek: a note ends its week, and takes the place of the usual weekday that
// is nearest to it, of which each day has one within three days.
func (c Calendar) endsWeek(d time.Time) bool {
	if c.HasNote(d) {
		return true
	}
	if d.Weekday() != c.weekday {
		return false
	}
	for off := -3; off <= 3; off++ {
		if c.HasNote(d.AddDate(0, 0, off)) {
			return false
		}
	}
	return true
}
