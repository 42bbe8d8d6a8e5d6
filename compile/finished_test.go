package compile

import (
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is finished in a month is what closed in its weeks, whatever the calendar
// says, as all else of the month is asked by its weeks.
func TestFinishedByTheWeeksOfTheMonth(t *testing.T) {
	for _, tt := range []struct {
		rule, closed string
		month        time.Month
		want         bool
		state        string // "closed" unless it is given
	}{
		{"in the midst of the month", "2023-09-12 10:00", time.September, true, ""},
		{"before the month, in its first week", "2023-08-30 10:00", time.September, true, ""},
		{"that week is not August", "2023-08-30 10:00", time.August, false, ""},
		{"in the month, in the first week of the next", "2023-09-27 10:00", time.September, false, ""},
		{"that week is October", "2023-09-27 10:00", time.October, true, ""},
		{"still open", "", time.September, false, ""},
		{"closed and opened again", "2023-09-12 10:00", time.September, false, "open"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			in := september()
			in.Month.Month = tt.month
			in.Roadmap = roadmap()
			if tt.closed != "" {
				state := cmp.Or(tt.state, closed)
				in.Roadmap.Epics[0].State, in.Roadmap.Epics[0].Closed = state, on(tt.closed)
				in.Roadmap.Milestones[0].State, in.Roadmap.Milestones[0].Closed = state, on(tt.closed)
			}
			in.Updates = []Update{comment(YearMonth{2023, tt.month}.First().Add(10).String(), "pm#11", "x")}
			r := compiled(t, in)
			require.Equal(t, tt.want, r.Milestones[0].Epics[0].Finished)
			require.Equal(t, tt.want, r.Milestones[0].Finished)
		})
	}
}

// What is past its due date depends on the month, not on the day of the run.
func TestPastDue(t *testing.T) {
	for _, tt := range []struct {
		rule, due, state string
		now              string
		want             bool
	}{
		{"due on the last day of the month", "2023-09-30", "open", "", true},
		{"due on the first day of the next", "2023-10-01", "open", "", false},
		{"closed", "2023-09-30", "closed", "", false},
		{"due after the newest source of a month that is not over", "2023-09-30", "open", "2023-09-20", false},
		{"due before the newest source of a month that is not over", "2023-09-03", "open", "2023-09-20", true},
		{"without a due date", "", "open", "", false},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			in := september(comment("2023-09-12", "pm#11", "x"))
			in.Roadmap = roadmap()
			m := &in.Roadmap.Milestones[0]
			m.State, m.Due = tt.state, Day{}
			if tt.due != "" {
				m.Due = the(tt.due)
			}
			if tt.now != "" {
				in.Now = on(tt.now)
			}
			require.Equal(t, tt.want, compiled(t, in).Milestones[0].PastDue)
		})
	}
}

func TestSilent(t *testing.T) {
	silent := func(said ...Update) []string {
		in := september(said...)
		in.Roadmap = roadmap()
		in.Roadmap.Epics[1].State, in.Roadmap.Epics[1].Closed = "closed", on("2023-09-07")
		in.Issues = []Issue{issue(1, "T", "E:1.1: Sharding", "E:NodeJS")}
		var titles []string
		r := compiled(t, in)
		for _, m := range r.Milestones {
			for _, e := range m.Epics {
				if e.Silent {
					titles = append(titles, e.Title)
				}
			}
		}
		for _, s := range r.Other {
			if s.Silent {
				titles = append(titles, s.Title)
			}
		}
		return titles
	}
	require.Equal(t, []string{"1.1: Sharding", "NodeJS", "REST", "Quality"}, silent(), "a closed epic is not silent")
	require.Equal(t, []string{"REST", "Quality"}, silent(comment("2023-09-07", "1", "x")), "a task that is told under another epic is a word")
	require.Equal(t, []string{"1.1: Sharding", "NodeJS", "REST"}, silent(noted("2023-09-11", 1, path("epic: Quality"), "x")))
}

func TestFinishes(t *testing.T) {
	for text, want := range map[string]bool{
		"merged the relay guide":                             true,
		"the relay guide is complete":                        true,
		"Complete! All parts are in.":                        true,
		"Added the endpoint. PR merged: #7":                  true,
		"Finished and under review: the guide":               true,
		"complete the relay guide":                           false,
		"they form a complete logic":                         false,
		"analysis completed so far":                          false,
		"released part of the improvements":                  false,
		"the guide is not merged":                            false,
		"released the first candidate":                       false,
		"opened a PR":                                        false,
		"it will be merged next week":                        false,
		"the PR is almost done, tests are missing":           false,
		"[research] published a forum post":                  true,
		"we meet in spring, after a\nprototype is delivered": false,
		"merged after a long review":                         true,
	} {
		assert.Equal(t, want, Statement{Item: Item{Kind: Achieved, Text: text}}.Finishes(), text)
		assert.False(t, Statement{Item: Item{Kind: Next, Text: text}}.Finishes(), "a plan finishes nothing: %s", text)
	}
}

// A label of what is finished begins with the clause that says so.
func TestEnd(t *testing.T) {
	for text, want := range map[string]string{
		"merged the relay guide":                                  "merged the relay guide",
		"Started on the specs. Completed: the gossip part. To do": "Completed: the gossip part. To do",
		"Added the endpoint, and merged the\nguide of it":         "merged the guide of it",
		"began":                        "",
		"The PR is #7\nReview is done": "Review is done",
	} {
		assert.Equal(t, want, Statement{Item: Item{Kind: Achieved, Text: text}}.End(), text)
	}
}

func TestTaskIsDone(t *testing.T) {
	said := func(kind Kind, week, text string) Statement {
		return Statement{Item: Item{Kind: kind, Text: text}, Weeks: []Day{the(week)}}
	}
	merged := said(Achieved, "2023-09-11", "PR merged: #8")
	issue := Ref{Repo{"waku-org", "nwaku"}, 7}
	tests := []struct {
		rule string
		task Task
		want bool
	}{
		{"GitHub closed it in the month", Task{Ref: issue, State: closed, Finished: true}, true},
		{"it was closed in another month", Task{Ref: issue, State: closed, Statements: []Statement{merged}}, false},
		{"it was dropped", Task{Ref: issue, State: StateDropped, Statements: []Statement{merged}}, false},
		{"its last word says so", Task{Ref: issue, State: "open", Statements: []Statement{said(Achieved, "2023-09-04", "began"), merged}}, true},
		{"work goes on later", Task{Ref: issue, Statements: []Statement{merged, said(Achieved, "2023-09-18", "fixed the guide")}}, false},
		{"a plan stands beside", Task{Ref: issue, Statements: []Statement{merged, said(Next, "2023-09-11", "translate it")}}, false},
		{"a plan of the week before", Task{Ref: issue, Statements: []Statement{said(Next, "2023-09-04", "merge the guide"), merged}}, true},
		{"nothing says so", Task{Ref: issue, Statements: []Statement{said(Achieved, "2023-09-11", "began")}}, false},
		{"only a part of it", Task{Ref: issue, Title: "Relay", Statements: []Statement{said(Achieved, "2023-09-11", "completed the filter API and more")}}, false},
		{"it is named", Task{Ref: issue, Title: "feat: Peer Exchange by default", Statements: []Statement{said(Achieved, "2023-09-11", "The Peer Exchange epic is now completed & closed")}}, true},
		{"a topic has many ends", Task{Title: "Guides", Statements: []Statement{merged}}, false},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) { require.Equal(t, tt.want, tt.task.IsDone()) })
	}
}
