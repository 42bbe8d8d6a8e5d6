package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Who is left out is named when more are left out than count.
func TestOutsiders(t *testing.T) {
	by := func(author, when, issue string) Update {
		u := comment(when, issue, "x")
		u.Author, u.LeftOut = author, Untrusted
		return u
	}
	insider := comment("2023-09-07", "1", "y")
	require.Empty(t, findings(compiled(t, september(insider, by("bob", "2023-09-07", "2")))))
	require.Equal(t, []string{
		"comments: 3 updates are left out as their authors are not trusted, and 1 count: " +
			"eve 2 (waku-org/nwaku#3#2023-09-07), bob 1 (waku-org/nwaku#2#2023-09-07): if they belong to the team, trust them",
	}, findings(compiled(t, september(insider, by("bob", "2023-09-07", "2"), by("eve", "2023-09-07", "3"), by("eve", "2023-09-14", "3")))))
}
