package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

var update = flag.Bool("update", false, "write what the program gives into golden files and scripts, before they are compared")

// golden compares what the program gave with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// formats are the forms of a draft, by ending.
var formats = map[string]string{"md": "markdown", "json": "json"}

// The excerpt in the README is of the demo's draft, whole lines of it.
func TestReadmeShowsTheDemo(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	draft, err := os.ReadFile("testdata/demo.md")
	require.NoError(t, err)
	_, excerpt, found := strings.Cut(string(readme), "```markdown\n")
	require.True(t, found)
	excerpt, _, _ = strings.Cut(excerpt, "```\n")
	for _, part := range strings.Split(strings.TrimSpace(excerpt), "\n") {
		require.Contains(t, "\n"+string(draft), "\n"+part+"\n")
	}
}

// A project's own template and title give a shorter report, in small letters, that tells
// all.
func TestGoldenShortReport(t *testing.T) {
	r := asMonth(fixtures.Kilnhouse).start(t)
	config := filepath.Join(r.dir, "monthly.yaml")
	template, err := filepath.Abs("testdata/short.md.tmpl")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(config, []byte("title: \"{year}-{month_name} {project} ({month})\"\ntemplate: "+template+"\n"), 0o600))
	got := r.compile("--config", config)
	require.Zero(t, got.code, got.stderr)
	golden(t, "short.md", got.stdout)
}

// The golden drafts are the invented months through the whole program: the demo
// as it is built in, the other over HTTP.
func TestGoldenDrafts(t *testing.T) {
	for ending, format := range formats {
		built := newProgram(t).run("compile", "--demo", "--format", format)
		require.Zero(t, built.code, built.stderr)
		golden(t, "demo."+ending, built.stdout)

		served := asMonth(fixtures.Kilnhouse).start(t).compile("--format", format)
		require.Zero(t, served.code, served.stderr)
		golden(t, "kilnhouse."+ending, served.stdout)
	}
}
