package sources

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/sources/outline"

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
			updatesIn := reader.archive.updatesIn
			reader.archive.updatesIn = func(comment string) []outline.Part {
				mu.Lock()
				defer mu.Unlock()
				looks[comment]++
				return updatesIn(comment)
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

// What strangers write is not parsed.
func TestCommentsOfStrangersAreNotParsed(t *testing.T) {
	r := newRun(t)
	require.NoError(t, r.with(func(reader *Reader) error {
		parsed := map[string]bool{}
		var mu sync.Mutex
		updatesIn := reader.archive.updatesIn
		reader.archive.updatesIn = func(comment string) []outline.Part {
			mu.Lock()
			defer mu.Unlock()
			parsed[comment] = true
			return updatesIn(comment)
		}
		in, _, err := reader.Month(r.ctx, r.month)
		require.NoError(t, err)
		require.NotEmpty(t, parsed)
		left := 0
		for _, u := range in.Updates {
			if u.LeftOut == compile.Untrusted {
				left++
				comments, err := reader.archive.comments(u.Issue.Repo.String())
				require.NoError(t, err)
				for _, c := range comments {
					require.False(t, c.URL == u.Source.URL && parsed[c.Body], c.Body)
				}
			}
		}
		require.Positive(t, left)
		return nil
	}))
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
		require.NoError(t, reader.archive.save())
		got, err := reader.archive.comments("wayfold-maps/tiler")
		require.Equal(t, want, got)
		return err
	}))
	require.NoError(t, r.with(func(reader *Reader) error {
		got, err := reader.archive.comments("wayfold-maps/tiler")
		require.Len(t, got, 1)
		require.Equal(t, want[0].Body, got[0].Body)
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
		root := reader.archive.root
		defer func() { reader.archive.root = root }()
		reader.archive.root, err = os.OpenRoot(t.TempDir())
		require.NoError(t, err)
		require.NoError(t, reader.archive.root.Close())
		require.Error(t, reader.archive.writeComments("wayfold-maps/tiler", nil))
		got, err := reader.archive.comments("wayfold-maps/tiler")
		require.Equal(t, want, got)
		return err
	}))
}

func TestArchiveThatSaysNothingOfItself(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"cut off":              {`{"schema": 1,`, "archive.json is damaged"},
		"older layout":         {`{"schema": 0, "org": "wayfold-maps"}`, "has layout 0, but this program reads layouts 1 to 2"},
		"another organisation": {`{"schema": 1, "api": "https://github.test/", "org": "others"}`, "is of others"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			r.must()
			require.NoError(t, os.WriteFile(filepath.Join(r.dir, "archive.json"), []byte(test.text), 0o600))
			for _, offline := range []bool{false, true} {
				r.offline = offline
				_, _, err := r.read()
				require.ErrorContains(t, err, test.want)
			}
		})
	}
}

// What is damaged is read again from GitHub, and named as missing without it.
func TestDamagedFilesOfTheArchive(t *testing.T) {
	for name, test := range map[string]struct{ file, text, offline string }{
		"comments cut off":           {"tiler/comments.json", `[{"id": 1`, "the repository wayfold-maps/tiler could not be read"},
		"issues are not a list":      {"app/issues.json", `{}`, "the repository wayfold-maps/app could not be read"},
		"milestones are not objects": {"plan/milestones.json", `[1]`, "the repository wayfold-maps/plan could not be read"},
		"comments are gone":          {"tiler/comments.json", "", "the repository wayfold-maps/tiler could not be read"},
		"comments are others'":       {"tiler/comments.json", "[]", "the repository wayfold-maps/tiler could not be read"},
		"repositories broken":        {"repos.json", `nonsense`, "repos.json is damaged"},
		"repositories are gone":      {"repos.json", "", "repos.json is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			want := r.must()
			damage(t, filepath.Join(r.dir, test.file), test.text)
			r.offline = true
			_, outcome, err := r.read()
			require.Contains(t, fmt.Sprint(err, outcome.Gaps), test.offline)
			r.offline = false
			got, outcome, err := r.read()
			require.NoError(t, err)
			require.Empty(t, outcome.Gaps)
			require.Equal(t, want.Updates, got.Updates)
			require.Equal(t, want.Roadmap, got.Roadmap)
			require.Len(t, outcome.Warnings, 1)
			require.Contains(t, outcome.Warnings[0], "is damaged: ")
			_, outcome, err = r.read()
			require.NoError(t, err)
			require.Empty(t, outcome.Warnings, "all is whole again")
		})
	}
}

