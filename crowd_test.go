package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// crowd is an archive of repositories with comments each, spread over a month.
func crowd(repos, comments int) fstest.MapFS {
	archive := fstest.MapFS{}
	file := func(name string, v any) {
		data, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		archive[name] = &fstest.MapFile{Data: data}
	}
	var list []map[string]any
	for r := range repos {
		name := fmt.Sprintf("r%03d", r)
		list = append(list, map[string]any{
			"id": r, "name": name, "full_name": "crowd/" + name, "html_url": "https://github.com/crowd/" + name, "has_issues": true,
			"pushed_at": "2023-09-01T00:00:00Z", "updated_at": "2023-09-01T00:00:00Z",
		})
		var all []map[string]any
		for c := range comments {
			at := time.Date(2023, 9, 2+c%22, 9, 0, 0, 0, time.UTC)
			all = append(all, map[string]any{
				"id": r*1000 + c, "body": fmt.Sprintf("**Weekly Update**\n\n- _achieved_: step %d of %s", c, name),
				"html_url":           fmt.Sprintf("https://github.com/crowd/%s/issues/1#issuecomment-%d", name, r*1000+c),
				"issue_url":          fmt.Sprintf("https://api.github.com/repos/crowd/%s/issues/1", name),
				"author_association": "MEMBER", "user": map[string]any{"login": "someone", "type": "User"},
				"created_at": at, "updated_at": at,
			})
		}
		file(name+"/comments.json", all)
		file(name+"/issues.json", []map[string]any{{
			"number": 1, "title": "work", "state": "open", "html_url": "https://github.com/crowd/" + name + "/issues/1",
			"created_at": "2023-01-01T00:00:00Z", "updated_at": "2023-09-20T00:00:00Z",
		}})
	}
	file("repos.json", list)
	return archive
}

func TestCrowdIsReadOnceAndThenBroughtUpToDate(t *testing.T) {
	const repos, comments = 300, 34
	p, g := newProgram(t), fixtures.NewGitHub("crowd", crowd(repos, comments))
	p.serve(g)
	g.Fault = crossed(2)
	p.now = time.Date(2023, 9, 26, 12, 0, 0, 0, time.UTC)
	args := []string{"compile", "--month", "2023-09", "--org", "crowd", "--archive", filepath.Join(p.dir, "archive"), "--format", "json"}
	r := p.run(args...)
	require.Zero(t, r.code, r.stderr)
	require.Len(t, parseDraft(t, r.stdout).told(), repos*comments)
	require.Greater(t, g.MaxInFlight(), 1)
	cold := len(g.Requests())
	require.LessOrEqual(t, cold, 2*repos+5)

	p.now = p.now.Add(time.Hour)
	require.Equal(t, r.stdout, p.run(args...).stdout)
	require.LessOrEqual(t, len(g.Requests())-cold, repos+5, "while the window is open")
}

// Reading, compiling and rendering 340, 3,400 and 34,000 comments, over HTTP.
func BenchmarkOrganisation(b *testing.B) {
	for _, repos := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("%d comments", 34*repos), func(b *testing.B) {
			archive := crowd(repos, 34)
			b.ReportAllocs()
			for b.Loop() {
				p := newProgram(b)
				p.serve(fixtures.NewGitHub("crowd", archive))
				r := p.run("compile", "--org", "crowd", "--month", "2023-09", "--archive", filepath.Join(p.dir, "archive"))
				require.Zero(b, r.code, r.stderr)
			}
		})
	}
}
