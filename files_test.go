package main

import (
	"os"
	"path/filepath"
	"testing"

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
