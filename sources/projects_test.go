package sources

import (
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/fixtures"
)

// statusOf makes a status update, as GraphQL has it.
func statusOf(id, status, day, target string) map[string]any {
	return map[string]any{
		"id": id, "status": status, "body": "- done: a thing of " + id, "startDate": nil, "targetDate": target,
		"createdAt": day + "T10:00:00Z", "creator": map[string]any{"login": "mira-wf"},
	}
}

// newProjectRun is a run with a project that has so many status updates before those
// of the month.
func newProjectRun(t *testing.T, before int) *run {
	r := newRun(t)
	r.login()
	r.project.Projects = []int{7}
	p := fixtures.Project{Number: 7, Title: "Maps", URL: "https://github.com/orgs/wayfold-maps/projects/7"}
	for i := range before {
		p.Updates = append(p.Updates, statusOf(fmt.Sprint("old", i), "ON_TRACK", "2024-12-01", "2025-05-01"))
	}
	p.Updates = append(p.Updates, statusOf("S1", "AT_RISK", "2025-03-05", "2025-05-01"), statusOf("S2", "OFF_TRACK", "2025-03-19", "2025-07-01"))
	r.github.SetProject(p)
	return r
}

func TestStatusUpdatesAreReadOnce(t *testing.T) {
	r := newProjectRun(t, 1)
	in := r.must()
	require.Len(t, in.Statuses, 3)
	require.Equal(t, compile.Status{
		Number: 7, Title: "Maps", URL: "https://github.com/orgs/wayfold-maps/projects/7", Health: compile.AtRisk,
		Items: []compile.Item{{Kind: compile.Achieved, Text: "a thing of S1"}}, Target: compile.Day{Year: 2025, Month: 5, Day: 1},
		Date: at("2025-03-05 10:00"), Author: "mira-wf",
	}, in.Statuses[0])
	require.Zero(t, r.asked(func() { require.Equal(t, in.Statuses, r.must().Statuses) }))
	r.offline = true
	require.Equal(t, in.Statuses, r.must().Statuses)
	r.project.Projects = nil
	require.Empty(t, r.must().Statuses)
}

// A project costs one question, and another for each fifty updates since the span
// began.
func TestQuestionsForStatusUpdates(t *testing.T) {
	for before, want := range map[int]int{1: 1, 120: 1} {
		r := newProjectRun(t, before)
		r.must()
		asked := 0
		for _, req := range r.github.Requests() {
			if req.Path == "/graphql" {
				asked++
			}
		}
		without := newProjectRun(t, before)
		without.project.Projects = nil
		without.must()
		for _, req := range without.github.Requests() {
			if req.Path == "/graphql" {
				asked--
			}
		}
		require.Equal(t, want, asked, before)
	}
	r := newProjectRun(t, 0)
	p := fixtures.Project{Number: 7, Title: "Maps"}
	for i := range 120 {
		p.Updates = append(p.Updates, statusOf(fmt.Sprint("S", i), "ON_TRACK", "2025-03-05", "2025-05-01"))
	}
	r.github.SetProject(p)
	require.Len(t, r.must().Statuses, 120)
}

// A status update that was edited or deleted in an open month is as it is now.
func TestStatusUpdatesThatChange(t *testing.T) {
	r := newProjectRun(t, 1)
	r.now = at("2025-03-20 00:00")
	r.must()
	r.github.SetProject(fixtures.Project{Number: 7, Title: "Maps", Updates: []map[string]any{
		statusOf("old0", "ON_TRACK", "2024-12-01", "2025-05-01"), statusOf("S2", "COMPLETE", "2025-03-19", "2025-07-01"),
	}})
	r.now = at("2025-03-21 00:00")
	in := r.must()
	require.Len(t, in.Statuses, 2)
	require.Equal(t, compile.Complete, in.Statuses[0].Health)
}

// A damaged file of status updates is read again, or missing with a warning.
func TestStatusUpdatesThatAreDamaged(t *testing.T) {
	for _, text := range []string{"", "[]", "{"} {
		r := newProjectRun(t, 1)
		want := r.must()
		damage(t, filepath.Join(r.dir, statusFile), text)
		r.offline = true
		in, outcome, err := r.read()
		require.NoError(t, err)
		require.Empty(t, in.Statuses)
		require.Contains(t, fmt.Sprint(outcome.Warnings), "the status updates of the projects are missing: ")
		r.offline = false
		require.Equal(t, want.Statuses, r.must().Statuses)
		require.Zero(t, r.asked(func() { r.must() }))
	}
}

// GraphQL only adds: without it the month is what it is, with a warning.
func TestStatusUpdatesThatGitHubDoesNotGive(t *testing.T) {
	for name, fail := range map[string]func(*run){
		"no such project": func(r *run) { r.project.Projects = []int{8} },
		"refused":         func(r *run) { r.suffer(on("/graphql", fixtures.Status(403, "Resource not accessible by integration"))) },
		"no GraphQL":      func(r *run) { r.suffer(on("/graphql", fixtures.Status(404, "Not Found"))) },
		"a proxy's page":  func(r *run) { r.suffer(on("/graphql", fixtures.HTMLPage())) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newProjectRun(t, 1)
				fail(r)
				in, outcome, err := r.read()
				require.NoError(t, err)
				require.Empty(t, outcome.Gaps)
				require.Empty(t, in.Statuses)
				require.Contains(t, fmt.Sprint(outcome.Warnings), "GitHub does not say how project")
				require.Equal(t, texts(calm(t)), texts(in))
			})
		})
	}
}
