package sources

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// newSteps reads a month of one repository with so many updates, told by the day, of
// which the i-th has the id i.
func newSteps(t testing.TB, comments int) *run {
	r := newCrowd(t, 0)
	var list []object
	for i := range comments {
		list = append(list, step(i))
	}
	r.edit("node/comments.json", func([]object) []object { return list })
	return r
}

func step(i int) object {
	return update("crowd/node", i, 1, fmt.Sprint("step ", i), at("2023-09-02 00:00").Add(time.Duration(i)*time.Minute))
}

// onPage calls do when the n-th page of comments is asked for.
func (r *run) onPage(n int, do func()) {
	pages := 0
	r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
		if strings.HasSuffix(req.URL.Path, "/issues/comments") {
			if pages++; pages == n {
				do()
			}
		}
		return nil
	})
}

// All pages are read, whether their addresses hold numbers or cursors.
func TestListsAreReadToTheEnd(t *testing.T) {
	for _, cursors := range [][]string{nil, {"comments", "repos", "milestones"}} {
		for _, most := range []int{0, 1, 2, 7} {
			r := newSteps(t, 331)
			r.github.Cursors, r.github.PerPage = cursors, most
			require.Len(t, r.must().Updates, 331)
		}
	}
}

// A list in pages with numbers costs one request a page, as long as nothing shifts.
func TestOverlapCostsLittle(t *testing.T) {
	for comments, want := range map[int]int{99: 1, 100: 1, 101: 2, 198: 2, 900: 10, 1000: 12} {
		r := newSteps(t, comments)
		r.must()
		pages := 0
		for _, request := range r.github.Requests() {
			if strings.HasSuffix(request.Path, "/issues/comments") {
				pages++
			}
		}
		require.Equal(t, want, pages, "%d comments", comments)
	}
}

// Whatever is deleted while a list is read, what stays is read.
func TestCommentsThatAreDeletedBetweenPages(t *testing.T) {
	const all = 301
	for _, cursors := range [][]string{nil, {"comments"}} {
		for page := 2; page <= 5; page++ {
			for _, gone := range [][]int{{0}, {50}, {98}, {99}, {100}, {101}, {199}, {200}, {300}, {0, 1, 2, 99}, {97, 98, 99}, {99, 100, 198}, many(0, 150), many(90, 110)} {
				r := newSteps(t, all)
				r.github.Cursors = cursors
				r.onPage(page, func() {
					for _, id := range gone {
						r.github.RemoveComment("node", int64(id))
					}
				})
				requireSteps(t, r, all, gone, fmt.Sprintf("%v are deleted before page %d, cursors %v", gone, page, cursors))
			}
		}
	}
}

func many(from, to int) (all []int) {
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return all
}

// requireSteps requires all updates of a run, each once, except some that may be gone.
func requireSteps(t *testing.T, r *run, all int, gone []int, message string) {
	t.Helper()
	seen := map[string]int{}
	for _, u := range r.must().Updates {
		seen[u.Source.URL]++
	}
	missing := map[int]bool{}
	for _, id := range gone {
		missing[id] = true
	}
	for i := range all {
		url := step(i)["html_url"].(string)
		if n := seen[url]; n > 1 || n == 0 && !missing[i] {
			t.Fatalf("%s: %s is told %d times", message, url, n)
		}
	}
}

// A comment is deleted at every position of the list, before every page.
func TestCommentDeletedAtEveryPosition(t *testing.T) {
	const all = 31
	for _, per := range []int{3, 10} {
		for page := 2; page <= 4; page++ {
			for gone := range all {
				r := newSteps(t, all)
				r.github.PerPage = per
				r.onPage(page, func() { r.github.RemoveComment("node", int64(gone)) })
				requireSteps(t, r, all, []int{gone}, fmt.Sprintf("%d is deleted before page %d of %d each", gone, page, per))
			}
		}
	}
}

// A comment is deleted before each page, again and again.
func TestCommentsThatAreDeletedAllTheTime(t *testing.T) {
	const all = 450
	r := newSteps(t, all)
	var gone []int
	r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
		if strings.HasSuffix(req.URL.Path, "/issues/comments") && len(gone) < 12 {
			gone = append(gone, 10*len(gone))
			r.github.RemoveComment("node", int64(gone[len(gone)-1]))
		}
		return nil
	})
	requireSteps(t, r, all, many(0, 130), "many are deleted")
}

// Old comments that are edited come into the list, before those that were read.
func TestCommentsThatComeInBefore(t *testing.T) {
	const all = 301
	for _, n := range []int{1, 5, 120} {
		r := newSteps(t, all)
		for i := range n {
			r.github.AddComment("node", update("crowd/node", 9000+i, 1, "old", at("2022-01-01 00:00").Add(time.Duration(i)*time.Second)))
		}
		r.onPage(2, func() {
			for i := range n {
				r.github.Edit("node", int64(9000+i), func(c object) { c["updated_at"] = "2023-09-20T00:00:00Z" })
			}
		})
		requireSteps(t, r, all, nil, fmt.Sprint(n, " come in"))
	}
}

