package sources

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTeamIn(t *testing.T) {
	for rest, want := range map[string]string{
		"":                   "",
		"-ops":               "ops",
		"-weekly-update-ops": "ops",
		"_data.platform":     "data platform",
		"-2":                 "",
		"-ops-2":             "ops",
		" (3)":               "",
	} {
		require.Equal(t, want, teamIn(rest), rest)
	}
}
