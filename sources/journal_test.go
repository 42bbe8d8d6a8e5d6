package sources

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// filesIn gives the files of a folder; one that is replaced is another file.
func filesIn(t testing.TB, dir string) map[string]fs.FileInfo {
	t.Helper()
	all := map[string]fs.FileInfo{}
	require.NoError(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all[name], err = e.Info()
		}
		return err
	}))
	return all
}

// written gives the files that were written between two looks at a folder, and how
// many bytes.
func written(before, after map[string]fs.FileInfo) (names []string, bytes int64) {
	for name, now := range after {
		old, found := before[name]
		switch {
		case !found || !os.SameFile(old, now):
			bytes += now.Size()
		case old.Size() != now.Size():
			bytes += now.Size() - old.Size()
		default:
			continue
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, bytes
}

func TestOpenMonthWritesOnlyWhatChanged(t *testing.T) {
	r := newRun(t)
	r.now = at("2025-03-20 00:00")
	r.must()
	before := filesIn(t, r.dir)
	r.now = at("2025-03-20 12:00")
	r.must()
	again := filesIn(t, r.dir)
	names, bytes := written(before, again)
	require.Equal(t, []string{journalFile}, names, "when each repository was read")
	require.Less(t, bytes, int64(4000))
	r.add("tiler/comments.json", update("wayfold-maps/tiler", 77, 41, "late", at("2025-03-20 12:30")))
	r.now = at("2025-03-20 13:00")
	r.must()
	names, _ = written(again, filesIn(t, r.dir))
	require.Equal(t, []string{journalFile, "tiler/comments.json"}, names)
}

// What is read costs the same writes, however many other months the archive holds.
func TestJournalIsTakenUpWhenItHasGrown(t *testing.T) {
	r := newRun(t)
	r.must()
	require.FileExists(t, filepath.Join(r.dir, journalFile))
	a, err := r.open()
	require.NoError(t, err)
	for i := range 1000 {
		w := newWindow(span{at("2025-03-01 00:00"), at("2025-04-01 00:00")}, "")
		w.Comments[fmt.Sprintf("wayfold-maps/r%d", i)] = r.now
		require.NoError(t, a.change(change{Window: &w}))
	}
	want := stateOf(t, a)
	require.NoError(t, a.save())
	a.Close()
	require.NoFileExists(t, filepath.Join(r.dir, journalFile))
	a, err = r.open()
	require.NoError(t, err)
	got := stateOf(t, a)
	a.Close()
	require.True(t, want == got, "the state is as it was")
	require.Zero(t, r.asked(func() { r.must() }))
}

// A line that was cut off, as by a machine that stopped, is what was not written; what
// is written next is not lost with it.
func TestJournalThatWasCutOff(t *testing.T) {
	r := newRun(t)
	want := r.must()
	file := filepath.Join(r.dir, journalFile)
	whole, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, cut := range []int{1, 30, len(whole) / 2, len(whole) - 1} {
		require.NoError(t, os.WriteFile(file, whole[:len(whole)-cut], 0o600))
		got := r.must()
		require.Equal(t, want.Updates, got.Updates)
		require.Equal(t, want.Roadmap, got.Roadmap)
		require.Zero(t, r.asked(func() { r.must() }), "all is on record again")
	}
}

// The same changes made twice leave the same state, as when a run stops between
// archive.json and the journal.
func TestJournalMayBeReadTwice(t *testing.T) {
	r := newRun(t)
	r.must()
	a, err := r.open()
	require.NoError(t, err)
	require.NoError(t, a.forget("wayfold-maps/tiler"))
	a.Close()
	r.must()
	a, err = r.open()
	require.NoError(t, err)
	defer a.Close()
	want := stateOf(t, a)
	require.NoError(t, a.readJournal())
	require.Equal(t, want, stateOf(t, a))
}

func stateOf(t *testing.T, a *Archive) string {
	t.Helper()
	data, err := indented(a.state)
	require.NoError(t, err)
	return string(data)
}

// A link in place of the journal is not written through.
func TestJournalIsNotALink(t *testing.T) {
	r := newRun(t)
	r.must()
	file, other := filepath.Join(r.dir, journalFile), filepath.Join(r.dir, "other")
	require.NoError(t, os.Rename(file, other))
	require.NoError(t, os.Symlink("other", file))
	before, err := os.ReadFile(other)
	require.NoError(t, err)
	r.project.Refresh = true
	_, _, err = r.read()
	require.ErrorContains(t, err, "symbolic link")
	after, err := os.ReadFile(other)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

// An archive of layout 1 goes on as one of layout 2: only what changes is written in the
// new form.
func TestArchiveOfLayout1(t *testing.T) {
	r := newRun(t)
	require.NoError(t, os.CopyFS(r.dir, demoArchive))
	file := filepath.Join(r.dir, stateFile)
	state, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, bytes.Replace(state, []byte("https://api.github.com/"), []byte(testAPI), 1), 0o600))
	form := func(repo string) string {
		data, err := os.ReadFile(filepath.Join(r.dir, repo, "comments.json"))
		require.NoError(t, err)
		return string(data[:1])
	}
	r.edit("tiler/comments.json", func(list []object) []object {
		list[0]["reactions"] = object{"+1": 3}
		return list
	})
	require.Equal(t, "[", form("tiler"))
	require.Equal(t, texts(calm(t)), texts(r.must()))
	require.Equal(t, "{", form("tiler"))
}

// Files and folders of the archive may be read by whom the umask lets.
func TestArchiveKeepsTheUmask(t *testing.T) {
	r := newRun(t)
	r.must()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	want, err := os.Stat(file)
	require.NoError(t, err)
	for name, info := range filesIn(t, r.dir) {
		require.Equal(t, want.Mode(), info.Mode(), name)
	}
}

// No name of a repository leads out of the archive, or to a file of it.
func TestNamesOfFoldersInTheArchive(t *testing.T) {
	a := &Archive{state: archiveState{Org: "org"}}
	seen := map[string]string{}
	for _, repo := range []string{
		"org/../../x", "org/..", "org/.", "org/.git", "org/archive.json", "org/Journal.jsonl", "org/repos.json", "org/a b", "org/", "org/a\\b", "org/a\x00",
		"../x", "comments.json/x", "other/issues.json", "other/..", "org/node", "other/node", "ORG/node.js",
	} {
		file := a.file(repo, "comments.json")
		require.True(t, fs.ValidPath(file) && filepath.IsLocal(file), "%q: %s", repo, file)
		first, _, _ := strings.Cut(file, "/")
		require.NotContains(t, archiveFiles, first)
		require.NotRegexp(t, `(^|/)\.`, file)
		require.Empty(t, seen[file], "%q", repo)
		seen[file] = repo
	}
	require.Equal(t, "node/comments.json", a.file("org/node", "comments.json"))
	require.Equal(t, "other/node/comments.json", a.file("other/node", "comments.json"))
}
