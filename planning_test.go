package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// harbour is an organisation that uses what GitHub has had since 2025: types, parents,
// sub-issues, dependencies and fields of issues.
type harbour map[string][]map[string]any

func newHarbour() harbour {
	h := harbour{}
	for _, name := range []string{"plan", "crane"} {
		h["repos.json"] = append(h["repos.json"], map[string]any{
			"name": name, "full_name": "harbour/" + name, "html_url": "https://github.com/harbour/" + name, "has_issues": true,
			"created_at": "2024-01-01T00:00:00Z", "pushed_at": "2025-03-01T00:00:00Z", "updated_at": "2025-03-01T00:00:00Z",
		})
	}
	h["plan/milestones.json"] = []map[string]any{{"number": 1, "title": "Deep water", "state": "open", "html_url": "https://github.com/harbour/plan/milestone/1"}}
	h.issue("plan", 1, "Deep water", map[string]any{"labels": labels("milestone"), "sub_issues_summary": map[string]any{"total": 2, "completed": 0}})
	return h
}

func labels(names ...string) (all []map[string]any) {
	for _, n := range names {
		all = append(all, map[string]any{"name": n})
	}
	return all
}

// subOf gives the fields of a sub-issue of an issue of the planning repository.
func subOf(number int, more map[string]any) map[string]any {
	fields := map[string]any{"parent_issue_url": fmt.Sprintf("https://api.github.com/repos/harbour/plan/issues/%d", number)}
	for k, v := range more {
		fields[k] = v
	}
	return fields
}

// issue adds an open issue with other fields.
func (h harbour) issue(repo string, number int, title string, more map[string]any) {
	issue := map[string]any{
		"number": number, "title": title, "state": "open", "html_url": fmt.Sprintf("https://github.com/harbour/%s/issues/%d", repo, number),
		"created_at": "2024-02-01T00:00:00Z", "updated_at": "2025-03-20T00:00:00Z", "labels": []any{},
	}
	for k, v := range more {
		issue[k] = v
	}
	h[repo+"/issues.json"] = append(h[repo+"/issues.json"], issue)
}

// say adds an update on an issue.
func (h harbour) say(repo string, number int, text string) {
	id := 1000 + len(h["plan/comments.json"]) + len(h["crane/comments.json"])
	page := fmt.Sprintf("https://github.com/harbour/%s/issues/%d", repo, number)
	h[repo+"/comments.json"] = append(h[repo+"/comments.json"], map[string]any{
		"id": id, "node_id": fmt.Sprint("C", id), "body": "**Weekly Update**\n- achieved: " + text, "author_association": "MEMBER",
		"html_url": fmt.Sprintf("%s#issuecomment-%d", page, id), "issue_url": strings.Replace(page, "https://github.com", "https://api.github.com/repos", 1),
		"user": map[string]any{"login": "ada", "type": "User"}, "created_at": "2025-03-12T10:00:00Z", "updated_at": "2025-03-12T10:00:00Z",
	})
}

func (h harbour) serve() *fixtures.GitHub {
	archive := fstest.MapFS{}
	for name, list := range h {
		data, err := json.Marshal(list)
		if err != nil {
			panic(err)
		}
		archive[name] = &fstest.MapFile{Data: data}
	}
	return fixtures.NewGitHub("harbour", archive)
}

// compile compiles March 2025 in a form, through HTTP.
func (h harbour) compile(t *testing.T, format string, change func(*program, *fixtures.GitHub), more ...string) string {
	t.Helper()
	p, g := newProgram(t), h.serve()
	change(p, g)
	p.serve(g)
	r := p.run(append([]string{
		"compile", "--month", "2025-03", "--org", "harbour", "--planning", "harbour/plan", "--format", format, "--archive", filepath.Join(p.dir, "archive"),
	}, more...)...)
	require.Zero(t, r.code, r.stderr)
	return r.stdout
}

func asItIs(*program, *fixtures.GitHub) {}

// standsAt gives where each statement stands, by titles.
func standsAt(t *testing.T, draft string) map[string]string {
	t.Helper()
	all := map[string]string{}
	parseDraft(t, draft).walk(func(path []jsonNode) {
		var titles []string
		for _, n := range path {
			titles = append(titles, n.Title)
		}
		for _, item := range path[len(path)-1].Items {
			all[item.Text] = strings.Join(titles, " > ")
		}
	})
	return all
}

func TestParentsTypesAndWordsPlaceUpdates(t *testing.T) {
	h := newHarbour()
	h.issue("plan", 2, "Quay", subOf(1, map[string]any{"type": map[string]any{"name": "Workstream"}}))
	h.issue("plan", 3, "Dredging", subOf(1, nil))
	h.issue("plan", 4, "Lights", map[string]any{"labels": labels("Deliverable"), "milestone": map[string]any{"number": 1}})
	h.issue("plan", 5, "A step of the quay", subOf(2, map[string]any{"type": map[string]any{"name": "Task"}}))
	h.issue("crane", 1, "Foundation", subOf(5, nil))
	h.issue("crane", 2, "Sand", subOf(3, nil))
	h.issue("crane", 3, "Lamps", subOf(4, nil))
	h.issue("crane", 4, "Charts", subOf(1, nil))
	h.issue("crane", 5, "Loose end", nil)
	for n, text := range []string{"poured", "moved", "lit", "drawn", "tied"} {
		h.say("crane", n+1, text)
	}
	file := filepath.Join(t.TempDir(), "words.yaml")
	require.NoError(t, os.WriteFile(file, []byte("words: {epic: Workstream}\n"), 0o600))
	require.Equal(t, map[string]string{
		"poured": "Deep water > Quay > Foundation",
		"moved":  "Deep water > Dredging > Sand",
		"lit":    "Deep water > Lights > Lamps",
		"drawn":  "Deep water > Charts",
		"tied":   "Other > Loose end",
	}, standsAt(t, h.compile(t, "json", asItIs, "--config", file)))
}

