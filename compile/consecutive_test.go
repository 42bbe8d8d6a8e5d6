package compile

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Whatever days notes are dated on, with weeks that are missing and months of five, a
// run of consecutive months, each compiled with the one before, has each update in
// exactly one; and each plan, blocker and risk of a month stands in it once.
func TestConsecutiveMonths(t *testing.T) {
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 7))
		in, all := halfYear(random)
		told := map[string]int{}
		var before *Report
		for m := (YearMonth{2023, time.January}); m.Year == 2023; m = m.Add(1) {
			in.Month = m
			r, err := Month(in, before)
			require.NoError(t, err)
			for _, s := range r.All {
				for _, source := range s.Sources {
					told[source.Text()]++
				}
			}
			requireEachOnce(t, r)
			before = &r
		}
		for _, source := range all {
			require.Equal(t, 1, told[source], source)
		}
	}
}

// halfYear makes up notes and comments from March to August, and gives all sources.
func halfYear(random *rand.Rand) (in Input, sources []string) {
	in.Project = "Waku"
	kinds := []string{"achieved: ", "next: ", "risk: ", "blocker: "}
	line := func() string {
		return kinds[random.IntN(len(kinds))] + fmt.Sprintf("%s the %s of %s %d", []string{"write", "merged", "fixed", "review"}[random.IntN(4)],
			[]string{"guide", "tests", "docs"}[random.IntN(3)], []string{"relay", "store", "filter"}[random.IntN(3)], random.IntN(3))
	}
	var days []Day
	for d := the("2023-03-01"); d.Before(the("2023-09-01")); d = d.Add(1) {
		if random.IntN(9) == 0 {
			days = append(days, d)
			in.Notes = append(in.Notes, NoteFile{Date: d, Name: d.String()})
			in.Updates = append(in.Updates, noted(d.String(), 1, onTask, line()))
			sources = append(sources, d.String()+":1")
		}
		if random.IntN(4) == 0 {
			u := comment(d.String(), fmt.Sprint(random.IntN(3)), line())
			in.Updates = append(in.Updates, u)
			sources = append(sources, u.Source.URL)
		}
	}
	in.Calendar = NewCalendar(days, random.IntN(2) == 0)
	return in, sources
}

// requireEachOnce holds that each plan, blocker and risk of a report is told once, with
// its earlier wordings, and that whatever tells of it was said later.
func requireEachOnce(t *testing.T, r Report) {
	t.Helper()
	stands := map[*Statement]int{}
	for _, p := range r.Plans {
		stands[p.Statement]++
		for _, by := range p.By {
			require.True(t, by.Statement == p.Statement || by.Statement.First().After(p.Statement.First()))
		}
	}
	for _, s := range r.Standing {
		for _, told := range append(s.Earlier, s.Told) {
			stands[told.Statement]++
		}
		for _, by := range s.By {
			require.True(t, by.Statement.First().After(s.Last))
		}
	}
	for told := range r.Told {
		if told.Statement.Kind.Rule().Home != Work {
			require.Equal(t, 1, stands[told.Statement], told.Statement.Text)
		}
	}
}
