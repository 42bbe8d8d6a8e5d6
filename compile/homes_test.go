package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A milestone or an epic from which the month takes its only piece is not silent: it
// says where that is told.
func TestWhatIsToldElsewhereIsMentioned(t *testing.T) {
	mentioned := func(all []Mention) (lines []string) {
		for _, m := range all {
			lines = append(lines, m.Task.Title+" under "+m.Under)
		}
		return lines
	}
	r := compiled(t, september(
		noted("2023-09-04", 1, path("milestone: Old Goal", "epic: Piece @ "+pm+"77"), "x"),
		noted("2023-09-11", 1, path("milestone: New Goal", "epic: Piece @ "+pm+"77"), "y"),
		noted("2023-09-11", 5, path("milestone: New Goal", "epic: Other piece @ "+pm+"78", "task: T @ "+nwaku+"1"), "z"),
		noted("2023-09-18", 1, path("milestone: New Goal", "epic: Piece @ "+pm+"77"), "v"),
		noted("2023-09-18", 5, path("milestone: New Goal", "task: T @ "+nwaku+"1"), "w"),
		noted("2023-09-25", 1, path("milestone: Third Goal", "task: T @ "+nwaku+"1"), "u"),
	))
	require.Len(t, r.Milestones, 3)
	third, old, now := r.Milestones[0], r.Milestones[1], r.Milestones[2]
	require.Equal(t, "Old Goal", old.Title)
	require.True(t, old.Empty())
	require.Equal(t, []string{"Piece under New Goal"}, mentioned(old.Also))
	require.Empty(t, third.Also)
	require.Equal(t, []string{"T under Third Goal"}, mentioned(now.Also))
	require.Equal(t, []string{"T under Third Goal"}, mentioned(now.Epics[1].Also))
	for _, q := range r.Silent {
		require.NotEqual(t, "Old Goal", q.Milestone.Title)
	}
}
