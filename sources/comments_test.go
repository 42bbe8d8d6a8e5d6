package sources

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/fixtures"
)

// zebra is an update of the demo's month that a test adds.
func zebra(at time.Time) object {
	return update("wayfold-maps/tiler", 900, 21, "zebra stripes", at)
}

// What was deleted on GitHub is gone after a refresh.
func TestRefreshForgetsDeletedComments(t *testing.T) {
	r := newRun(t)
	r.github.AddComment("tiler", zebra(at("2025-03-27 10:00")))
	r.now = at("2025-03-29 00:00")
	require.Contains(t, texts(r.must()), "zebra")
	r.github.RemoveComment("tiler", 900)
	r.now = at("2025-04-20 00:00")
	require.Contains(t, texts(r.must()), "zebra")
	r.project.Refresh = true
	require.NotContains(t, texts(r.must()), "zebra")
}

// A month that is still open is brought up to date, with what was edited too.
func TestOpenMonthIsBroughtUpToDate(t *testing.T) {
	r := newRun(t)
	r.now = at("2025-03-20 00:00")
	r.must()
	r.github.AddComment("tiler", zebra(at("2025-03-20 10:00")))
	r.now = at("2025-03-21 00:00")
	require.Contains(t, texts(r.must()), "zebra stripes")
	r.github.Edit("tiler", 900, func(c object) {
		c["body"], c["updated_at"] = "**Weekly Update**\n\n- achieved: zebra dots", at("2025-03-21 10:00")
	})
	r.now = at("2025-03-22 00:00")
	require.Contains(t, texts(r.must()), "zebra dots")
}

// A clock that is some minutes ahead loses no comment.
func TestClockThatIsAhead(t *testing.T) {
	r := newRun(t)
	r.now = at("2025-03-27 10:10") // ten minutes ahead
	r.must()
	r.github.AddComment("tiler", zebra(at("2025-03-27 10:02")))
	r.now = at("2025-03-27 12:00")
	require.Contains(t, texts(r.must()), "zebra")
}

// Comments that shift while pages are read are read all the same, and once.
func TestCommentsThatComeWhilePagesAreRead(t *testing.T) {
	r := newRun(t)
	const many = 350
	comment := func(i int) object {
		return update("wayfold-maps/tiler", 5000+i, 21, fmt.Sprintf("number %d is done", i), at("2025-03-04 10:00").Add(time.Duration(i)*time.Second))
	}
	for i := range many {
		r.github.AddComment("tiler", comment(i))
	}
	pages := 0
	r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
		if !strings.HasSuffix(req.URL.Path, "/tiler/issues/comments") {
			return nil
		}
		pages++
		r.github.AddComment("tiler", comment(many+pages))
		r.github.Edit("tiler", 5000, func(c object) { c["updated_at"] = at("2025-04-20 00:00").Add(time.Duration(pages)) })
		return nil
	})
	seen := map[string]int{}
	for _, u := range r.must().Updates {
		seen[u.Source.URL]++
	}
	require.Greater(t, pages, 3)
	for i := range many {
		require.Equal(t, 1, seen[comment(i)["html_url"].(string)], i)
	}
}

// GitHub lists only so many pages; the rest is read from the newest comment on.
func TestListsThatEndEarlyGoOn(t *testing.T) {
	const comments = 950
	var want compile.Input
	for _, limit := range []int{0, 2} {
		r := newCrowd(t, comments)
		r.github.MaxPages = limit
		in := r.must()
		require.Len(t, in.Updates, comments)
		if limit == 0 {
			want = in
		}
		require.Equal(t, want, in)
	}
}

// Where too many comments are of one time, the list has no end that can be found.
func TestListThatCannotGoOn(t *testing.T) {
	r := newCrowd(t, 0)
	for i := range 250 {
		r.github.AddComment("node", update("crowd/node", i, 1, fmt.Sprint("step ", i), at("2023-09-02 00:00")))
	}
	r.github.MaxPages = 1
	_, _, err := r.read()
	require.ErrorContains(t, err, "GitHub stops listing its comments, as too many are of the same time")
}

// newCrowd reads September 2023 of an organisation with one repository, and so
// many updates spread over the month.
func newCrowd(t testing.TB, comments int) *run {
	r := newRun(t)
	r.project, r.month = Project{Org: "crowd"}, monthOf(t, "2023-09")
	var list []object
	for i := range comments {
		list = append(list, update("crowd/node", i, 1, fmt.Sprint("step ", i), time.Date(2023, 9, 2+i%22, 9, 0, i, 0, time.UTC)))
	}
	r.serve("crowd", archiveOf(t, map[string][]object{
		"repos.json": {repoOf("crowd/node")}, "node/comments.json": list, "node/issues.json": {issueOf("crowd/node", 1)},
	}))
	return r
}

// Pages that come in any order give the same.
func TestPagesInAnyOrder(t *testing.T) {
	want := newCrowd(t, 950).must()
	r := newCrowd(t, 950)
	r.github.PageOrder = func(page, pages int) int { return pages + 1 - page }
	require.Equal(t, want, r.must())
}

func TestMergeComments(t *testing.T) {
	inside, outside := at("2025-03-04 00:00"), at("2025-05-04 00:00")
	s := span{at("2025-03-01 00:00"), at("2025-04-01 00:00")}
	known := apiComment{ID: 2, Body: "known", CreatedAt: inside, Hidden: true}
	for name, test := range map[string]struct {
		fresh   []apiComment
		want    []apiComment
		changed bool
	}{
		"nothing":               {nil, []apiComment{known}, false},
		"the same again":        {[]apiComment{{ID: 2, Body: "known", CreatedAt: inside}}, []apiComment{known}, false},
		"edited, still hidden":  {[]apiComment{{ID: 2, Body: "new", CreatedAt: inside}}, []apiComment{{ID: 2, Body: "new", CreatedAt: inside, Hidden: true}}, true},
		"new in the span":       {[]apiComment{{ID: 1, CreatedAt: inside}}, []apiComment{{ID: 1, CreatedAt: inside}, known}, true},
		"new outside the span":  {[]apiComment{{ID: 1, CreatedAt: outside}}, []apiComment{known}, false},
		"twice, the last stays": {[]apiComment{{ID: 1, CreatedAt: inside}, {ID: 1, Body: "b", CreatedAt: inside}}, []apiComment{{ID: 1, Body: "b", CreatedAt: inside}, known}, true},
	} {
		t.Run(name, func(t *testing.T) {
			merged, changed := mergeComments([]apiComment{known}, test.fresh, s)
			require.Equal(t, test.want, merged)
			require.Equal(t, test.changed, changed)
		})
	}
}
