package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A program that loses items on the way fails, however it loses them: each mutant
// is the whole program, built with one change, and ends with exit 1 and without a
// draft.
func TestMutantsThatLoseItemsFail(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program anew for each mutant")
	}
	for name, m := range map[string]struct{ file, from, to string }{
		"every fifth entry of a note is skipped": {
			"compile/compile.go", "		c.entries = append(c.entries, e)",
			"		if skipped++; skipped%5 != 0 || !e.fromNote() {\n			c.entries = append(c.entries, e)\n		}",
		},
		"statements are told without the last of each list": {
			"compile/assemble.go", "	for _, s := range said {\n		all", "	for _, s := range said[:max(len(said)-1, min(len(said), 1))] {\n		all",
		},
		"what is said again vanishes": {
			"compile/merge.go", "			m.account.merged += found[i].join(e, i)", "			_ = i",
		},
		"tasks of epics are not told": {
			"compile/assemble.go", "h.finishTasks(), mentions(h.also)", "nil, mentions(h.also)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := buildMutant(t, m.file, m.from, m.to)
			cmd := exec.Command(program, "compile", "--demo")
			var stdout, stderr strings.Builder
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			require.Error(t, cmd.Run())
			require.Equal(t, exitFailed, cmd.ProcessState.ExitCode(), stderr.String())
			require.Contains(t, stderr.String(), "internal error: the ledger does not add up")
			require.Empty(t, stdout.String())
		})
	}
}

// buildMutant builds the program with a change to one file, which must have the
// text that is changed.
func buildMutant(t *testing.T, file, from, to string) string {
	t.Helper()
	source, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(source), from, "%s has changed: adapt the mutant", file)
	mutant := strings.Replace(string(source), from, to, 1)
	if strings.Contains(to, "skipped") {
		mutant += "\nvar skipped int\n"
	}
	dir := t.TempDir()
	changed, overlay, program := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "mutant.exe")
	require.NoError(t, os.WriteFile(changed, []byte(mutant), 0o644))
	original, err := filepath.Abs(file)
	require.NoError(t, err)
	data, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(overlay, data, 0o644))
	out, err := exec.Command("go", "build", "-overlay", overlay, "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return program
}
