package sources

import (
	"net/http"
	"strings"
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

func TestRenames(t *testing.T) {
	renames := Renames{
		"old": "new", "Older": "old", "new/site": "new/pages", "acme/kiln": "bolt/oven", "loop": "pool", "pool": "loop", "same": "Same",
	}
	for url, want := range map[string]string{
		"https://github.com/old/node/issues/5":      "https://github.com/new/node/issues/5",
		"https://github.com/OLD/node/issues/5":      "https://github.com/new/node/issues/5",
		"https://github.com/older/node/pull/5#note": "https://github.com/new/node/pull/5#note",
		"https://github.com/older/site/milestone/1": "https://github.com/new/pages/milestone/1",
		"https://github.com/acme/kiln/issues/5":     "https://github.com/bolt/oven/issues/5",
		"https://github.com/acme/kilns/issues/5":    "https://github.com/acme/kilns/issues/5",
		"https://github.com/acme/kiln":              "https://github.com/bolt/oven",
		"https://github.com/old":                    "https://github.com/new",
		"https://github.com/oldest/node/issues/":    "https://github.com/oldest/node/issues/",
		"https://github.com/same/node/issues/1":     "https://github.com/same/node/issues/1",
		"https://example.org/about/old":             "https://example.org/about/old",
		"milestones/old/2026-x.md":                  "milestones/old/2026-x.md",
		"":                                          "",
	} {
		updates := []compile.Update{{Path: []compile.Heading{{URL: url}}}}
		renames.apply(updates)
		require.Equal(t, want, updates[0].Path[0].URL)
	}
	require.NotEmpty(t, renames.now("https://github.com/loop/x"), "ends")
}

// What notes show of repositories that changed their owners.
func TestInferRenames(t *testing.T) {
	const kilns, glazes = "https://github.com/kilns/plan/issues/", "https://github.com/glazes/plan/issues/"
	for rule, row := range map[string]struct {
		links []string // "note url title", in order
		want  Renames
	}{
		"an issue of one number and title": {[]string{"1 " + kilns + "7 Soak steps", "2 " + glazes + "7 soak steps", "2 " + glazes + "8 Ramp"}, Renames{"kilns/plan": "glazes/plan"}},
		"the old owner again, later":       {[]string{"1 " + kilns + "7 Soak", "2 " + glazes + "7 Soak", "3 " + kilns + "7 Soak"}, Renames{"kilns/plan": "glazes/plan"}},
		"another title":                    {[]string{"1 " + kilns + "7 Soak", "2 " + glazes + "7 Ramp"}, Renames{}},
		"another number":                   {[]string{"1 " + kilns + "7 Soak", "2 " + glazes + "8 Soak"}, Renames{}},
		"another repository":               {[]string{"1 " + kilns + "7 Soak", "2 https://github.com/glazes/app/issues/7 Soak"}, Renames{}},
		"one note has both for two things": {[]string{"1 " + kilns + "7 Soak", "2 " + glazes + "7 Soak", "2 " + kilns + "9 Docs", "2 " + glazes + "9 Ramp"}, Renames{}},
		"one note has both for one thing":  {[]string{"1 " + kilns + "7 Soak", "1 " + glazes + "7 Soak"}, Renames{}},
	} {
		var noted []compile.Update
		for _, link := range row.links {
			f := strings.SplitN(link, " ", 3)
			noted = append(noted, compile.Update{Source: compile.Source{Note: f[0]}, Path: []compile.Heading{{URL: f[1], Title: f[2]}}})
		}
		require.Equal(t, row.want, inferRenames(noted), rule)
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
