package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

func realGitHub() *fixtures.GitHub {
	return fixtures.NewGitHub("waku-org", os.DirFS(filepath.Join(real, "github")))
}

// slowly lets requests overlap, however fast the machine is.
func slowly(int, *http.Request) *fixtures.Fault { return fixtures.Slow(20 * time.Millisecond) }

func TestSeptemberCostsFewRequests(t *testing.T) {
	needReal(t)
	p, g := newProgram(t), realGitHub()
	p.serve(g)
	g.Fault = slowly
	first := p.run(p.september()...)
	require.Zero(t, first.code, first.stderr)
	cold := len(g.Requests())
	require.LessOrEqual(t, cold, 32)
	require.Greater(t, g.MaxInFlight(), 3)

	require.Equal(t, first, p.run(p.september()...))
	require.Equal(t, first, p.run(p.september("--offline")...))
	require.Len(t, g.Requests(), cold, "a window that was read after its end is final")

	require.Equal(t, first, p.run(p.september("--refresh")...))
	require.Len(t, g.Requests(), 2*cold)
}

func TestSeptemberIsTheSameInAnyOrder(t *testing.T) {
	needReal(t)
	p, g := newProgram(t), realGitHub()
	p.serve(g)
	want := p.run(p.september()...)
	turned := realGitHub()
	turned.PageOrder = func(page, pages int) int { return pages + 1 - page }
	turned.Fault = slowly
	q := newProgram(t)
	q.serve(turned)
	require.Equal(t, want, q.run(q.september()...))
}

// Each statement of a comment of the month, and of a note, stands once in the
// draft, with both as sources, under the epic and milestone of its labels.
func TestSeptemberTellsOneStory(t *testing.T) {
	needReal(t)
	p := newProgram(t)
	p.serve(realGitHub())
	d := parseDraft(t, p.run(p.september("--format", "json")...).stdout)
	require.Equal(t, d.Ledger.Read, d.Ledger.Placed+d.Ledger.Merged+len(d.Ledger.LeftOut))
	require.Len(t, d.told(), d.Ledger.Placed)
	require.Empty(t, d.Ledger.LeftOut)
	for _, s := range d.told() {
		var notes, comments []string
		for _, src := range s.Sources {
			notes = append(notes, strings.Repeat("n", len(src.Note)/10))
			comments = append(comments, src.URL)
		}
		require.NotEmpty(t, strings.Join(notes, ""), "no note: %s", s.Text)
		require.NotEmpty(t, strings.Join(comments, ""), "no comment: %s", s.Text)
	}
	checkOnce(t, d)
	checkPlaces(t, d)
}

// checkPlaces holds the titles above each task against the labels of its issue.
func checkPlaces(t *testing.T, d jsonDraft) {
	t.Helper()
	labels := map[string][]string{}
	epics := map[string][]string{} // by label: addresses of the issues that carry it
	files, err := filepath.Glob(filepath.Join(real, "github", "*", "issues.json"))
	require.NoError(t, err)
	for _, f := range files {
		data, err := os.ReadFile(f)
		require.NoError(t, err)
		var issues []struct {
			URL    string                  `json:"html_url"`
			Labels []struct{ Name string } `json:"labels"`
		}
		require.NoError(t, json.Unmarshal(data, &issues))
		for _, i := range issues {
			for _, l := range i.Labels {
				labels[i.URL] = append(labels[i.URL], l.Name)
				if strings.Contains(f, "/pm/") && strings.HasPrefix(l.Name, "E:") {
					epics[l.Name] = append(epics[l.Name], i.URL)
				}
			}
		}
	}
	for _, s := range d.told() {
		task := s.above[len(s.above)-1]
		var may []string
		for _, l := range labels[task.URL] {
			may = append(may, epics[l]...)
		}
		if len(may) == 0 || slices.Contains(may, task.URL) {
			continue
		}
		above := s.above[len(s.above)-2]
		require.Contains(t, may, above.URL, "%s is under %s", task.Title, above.Title)
	}
}

// What stands only in a note, or only in a comment, is told all the same.
func TestSeptemberWithHolesOnBothSides(t *testing.T) {
	needReal(t)
	whole := newProgram(t)
	whole.serve(realGitHub())
	want := map[string]bool{}
	for _, s := range parseDraft(t, whole.run(whole.september("--format", "json")...).stdout).told() {
		want[letters(plain(s.Text))] = true
	}

	p, g := newProgram(t), realGitHub()
	p.serve(g)
	for _, id := range []int64{1061, 1062, 1077, 1090} {
		g.RemoveComment(map[int64]string{1061: "nwaku", 1062: "nwaku", 1077: "nwaku", 1090: "go-waku"}[id], id)
	}
	notes := filepath.Join(p.dir, "notes")
	require.NoError(t, os.CopyFS(notes, os.DirFS(filepath.Join(real, "waku/updates"))))
	cut := filepath.Join(notes, "2023-09-18.md")
	data, err := os.ReadFile(cut)
	require.NoError(t, err)
	sections := strings.Split(string(data), "\n**[")
	kept := append(slices.Clone(sections[:3]), sections[9:]...)
	require.NoError(t, os.WriteFile(cut, []byte(strings.Join(kept, "\n**[")), 0o600))
	d := parseDraft(t, p.run(p.september("--format", "json", "--notes", notes)...).stdout)
	got := map[string]bool{}
	for _, s := range d.told() {
		got[letters(plain(s.Text))] = true
	}
	require.Equal(t, want, got)
	checkPlaces(t, d)
	require.Equal(t, d.Ledger.Read, d.Ledger.Placed+d.Ledger.Merged+len(d.Ledger.LeftOut))
}

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
	g.Fault = func(n int, r *http.Request) *fixtures.Fault {
		if n < 20 {
			return slowly(n, r)
		}
		return nil
	}
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

// Over consecutive months each update is in exactly one.
func TestConsecutiveMonthsShareNothing(t *testing.T) {
	needReal(t)
	p := newProgram(t)
	p.serve(realGitHub())
	months := map[string]map[string]bool{}
	for _, month := range []string{"2023-07", "2023-08", "2023-09", "2023-10"} {
		r := p.run(p.september("--month", month, "--format", "json")...)
		require.Zero(t, r.code, r.stderr)
		d := parseDraft(t, r.stdout)
		require.Empty(t, d.Ledger.LeftOut)
		for _, s := range d.told() {
			for _, src := range s.Sources {
				if src.URL == "" {
					continue
				}
				if months[src.URL] == nil {
					months[src.URL] = map[string]bool{}
				}
				months[src.URL][month] = true
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(real, "github", "*", "comments.json"))
	require.NoError(t, err)
	for _, f := range files {
		data, err := os.ReadFile(f)
		require.NoError(t, err)
		var comments []struct {
			URL  string `json:"html_url"`
			Body string
		}
		require.NoError(t, json.Unmarshal(data, &comments))
		for _, c := range comments {
			require.Len(t, months[c.URL], 1, "%s: %s", c.URL, c.Body)
		}
	}
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
