package compile

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func days(names ...string) []Day {
	var all []Day
	for _, n := range names {
		all = append(all, the(n))
	}
	return all
}

func dates(all []Day) []string {
	var names []string
	for _, d := range all {
		names = append(names, d.String())
	}
	return names
}

func TestWeeks(t *testing.T) {
	tests := []struct {
		rule     string
		notes    []Day
		byFriday bool
		month    string
		want     []string
	}{
		{
			"weeks end on the weekday of the notes of that time", days("2023-03-03", "2023-03-10", "2023-03-17", "2023-09-04"), false, "2023-09",
			[]string{"2023-09-04", "2023-09-11", "2023-09-18", "2023-09-25"},
		},
		{"a month of five weeks", days("2023-09-25", "2023-10-02"), false, "2023-10", []string{"2023-10-02", "2023-10-09", "2023-10-16", "2023-10-23", "2023-10-30"}},
		{"without notes weeks end on Mondays", nil, false, "2023-09", []string{"2023-09-04", "2023-09-11", "2023-09-18", "2023-09-25"}},
		{
			"weeks end on notes", days("2023-09-04", "2023-09-12", "2023-09-18", "2023-09-25"), false, "2023-09",
			[]string{"2023-09-04", "2023-09-12", "2023-09-18", "2023-09-25"},
		},
		{
			"a missing week ends on the usual weekday", days("2023-08-31", "2023-09-07", "2023-09-21"), false, "2023-09",
			[]string{"2023-09-07", "2023-09-14", "2023-09-21", "2023-09-28"},
		},
		{
			"an odd weekday takes the place of the usual one next to it", days("2023-08-28", "2023-09-04", "2023-09-14", "2023-09-18", "2023-09-25"), false, "2023-09",
			[]string{"2023-09-04", "2023-09-14", "2023-09-18", "2023-09-25"},
		},
		{
			"two notes in seven days end two weeks", days("2023-09-04", "2023-09-06", "2023-09-11"), false, "2023-09",
			[]string{"2023-09-04", "2023-09-06", "2023-09-11", "2023-09-18", "2023-09-25"},
		},
		{
			"a note early in the morning is of its day", []Day{DayOf(on("2023-09-05 03:00"))}, false, "2023-09",
			[]string{"2023-09-05", "2023-09-12", "2023-09-19", "2023-09-26"},
		},
		{
			"by Friday a week belongs to the month of its Friday", nil, true, "2023-10",
			[]string{"2023-10-09", "2023-10-16", "2023-10-23", "2023-10-30"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			m, err := ParseMonth(tt.month)
			require.NoError(t, err)
			require.Equal(t, tt.want, dates(NewCalendar(tt.notes, tt.byFriday).Weeks(m)))
		})
	}
}

func TestWindow(t *testing.T) {
	from, to := NewCalendar(nil, false).Window(YearMonth{2023, time.September})
	require.Equal(t, the("2023-08-29"), from, "the day after the last week of August")
	require.Equal(t, the("2023-09-26"), to, "the day after the last week")
}

// Whatever days notes are dated on, every day is in exactly one week, every
// week in exactly one month, and the windows of the months leave no gap.
func TestCalendarDividesTime(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		var notes []Day
		for d := the("2022-12-01"); d.Before(the("2026-02-01")); d = d.Add(1) {
			if random.IntN(4+random.IntN(12)) == 0 {
				notes = append(notes, d)
			}
		}
		random.Shuffle(len(notes), func(i, j int) { notes[i], notes[j] = notes[j], notes[i] })
		c := NewCalendar(notes, random.IntN(2) == 0)
		var ends []Day
		m := YearMonth{2023, time.January}
		from, _ := c.Window(m)
		for ; m.Year < 2026; m = m.Add(1) {
			start, to := c.Window(m)
			require.Equal(t, from, start, "%s begins where the month before ends", m)
			from = to
			weeks := c.Weeks(m)
			require.NotEmpty(t, weeks)
			ends = append(ends, weeks...)
		}
		require.True(t, slices.IsSortedFunc(ends, Day.Compare))
		require.Len(t, slices.Compact(slices.Clone(ends)), len(ends), "no week is in two months")
		for d := the("2023-03-01"); d.Before(the("2025-10-01")); d = d.Add(1) {
			end := c.Week(d)
			i, found := slices.BinarySearchFunc(ends, end, Day.Compare)
			if !found || end.Before(d) || !ends[i-1].Before(d) || end.After(ends[i-1].Add(13)) {
				t.Fatalf("%s is in the week that ends on %s, after one on %s", d, end, ends[i-1])
			}
		}
		for _, n := range notes {
			require.True(t, c.HasNote(n))
			require.Equal(t, n, c.Week(n), "a note ends its week")
		}
	}
}

func TestParseMonth(t *testing.T) {
	m, err := ParseMonth("2023-12")
	require.NoError(t, err)
	require.Equal(t, "2024-01", m.Add(1).String())
	for _, s := range []string{"", "2023", "2023-13", "2023-9-1", "last"} {
		_, err := ParseMonth(s)
		require.Error(t, err, s)
	}
}
