package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

// openCases are those whose right value the program does not give yet, and why. Who
// mends one takes it off the list, and reads what its want.txt becomes.
var openCases = map[string]string{
	"C04-repo-renamed": "GitHub is not asked for the repositories that notes name by an older name",
}

// Each folder of testdata/cases is a small input: weekly notes in a folder, an
// organisation in cases.json, or both. Its want.txt holds the month to compile, and
// below that what must come out of it.
func TestCases(t *testing.T) {
	folders, err := filepath.Glob("testdata/cases/*")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(folder, "want.txt"))
			require.NoError(t, err)
			head, want, _ := strings.Cut(string(data), "\n")
			m := caseMonth(t, folder)
			m.month = strings.TrimPrefix(head, "month ")
			r := m.start(t)
			r.now = r.now.AddDate(0, -4, 0) // two months later
			got := outcome(t, r.compile("--format", "json"), r.dir)
			if reason, isOpen := openCases[m.name]; isOpen {
				require.NotEqual(t, want, got, "mended, so take it off the list: %s", reason)
				return
			}
			if *update {
				require.NoError(t, os.WriteFile(filepath.Join(folder, "want.txt"), []byte(head+"\n"+got), 0o644))
				want = got
			}
			require.Equal(t, want, got)
		})
	}
}

// caseMonth reads the input of a case.
func caseMonth(t *testing.T, folder string) month {
	t.Helper()
	m := month{name: filepath.Base(folder)}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() {
			m.site, m.notes = e.Name(), os.DirFS(filepath.Join(folder, e.Name()))
		}
	}
	data, err := os.ReadFile(filepath.Join(folder, "cases.json"))
	if err == nil {
		var org caseOrg
		require.NoError(t, json.Unmarshal(data, &org))
		m.org, m.planning, m.github = org.Org, org.Org+"/"+org.Planning, org.archive(t)
	}
	return m
}

// caseOrg is an organisation on GitHub, as a case writes it.
type caseOrg struct {
	Org, Planning string
	Milestones    []map[string]any
	Issues        []struct {
		Repo, Title, Body string
		Number, Milestone int
		Labels            []string
		Comments          [][4]string // day or time, login, association, text
	}
}

// archive gives the organisation as [fixtures.NewGitHub] serves it.
func (o caseOrg) archive(t *testing.T) fs.FS {
	lists := map[string][]any{o.Planning + "/milestones.json": {}}
	names := []string{o.Planning}
	for _, m := range o.Milestones {
		m["html_url"] = fmt.Sprintf("https://github.com/%s/%s/milestone/%v", o.Org, o.Planning, m["number"])
		lists[o.Planning+"/milestones.json"] = append(lists[o.Planning+"/milestones.json"], m)
	}
	id := 0
	for _, i := range o.Issues {
		if !slices.Contains(names, i.Repo) {
			names = append(names, i.Repo)
		}
		page := fmt.Sprintf("https://github.com/%s/%s/issues/%d", o.Org, i.Repo, i.Number)
		issue := map[string]any{
			"number": i.Number, "title": i.Title, "body": i.Body, "state": "open", "html_url": page,
			"created_at": "2019-01-01T00:00:00Z", "updated_at": "2030-01-01T00:00:00Z",
		}
		var labels []any
		for _, l := range i.Labels {
			labels = append(labels, map[string]any{"name": l})
		}
		issue["labels"] = labels
		if i.Milestone > 0 {
			issue["milestone"] = map[string]any{"number": i.Milestone}
		}
		lists[i.Repo+"/issues.json"] = append(lists[i.Repo+"/issues.json"], issue)
		for _, c := range i.Comments {
			id++
			at := c[0]
			if len(at) == len(time.DateOnly) {
				at += "T12:00:00Z"
			}
			lists[i.Repo+"/comments.json"] = append(lists[i.Repo+"/comments.json"], map[string]any{
				"id": id, "node_id": fmt.Sprint("IC_", id), "body": c[3], "author_association": c[2], "created_at": at, "updated_at": at,
				"html_url": fmt.Sprintf("%s#issuecomment-%d", page, id), "issue_url": fmt.Sprintf("https://api.github.com/repos/%s/%s/issues/%d", o.Org, i.Repo, i.Number),
				"user": map[string]any{"login": c[1], "type": "User"},
			})
		}
	}
	for i, name := range names {
		lists["repos.json"] = append(lists["repos.json"], map[string]any{
			"id": i + 1, "name": name, "has_issues": true, "html_url": "https://github.com/" + o.Org + "/" + name, "full_name": o.Org + "/" + name, "owner": map[string]any{"login": o.Org},
			"created_at": "2019-01-01T00:00:00Z", "updated_at": "2030-01-01T00:00:00Z", "pushed_at": "2030-01-01T00:00:00Z",
		})
	}
	archive := fstest.MapFS{}
	for name, list := range lists {
		data, err := json.Marshal(list)
		require.NoError(t, err)
		archive[name] = &fstest.MapFile{Data: data}
	}
	return archive
}

// outcome tells what a run left, a line for each thing: statements with what they
// stand under, kind, weeks and who says them, highlights, what is left out, and what
// is said on stderr.
func outcome(t *testing.T, r result, dir string) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "exit %d\n", r.code)
	if r.code == 0 {
		d := parseDraft(t, r.stdout)
		fmt.Fprintf(&b, "weeks %s\n", strings.Join(d.Weeks, " "))
		for _, s := range d.Highlights {
			b.WriteString("highlight " + s.outline())
		}
		d.walk(func(path []jsonNode) {
			b.WriteString(outlineOf(path))
		})
		for _, out := range d.Ledger.LeftOut {
			fmt.Fprintf(&b, "left out, %s: %q\n", out.Reason, out.Excerpt)
		}
	}
	b.WriteString("-- stderr --\n" + strings.ReplaceAll(r.stderr, dir, "$DIR"))
	return b.String()
}

// outlineOf gives a line for a milestone, epic, group or task, and one for each of
// its statements.
func outlineOf(path []jsonNode) string {
	n := path[len(path)-1]
	if len(n.Items) == 0 && (len(n.Tasks)+len(n.Epics) > 0 || n.Group) {
		return ""
	}
	var titles []string
	for _, p := range path {
		titles = append(titles, append(slices.Clone(p.Area), p.Title)...)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s", strings.Join(titles, " › "))
	if n.URL != "" {
		fmt.Fprintf(&b, " <%s>", n.URL)
	}
	b.WriteString("\n")
	for _, s := range n.Items {
		b.WriteString("  " + s.outline())
	}
	return b.String()
}

func (s jsonStatement) outline() string {
	line := fmt.Sprintf("%s %s", s.Kind, strings.Join(s.Weeks, " "))
	if s.By != "" {
		line += " by " + s.By
	}
	return fmt.Sprintf("%s: %q\n", line, s.Text)
}
