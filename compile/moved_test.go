package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What notes say in the same words at two places in different weeks is told at one.
func TestWhatMovedIsToldOnce(t *testing.T) {
	const text = "next: deprecate the old way of synchronising"
	goal, upkeep := path("milestone: Goal"), path("area: Upkeep")
	for _, tt := range []struct {
		rule string
		said []Update
		want []string
	}{
		{
			"under a milestone before other work",
			[]Update{noted("2023-09-04", 1, upkeep, "a", text), noted("2023-09-11", 1, upkeep, text), noted("2023-09-18", 1, goal, text)},
			[]string{"Goal | next: deprecate the old way of synchronising", "Upkeep | achieved: a"},
		},
		{
			"where most weeks have it",
			[]Update{noted("2023-09-04", 1, path("milestone: Aim"), text), noted("2023-09-11", 1, path("milestone: Aim"), text), noted("2023-09-18", 1, goal, "a", text)},
			[]string{"Goal | achieved: a", "Aim | next: deprecate the old way of synchronising"},
		},
		{
			"where the newest week has it",
			[]Update{noted("2023-09-04", 1, path("milestone: Aim"), "a", text), noted("2023-09-18", 1, goal, text)},
			[]string{"Goal | next: deprecate the old way of synchronising", "Aim | achieved: a"},
		},
		{
			"twice, if one note has it at both places",
			[]Update{noted("2023-09-04", 1, goal, "a", text), noted("2023-09-04", 9, upkeep, "b", text)},
			[]string{"Goal | achieved: a", "Goal | next: deprecate the old way of synchronising", "Upkeep | achieved: b", "Upkeep | next: deprecate the old way of synchronising"},
		},
		{
			"twice, if it is said so often of anything",
			[]Update{noted("2023-09-04", 1, goal, "a", "fixed the tests"), noted("2023-09-11", 9, upkeep, "b", "fixed the tests")},
			[]string{"Goal | achieved: a", "Goal | achieved: fixed the tests", "Upkeep | achieved: b", "Upkeep | achieved: fixed the tests"},
		},
		{
			"twice, if a title would be left without a word",
			[]Update{noted("2023-09-04", 1, path("area: Docs"), text), noted("2023-09-11", 9, upkeep, text)},
			[]string{"Docs | next: deprecate the old way of synchronising", "Upkeep | next: deprecate the old way of synchronising"},
		},
		{
			"twice, if it is a plan and then done",
			[]Update{noted("2023-09-04", 1, goal, "a", text), noted("2023-09-11", 9, upkeep, "deprecate the old way of synchronising")},
			[]string{"Goal | achieved: a", "Goal | next: deprecate the old way of synchronising", "Upkeep | achieved: deprecate the old way of synchronising"},
		},
	} {
		r := compiled(t, september(tt.said...))
		require.Equal(t, tt.want, told(r), tt.rule)
	}
}
