package sources

import (
	"net/http"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// newHome reads the month of an organisation that is called old in the settings
// and in the notes.
func newHome(t *testing.T, old string) *run {
	r := newRun(t)
	r.month = monthOf(t, "2023-09")
	r.project = Project{Org: old, Notes: Folder{Name: "notes", FS: fstest.MapFS{
		"2023-09-11.md": {Data: []byte("### node\n\n**[Move](https://github.com/" + old + "/node/issues/5)**\n\n- achieved: moved in\n")},
	}}}
	return r
}

// isNow makes the organisation own its repository by a name, also when it is asked
// for by the old one.
func (r *run) isNow(owner string) {
	r.serve(owner, archiveOf(r.t, map[string][]object{
		"repos.json": {repoOf(owner + "/node")}, "node/issues.json": {issueOf(owner+"/node", 5)},
		"node/comments.json": {update(owner+"/node", 7, 5, "moved in", at("2023-09-08 10:00"))},
	}))
	g := r.handler
	r.handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path == "/orgs/"+r.project.Org+"/repos" {
			req.URL.Path = "/orgs/" + owner + "/repos"
		}
		g.ServeHTTP(w, req)
	})
}

// requireOne requires a note and a comment on one issue, of the new owner.
func requireOne(t *testing.T, in compile.Input, owner string) {
	t.Helper()
	require.Len(t, in.Updates, 2)
	for _, u := range in.Updates {
		ref := u.Issue
		if len(u.Path) > 0 {
			ref, _ = compile.ParseRef(u.Path[len(u.Path)-1].URL)
		}
		require.Equal(t, owner+"/node#5", ref.String())
	}
}

// An organisation that was renamed: the notes name the old address, the API
// answers with the new one.
func TestRenamedOrganisation(t *testing.T) {
	r := newHome(t, "old-home")
	r.isNow("new-home")
	requireOne(t, r.must(), "new-home")
}

// An organisation that is renamed between two runs says nothing twice.
func TestOrganisationThatIsRenamedBetweenTwoRuns(t *testing.T) {
	for _, names := range [][2]string{{"a-home", "b-home"}, {"b-home", "a-home"}} {
		r := newHome(t, names[0])
		r.isNow(names[0])
		r.now = at("2023-09-12 00:00")
		requireOne(t, r.must(), names[0])
		r.isNow(names[1])
		r.now = at("2023-11-12 00:00")
		in, outcome, err := r.read()
		require.NoError(t, err)
		require.Empty(t, outcome.Gaps)
		requireOne(t, in, names[1])
	}
}

func TestRename(t *testing.T) {
	for url, want := range map[string]string{
		"https://github.com/old/node/issues/5":  "https://github.com/new/node/issues/5",
		"https://github.com/OLD/node/issues/5":  "https://github.com/new/node/issues/5",
		"https://github.com/older/node/issues/": "https://github.com/older/node/issues/",
		"https://example.org/about/old":         "https://example.org/about/old",
		"":                                      "",
	} {
		updates := []compile.Update{{Path: []compile.Heading{{URL: url}}}}
		rename(updates, "old", "new")
		require.Equal(t, want, updates[0].Path[0].URL)
	}
}

func TestListOfRepositoriesWithoutOwner(t *testing.T) {
	a, err := ReadArchive(fstest.MapFS{
		"archive.json": {Data: []byte(`{"schema": 1, "org": "acme"}`)}, "repos.json": {Data: []byte(`[{"name": "node", "full_name": "node"}]`)},
	}, "here", "acme")
	require.NoError(t, err)
	_, _, err = a.pages()
	require.EqualError(t, err, `the archive's file here/repos.json is damaged: the repository "node" has no owner`)
}
