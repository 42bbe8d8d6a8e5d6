package sources

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

const remoteFolder = "wayfold-maps/docs:content/wayfold/updates"

// newRemoteRun reads the demo with its notes in a repository.
func newRemoteRun(t testing.TB) *run {
	t.Helper()
	r := newRun(t)
	copyInto(t, r.served, demo.Notes.FS, "docs/contents/content/wayfold/updates/")
	r.serve(demo.Org, r.served)
	r.project.Notes = NotesFolder(remoteFolder)
	return r
}

// putNote puts a note into the repository.
func (r *run) putNote(name, text string) {
	r.served["docs/contents/content/wayfold/updates/"+name] = &fstest.MapFile{Data: []byte(text)}
	r.serve(r.project.Org, r.served)
}

func TestNotesOfARepository(t *testing.T) {
	want := calm(t)
	r := newRemoteRun(t)
	require.Equal(t, want, r.must())
	require.Equal(t, 1, r.asked(func() { require.Equal(t, want, r.must()) }), "the list, as a note may come late")
	r.offline = true
	require.Equal(t, want, r.must())
}

func TestNotesOfARepositoryInBadWeather(t *testing.T) {
	want := calm(t)
	synctest.Test(t, func(t *testing.T) {
		r := newRemoteRun(t)
		r.must()
		r.project.Refresh = true
		r.suffer(fixtures.Every(4, fixtures.CutBody(30), fixtures.Status(503, "Unavailable"), fixtures.TruncatedJSON()))
		require.Greater(t, r.asked(func() { require.Equal(t, want, r.must()) }), 20)
	})
}

// A late note, and one that was changed, cost a request each.
func TestLateNoteOfARepository(t *testing.T) {
	r := newRemoteRun(t)
	r.must()
	r.putNote("2025-03-17.md", "- achieved: zebra stripes\n")
	r.putNote("2025-03-31.md", "- achieved: zebra dots\n")
	require.Equal(t, 3, r.asked(func() {
		said := texts(r.must())
		require.Contains(t, said, "zebra stripes")
		require.Contains(t, said, "zebra dots")
	}))
	require.Equal(t, 1, r.asked(func() { r.must() }))
}

// One reader lists the folder once, and reads each note once.
func TestNotesOfARepositoryForSeveralMonths(t *testing.T) {
	for _, refresh := range []bool{false, true} {
		r := newRemoteRun(t)
		r.must()
		r.project.Refresh = refresh
		require.NoError(t, r.with(func(reader *Reader) error {
			for _, month := range []string{"2025-03", "2025-02", "2025-04"} {
				if _, _, err := reader.Month(r.ctx, monthOf(t, month)); err != nil {
					return err
				}
			}
			return nil
		}))
		asked := map[string]int{}
		for _, request := range r.github.Requests()[:] {
			asked[request.Path]++
		}
		list := "/repos/wayfold-maps/docs/contents/content/wayfold/updates"
		require.Equal(t, 2, asked[list])
		want := map[bool]int{false: 1, true: 2}[refresh]
		require.Equal(t, want, asked[list+"/2025-03-31.md"])
	}
}

// A finished month with its notes in a repository needs neither a network nor a
// login, but says that it could not look for late notes.
func TestFinishedMonthWithNotesOfARepository(t *testing.T) {
	for name, test := range map[string]struct {
		fail func(*run)
		why  string
	}{
		"network is down":  {func(r *run) { r.access.Transport = broken{} }, "asking GitHub: network is unreachable"},
		"token is refused": {func(r *run) { r.suffer(on("/updates", fixtures.Status(401, "Bad credentials"))) }, "GitHub refuses the token (401 Bad credentials)"},
		"login is down":    {func(r *run) { r.suffer(on("/access_tokens", fixtures.Status(502, ""))) }, "logging in as the GitHub App 1: GitHub responded with 502 Bad Gateway: check the app's id, installation and key"},
		"server fails":     {func(r *run) { r.suffer(on("/updates", fixtures.Status(503, ""))) }, "GitHub responded with 503 Service Unavailable"},
		"rate limit":       {func(r *run) { r.suffer(on("/updates", fixtures.SecondaryLimit(403, time.Hour))) }, "GitHub's rate limit is used up until 01:00:00 UTC"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRemoteRun(t)
				r.loginAsApp()
				want := r.must()
				r.loginAsApp() // anew, as the token of before is still good
				test.fail(r)
				in, outcome, err := r.read()
				require.NoError(t, err)
				require.Equal(t, want, in)
				require.Empty(t, outcome.Gaps)
				require.Equal(t, []string{"listing the weekly notes " + remoteFolder + ": " + test.why + ": those that were read on 2026-01-02 are used"}, outcome.Warnings)
			})
		})
	}
}

