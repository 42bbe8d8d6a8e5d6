package compile

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlace(t *testing.T) {
	inSharding := "Million users > 1.1: Sharding > "
	tests := []struct {
		rule   string
		said   []Update
		issues []Issue
		want   []string
	}{
		{"a comment stands under the epic of its issue's label", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "bug", "E:1.1: Sharding")}, []string{inSharding + "T | achieved: x"}},
		{"labels know no case", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "e:1.1: SHARDING")}, []string{inSharding + "T | achieved: x"}},
		{"a comment on an epic stands on the epic", []Update{comment("2023-09-07", "pm#11", "x")}, nil, []string{"Million users > 1.1: Sharding | achieved: x"}},
		{"a comment on a tracking issue stands on the milestone", []Update{comment("2023-09-07", "pm#10", "x")}, nil, []string{"Million users | achieved: x"}},
		{"the label of a milestone places a task on the milestone", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "E:million")}, []string{"Million users > T | achieved: x"}},
		{"an epic without a milestone is other work", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "E:Quality")}, []string{"Quality > T | achieved: x"}},
		{"a label that nobody knows is an epic of its own", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "E:Mystery")}, []string{"Mystery > T | achieved: x"}},
		{"a task of several epics is told under the first of the roadmap", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "E:REST", "E:1.2: Discovery", "E:1.1: Sharding")}, []string{inSharding + "T | achieved: x"}},
		{"an epic is told before its milestone", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "E:million", "E:1.2: Discovery")}, []string{"Million users > 1.2: Discovery > T | achieved: x"}},
		{"an epic of a milestone comes before one without", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T", "E:Quality", "E:REST")}, []string{"Platforms > REST > T | achieved: x"}},
		{"other work is grouped by the kind of its labels", []Update{comment("2023-09-07", "1", "x"), comment("2023-09-07", "2", "y")}, []Issue{issue(1, "T", "bug"), issue(2, "S", "documentation")}, []string{"Bugs > T | achieved: x", "Documentation > S | achieved: y"}},
		{"what nothing places is other work", []Update{comment("2023-09-07", "1", "x")}, []Issue{issue(1, "T")}, []string{"Other > T | achieved: x"}},
		{"an issue that could not be read is told by its number", []Update{comment("2023-09-07", "1", "x")}, nil, []string{"Other > waku-org/nwaku#1 | achieved: x"}},
		{
			"a note's title stands when the issue could not be read",
			[]Update{noted("2023-09-11", 1, path("area: nwaku", "task: Filter @ "+nwaku+"1"), "x"), comment("2023-09-07", "1", "y")}, nil,
			[]string{"nwaku > Filter | achieved: x", "nwaku > Filter | achieved: y"},
		},
		{
			"a comment goes where its note has the task",
			[]Update{noted("2023-09-11", 1, path("milestone: Goal", "epic: Piece", "task: T @ "+nwaku+"1"), "x"), comment("2023-09-14", "1", "y")}, nil,
			[]string{"Goal > Piece > T | achieved: x", "Goal > Piece > T | achieved: y"},
		},
		{
			"a task that moves in the month is told where most notes have it",
			[]Update{
				noted("2023-09-11", 1, path("epic: REST", "task: T @ "+nwaku+"1"), "x"), comment("2023-09-07", "1", "x2"),
				noted("2023-09-18", 1, path("epic: NodeJS", "task: T @ "+nwaku+"1"), "y"), comment("2023-09-14", "1", "y2"),
				noted("2023-09-25", 1, path("epic: REST", "task: T @ "+nwaku+"1"), "z"),
			}, nil,
			[]string{"Platforms > REST > T | achieved: x", "Platforms > REST > T | achieved: x2", "Platforms > REST > T | achieved: y", "Platforms > REST > T | achieved: y2", "Platforms > REST > T | achieved: z"},
		},
		{
			"a task that moves in the month is told where the newest note has it, if as many have it at each place",
			[]Update{noted("2023-09-11", 1, path("epic: REST", "task: T @ "+nwaku+"1"), "x"), noted("2023-09-18", 1, path("epic: NodeJS", "task: T @ "+nwaku+"1"), "y")}, nil,
			[]string{"Platforms > NodeJS > T | achieved: x", "Platforms > NodeJS > T | achieved: y"},
		},
		{
			"a task whose heading is forgotten in some weeks is told under its epic",
			[]Update{
				noted("2023-09-11", 1, path("epic: REST", "task: T @ "+nwaku+"1"), "x"),
				noted("2023-09-18", 1, path("area: web", "task: T @ "+nwaku+"1"), "y"), noted("2023-09-25", 1, path("area: web", "task: T @ "+nwaku+"1"), "z"),
			}, nil,
			[]string{"Platforms > REST > T | achieved: x", "Platforms > REST > T | achieved: y", "Platforms > REST > T | achieved: z"},
		},
		{
			"an epic whose milestone is forgotten in some weeks is told under it",
			[]Update{noted("2023-09-11", 1, path("milestone: Goal", "epic: Piece @ "+pm+"77"), "x"), noted("2023-09-18", 1, path("area: web", "epic: Piece @ "+pm+"77"), "y"), noted("2023-09-25", 1, path("epic: Piece"), "z")}, nil,
			[]string{"Goal > Piece | achieved: x", "Goal > Piece | achieved: y", "Goal > Piece | achieved: z"},
		},
		{
			"an entry right below a milestone is the epic that another note has there",
			[]Update{noted("2023-09-11", 1, path("milestone: Goal @ goal.md", "epic: Piece"), "x"), noted("2023-09-18", 1, path("milestone: Goal @ https://github.com/waku-org/pm/milestone/9", "task: Piece"), "y")}, nil,
			[]string{"Goal > Piece | achieved: x", "Goal > Piece | achieved: y"},
		},
		{
			"an entry below an epic is not another epic of its title",
			[]Update{noted("2023-09-11", 1, path("milestone: Goal", "epic: Docs"), "x"), noted("2023-09-18", 1, path("milestone: Goal", "epic: Piece", "task: Docs"), "y")}, nil,
			[]string{"Goal > Docs | achieved: x", "Goal > Piece > Docs | achieved: y"},
		},
		{
			"an epic without a milestone is not that of one of two milestones",
			[]Update{noted("2023-09-11", 1, path("milestone: Goal", "epic: Piece"), "x"), noted("2023-09-11", 5, path("milestone: Aim", "epic: Piece"), "y"), noted("2023-09-18", 1, path("epic: Piece"), "z")}, nil,
			[]string{"Goal > Piece | achieved: x", "Aim > Piece | achieved: y", "Piece | achieved: z"},
		},
		{
			"a milestone's page of the site is its own in every folder, whatever the title of the week",
			[]Update{noted("2023-09-11", 1, path("milestone: One @ /web/milestones/open/2023-one.md"), "x"), noted("2023-09-18", 5, path("milestone: The first @ 2023-one.md#goals"), "y"), noted("2023-09-25", 5, path("area: The First"), "z")}, nil,
			[]string{"The First | achieved: x", "The First | achieved: y", "The First | achieved: z"},
		},
		{
			"a milestone whose title has changed is the one from which its page has its name",
			[]Update{noted("2023-09-11", 1, path("milestone: Faster Sync of Maps @ https://github.com/waku-org/pm/milestone/9"), "x"), noted("2023-09-18", 5, path("milestone: Sync @ 2023-faster-sync-of-maps.md"), "y")}, nil,
			[]string{"Sync | achieved: x", "Sync | achieved: y"},
		},
		{
			"an issue that is an epic in one note and a heading without a milestone in another is one epic",
			[]Update{noted("2023-09-11", 1, path("milestone: Piece @ "+pm+"77"), "x"), noted("2023-09-18", 5, path("milestone: Goal", "epic: Piece @ "+pm+"77"), "y")}, nil,
			[]string{"Goal > Piece | achieved: x", "Goal > Piece | achieved: y"},
		},
		{
			"a milestone linked by its page one week and on GitHub the next is one",
			[]Update{noted("2023-09-11", 1, path("milestone: One @ 2023-one.md"), "x"), noted("2023-09-18", 5, path("milestone: One @ https://github.com/waku-org/pm/milestone/9"), "y")}, nil,
			[]string{"One | achieved: x", "One | achieved: y"},
		},
		{
			"an address that is copied to another milestone does not make it one with the first",
			[]Update{
				noted("2023-09-11", 1, path("milestone: One @ 2023-one.md"), "x"), noted("2023-09-11", 5, path("milestone: Two @ 2023-one.md"), "y"),
				noted("2023-09-18", 1, path("milestone: Two @ 2023-one.md"), "z"), noted("2023-09-25", 1, path("milestone: Two @ 2023-two.md"), "v"),
			}, nil,
			[]string{"Two | achieved: y", "Two | achieved: z", "Two | achieved: v", "One | achieved: x"},
		},
		{"the labels of an issue win over its note's headings", []Update{noted("2023-09-11", 1, path("epic: REST", "task: T @ "+nwaku+"1"), "x")}, []Issue{issue(1, "T", "E:1.1: Sharding")}, []string{inSharding + "T | achieved: x"}},
		{"a note entry is placed by its epic's address", []Update{noted("2023-09-11", 1, path("epic: Whatever @ "+pm+"11", "task: T"), "x")}, nil, []string{inSharding + "T | achieved: x"}},
		{"a note entry is placed by its own labels", []Update{labelled(noted("2023-09-11", 1, path("area: nwaku", "task: T"), "x"), "E:1.1: Sharding")}, nil, []string{inSharding + "T | achieved: x"}},
		{"a note entry is placed by the title of its heading", []Update{noted("2023-09-11", 1, path("epic: 1.1 sharding", "task: T"), "x")}, nil, []string{inSharding + "T | achieved: x"}},
		{"Milestone - X is X", []Update{noted("2023-09-11", 1, path("milestone: Milestone - Million users"), "x")}, nil, []string{"Million users | achieved: x"}},
		{"[Milestone] X is X", []Update{noted("2023-09-11", 1, path("area: [Milestone] Million users"), "x")}, nil, []string{"Million users | achieved: x"}},
		{"a milestone's page means it", []Update{noted("2023-09-11", 1, path("milestone: Users @ https://github.com/waku-org/pm/milestone/1?closed=1"), "x")}, nil, []string{"Million users | achieved: x"}},
		{"milestones with numbered titles are several", []Update{noted("2023-09-11", 1, path("milestone: Phase #1"), "x"), noted("2023-09-11", 5, path("milestone: Phase #2"), "x")}, nil, []string{"Phase #1 | achieved: x", "Phase #2 | achieved: x"}},
		{"a milestone of a note that is called by a number is itself", []Update{noted("2023-09-11", 1, path("milestone: 1"), "x"), noted("2023-09-11", 5, path("milestone: Million users"), "y")}, nil, []string{"1 | achieved: x", "Million users | achieved: y"}},
		{"an epic of a note that is called by a number is itself", []Update{noted("2023-09-11", 1, path("milestone: Platforms", "epic: 1"), "x")}, nil, []string{"Platforms > 1 | achieved: x"}},
		{"an epic of a title under another milestone is another epic", []Update{noted("2023-09-11", 1, path("milestone: Million users", "epic: REST"), "x"), noted("2023-09-11", 5, path("milestone: Platforms", "epic: REST"), "y")}, nil, []string{"Million users > REST | achieved: x", "Platforms > REST | achieved: y"}},
		{"an epic of which GitHub knows no milestone is where the notes have it", []Update{noted("2023-09-11", 1, path("milestone: Platforms", "epic: Quality"), "x")}, nil, []string{"Platforms > Quality | achieved: x"}},
		{"an epic that GitHub knows is meant under a milestone that GitHub does not know", []Update{noted("2023-09-11", 1, path("milestone: Dreams", "epic: REST"), "x")}, nil, []string{"Platforms > REST | achieved: x"}},
		{
			"one page under two titles of a note is two milestones",
			[]Update{noted("2023-09-11", 1, path("milestone: One @ "+pm+"77"), "x"), noted("2023-09-11", 5, path("milestone: Two @ "+pm+"77"), "x")}, nil,
			[]string{"One | achieved: x", "Two | achieved: x"},
		},
		{
			"one page under two titles of two weeks is one milestone, by its last title",
			[]Update{noted("2023-09-11", 1, path("milestone: One @ "+pm+"77"), "x"), noted("2023-09-18", 5, path("milestone: Two @ "+pm+"77"), "x")}, nil,
			[]string{"Two | achieved: x"},
		},
		{"work outside of all epics is grouped by its headings", []Update{noted("2023-09-11", 1, path("area: Research", "area: Proofs"), "x"), noted("2023-09-11", 5, path("area: Research", "area: Other"), "y")}, nil, []string{"Proofs | achieved: x", "Research | achieved: y"}},
		{"a heading that is a kind of work is that group", []Update{noted("2023-09-11", 1, path("area: Bugs"), "x"), comment("2023-09-07", "1", "y")}, []Issue{issue(1, "T", "bug")}, []string{"Bugs | achieved: x", "Bugs > T | achieved: y"}},
		{
			"parts of two tasks are not one by their title",
			[]Update{
				noted("2023-09-11", 1, path("milestone: Goal", "epic: Piece", "task: Filter", "task: Tests"), "added tests"),
				noted("2023-09-11", 5, path("milestone: Goal", "epic: Piece", "task: Store", "task: Tests"), "added tests"),
			}, nil,
			[]string{"Goal > Piece > Tests | achieved: added tests", "Goal > Piece > Tests | achieved: added tests"},
		},
		{
			"tasks without a page are not one in two areas",
			[]Update{
				noted("2023-09-11", 1, path("area: nwaku", "milestone: Goal @ "+pm+"77", "task: Tests"), "added tests"),
				noted("2023-09-11", 5, path("area: js-waku", "milestone: Goal @ "+pm+"77", "task: Tests"), "added tests"),
			}, nil,
			[]string{"Goal > Tests | achieved: added tests", "Goal > Tests | achieved: added tests"},
		},
		{
			"nothing is merged between two tasks",
			[]Update{comment("2023-09-07", "1", "released the thing"), comment("2023-09-07", "2", "released the thing"), noted("2023-09-11", 1, path("epic: REST", "task: R"), "released the thing")},
			[]Issue{issue(1, "T", "E:REST"), issue(2, "S", "E:REST")},
			[]string{"Platforms > REST > R | achieved: released the thing", "Platforms > REST > T | achieved: released the thing", "Platforms > REST > S | achieved: released the thing"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			input := september(tt.said...)
			input.Roadmap, input.Issues = roadmap(), tt.issues
			require.Equal(t, tt.want, told(compiled(t, input)))
		})
	}
}

