package sources

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// counting counts how often each file is read.
type counting struct {
	fs.FS
	mu   sync.Mutex
	read map[string]int
}

func (c *counting) Open(name string) (fs.File, error) {
	c.mu.Lock()
	c.read[name]++
	c.mu.Unlock()
	return c.FS.Open(name)
}

// countReads lets a test see which files of an archive are read from disk.
func countReads(a *Archive) map[string]int {
	c := &counting{FS: a.fsys, read: map[string]int{}}
	a.fsys = c
	return c.read
}

func TestEachFileIsReadOnceARun(t *testing.T) {
	r := newRun(t)
	for _, state := range []string{"new", "final", "read anew", "offline"} {
		r.offline, r.project.Refresh = state == "offline", state == "read anew"
		err := r.with(func(reader *Reader) error {
			reads := countReads(reader.archive)
			for _, month := range []string{"2025-03", "2025-04"} {
				if _, _, err := reader.Month(r.ctx, monthOf(t, month)); err != nil {
					return err
				}
			}
			require.Greater(t, len(reads), 5)
			for file, n := range reads {
				require.Equal(t, 1, n, "%s: %s", state, file)
			}
			return nil
		})
		require.NoError(t, err)
	}
}

func TestEachCommentIsLookedAtOnceARun(t *testing.T) {
	r := newRun(t)
	r.login()
	for _, state := range []string{"new", "final"} {
		require.NoError(t, r.with(func(reader *Reader) error {
			var mu sync.Mutex
			looks := map[string]int{}
			isUpdate := reader.archive.isUpdate
			reader.archive.isUpdate = func(comment string) (string, bool) {
				mu.Lock()
				defer mu.Unlock()
				looks[comment]++
				return isUpdate(comment)
			}
			for range 2 {
				if _, _, err := reader.Month(r.ctx, r.month); err != nil {
					return err
				}
			}
			require.Greater(t, len(looks), 50)
			for comment, n := range looks {
				require.Equal(t, 1, n, "%s: %s", state, comment)
			}
			return nil
		}))
	}
}

// What one reader of the archive does with a list is not seen by another.
func TestListsOfTheArchiveAreNotShared(t *testing.T) {
	r := newRun(t)
	r.must()
	require.NoError(t, r.with(func(reader *Reader) error {
		a := reader.archive
		comments, err := a.comments("wayfold-maps/tiler")
		require.NoError(t, err)
		first := comments[0]
		comments[0].Body = "changed"
		issues, err := a.issues("wayfold-maps/tiler")
		require.NoError(t, err)
		known := len(issues)
		clear(issues)
		repos, err := a.repos()
		require.NoError(t, err)
		repos[0].Gone = true

		comments, _ = a.comments("wayfold-maps/tiler")
		require.Equal(t, first, comments[0])
		issues, _ = a.issues("wayfold-maps/tiler")
		require.Len(t, issues, known)
		repos, _ = a.repos()
		require.False(t, repos[0].Gone)
		return nil
	}))
}

// A file that was written reads as it was written, in this run and the next.
func TestWritesGoThroughTheCache(t *testing.T) {
	r := newRun(t)
	r.must()
	want := []apiComment{{ID: 1, Body: "**Weekly Update**"}}
	require.NoError(t, r.with(func(reader *Reader) error {
		_, err := reader.archive.comments("wayfold-maps/tiler")
		require.NoError(t, err)
		require.NoError(t, reader.archive.writeComments("wayfold-maps/tiler", want))
		got, err := reader.archive.comments("wayfold-maps/tiler")
		require.Equal(t, want, got)
		return err
	}))
	require.NoError(t, r.with(func(reader *Reader) error {
		got, err := reader.archive.comments("wayfold-maps/tiler")
		require.Equal(t, want, got)
		return err
	}))
}

// A write that fails leaves what is on disk, and what is read.
func TestWritesThatFailChangeNothing(t *testing.T) {
	r := newRun(t)
	r.must()
	require.NoError(t, r.with(func(reader *Reader) error {
		want, err := reader.archive.comments("wayfold-maps/tiler")
		require.NoError(t, err)
		reader.archive.dir = os.DevNull
		require.Error(t, reader.archive.writeComments("wayfold-maps/tiler", nil))
		got, err := reader.archive.comments("wayfold-maps/tiler")
		require.Equal(t, want, got)
		return err
	}))
}

func TestDamagedArchiveIsReported(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"archive.json cut off":       {"archive.json", `{"schema": 1,`, "archive.json is damaged"},
		"older layout":               {"archive.json", `{"schema": 0, "org": "wayfold-maps"}`, "has layout 0, but this program reads layout 1"},
		"another organisation":       {"archive.json", `{"schema": 1, "api": "https://github.test/", "org": "others"}`, "is of others"},
		"comments cut off":           {"tiler/comments.json", `[{"id": 1`, "tiler/comments.json is damaged"},
		"issues are not a list":      {"app/issues.json", `{}`, "app/issues.json is damaged"},
		"repositories broken":        {"repos.json", `nonsense`, "repos.json is damaged"},
		"milestones are not objects": {"plan/milestones.json", `[1]`, "plan/milestones.json is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			r.must()
			require.NoError(t, os.WriteFile(filepath.Join(r.dir, test.file), []byte(test.text), 0o600))
			for _, offline := range []bool{false, true} {
				r.offline = offline
				_, _, err := r.read()
				require.ErrorContains(t, err, test.want)
			}
		})
	}
}

func TestArchiveOfAnotherAPI(t *testing.T) {
	r := newRun(t)
	r.must()
	_, err := OpenArchive(r.dir, "https://elsewhere.test/", demo.Org)
	var other *OtherArchiveError
	require.True(t, errors.As(err, &other), err)
	require.EqualError(t, err, "the archive "+r.dir+" is of wayfold-maps at https://github.test/, not of wayfold-maps at https://elsewhere.test/")
}

func TestArchiveThatIsNotThere(t *testing.T) {
	r := newRun(t)
	r.offline = true
	_, _, err := r.read()
	require.Equal(t, &NotArchivedError{Dir: r.dir}, err)
	require.EqualError(t, err, "there is no archive in "+r.dir)
	_, err = OpenArchive(filepath.Join(os.DevNull, "archive"), testAPI, demo.Org)
	require.ErrorContains(t, err, "making the archive: ")
}

// One run reads, the others wait for it.
func TestRunsAtOnceShareTheArchive(t *testing.T) {
	want := calm(t)
	r := newRun(t)
	results := make([]compile.Input, 4)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() { results[i] = r.must() })
	}
	group.Wait()
	for _, in := range results {
		require.Equal(t, want, in)
	}
	require.Less(t, len(r.github.Requests()), 25)
}