// What says something of the folder is no reason to go on without it, and neither
// is a month that was not over, or a note that was not read.
func TestNotesOfARepositoryThatAreNotFinished(t *testing.T) {
	for name, test := range map[string]struct {
		now  string // of the first run
		fail func(*run)
		want string
	}{
		"folder is gone":     {"2025-06-01 00:00", func(r *run) { r.suffer(on("/updates", fixtures.Status(404, "Not Found"))) }, "there is no folder content/wayfold/updates in wayfold-maps/docs that this token may see"},
		"month was not over": {"2025-03-29 00:00", func(r *run) { r.access.Transport = broken{} }, "listing the weekly notes " + remoteFolder + ": asking GitHub: network is unreachable"},
		"note was not read": {"2025-06-01 00:00", func(r *run) {
			r.putNote("2025-03-17.md", "- late")
			r.suffer(on("/2025-03-17.md", fixtures.Status(502, "")))
		}, "reading the weekly note 2025-03-17.md of wayfold-maps/docs: GitHub responded with 502 Bad Gateway"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRemoteRun(t)
				r.now = at(test.now)
				r.must()
				r.now = at("2025-07-01 00:00")
				test.fail(r)
				_, _, err := r.read()
				require.EqualError(t, err, test.want)
			})
		})
	}
}

func TestFolderOfNotesThatIsNotThere(t *testing.T) {
	r := newRun(t)
	r.must()
	r.project.Notes = NotesFolder("wayfold-maps/docs:nowhere")
	_, _, err := r.read()
	require.Equal(t, &NoFolderError{RemoteNotes{"wayfold-maps/docs", "nowhere"}}, err)
	require.EqualError(t, err, "there is no folder nowhere in wayfold-maps/docs that this token may see")

	r.project.Notes = NotesFolder(remoteFolder)
	r.offline = true
	_, _, err = r.read()
	require.Equal(t, &NotArchivedError{What: "weekly notes of " + remoteFolder}, err)
}

// A note that was deleted from the archive is missing offline, and read again
// with a network.
func TestNoteThatTheArchiveLost(t *testing.T) {
	r := newRemoteRun(t)
	want := r.must()
	require.NoError(t, os.Remove(filepath.Join(r.dir, "docs/contents/content/wayfold/updates/2025-03-31.md")))
	r.offline = true
	_, _, err := r.read()
	var missing *NotArchivedError
	require.True(t, errors.As(err, &missing), err)
	r.offline = false
	require.Equal(t, want, r.must())
}

func TestFolderThatHoldsMoreThanIsListed(t *testing.T) {
	r := newRemoteRun(t)
	for i := range maxEntries {
		r.served[fmt.Sprintf("docs/contents/content/wayfold/updates/%d.txt", i)] = &fstest.MapFile{}
	}
	r.serve(demo.Org, r.served)
	_, _, err := r.read()
	require.EqualError(t, err, "the folder "+remoteFolder+" holds more files than GitHub lists: read the notes from a checkout")
}

// What is listed as a note may have become a folder since.
func TestNoteThatBecameAFolder(t *testing.T) {
	r := newRemoteRun(t)
	r.before("/2025-03-31.md", func(w http.ResponseWriter, _ *http.Request) bool {
		_, err := fmt.Fprint(w, `[]`)
		return err == nil
	})
	_, _, err := r.read()
	require.EqualError(t, err, "reading the weekly note 2025-03-31.md of wayfold-maps/docs: it is not a file")
}

func TestParseRemoteNotes(t *testing.T) {
	for s, want := range map[string]RemoteNotes{
		"waku-org/site:content/updates":  {"waku-org/site", "content/updates"},
		"waku-org/site:/content/../up/":  {"waku-org/site", "up"},
		"waku-org/site:../../etc/passwd": {"waku-org/site", "etc/passwd"},
		"waku-org/site:":                 {"waku-org/site", ""},
		"waku/updates":                   {},
		"../site:here":                   {},
		"/a/b:c":                         {},
		"a/b/c:d":                        {},
	} {
		got, ok := ParseRemoteNotes(s)
		require.Equal(t, want, got, s)
		require.Equal(t, want != RemoteNotes{}, ok, s)
	}
	folder := NotesFolder("testdata")
	require.NotNil(t, folder.FS)
	require.Equal(t, "testdata", folder.Name)
}

// A folder of notes that cannot be read is an error.
func TestFolderThatCannotBeRead(t *testing.T) {
	r := newRun(t)
	p := Project{Notes: NotesFolder(filepath.Join(t.TempDir(), "nowhere"))}
	_, _, err := NewReader(p, nil, nil, r.clock).Month(r.ctx, r.month)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "reading the weekly notes: ")
}
