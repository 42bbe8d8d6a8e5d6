package compile

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A report names those who wrote what counts, each once, and no other.
func TestAuthors(t *testing.T) {
	r, err := Month(Input{Month: YearMonth{Year: 2023, Month: 9}, Updates: []Update{
		{Author: "b", LeftOut: SaysNothing}, {Author: "c"}, {Author: "a"}, {Author: "c"}, {Source: Source{Note: "2023-09-04"}},
	}}, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "c"}, r.Authors)
}

// Those to whom issues are assigned are known too.
func TestAssigneesAreKnown(t *testing.T) {
	r, err := Month(Input{Month: YearMonth{Year: 2023, Month: 9}, Issues: []Issue{{Assignees: []string{"b", "a"}}, {}}}, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, r.Authors)
}
