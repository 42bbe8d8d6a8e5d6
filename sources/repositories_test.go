package sources

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// withoutRepos takes repositories off the organisation's list.
func (r *run) withoutRepos(hidden func(name string) bool) {
	g := r.handler
	r.before("/repos", func(w http.ResponseWriter, req *http.Request) bool {
		recorder := httptest.NewRecorder()
		g.ServeHTTP(recorder, req)
		var list []object
		require.NoError(r.t, json.Unmarshal(recorder.Body.Bytes(), &list))
		list = slices.DeleteFunc(list, func(o object) bool { return hidden(o["name"].(string)) })
		return json.NewEncoder(w).Encode(list) == nil
	})
}

func TestEmptyOrganisation(t *testing.T) {
	r := newRun(t)
	r.project = Project{Org: "empty"}
	r.serve("empty", archiveOf(t, map[string][]object{"repos.json": {}}))
	_, _, err := r.read()
	require.EqualError(t, err, "the organisation empty has no repository with issues")
}

// A repository that vanishes while the month is open leaves its updates.
func TestRepositoryThatVanishes(t *testing.T) {
	r := newRun(t)
	r.now = at("2025-04-01 06:00")
	want := r.must()
	r.withoutRepos(func(name string) bool { return name == "tiler" })
	r.now = at("2025-04-01 07:00")
	in, outcome, err := r.read()
	require.NoError(t, err)
	require.Equal(t, []string{"the repository wayfold-maps/tiler is no longer listed: what was read of it before is used"}, outcome.Warnings)
	require.ElementsMatch(t, want.Updates, in.Updates)
}

// The planning repository may be another owner's, or not be listed.
func TestPlanningRepositoryThatIsNotListed(t *testing.T) {
	want := calm(t)
	for _, planning := range []string{"other/plan", demo.Planning} {
		r := newRun(t)
		r.withoutRepos(func(name string) bool { return name == "plan" })
		g := r.handler
		r.handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			path, ok := strings.CutPrefix(req.URL.Path, "/repos/other/")
			if !ok {
				g.ServeHTTP(w, req)
				return
			}
			req.URL.Path = "/repos/" + demo.Org + "/" + path
			recorder := httptest.NewRecorder()
			g.ServeHTTP(recorder, req)
			w.WriteHeader(recorder.Code)
			fmt.Fprint(w, strings.ReplaceAll(recorder.Body.String(), demo.Planning, "other/plan"))
		})
		r.project.Planning = planning
		in := r.must()
		require.Contains(t, texts(in), planning+"/issues/18#issuecomment-2690100163")
		require.Len(t, in.Issues, len(want.Issues), planning)
		require.NotEmpty(t, in.Roadmap, planning)
		require.Zero(t, r.asked(func() { r.must() }))
	}
}

// A repository that is newer than a month is not missing from it.
func TestRepositoryThatIsNewerThanTheMonth(t *testing.T) {
	r := newRun(t)
	want := r.must()
	fresh := repoOf("wayfold-maps/brandnew")
	fresh["created_at"] = "2025-12-01T00:00:00Z"
	r.add("repos.json", fresh)
	r.month = monthOf(t, "2025-04")
	r.must()
	r.month, r.offline = monthOf(t, demoMonth), true
	require.Equal(t, texts(want), texts(r.must()))
}

func TestActive(t *testing.T) {
	s := span{at("2025-03-01 00:00"), at("2025-04-01 00:00")}
	before, inside, after := at("2025-02-01 00:00"), at("2025-03-10 00:00"), at("2025-04-10 00:00")
	for name, test := range map[string]struct {
		repo apiRepo
		want bool
	}{
		"with issues":                     {apiRepo{HasIssues: true, CreatedAt: before}, true},
		"without issues":                  {apiRepo{CreatedAt: before}, false},
		"disabled":                        {apiRepo{HasIssues: true, Disabled: true, CreatedAt: before}, false},
		"gone":                            {apiRepo{HasIssues: true, Gone: true, CreatedAt: before}, false},
		"archived before":                 {apiRepo{HasIssues: true, Archived: true, PushedAt: before, UpdatedAt: before}, false},
		"archived, changed since":         {apiRepo{HasIssues: true, Archived: true, PushedAt: before, UpdatedAt: inside}, true},
		"archived, pushed to at the time": {apiRepo{HasIssues: true, Archived: true, PushedAt: inside, UpdatedAt: before}, true},
		"made in the span":                {apiRepo{HasIssues: true, CreatedAt: inside}, true},
		"made later":                      {apiRepo{HasIssues: true, CreatedAt: after}, false},
	} {
		t.Run(name, func(t *testing.T) {
			repos := []apiRepo{test.repo}
			require.Equal(t, test.want, len(active(repos, s)) == 1)
			require.Equal(t, []apiRepo{test.repo}, repos, "the list is left as it is")
		})
	}
}

// Many repositories are asked for at the same time, and no more than that.
func TestRepositoriesAreReadInParallel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRun(t)
		r.access.Parallel = 3
		r.suffer(func(int, *http.Request) *fixtures.Fault { return fixtures.Slow(time.Second) })
		r.must()
		require.Equal(t, 3, r.github.MaxInFlight())
	})
}
