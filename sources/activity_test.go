package sources

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// newFleet reads September 2023 of an organisation with so many repositories, of
// which some spoke in it. All were told of something before it, and in all something
// was changed without a word.
func newFleet(t testing.TB, repos, spoke int) *run {
	r := newRun(t)
	r.project, r.month, r.now = Project{Org: "fleet", Planning: "fleet/r0000"}, monthOf(t, "2023-09"), at("2023-09-25 00:00")
	lists := map[string][]object{}
	for i := range repos {
		name := fmt.Sprintf("r%04d", i)
		fullName := "fleet/" + name
		lists["repos.json"] = append(lists["repos.json"], repoOf(fullName))
		lists[name+"/issues.json"] = []object{issueOf(fullName, 1), issueOf(fullName, 2)}
		lists[name+"/comments.json"] = []object{update(fullName, 10*i+1, 1, "before "+name, at("2023-05-02 10:00"))}
		for _, issue := range lists[name+"/issues.json"] {
			issue["updated_at"] = "2023-09-20T00:00:00Z"
		}
		if i < spoke {
			said := update(fullName, 10*i+2, 1+i%2, "within "+name, at("2023-09-05 10:00"))
			lists[name+"/comments.json"] = append(lists[name+"/comments.json"], said)
		}
	}
	r.serve("fleet", archiveOf(t, lists))
	r.login()
	return r
}

// byEach makes a server not answer where something was said.
func (r *run) byEach() {
	g := r.handler
	r.handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.HasSuffix(req.URL.Path, "/graphql") {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		g.ServeHTTP(w, req)
	})
}

func TestRequestsGrowWithRepositoriesThatSpoke(t *testing.T) {
	for _, test := range []struct{ repos, spoke, most int }{{55, 9, 30}, {1000, 20, 110}} {
		for _, now := range []string{"2023-09-25 00:00", "2023-10-20 00:00"} {
			t.Run(fmt.Sprintf("%d of %d on %s", test.spoke, test.repos, now), func(t *testing.T) {
				each := newFleet(t, test.repos, test.spoke)
				each.now = at(now)
				each.byEach()
				want, _, err := each.read()
				require.NoError(t, err)
				require.Len(t, want.Updates, test.spoke)

				r := newFleet(t, test.repos, test.spoke)
				r.now = at(now)
				cold := r.asked(func() { require.Equal(t, want, r.must()) })
				require.LessOrEqual(t, cold, test.most)
				t.Log(cold, "requests")
				again := r.asked(func() { require.Equal(t, want, r.must()) })
				if now > "2023-10-15" {
					require.Zero(t, again, "it is final")
				} else {
					require.LessOrEqual(t, again, test.most)
				}
			})
		}
	}
}

// A month in whose repositories all has changed since costs no more than asking each.
func TestOldMonthCostsNoMore(t *testing.T) {
	for _, hidden := range []bool{false, true} {
		count := func(answers bool) int {
			r := newFleet(t, 55, 55)
			r.now = at("2025-09-25 00:00")
			r.github.ShowMinimized = hidden
			if !answers {
				r.access.Token = nil
				r.github.Token = ""
			}
			return r.asked(func() { r.must() })
		}
		most := count(false)
		if !hidden {
			most++ // which comments are hidden
		}
		require.LessOrEqual(t, count(true), most)
	}
}

