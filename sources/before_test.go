package sources

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// readBefore reads what is at hand of the month before the run's, and gives the number
// of updates that are comments.
func (r *run) readBefore() (in *compile.Input, comments int) {
	r.t.Helper()
	require.NoError(r.t, r.with(func(reader *Reader) (err error) {
		in, err = reader.Before(r.ctx, r.month)
		return err
	}))
	if in != nil {
		for _, u := range in.Updates {
			if u.Source.URL != "" {
				comments++
			}
		}
	}
	return in, comments
}

// The month before is taken from what is at hand, and GitHub is not asked for it.
func TestBefore(t *testing.T) {
	r := newRun(t)
	last := r.month.Add(-1)

	in, comments := r.readBefore()
	require.NotNil(t, in, "its notes are there")
	require.Equal(t, last, in.Month)
	require.NotEmpty(t, in.Updates)
	require.Zero(t, comments, "the archive does not hold it")

	month := r.month
	r.month = last
	_, _, err := r.read()
	require.NoError(t, err)
	r.month = month
	r.offline = true
	in, comments = r.readBefore()
	require.Equal(t, last, in.Month)
	require.NotZero(t, comments, "now the archive holds it")

	r.offline, r.dir = false, t.TempDir()
	r.project.Notes = Folder{Name: "empty", FS: fstest.MapFS{}}
	in, _ = r.readBefore()
	require.Nil(t, in, "there is neither")
}

// Who was heard before a month is known only if the archive reaches back that far.
func TestHeard(t *testing.T) {
	r := newRun(t)
	in, _, err := r.read()
	require.NoError(t, err)
	require.Empty(t, in.Heard, "the archive begins with the month")
	r.month = r.month.Add(-1)
	_, _, err = r.read()
	require.NoError(t, err)
	r.month = r.month.Add(1)
	in, _, err = r.read()
	require.NoError(t, err)
	require.NotEmpty(t, in.Heard)
}
