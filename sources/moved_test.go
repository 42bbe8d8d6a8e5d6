package sources

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/fixtures"
)

// newMove reads September 2023 of an organisation with an update on old#5, of which
// the issue 9 of its other repository is another one.
func newMove(t *testing.T) *run {
	r := newRun(t)
	r.project, r.month = Project{Org: "pond"}, monthOf(t, "2023-09")
	r.serve("pond", archiveOf(t, map[string][]object{
		"repos.json":        {repoOf("pond/old"), repoOf("pond/new")},
		"old/issues.json":   {issueOf("pond/old", 5, "E:boats"), issueOf("pond/old", 9, "E:piers")},
		"old/comments.json": {update("pond/old", 51, 5, "zebra boats", at("2023-09-05 10:00"))},
	}))
	return r
}

// movedIs requires one update, on an issue with a label.
func movedIs(t *testing.T, in compile.Input, ref string) {
	t.Helper()
	require.Len(t, in.Updates, 1)
	require.Equal(t, ref, in.Updates[0].Issue.String())
	for _, i := range in.Issues {
		if i.Ref == in.Updates[0].Issue {
			require.Equal(t, []string{"E:boats"}, i.Labels)
			return
		}
	}
	t.Error("the issue is not known")
}

// An issue that is moved while its month is open is told of once, at its new place.
func TestIssueThatIsMoved(t *testing.T) {
	for name, now := range map[string]string{"while it is open": "2023-09-20 00:00", "when it is over": "2023-10-20 00:00"} {
		for _, refresh := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				r := newMove(t)
				r.now = at("2023-09-12 00:00")
				movedIs(t, r.must(), "pond/old#5")
				r.github.Transfer("old", 5, "new", 9)
				r.now, r.project.Refresh = at(now), refresh
				r.github.AddComment("old", update("pond/old", 52, 9, "no boats", at("2023-09-13 10:00")))
				r.github.RemoveComment("old", 52)
				in := r.must()
				if name == "when it is over" || refresh {
					movedIs(t, in, "pond/new#9")
				}
				require.Equal(t, 1, strings.Count(texts(in), "zebra"))
				r.now, r.project.Refresh = at("2023-11-20 00:00"), false
				movedIs(t, r.must(), "pond/new#9")
				r.offline = true
				movedIs(t, r.must(), "pond/new#9")
			})
		}
	}
}

// Where an update comes to an issue that was moved, all updates on it go along.
func TestIssueThatIsMovedAndSpoken(t *testing.T) {
	r := newMove(t)
	r.now = at("2023-09-12 00:00")
	r.must()
	r.github.Transfer("old", 5, "new", 9)
	r.github.Edit("new", 51, func(c object) { c["updated_at"] = "2023-09-14T00:00:00Z" })
	r.github.AddComment("old", update("pond/old", 53, 9, "okapi piers", at("2023-09-14 10:00")))
	r.now = at("2023-09-20 00:00")
	in := r.must()
	require.Equal(t, 1, strings.Count(texts(in), "zebra"))
	require.Contains(t, texts(in), "new/issues/9#issuecomment-51")
	require.Contains(t, texts(in), "old/issues/9#issuecomment-53")
}

// A run that was cut off before it read the issues asks for the one that was moved,
// and takes its updates along.
func TestIssueThatIsMovedBetweenCommentsAndIssues(t *testing.T) {
	r := newMove(t)
	r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
		if strings.HasSuffix(req.URL.Path, "/old/issues/5") {
			r.suffer(nil)
			r.github.Transfer("old", 5, "new", 9)
		}
		return nil
	})
	movedIs(t, r.must(), "pond/new#9")
	require.Zero(t, r.asked(func() { movedIs(t, r.must(), "pond/new#9") }))
}

// An issue that was moved into a repository that was made after the month.
func TestIssueThatIsMovedIntoANewRepository(t *testing.T) {
	for _, login := range []bool{false, true} {
		r := newMove(t)
		for _, name := range []string{"pond/fresh", "pond/later"} {
			repo := repoOf(name)
			repo["created_at"] = "2025-01-01T00:00:00Z"
			r.add("repos.json", repo)
		}
		r.github.AddComment("later", update("pond/later", 77, 1, "much later", at("2025-02-01 10:00")))
		if login {
			r.login()
		}
		r.github.Transfer("old", 5, "fresh", 1)
		movedIs(t, r.must(), "pond/fresh#1")
		if login {
			require.Equal(t, []string{"fresh"}, r.askedFor(), "nothing else can hold its comments")
		}
		require.Zero(t, r.asked(func() { movedIs(t, r.must(), "pond/fresh#1") }))
		another := repoOf("pond/another")
		another["created_at"] = "2025-12-01T00:00:00Z"
		r.add("repos.json", another)
		r.month = monthOf(t, "2023-12")
		r.must()
		r.month = monthOf(t, "2023-09")
		require.Zero(t, r.asked(func() { movedIs(t, r.must(), "pond/fresh#1") }), "it stays final")
	}
}

// A note that links to the old address means the issue at its new place, and no other
// of that number.
func TestNoteOnAnIssueThatWasMoved(t *testing.T) {
	r := newMove(t)
	r.github.Transfer("old", 5, "new", 9)
	r.project.Notes = Folder{Name: "notes", FS: archiveOf(t, nil)}
	r.withNote("2023-09-11.md", "## Boats\n\n**[Boats](https://github.com/pond/old/issues/5)**\n\n- achieved: told in a note\n")
	for range 2 {
		in := r.must()
		require.True(t, knows(in, "pond/new", 9))
		require.False(t, knows(in, "pond/old", 9))
		require.Equal(t, "https://github.com/pond/new/issues/9", in.Updates[0].Path[len(in.Updates[0].Path)-1].URL)
		r.offline = true
	}
}

// An issue that was moved to where nothing is read keeps what was said on it before.
func TestIssueThatIsMovedAway(t *testing.T) {
	r := newMove(t)
	r.now = at("2023-09-12 00:00")
	r.must()
	r.github.RemoveComment("old", 51)
	r.suffer(on("/repos/pond/old/issues/5", fixtures.MovedTo(testAPI+"repos/others/theirs/issues/5")))
	r.before("/repos/others/theirs/issues/5", func(w http.ResponseWriter, _ *http.Request) bool {
		_, _ = w.Write([]byte(`{"number": 5, "title": "x", "state": "open", "html_url": "https://github.com/others/theirs/issues/5"}`))
		return true
	})
	r.now = at("2023-11-20 00:00")
	in, outcome, err := r.read()
	require.NoError(t, err)
	require.Contains(t, texts(in), "zebra")
	require.Equal(t, []string{"the issue pond/old#5 was moved to others/theirs#5, which is not read: updates on it go without its labels"}, outcome.Warnings)
}
