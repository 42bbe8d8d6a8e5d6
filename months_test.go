package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// month is a month over which the program's promises are held.
type month struct {
	name          string
	org, planning string // empty if there are only notes
	month         string // YYYY-MM
	site          string // folder of the notes in the project's site
	notes, github fs.FS  // nil if there are none
}

// months lists all months of which notes and GitHub are at hand: the invented
// ones, and a real one where the real material is.
func months() []month {
	all := inventedMonths()
	if _, err := os.Stat(real); err == nil {
		all = append(all, month{
			"real", "waku-org", "waku-org/pm", "2023-09", "waku/updates",
			os.DirFS(filepath.Join(real, "waku/updates")), os.DirFS(filepath.Join(real, "github")),
		})
	}
	return all
}

func inventedMonths() []month {
	var all []month
	for _, m := range fixtures.Months() {
		all = append(all, asMonth(m))
	}
	return all
}

func asMonth(m fixtures.Month) month {
	return month{m.Project, m.Org, m.Planning, m.Month, m.NotesPath, m.Notes(), m.Archive()}
}

// noteMonths lists all months of which notes are at hand.
func noteMonths(t testing.TB) []month {
	var all []month
	for _, m := range inventedMonths() {
		all = append(all, m.withoutGitHub())
	}
	folders, err := filepath.Glob(filepath.Join(real, "*", "updates"))
	require.NoError(t, err)
	later, err := filepath.Glob(filepath.Join(real, "later", "*", "updates"))
	require.NoError(t, err)
	for _, folder := range append(folders, later...) {
		files, err := filepath.Glob(filepath.Join(folder, "*.md"))
		require.NoError(t, err)
		team, err := filepath.Rel(real, filepath.Dir(folder))
		require.NoError(t, err)
		last := ""
		for _, f := range files {
			if m := filepath.Base(f)[:len("2006-01")]; m != last {
				all = append(all, month{name: team + "/" + m, month: m, site: "team/updates", notes: os.DirFS(folder)})
				last = m
			}
		}
	}
	return all
}

func (m month) withoutNotes() month {
	m.notes = nil
	return m
}

func (m month) withoutGitHub() month {
	m.org, m.planning, m.github = "", "", nil
	return m
}

// monthRun runs a month through a fake GitHub over HTTP.
type monthRun struct {
	*program
	month
	api *fixtures.GitHub // nil if only notes are read
}

// start makes the surroundings in which a month is compiled, half a year later.
func (m month) start(t testing.TB) *monthRun {
	t.Helper()
	r := &monthRun{program: newProgram(t), month: m}
	first, err := time.Parse("2006-01", m.month)
	require.NoError(t, err)
	r.now = first.AddDate(0, 6, 0)
	if m.notes != nil {
		require.NoError(t, os.CopyFS(r.folder(), m.notes))
	}
	if m.github != nil {
		r.api = fixtures.NewGitHub(m.org, m.github)
		r.api.Token, r.env["GITHUB_TOKEN"] = "good", "good"
		r.serve(r.api)
	}
	return r
}

func (r *monthRun) folder() string { return filepath.Join(r.dir, filepath.FromSlash(r.site)) }

func (r *monthRun) compile(more ...string) result {
	r.t.Helper()
	args := []string{"compile", "--month", r.month.month}
	if r.notes != nil {
		args = append(args, "--notes", r.folder())
	}
	if r.github != nil {
		args = append(args, "--org", r.org, "--planning", r.planning, "--archive", filepath.Join(r.dir, "archive"))
	}
	return r.run(append(args, more...)...)
}

// drafts gives the draft in both its forms.
func (r *monthRun) drafts(more ...string) (markdown string, d jsonDraft) {
	r.t.Helper()
	first := r.compile(more...)
	require.Zero(r.t, first.code, first.stderr)
	second := r.compile(append(more, "--format", "json")...)
	require.Zero(r.t, second.code, second.stderr)
	return first.stdout, parseDraft(r.t, second.stdout)
}

// copyInto copies a file system into another, under a prefix.
func copyInto(to fstest.MapFS, from fs.FS, prefix string) error {
	return fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		to[prefix+name] = &fstest.MapFile{Data: data}
		return err
	})
}
