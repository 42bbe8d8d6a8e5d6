package compile

import (
	"cmp"
	"fmt"
	"time"
)

// Day is a day of the calendar, without a time zone. The zero Day is none.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf gives the day in which t falls, in UTC; that of the zero Time is none.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return Day{}
	}
	y, m, d := t.UTC().Date()
	return Day{y, m, d}
}

// ParseDay reads "2023-09-04". There must be such a day.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is not a day like 2023-09-04", s)
	}
	return DayOf(t), nil
}

// String gives "2023-09-04", by which weeks and notes are named; "" for none.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Short gives "09-04"; "" for none.
func (d Day) Short() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("01-02")
}

// Time gives midnight UTC, at which the day begins; the zero Time for none.
func (d Day) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether d is none.
func (d Day) IsZero() bool { return d == Day{} }

// Add gives the day n days later.
func (d Day) Add(n int) Day { return DayOf(d.Time().AddDate(0, 0, n)) }

// Weekday gives the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// YearMonth gives the month of the day.
func (d Day) YearMonth() YearMonth { return YearMonth{d.Year, d.Month} }

// Compare orders days by time, none before all others.
func (d Day) Compare(e Day) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is earlier than e.
func (d Day) Before(e Day) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e.
func (d Day) After(e Day) bool { return d.Compare(e) > 0 }

// YearMonth is a month of a year.
type YearMonth struct {
	Year  int
	Month time.Month
}

// MonthOf gives the month in which t falls, in UTC.
func MonthOf(t time.Time) YearMonth { return DayOf(t).YearMonth() }

// ParseMonth reads "2023-09".
func ParseMonth(s string) (YearMonth, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return YearMonth{}, fmt.Errorf("%q is not a month like 2023-09", s)
	}
	return MonthOf(t), nil
}

// String gives "2023-09".
func (m YearMonth) String() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }

// First gives the month's first day.
func (m YearMonth) First() Day { return Day{m.Year, m.Month, 1} }

// Last gives the month's last day.
func (m YearMonth) Last() Day { return m.Add(1).First().Add(-1) }

// Add gives the month n months later.
func (m YearMonth) Add(n int) YearMonth { return MonthOf(m.First().Time().AddDate(0, n, 0)) }
