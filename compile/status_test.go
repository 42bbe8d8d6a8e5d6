package compile

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestProjectStatusesOfTheMonth(t *testing.T) {
	status := func(number int, day string, health Health, target string) Status {
		s := Status{Number: number, Title: "P", Health: health, Date: on(day)}
		if target != "" {
			s.Target = the(target)
		}
		return s
	}
	in := september()
	in.Statuses = []Status{
		status(2, "2023-09-20", AtRisk, "2024-01-01"),
		status(1, "2023-10-20", OffTrack, "2024-03-01"),
		status(1, "2023-09-21", AtRisk, "2023-12-31"),
		status(1, "2023-09-14", OnTrack, ""),
		status(1, "2023-08-10", OnTrack, "2023-10-31"),
	}
	slices.Reverse(in.Statuses)
	var got []string
	for _, s := range compiled(t, in).Statuses {
		got = append(got, s.Week.String()+" "+string(s.Health)+" "+s.From.String()+" → "+s.Target.String())
	}
	require.Equal(t, []string{
		"2023-09-18 on_track  → ",
		"2023-09-25 at_risk 2023-10-31 → 2023-12-31",
		"2023-09-25 at_risk  → 2024-01-01",
	}, got)
}