func TestOtherEpicsMentionATask(t *testing.T) {
	input := september(comment("2023-09-07", "1", "x"), comment("2023-09-14", "1", "y"))
	input.Roadmap, input.Issues = roadmap(), []Issue{issue(1, "T", "E:REST", "E:1.1: Sharding")}
	r := compiled(t, input)
	rest := r.Milestones[1].Epics[1]
	require.Equal(t, "REST", rest.Title)
	require.Len(t, rest.Also, 1)
	require.Equal(t, "T", rest.Also[0].Task.Title)
	require.Equal(t, "1.1: Sharding", rest.Also[0].Under)
	require.Empty(t, rest.Also[0].Task.Statements)
	require.True(t, rest.Empty())
}

func TestClosedEpicsAreTold(t *testing.T) {
	tests := []struct {
		rule, closed string
		shown        bool
	}{
		{"an epic that closed before the month is not told", "2023-08-10", false},
		{"an epic that closed in the month is told", "2023-09-10", true},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			epic := planned(1, "One", "epic")
			epic.State, epic.Closed = "closed", on(tt.closed)
			input := september()
			input.Roadmap = NewRoadmap(nil, nil, []Issue{epic}, Words{})
			require.Equal(t, tt.shown, len(compiled(t, input).Other) == 1)
		})
	}
}

