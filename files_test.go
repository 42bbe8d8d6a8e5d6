package main

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A ledger replaces a ledger, and nothing else.
func TestLedgerReplacesNothingElse(t *testing.T) {
	p := newProgram(t)
	file := filepath.Join(p.dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("my words\n"), 0o600))
	r := p.run("compile", "--demo", "--ledger", file)
	require.Equal(t, result{"", "monthly: writing the ledger: " + file + " is not a ledger and is left as it is: name another file with --ledger\n", exitFailed}, r)
	require.Equal(t, exitUsage, p.run("compile", "--demo", "--ledger", file, "--output", file).code)
	words, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "my words\n", string(words))
	for range 2 {
		require.Zero(t, p.run("compile", "--demo", "--ledger", filepath.Join(p.dir, "ledger.json")).code)
	}
}

// The draft is written through a link, into an empty file, and after a run that
// was cut off between what is kept and the draft.
func TestDraftIsWrittenWhereNobodyWrote(t *testing.T) {
	p := newProgram(t)
	target, link := filepath.Join(p.dir, "target.md"), filepath.Join(p.dir, "link.md")
	require.NoError(t, os.WriteFile(target, nil, 0o600))
	require.NoError(t, os.Symlink(target, link))
	require.Zero(t, p.run("compile", "--demo", "--output", link).code)
	draft, err := os.ReadFile(target)
	require.NoError(t, err)
	require.NotEmpty(t, draft)

	require.Zero(t, p.run("compile", "--demo", "--output", link, "--month", "2025-02").code)
	require.NoError(t, os.WriteFile(target, draft, 0o600), "as if only what is kept had been written")
	require.Zero(t, p.run("compile", "--demo", "--output", link).code)
}

// Neither a report as JSON, edited or not, nor other JSON is a ledger.
func TestLedgerReplacesNoOtherJSON(t *testing.T) {
	p := newProgram(t)
	file := filepath.Join(p.dir, "file.json")
	report := p.run("compile", "--demo", "--format", "json").stdout
	for _, other := range []string{report, `{"left_out":[]}`, `{"read":1,"placed":1,"merged":0,"left_out":[],"mine":1}`, `[]`, `{}`} {
		require.NoError(t, os.WriteFile(file, []byte(other), 0o600))
		require.Equal(t, exitFailed, p.run("compile", "--demo", "--ledger", file).code)
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, other, string(data))
	}
}

// An error means that nothing was written: neither of the two files stands without
// the other.
func TestFailureWritesNeitherFile(t *testing.T) {
	p := newProgram(t)
	output, ledger := filepath.Join(p.dir, "report.md"), filepath.Join(p.dir, "ledger.json")
	for _, bad := range []string{output, ledger} {
		require.NoError(t, os.Mkdir(bad, 0o700))
		require.Equal(t, exitFailed, p.run("compile", "--demo", "--output", output, "--ledger", ledger).code)
		require.NoError(t, os.Remove(bad))
		entries, err := os.ReadDir(p.dir)
		require.NoError(t, err)
		require.Empty(t, entries)
	}
}

// What a person wrote is noticed before anything is read.
func TestEditedDraftIsNoticedEarly(t *testing.T) {
	d := newDemoRun(t)
	output := filepath.Join(d.dir, "report.md")
	require.NoError(t, os.WriteFile(output, []byte("my words\n"), 0o600))
	r := d.compile("--output", output)
	require.Equal(t, result{"", "monthly: writing the draft: " + output + " holds a person's words and is left as it is: name another file with --output\n", exitFailed}, r)
	require.Empty(t, d.github.Requests())
}

// A template that cannot be filled, or prints too little, is noticed before
// anything is read.
func TestBadTemplateIsNoticedEarly(t *testing.T) {
	for template, want := range map[string]string{
		"{{.Nothing}}": "can't evaluate field Nothing", "{{": "reading the template", "{{range .Milestones}}{{.Absent}}{{end}}": "Absent",
		"# {{.Title}}": "the template leaves out",
	} {
		d := newDemoRun(t)
		file, config := filepath.Join(d.dir, "draft.tmpl"), filepath.Join(d.dir, "monthly.yaml")
		require.NoError(t, os.WriteFile(file, []byte(template), 0o600))
		require.NoError(t, os.WriteFile(config, []byte("template: "+file+"\n"), 0o600))
		r := d.compile("--config", config)
		require.Equal(t, exitUsage, r.code, r.stderr)
		require.Contains(t, r.stderr, want)
		require.Empty(t, d.github.Requests())
	}
}

// Runs at once that write one file leave a draft that is not taken for edited.
func TestRunsAtOnceLeaveNoEditedDraft(t *testing.T) {
	p := newProgram(t)
	output := filepath.Join(p.dir, "report.md")
	months := []string{"2025-02", "2025-03", "2025-04"}
	for range 5 {
		var wait sync.WaitGroup
		for _, month := range months {
			wait.Go(func() { assert.Zero(t, p.run("compile", "--demo", "--month", month, "--output", output).code) })
		}
		wait.Wait()
		require.Zero(t, p.run("compile", "--demo", "--output", output).code)
	}
}

// A template or configuration that a link leads out of the folder is not read.
func TestSettingsAreNotReadThroughALinkOut(t *testing.T) {
	p := newProgram(t)
	outside, inside := filepath.Join(p.dir, "outside"), filepath.Join(p.dir, "project")
	require.NoError(t, os.WriteFile(outside, []byte("secret: ghp_0123456789"), 0o600))
	require.NoError(t, os.Mkdir(inside, 0o700))
	t.Chdir(inside)
	require.NoError(t, os.Symlink("../outside", "link"))
	require.NoError(t, os.WriteFile("good.yaml", []byte("template: link\nnotes: .\n"), 0o600))
	for config, want := range map[string]string{
		"link":      "monthly: reading the configuration: link is a symbolic link that leads out of its folder\n",
		"good.yaml": "monthly: template: link is a symbolic link that leads out of its folder\n",
	} {
		require.Equal(t, result{"", want, exitUsage}, p.run("compile", "--config", config))
	}
}
