package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A note's own summary of its week is told beside the milestones, as it was said,
// and is counted like everything else.
func TestHighlights(t *testing.T) {
	summary := func(day, text string, path ...Heading) Update {
		return Update{
			Source: Source{Note: day, Line: 3}, Date: on(day), Summary: true, Path: path,
			Items: []Item{{Kind: Note, Text: text, Line: 4}, {Kind: Note, Text: "web:", LeftOut: EmptyLabel}},
		}
	}
	days := []Day{the("2023-09-04"), the("2023-09-11"), the("2023-10-02")}
	in := Input{Month: YearMonth{2023, 9}, Calendar: NewCalendar(days, false), Updates: []Update{
		summary("2023-09-11", "said each week"), summary("2023-10-02", "of another month"),
		summary("2023-09-04", "said each week", Heading{Title: "Team A"}),
	}}
	r, err := Month(in, nil)
	require.NoError(t, err)
	require.Equal(t, "4 read = 2 placed + 0 merged + 2 left out", r.Ledger.String())
	require.Empty(t, r.Milestones)
	require.Empty(t, r.Other)
	require.Len(t, r.Highlights, 2)
	first, second := r.Highlights[0], r.Highlights[1]
	require.Equal(t, "Team A", first.Under)
	require.Equal(t, days[:1], first.Weeks)
	require.Equal(t, []Source{{Note: "2023-09-04", Line: 4, Week: days[0]}}, first.Sources)
	require.Equal(t, days[1:2], second.Weeks)
	require.Equal(t, 1, r.Weeks[0].Updates)
}