// What comments say on tasks and a note says directly on their epic.
func TestJoinAcross(t *testing.T) {
	epic := path("milestone: Platforms", "epic: REST")
	tests := []struct {
		rule string
		said []Update
		want []string
	}{
		{"a note on the epic tells a comment on its task", []Update{noted("2023-09-11", 1, epic, "Merged it all"), comment("2023-09-07", "1", "merged it all")}, []string{"Platforms > REST | achieved: Merged it all"}},
		{"a note on the milestone tells a comment on a task", []Update{noted("2023-09-11", 1, epic[:1], "Merged it all"), comment("2023-09-07", "1", "merged it all")}, []string{"Platforms | achieved: Merged it all"}},
		{"free text of the note takes the comment's kind", []Update{noted("2023-09-11", 1, epic, "note: merged it all"), comment("2023-09-07", "1", "merged it all")}, []string{"Platforms > REST | achieved: merged it all"}},
		{"a note on an epic tells a comment on a task without one", []Update{noted("2023-09-11", 1, epic, "the whole API is described"), comment("2023-09-07", "3", "the whole API is described")}, []string{"Platforms > REST | achieved: the whole API is described"}},
		{"short words on a task without an epic are not joined", []Update{noted("2023-09-11", 1, epic, "merged it all"), comment("2023-09-07", "3", "merged it all")}, []string{"Platforms > REST | achieved: merged it all", "Other > waku-org/nwaku#3 | achieved: merged it all"}},
		{"other words are not joined", []Update{noted("2023-09-11", 1, epic, "merged it"), comment("2023-09-07", "1", "merged it all")}, []string{"Platforms > REST | achieved: merged it", "Platforms > REST > T | achieved: merged it all"}},
		{"other weeks are not joined", []Update{noted("2023-09-18", 1, epic, "merged it all"), comment("2023-09-07", "1", "merged it all")}, []string{"Platforms > REST | achieved: merged it all", "Platforms > REST > T | achieved: merged it all"}},
		{
			"what two tasks say alike is not joined",
			[]Update{noted("2023-09-11", 1, epic, "merged it all"), comment("2023-09-07", "1", "merged it all"), comment("2023-09-07", "2", "merged it all")},
			[]string{"Platforms > REST | achieved: merged it all", "Platforms > REST > T | achieved: merged it all", "Platforms > REST > S | achieved: merged it all"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			input := september(tt.said...)
			input.Roadmap, input.Issues = roadmap(), []Issue{issue(1, "T", "E:REST"), issue(2, "S", "E:REST")}
			r := compiled(t, input)
			require.Equal(t, tt.want, told(r))
			require.Equal(t, r.Ledger.Read, r.Ledger.Placed+r.Ledger.Merged)
		})
	}
}

func TestJoinAcrossKeepsAllWeeks(t *testing.T) {
	input := september(
		noted("2023-09-11", 1, path("epic: REST"), "merged it all"),
		comment("2023-09-07", "1", "merged it all"), comment("2023-09-14", "1", "merged it all"),
	)
	input.Roadmap, input.Issues = roadmap(), []Issue{issue(1, "T", "E:REST")}
	r := compiled(t, input)
	s := r.Milestones[1].Epics[1].Statements[0]
	require.Equal(t, days("2023-09-11", "2023-09-18"), s.Weeks)
	require.Len(t, s.Sources, 3)
	require.Equal(t, "[0 1 1 0]", fmt.Sprint([]int{r.Weeks[0].Updates, r.Weeks[1].Updates, r.Weeks[2].Updates, r.Weeks[3].Updates}))
}