// damage writes a text into a file; empty removes the file.
func damage(t testing.TB, file, text string) {
	t.Helper()
	if text == "" {
		require.NoError(t, os.Remove(file))
		return
	}
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

// However files of an archive are damaged, nothing is lost in silence: what is read
// is the same, or the reading fails, or it names what is missing.
func TestRandomDamageOfAnArchive(t *testing.T) {
	r := newRun(t)
	want := r.must()
	whole := os.DirFS(r.dir)
	var files []string
	require.NoError(t, fs.WalkDir(whole, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && !strings.HasPrefix(name, ".") {
			files = append(files, name)
		}
		return err
	}))
	random := rand.New(rand.NewPCG(7, 7))
	for i := range 1200 {
		damaged := fstest.MapFS{}
		require.NoError(t, copyAll(damaged, whole))
		for range 1 + random.IntN(2) {
			name := files[random.IntN(len(files))]
			switch other := files[random.IntN(len(files))]; random.IntN(5) {
			case 0:
				delete(damaged, name)
			case 1:
				damaged[name] = &fstest.MapFile{}
			case 2:
				if f := damaged[name]; f != nil && len(f.Data) > 0 {
					damaged[name] = &fstest.MapFile{Data: f.Data[:random.IntN(len(f.Data))]}
				}
			case 3:
				damaged[name], damaged[other] = damaged[other], damaged[name]
			case 4:
				damaged[name] = &fstest.MapFile{Data: []byte("[]")}
			}
		}
		for name, f := range damaged {
			if f == nil {
				delete(damaged, name)
			}
		}
		a, err := ReadArchive(damaged, "damaged", demo.Org)
		if err != nil {
			continue
		}
		got, outcome, err := NewReader(demo, a, nil, func() time.Time { return r.now }).Month(context.Background(), r.month)
		if err == nil && len(outcome.Gaps) == 0 {
			require.Equal(t, want.Updates, got.Updates, "case %d", i)
			require.Equal(t, want.Roadmap, got.Roadmap, "case %d", i)
			require.Equal(t, want.Issues, got.Issues, "case %d", i)
		}
		if i%100 == 0 { // with GitHub all is made whole
			online := newRun(t)
			require.NoError(t, os.CopyFS(online.dir, damaged))
			got, outcome, err := online.read()
			if err == nil && len(outcome.Gaps) == 0 {
				require.Equal(t, want.Updates, got.Updates, "case %d", i)
				require.Equal(t, want.Roadmap, got.Roadmap, "case %d", i)
			}
		}
	}
}

func copyAll(to fstest.MapFS, from fs.FS) error {
	return fs.WalkDir(from, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		to[name] = &fstest.MapFile{Data: data}
		return err
	})
}

func TestArchiveOfAnotherAPI(t *testing.T) {
	r := newRun(t)
	r.must()
	_, err := OpenArchive(t.Context(), r.dir, "https://elsewhere.test/", demo.Org)
	var other *OtherArchiveError
	require.True(t, errors.As(err, &other), err)
	require.EqualError(t, err, "the archive "+r.dir+" is of wayfold-maps at https://github.test/, not of wayfold-maps at https://elsewhere.test/")
}

// A folder with somebody's own files is never made an archive, and nothing is left
// in it; one that only version control has touched is.
func TestArchiveInAFolderOfSomebody(t *testing.T) {
	for _, own := range []string{"repos.json", "pm/issues.json", ".git/config", ".bashrc"} {
		dir := t.TempDir()
		file := filepath.Join(dir, filepath.FromSlash(own))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		require.NoError(t, os.WriteFile(file, nil, 0o600))
		_, err := OpenArchive(t.Context(), dir, testAPI, demo.Org)
		first, _, _ := strings.Cut(own, "/")
		require.EqualError(t, err, "the archive "+dir+" is a folder that holds something else: "+first)
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Len(t, entries, 1)
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".gitignore"), nil, 0o600))
	for range 2 { // the second time it is ours, though nothing was read into it
		a, err := OpenArchive(t.Context(), dir, testAPI, demo.Org)
		require.NoError(t, err)
		a.Close()
	}
}

// No link of the archive's folder is written or read through.
func TestLinksInTheArchiveAreNotFollowed(t *testing.T) {
	r := newRun(t)
	r.must()
	outside := filepath.Join(t.TempDir(), "precious")
	require.NoError(t, os.WriteFile(outside, []byte("mine"), 0o600))
	file := filepath.Join(r.dir, "tiler", "comments.json")
	require.NoError(t, os.Remove(file))
	require.NoError(t, os.Symlink(outside, file))
	_, _, _ = r.read()
	data, err := os.ReadFile(outside)
	require.NoError(t, err)
	require.Equal(t, "mine", string(data))
}

func TestArchiveThatIsNotThere(t *testing.T) {
	r := newRun(t)
	r.offline = true
	_, _, err := r.read()
	require.Equal(t, &NotArchivedError{Dir: r.dir}, err)
	require.EqualError(t, err, "there is no archive in "+r.dir)
	_, err = OpenArchive(t.Context(), filepath.Join(os.DevNull, "archive"), testAPI, demo.Org)
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