// Milestones may change their place in the list.
func TestMilestonesThatChangePlaces(t *testing.T) {
	const all = 250
	r := newCrowd(t, 0)
	r.project.Planning = "crowd/node"
	r.edit("node/milestones.json", func(list []object) []object {
		for i := 1; i <= all; i++ {
			list = append(list, object{
				"number": i, "title": fmt.Sprint("goal ", i), "state": "open", "html_url": fmt.Sprintf("https://github.com/crowd/node/milestone/%d", i),
				"due_on": at("2024-01-01 00:00").AddDate(0, 0, i),
			})
		}
		return list
	})
	r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
		if strings.HasSuffix(req.URL.Path, "/milestones") && req.URL.Query().Get("page") == "2" {
			r.suffer(nil)
			r.github.EditMilestone("node", 240, func(m map[string]any) { m["due_on"] = "2023-01-01T00:00:00Z" })
		}
		return nil
	})
	require.Len(t, r.must().Roadmap.Milestones, all)
}

// A next page that is none is a gap, and never the end of the list.
func TestNextPagesThatAreNone(t *testing.T) {
	for name, test := range map[string]struct{ link, want string }{
		"another host":        {`<https://elsewhere.test/repos/crowd/node/issues/comments?page=2>; rel="next"`, "its next page is on another host, https://elsewhere.test"},
		"in the clear":        {`<http://github.test/repos/crowd/node/issues/comments?page=2>; rel="next"`, "its next page is on another host, http://github.test"},
		"no address":          {`<>; rel="next"`, "the address of its next page cannot be read"},
		"no brackets":         {`https://github.test/; rel="next"`, "the address of its next page cannot be read"},
		"no form":             {`<https://github.test/%zz>; rel=next`, "the address of its next page cannot be read"},
		"the same for ever":   {`<https://github.test/repos/crowd/node/issues/comments?after=x>; rel="next"`, "the list has no end"},
		"another for ever":    {"", "the list has no end"},
		"a file, not a list":  {`<https://github.test/repos/crowd/node>; rel="next"`, "it is not a list"},
		"of other comments":   {`<https://github.test/repos/crowd/other/issues/comments?after=x>; rel="next"`, `it is of "crowd/other", not of crowd/node`},
		"an id for an escape": {`<https://github.test/repos/crowd/node/../../../x>; rel="next"`, "404"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newSteps(t, 150)
				r.add("repos.json", repoOf("crowd/other"))
				r.add("other/comments.json", update("crowd/other", 7000, 1, "of another", at("2023-09-02 00:00")))
				asked := 0
				g := r.handler
				r.handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
					if strings.HasSuffix(req.URL.Path, "/node/issues/comments") {
						asked++
						w = otherLink{w, cmp.Or(test.link, fmt.Sprintf(`<https://github.test/repos/crowd/node/issues/comments?after=%d>; rel="next"`, asked))}
						if req.URL.Query().Get("after") != "" {
							req.URL.RawQuery = "per_page=100"
						}
					}
					g.ServeHTTP(w, req)
				})
				_, outcome, err := r.read()
				require.NoError(t, err)
				require.Len(t, outcome.Gaps, 1)
				require.Equal(t, "the repository crowd/node", outcome.Gaps[0].What)
				require.ErrorContains(t, outcome.Gaps[0].Err, test.want)
				require.LessOrEqual(t, asked, 2*maxIdle)
				r.serve("crowd", r.served)
				require.Len(t, r.must().Updates, 151, "whole again")
			})
		})
	}
}

// otherLink sends another Link header than the fake GitHub does.
type otherLink struct {
	http.ResponseWriter
	link string
}

func (w otherLink) WriteHeader(status int) {
	w.Header().Set("Link", w.link)
	w.ResponseWriter.WriteHeader(status)
}

// Every form of a Link header that names a next page is understood.
func TestNextAddress(t *testing.T) {
	api := mustParse(t, testAPI)
	for header, want := range map[string]string{
		"": "",
		`<https://github.test/a?after=x,y;z>; rel="next", <https://github.test/b>; rel="first"`: "https://github.test/a?after=x,y;z",
		`<https://github.test/b>; rel="prev", <https://github.test/a>;  REL=next`:               "https://github.test/a",
		`</a?page=2>; rel="next"`:                                                               "https://github.test/a?page=2",
		`<https://github.test/a>; title="x"; rel="last next"`:                                   "https://github.test/a",
		`<https://github.test/next>; rel="last", <https://github.test/a?rel=next>; rel="first"`: "",
	} {
		got, err := nextAddress(http.Header{"Link": {header}}, api)
		require.NoError(t, err, header)
		require.Equal(t, want, got, header)
	}
}
