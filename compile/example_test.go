package compile_test

import (
	"fmt"
	"time"

	"github.com/waku-org/monthly/compile"
)

// A comment and the note that repeats it are one statement, with both sources.
func ExampleMonth() {
	task := compile.Ref{Repo: compile.Repo{Owner: "acme", Name: "web"}, Number: 7}
	monday := compile.Day{Year: 2025, Month: time.March, Day: 10}
	report, err := compile.Month(compile.Input{
		Project:  "Acme",
		Month:    monday.YearMonth(),
		Calendar: compile.NewCalendar([]compile.Day{monday}, false),
		Updates: []compile.Update{
			{
				Source: compile.Source{URL: "https://github.com/acme/web/issues/7#issuecomment-1"}, Author: "ada",
				Date: time.Date(2025, time.March, 6, 9, 0, 0, 0, time.UTC), Issue: task,
				Items: []compile.Item{{Kind: compile.Achieved, Text: "added **tests** for the search"}},
			},
			{
				Source: compile.Source{Note: "2025-03-10"}, Date: monday.Time(),
				Path: []compile.Heading{{Level: compile.TaskLevel, Title: "Search", URL: "https://github.com/acme/web/issues/7"}},
				Items: []compile.Item{
					{Kind: compile.Achieved, Text: "Added tests for the search.", Line: 5},
					{Kind: compile.Blocker, Text: "waiting for the design", Line: 6},
				},
			},
		},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for at, s := range report.All {
		fmt.Printf("%s: %s: %s %v", at.Task.Title, s.Kind, s.Text, s.Weeks)
		for _, source := range s.Sources {
			fmt.Print(" ", source.Text())
		}
		fmt.Println()
	}
	fmt.Println(report.Ledger)
	// Output:
	// Search: achieved: Added tests for the search. [2025-03-10] 2025-03-10:5 https://github.com/acme/web/issues/7#issuecomment-1
	// Search: blocker: waiting for the design [2025-03-10] 2025-03-10:6
	// 3 read = 2 placed + 1 merged + 0 left out
}
