package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// sub makes an issue a sub-issue of another of the planning repository.
func sub(i Issue, parent int) Issue {
	i.Parent = Ref{Repo{"waku-org", "pm"}, parent}
	return i
}

// typed gives an issue a type.
func typed(i Issue, name string) Issue {
	i.Type = name
	return i
}

func TestWhatIsAnEpic(t *testing.T) {
	tests := []struct {
		rule  string
		words Words
		issue Issue
		want  bool
	}{
		{"a label", Words{}, planned(5, "X", "Epic"), true},
		{"another word for it", Words{}, planned(5, "X", "deliverable"), true},
		{"a word of the project", Words{Epic: "Track"}, planned(5, "X", "track"), true},
		{"a type", Words{}, typed(planned(5, "X"), "Deliverable"), true},
		{"a type of the project's word", Words{Epic: "Track"}, typed(planned(5, "X"), "Track"), true},
		{"a sub-issue of the milestone's issue", Words{}, sub(planned(5, "X"), 1), true},
		{"a task below the milestone's issue", Words{}, typed(sub(planned(5, "X"), 1), "Task"), false},
		{"a sub-issue of another", Words{}, sub(planned(5, "X"), 2), false},
		{"another label", Words{}, planned(5, "X", "track"), false},
		{"a milestone is not an epic too", Words{}, planned(5, "X", "milestone", "epic"), false},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			rm := NewRoadmap(nil, nil, []Issue{planned(1, "Goal", "milestone"), planned(2, "Other", "bug"), tt.issue}, tt.words)
			require.Equal(t, tt.want, len(rm.Epics) == 1)
		})
	}
}

// An epic stands under the milestone of the nearest parent that has one.
func TestMilestoneOfAnEpicByItsParents(t *testing.T) {
	epic := sub(planned(5, "Inner", "epic"), 4)
	rm := NewRoadmap([]Milestone{goal(1, "One"), goal(2, "Two")}, nil, []Issue{
		in(planned(1, "Goal", "milestone"), 2), sub(planned(4, "Outer", "epic"), 1), epic,
	}, Words{})
	require.Equal(t, []int{1, 1}, []int{rm.Epics[0].Milestone, rm.Epics[1].Milestone})
	circle := NewRoadmap(nil, nil, []Issue{sub(planned(4, "A", "epic"), 5), sub(planned(5, "B", "epic"), 4)}, Words{})
	require.Equal(t, []int{-1, -1}, []int{circle.Epics[0].Milestone, circle.Epics[1].Milestone})
}

func TestParentsPlaceATask(t *testing.T) {
	tests := []struct {
		rule  string
		about []Issue
		want  string
	}{
		{"its parent is an epic", []Issue{sub(issue(1, "T"), 22)}, "Platforms > REST > T | achieved: x"},
		{"its parent's parent is an epic", []Issue{sub(issue(1, "T"), 90), sub(planned(90, "Step"), 22)}, "Platforms > REST > T | achieved: x"},
		{"a label comes first", []Issue{sub(issue(1, "T", "E:NodeJS"), 22)}, "Platforms > NodeJS > T | achieved: x"},
		{"a label of its parent", []Issue{sub(issue(1, "T"), 90), planned(90, "Step", "E:NodeJS")}, "Platforms > NodeJS > T | achieved: x"},
		{"its parent is a milestone's issue", []Issue{sub(issue(1, "T"), 10)}, "Million users > T | achieved: x"},
		{"parents that lead nowhere", []Issue{sub(issue(1, "T"), 90), sub(planned(90, "Step"), 90)}, "Other > T | achieved: x"},
		{"a parent that is not known", []Issue{sub(issue(1, "T"), 91)}, "Other > T | achieved: x"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			input := september(comment("2023-09-07", "1", "x"))
			input.Roadmap, input.Issues = roadmap(), tt.about
			require.Equal(t, []string{tt.want}, told(compiled(t, input)))
		})
	}
}

// What was dropped is over, and not finished; nor is it past due.
func TestDroppedIsNotFinished(t *testing.T) {
	for state, want := range map[string][]bool{ // finished, dropped, past due
		"closed": {true, false, false}, StateDropped: {false, true, false}, "open": {false, false, true},
	} {
		epic := planned(1, "One", "epic")
		epic.State, epic.Closed, epic.Target = state, on("2023-09-10"), the("2023-09-12")
		input := september()
		input.Roadmap = NewRoadmap(nil, nil, []Issue{epic}, Words{})
		s := compiled(t, input).Other[0]
		require.Equal(t, want, []bool{s.Finished, s.Dropped, s.PastDue}, state)
	}
	epic := planned(1, "One", "epic")
	epic.State, epic.Closed = StateDropped, on("2023-08-10")
	input := september()
	input.Roadmap = NewRoadmap(nil, nil, []Issue{epic}, Words{})
	require.Empty(t, compiled(t, input).Other, "it was dropped before the month")
}

// A milestone without a date is due when its issue is.
func TestTargetDateOfAMilestone(t *testing.T) {
	i := in(planned(9, "Goal", "milestone"), 1)
	i.Target = the("2023-12-01")
	rm := NewRoadmap([]Milestone{goal(1, "One")}, nil, []Issue{i}, Words{})
	require.Equal(t, the("2023-12-01"), rm.Milestones[0].Due)
	dated := goal(1, "One")
	dated.Due = the("2023-11-01")
	rm = NewRoadmap([]Milestone{dated}, nil, []Issue{i}, Words{})
	require.Equal(t, the("2023-11-01"), rm.Milestones[0].Due)
}