func TestWhatGitHubSaysOfAnEpic(t *testing.T) {
	h := newHarbour()
	h.issue("plan", 2, "Quay", subOf(1, map[string]any{
		"labels": labels("epic"), "sub_issues_summary": map[string]any{"total": 5, "completed": 3},
		"issue_dependencies_summary": map[string]any{"blocked_by": 2},
		"issue_field_values":         []any{map[string]any{"data_type": "date", "value": "2025-02-20T00:00:00Z"}},
	}))
	h.say("plan", 2, "built")
	draft := h.compile(t, "markdown", asItIs)
	require.Contains(t, draft, "*due 2025-02-20 · 3 of 5 sub-issues done · blocked by 2 open issues*")
	require.Contains(t, draft, "- [Quay](https://github.com/harbour/plan/issues/2) was due on 2025-02-20")
	var r struct {
		Milestones []struct {
			Epics []struct {
				Due       string
				SubIssues map[string]int `json:"sub_issues"`
				BlockedBy int            `json:"blocked_by"`
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(h.compile(t, "json", asItIs)), &r))
	epic := r.Milestones[0].Epics[0]
	require.Equal(t, "2025-02-20", epic.Due)
	require.Equal(t, map[string]int{"done": 3, "all": 5}, epic.SubIssues)
	require.Equal(t, 2, epic.BlockedBy)
}

// What was closed and not done is told as dropped, and never as finished.
func TestDroppedWork(t *testing.T) {
	for reason, want := range map[string]string{"not_planned": "dropped", "duplicate": "dropped", "completed": "closed", "": "closed"} {
		h := newHarbour()
		ended := map[string]any{"labels": labels("epic"), "state": "closed", "state_reason": reason, "closed_at": "2025-03-14T00:00:00Z"}
		h.issue("plan", 2, "Quay", subOf(1, ended))
		h.issue("crane", 1, "Foundation", subOf(2, map[string]any{"state": "closed", "state_reason": reason, "closed_at": "2025-03-14T00:00:00Z"}))
		h.issue("crane", 2, "A change", subOf(2, map[string]any{
			"state": "closed", "closed_at": "2025-03-14T00:00:00Z", "pull_request": map[string]any{"merged_at": map[string]any{"closed": "2025-03-14T00:00:00Z"}[want]},
		}))
		h.say("crane", 1, "poured")
		h.say("crane", 2, "changed")
		draft := h.compile(t, "markdown", asItIs)
		require.Contains(t, draft, "##### [Quay](https://github.com/harbour/plan/issues/2) ("+want+")", reason)
		require.Equal(t, want == "dropped", strings.Contains(draft, "- **Dropped**: [Quay]"), reason)
		require.Equal(t, want == "closed", strings.Contains(draft, "- **Finished**\n>   - Deep water: [Quay]"), reason)
		require.Equal(t, map[string]int{"closed": 2}[want], strings.Count(draft, "- ✓ **["), reason)
		require.Equal(t, map[string]int{"dropped": 3, "closed": 1}[want], strings.Count(draft, "("+want+")"), reason)
	}
}

// How a project stands is told under Risk in the team's own word, with the date that
// moved; what people write there cannot change the page.
func TestStatusUpdatesAreToldUnderRisk(t *testing.T) {
	h := newHarbour()
	h.issue("plan", 2, "Quay", subOf(1, map[string]any{"labels": labels("epic")}))
	h.say("plan", 2, "built")
	file := filepath.Join(t.TempDir(), "monthly.yaml")
	require.NoError(t, os.WriteFile(file, []byte("projects: [7]\n"), 0o600))
	project := func(p *program, g *fixtures.GitHub) {
		p.env["GITHUB_TOKEN"], g.Token = "ghs_0123456789abcdef", "ghs_0123456789abcdef"
		update := func(id, status, day, target, body string) map[string]any {
			return map[string]any{"id": id, "status": status, "body": body, "createdAt": day + "T10:00:00Z", "targetDate": target, "startDate": nil, "creator": nil}
		}
		g.SetProject(fixtures.Project{Number: 7, Title: "Port", URL: "https://github.com/orgs/harbour/projects/7", Updates: []map[string]any{
			update("S1", "ON_TRACK", "2025-02-12", "2025-06-01", "fine"),
			update("S2", "OFF_TRACK", "2025-03-19", "2025-09-01", "The crane is late.\n\n- risk: no steel\n\n## Executive Summary\n\n<script>x</script>"),
		}})
	}
	draft := h.compile(t, "markdown", project, "--config", file)
	_, risk, _ := strings.Cut(draft, "## Perceived Changes in Project Risk")
	risk, _, _ = strings.Cut(risk, "## Future Plans")
	require.Contains(t, risk, "- [Port](https://github.com/orgs/harbour/projects/7): **off track** (03-19), due date moved from 2025-06-01 to 2025-09-01\n  - The crane is late.")
	require.Contains(t, risk, "no steel")
	require.NotContains(t, draft, "on track")
	require.Contains(t, draft, `\<script>`)
	require.Equal(t, 1, strings.Count(draft, "\n## Executive Summary"))
	require.Contains(t, h.compile(t, "json", project, "--config", file), `"from": "2025-06-01"`)
	for _, wrong := range []string{"projects: [0]\norg: harbour\n", "projects: [7]\nnotes: .\n"} {
		require.NoError(t, os.WriteFile(file, []byte(wrong), 0o600))
		require.Equal(t, exitUsage, newProgram(t).run("compile", "--config", file).code, wrong)
	}
}
