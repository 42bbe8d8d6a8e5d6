package sources

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// An issue that lost its epic label is not an epic after the next reading.
func TestEpicThatIsNoneAnyMore(t *testing.T) {
	drop := func(r *run) {
		r.github.EditIssue("plan", 17, func(i object) { i["labels"], i["milestone"], i["title"] = []any{}, nil, "Dropped thing" })
	}
	fresh := newRun(t)
	drop(fresh)
	fresh.now = at("2025-04-20 00:00")
	want := fresh.must()
	require.NotEqual(t, calm(t).Roadmap, want.Roadmap)

	r := newRun(t)
	r.now = at("2025-03-29 00:00")
	r.must()
	drop(r)
	r.now, r.project.Refresh = at("2025-04-20 00:00"), true
	require.Equal(t, want.Roadmap, r.must().Roadmap)
}

// Without a planning repository there is no roadmap.
func TestProjectWithoutPlanningRepository(t *testing.T) {
	r := newRun(t)
	r.project.Planning = ""
	in := r.must()
	require.Zero(t, in.Roadmap)
	require.NotEmpty(t, in.Issues)
	require.Zero(t, r.asked(func() { r.must() }))
}

func TestLabelsAreTakenOffACopy(t *testing.T) {
	issue := apiIssue{Labels: []apiLabel{{"Epic"}, {"bug"}, {"milestone"}}}
	require.Equal(t, []apiLabel{{"bug"}}, issue.withoutWords(compile.Words{}.Names()).Labels)
	require.Equal(t, []apiLabel{{"Epic"}, {"bug"}, {"milestone"}}, issue.Labels)
}
