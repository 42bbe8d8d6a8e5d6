package outline

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/waku-org/monthly/compile"
)

// dateLine is a line taken apart: the dates in it, and what else it says.
type dateLine struct {
	last  compile.Day // the last day that it names; zero if it names none for sure
	dated bool        // it holds a day or a week
	rest  string      // without dates, weeks, weekdays and years
}

const (
	monthWord = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`
	dayWord   = `(\d{1,2})(?:st|nd|rd|th)?`
	yearWord  = `(20\d\d)`
	toWord    = `\s*(?:[-–—]|to|until)\s*`
)

// dateForm is a way in which people write a day or a week. day gets what the pattern
// found, and a day near which those without a year are.
type dateForm struct {
	pattern *regexp.Regexp
	day     func(m []string, near compile.Day) compile.Day
}

// dateForms in the order in which they are looked for: those that are a part of
// another come behind it.
var dateForms = []dateForm{
	{regexp.MustCompile(`\b` + yearWord + `[-/._](\d{1,2})[-/._](\d{1,2})\b`), func(m []string, _ compile.Day) compile.Day { return dayOf(m[1], m[2], m[3]) }},
	{regexp.MustCompile(`(?i)\b` + yearWord + `[-/ ]?w(\d{1,2})\b`), func(m []string, near compile.Day) compile.Day { return weekOf(m[2], m[1], near) }},
	{regexp.MustCompile(`(?i)\bw(\d{1,2})[-/ ]` + yearWord + `\b`), func(m []string, near compile.Day) compile.Day { return weekOf(m[1], m[2], near) }},
	{regexp.MustCompile(`(?i)\b(?:calendar week|week|wk|cw|kw)\.?[ -]?#?(\d{1,2})\b(?:,?\s*(?:of|/)?\s*` + yearWord + `\b)?`), func(m []string, near compile.Day) compile.Day { return weekOf(m[1], m[2], near) }},
	{regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.` + yearWord + `\b`), func(m []string, _ compile.Day) compile.Day { return dayOf(m[3], m[2], m[1]) }},
	{regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/` + yearWord + `\b`), func(m []string, near compile.Day) compile.Day {
		return nearest(near, dayOf(m[3], m[2], m[1]), dayOf(m[3], m[1], m[2]))
	}},
	{regexp.MustCompile(`(?:^|[^\w.])(\d{1,2})\.(\d{2})\.\B`), func(m []string, near compile.Day) compile.Day { return inSomeYear(m[2], m[1], "", near) }},
	{regexp.MustCompile(`\b(\d{1,2})/` + yearWord + `\b`), func(m []string, near compile.Day) compile.Day { return weekOf(m[1], m[2], near) }},
	{regexp.MustCompile(`(?i)\b` + monthWord + `\s+` + dayWord + `(?:` + toWord + dayWord + `)?\b(?:,?\s+` + yearWord + `\b)?`), func(m []string, near compile.Day) compile.Day {
		return inSomeYear(m[1], lastOf(m[2], m[3]), m[4], near)
	}},
	{regexp.MustCompile(`(?i)\b` + dayWord + `(?:` + toWord + dayWord + `)?\s+(?:of\s+)?` + monthWord + `(?:,?\s+` + yearWord + `\b)?`), func(m []string, near compile.Day) compile.Day {
		return inSomeYear(m[3], lastOf(m[1], m[2]), m[4], near)
	}},
}

// dateRemains are words beside a date that belong to it.
var dateRemains = regexp.MustCompile(`(?i)\b(?:` + monthWord + `(?:\s+` + yearWord + `)?|` + yearWord + `|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?`)

// cutDates reads the dates in a line. A date without a year is in that year in which
// it is nearest to a day; without one it is not known.
func cutDates(line string, near compile.Day) dateLine {
	d := dateLine{rest: line}
	near = inYear(near, anyYear.FindString(line))
	for _, form := range dateForms {
		for _, m := range form.pattern.FindAllStringSubmatch(d.rest, -1) {
			if day := form.day(m, cmp.Or(d.last, near)); !day.IsZero() || near.IsZero() {
				d.dated = true
				d.last = later(d.last, day)
				d.rest = strings.Replace(d.rest, m[0], " ", 1)
			}
		}
	}
	if d.dated {
		d.rest = dateRemains.ReplaceAllString(d.rest, " ")
	}
	return d
}

var anyYear = regexp.MustCompile(`\b` + yearWord + `\b`)

// inYear moves a day into a year, if there is one; no day into the midst of it.
func inYear(d compile.Day, year string) compile.Day {
	if year == "" {
		return d
	}
	d = cmp.Or(d, compile.Day{Month: time.July, Day: 1})
	d.Year, _ = strconv.Atoi(year)
	return compile.DayOf(d.Time())
}

func lastOf(first, last string) string {
	if last != "" {
		return last
	}
	return first
}

func later(a, b compile.Day) compile.Day {
	if a.After(b) {
		return a
	}
	return b
}

// dayOf gives a day of the calendar; none if there is no such day.
func dayOf(year, month, day string) compile.Day {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	want := compile.Day{Year: y, Month: monthOf(month), Day: d}
	if compile.DayOf(want.Time()) != want {
		return compile.Day{}
	}
	return want
}

// monthOf reads a month as number or word.
func monthOf(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		return time.Month(n)
	}
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(m.String()[:3], s[:3]) {
			return m
		}
	}
	return 0
}

// inSomeYear gives a day of a year or, if that is not known, of the one in which it is
// nearest to another.
func inSomeYear(month, day, year string, near compile.Day) compile.Day {
	if year != "" {
		return dayOf(year, month, day)
	}
	if near.IsZero() {
		return compile.Day{}
	}
	var days []compile.Day
	for y := near.Year - 1; y <= near.Year+1; y++ {
		days = append(days, dayOf(strconv.Itoa(y), month, day))
	}
	return nearest(near, days...)
}

// weekOf gives the Friday of a week, by its number of ISO 8601.
func weekOf(week, year string, near compile.Day) compile.Day {
	n, _ := strconv.Atoi(week)
	if n < 1 || n > 53 {
		return compile.Day{}
	}
	if year != "" {
		y, _ := strconv.Atoi(year)
		return friday(y, n)
	}
	if near.IsZero() {
		return compile.Day{}
	}
	return nearest(near, friday(near.Year-1, n), friday(near.Year, n), friday(near.Year+1, n))
}

func friday(year, week int) compile.Day {
	fourth := compile.Day{Year: year, Month: time.January, Day: 4} // always in week 1
	monday := fourth.Add(-(int(fourth.Weekday()) + 6) % 7)
	return monday.Add(7*(week-1) + 4)
}

// nearest gives of some days the one that is nearest to another; the first if that is
// not known.
func nearest(to compile.Day, days ...compile.Day) compile.Day {
	days = slices.DeleteFunc(days, compile.Day.IsZero)
	if len(days) == 0 {
		return compile.Day{}
	}
	if to.IsZero() {
		return days[0]
	}
	return slices.MinFunc(days, func(a, b compile.Day) int { return apart(a, to) - apart(b, to) })
}

// apart gives the days between two.
func apart(a, b compile.Day) int {
	n := int(a.Time().Sub(b.Time()).Hours() / 24)
	return max(n, -n)
}
