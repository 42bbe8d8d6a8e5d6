package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The day that the marker of a comment names decides its week and month, and not the
// day on which it was written.
func TestDatedMarkersDecideTheWeek(t *testing.T) {
	dated := func(written, day, text string) Update {
		u := comment(written, "1", text)
		u.Dated = the(day)
		return u
	}
	in := september(dated("2023-09-13 10:00", "2023-09-08", "late by a week"), dated("2023-09-29 10:00", "2023-10-03", "of October"), dated("2023-08-24 10:00", "2023-08-31", "early"))
	r := compiled(t, in)
	weeks := map[string][]Day{}
	for _, s := range r.All {
		weeks[s.Text] = s.Weeks
	}
	require.Equal(t, map[string][]Day{"late by a week": {the("2023-09-11")}, "early": {the("2023-09-04")}}, weeks)
}
