package compile

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func goal(number int, title string) Milestone {
	return Milestone{Number: number, Title: title, URL: fmt.Sprint("https://github.com/waku-org/pm/milestone/", number), State: "open"}
}

func in(i Issue, milestone int) Issue {
	i.Milestone = milestone
	return i
}

func TestTrackingIssues(t *testing.T) {
	tests := []struct {
		rule  string
		issue Issue
		about map[int]string
		want  []string // titles of milestones with their addresses
	}{
		{"of the same title", planned(9, "[Milestone] Two", "milestone"), nil, []string{"One 1", "Two 9"}},
		{"in the same milestone", in(planned(9, "Other words", "milestone"), 2), nil, []string{"One 1", "Two 9"}},
		{"named by the description", planned(9, "Other words", "milestone"), map[int]string{2: "Tracked in (" + pm + "9)."}, []string{"One 1", "Two 9"}},
		{"its own milestone before one that only mentions it", in(planned(9, "Two", "milestone"), 2), map[int]string{1: "comes before " + pm + "9"}, []string{"One 1", "Two 9"}},
		{"its title before one that only mentions it", planned(9, "Two", "milestone"), map[int]string{1: "comes before " + pm + "9"}, []string{"One 1", "Two 9"}},
		{"alone it is a milestone", planned(9, "[Milestone] Three", "Milestone"), nil, []string{"Three 9", "One 1", "Two 2"}},
		{"titles of signs are not all one", planned(9, "🚀", "milestone"), nil, []string{"🚀 9", "One 1", "Two 2"}},
		{"an issue of another label is none", planned(9, "Two", "bug"), nil, []string{"One 1", "Two 2"}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			rm := NewRoadmap([]Milestone{goal(2, "Two"), goal(1, "One")}, tt.about, []Issue{tt.issue}, Words{})
			var got []string
			for _, m := range rm.Milestones {
				got = append(got, m.Title+" "+m.URL[len(m.URL)-1:])
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestRoadmapOrder(t *testing.T) {
	late, soon, never := goal(1, "Late"), goal(2, "Soon"), goal(3, "Never")
	alsoSoon := goal(4, "Also soon")
	late.Due, soon.Due, alsoSoon.Due = the("2024-01-01"), the("2023-10-01"), the("2023-10-01")
	milestones := []Milestone{late, never, alsoSoon, soon}
	issues := []Issue{
		planned(50, "Lost", "epic"),
		in(planned(42, "1.10: Ten", "epic"), 2), in(planned(43, "1.2: Two", "epic"), 2),
		in(planned(41, "Without number", "epic"), 2), in(planned(40, "Later", "epic"), 1),
		in(planned(44, "A milestone, labelled as an epic too", "epic", "milestone"), 3),
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(milestones), func(i, j int) { milestones[i], milestones[j] = milestones[j], milestones[i] })
		random.Shuffle(len(issues), func(i, j int) { issues[i], issues[j] = issues[j], issues[i] })
		rm := NewRoadmap(milestones, nil, issues, Words{})
		var got, epics []string
		for _, m := range rm.Milestones {
			got = append(got, m.Title)
		}
		for _, e := range rm.Epics {
			epics = append(epics, e.Title)
		}
		require.Equal(t, []string{"Soon", "Also soon", "Late", "Never"}, got, "by due date, then by number; without a date last")
		require.Equal(t, []string{"1.2: Two", "1.10: Ten", "Without number", "Later", "Lost"}, epics)
	}
}

// The report has its milestones as the newest note has them, then by due date.
func TestOrderOfMilestones(t *testing.T) {
	late, soon, never := goal(1, "Late"), goal(2, "Soon"), goal(3, "Never")
	late.Due, soon.Due = the("2024-01-01"), the("2023-10-01")
	planned := NewRoadmap([]Milestone{late, soon, never}, nil, nil, Words{})
	at := func(day string, line int, title string) Update {
		return noted(day, line, path("milestone: "+title), day)
	}
	tests := []struct {
		rule  string
		notes []Update
		want  []string
	}{
		{"without a note by due date", nil, []string{"Soon", "Late", "Never"}},
		{
			"as the newest note has them", []Update{at("2023-09-25", 1, "Never"), at("2023-09-25", 5, "Late"), at("2023-09-25", 9, "Soon")},
			[]string{"Never", "Late", "Soon"},
		},
		{
			"what an older note has counts nothing", []Update{at("2023-09-18", 1, "Never"), at("2023-09-25", 5, "Late")},
			[]string{"Late", "Soon", "Never"},
		},
		{
			"what only an older note knows comes last", []Update{at("2023-09-18", 1, "Old"), at("2023-09-25", 5, "New")},
			[]string{"New", "Soon", "Late", "Never", "Old"},
		},
		{
			"a task names no milestone", []Update{noted("2023-09-25", 1, path("area: a"), "x"), at("2023-09-18", 1, "Never")},
			[]string{"Soon", "Late", "Never"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			in := september(tt.notes...)
			in.Roadmap = planned
			var got []string
			for _, m := range compiled(t, in).Milestones {
				got = append(got, m.Title)
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestLabelOwners(t *testing.T) {
	tests := []struct {
		rule   string
		issues []Issue
		label  string
		want   string // title of what a task with the label stands under
	}{
		{"the epic that carries it", []Issue{planned(1, "One", "epic", "E:one")}, "e:ONE", "One"},
		{
			"the epic that is titled like it",
			[]Issue{planned(1, "Old", "epic", "E:new"), planned(2, "[Epic] New", "epic", "E:new", "E:old", "E:x")}, "E:new", "New",
		},
		{
			"the epic that carries fewest",
			[]Issue{planned(1, "Old", "epic", "E:shared", "E:old"), planned(2, "Young", "epic", "E:shared")}, "E:shared", "Young",
		},
		{"the oldest epic", []Issue{planned(2, "Young", "epic", "E:shared"), planned(1, "Old", "epic", "E:shared")}, "E:shared", "Old"},
		{"a milestone on whose issue it is", []Issue{planned(1, "[Milestone] Goal", "milestone", "E:goal")}, "E:goal", "Goal"},
		{
			"a milestone before an epic of another title",
			[]Issue{planned(1, "Epic", "epic", "E:goal"), planned(2, "[Milestone] Goal", "milestone", "E:goal")}, "E:goal", "Goal",
		},
		{
			"an epic of its title before a milestone",
			[]Issue{planned(1, "Shards", "epic", "E:shards"), planned(2, "[Milestone] Goal", "milestone", "E:shards")}, "E:shards", "Shards",
		},
		{"nobody", []Issue{planned(1, "One", "epic", "E:one")}, "E:two", "two"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			input := september(comment("2023-09-07", "7", "done"))
			input.Roadmap, input.Issues = NewRoadmap(nil, nil, tt.issues, Words{}), []Issue{issue(7, "Task", tt.label)}
			require.Equal(t, []string{tt.want + " > Task | achieved: done"}, told(compiled(t, input)))
		})
	}
}