// Where the question is not answered, or in part, each repository is asked.
func TestRepositoriesThatGraphQLDoesNotSettle(t *testing.T) {
	rewrite := func(change func(body string) string) *fixtures.Fault {
		return fixtures.Rewritten("other answer", func(body []byte) []byte { return []byte(change(string(body))) })
	}
	want := newFleet(t, 12, 4).must()
	for name, fault := range map[string]*fixtures.Fault{
		"refused":          fixtures.Status(403, "Resource not accessible by integration"),
		"another token":    fixtures.Status(401, "Bad credentials"),
		"unknown":          fixtures.Status(404, ""),
		"a page of HTML":   fixtures.HTMLPage(),
		"a cut connection": fixtures.CutConnection(),
		"a failure":        fixtures.Status(502, ""),
		"a limit":          fixtures.SecondaryLimit(403, time.Hour),
		"errors beside data": rewrite(func(s string) string {
			return strings.Replace(s, `{"data"`, `{"errors":[{"message":"timeout"}],"data"`, 1)
		}),
		"an error of one": rewrite(func(s string) string {
			return strings.Replace(s, `{"data"`, `{"errors":[{"path":["nodes",1,"issues"]}],"data"`, 1)
		}),
		"nothing":  rewrite(func(string) string { return `{}` }),
		"a list":   rewrite(func(string) string { return `[]` }),
		"null":     rewrite(func(string) string { return `null` }),
		"no nodes": rewrite(func(string) string { return `{"data":{"nodes":[]}}` }),
		"null nodes": rewrite(func(string) string {
			return `{"data":{"nodes":[null,null,null,null,null,null,null,null,null,null,null,null]}}`
		}),
		"other repositories": rewrite(func(s string) string { return strings.ReplaceAll(s, "fleet/r", "fleet/s") }),
		"another order": rewrite(func(s string) string {
			return strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(s, "r0001", "r9"), "r0005", "r0001"), "r9", "r0005")
		}),
		"issues of no form": rewrite(func(s string) string {
			return strings.ReplaceAll(s, `"nodes":[{"comments"`, `"nodes":[null,{"comments"`)
		}),
		"comments are missing": rewrite(func(s string) string { return strings.ReplaceAll(s, `"comments"`, `"remarks"`) }),
		"times are missing":    rewrite(func(s string) string { return strings.ReplaceAll(s, `"createdAt"`, `"madeAt"`) }),
		"times of no form":     rewrite(func(s string) string { return strings.ReplaceAll(s, "2023-", "") }),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newFleet(t, 12, 4)
				r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
					if strings.HasSuffix(req.URL.Path, "/graphql") {
						return fault
					}
					return nil
				})
				in, outcome, err := r.read()
				require.NoError(t, err)
				require.Empty(t, outcome.Gaps)
				require.Equal(t, want, in)
			})
		})
	}
}

// What was said where the question sees it only in part is read.
func TestWordsThatAreHardToSee(t *testing.T) {
	for name, change := range map[string]func(r *run){
		"behind issues that changed later": func(r *run) {
			r.github.AddComment("r0003", update("fleet/r0003", 900, 7, "zebra", at("2023-09-04 10:00")))
			for i := range activeAtOnce {
				r.github.AddComment("r0003", update("fleet/r0003", 901+i, 20+i, "older", at("2023-05-04 10:00")))
				r.github.Edit("r0003", int64(901+i), func(c object) { c["updated_at"] = "2023-09-06T10:00:00Z" })
			}
		},
		"on a pull request": func(r *run) {
			r.edit("r0003/issues.json", func(list []object) []object {
				list[0]["pull_request"] = object{}
				return list
			})
			r.github.AddComment("r0003", update("fleet/r0003", 900, 1, "zebra", at("2023-09-04 10:00")))
		},
		"in the first moment": func(r *run) {
			r.github.AddComment("r0003", update("fleet/r0003", 900, 7, "zebra", at("2023-08-28 00:00")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newFleet(t, 12, 0)
			change(r)
			r.login()
			require.Contains(t, texts(r.must()), "zebra")
		})
	}
}

// What is said later in a repository that was silent is read when the month is read
// again.
func TestSilentRepositorySpeaks(t *testing.T) {
	r := newFleet(t, 12, 2)
	r.must()
	r.github.AddComment("r0007", update("fleet/r0007", 900, 1, "zebra", at("2023-09-25 10:00")))
	r.now = at("2023-09-26 00:00")
	require.Contains(t, texts(r.must()), "zebra")
	r.github.AddComment("r0008", update("fleet/r0008", 901, 1, "okapi", at("2023-09-26 10:00")))
	r.now = at("2023-11-01 00:00")
	require.Contains(t, texts(r.must()), "okapi")
}

// askedFor gives the repositories whose comments were asked for.
func (r *run) askedFor() []string {
	names := map[string]bool{}
	for _, request := range r.github.Requests() {
		if path, ok := strings.CutSuffix(request.Path, "/issues/comments"); ok {
			names[path[strings.LastIndex(path, "/")+1:]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Repositories in which only issues changed are not asked for comments.
func TestOnlyRepositoriesThatSpokeAreAsked(t *testing.T) {
	r := newFleet(t, 12, 3)
	r.must()
	require.Equal(t, []string{"r0000", "r0001", "r0002"}, r.askedFor())
}
