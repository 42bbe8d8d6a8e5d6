package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// Help fits into a terminal of 80 columns, and says the exit codes.
func TestHelpFitsTheTerminal(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"compile", "--help"}, {"template", "--help"}, {"version", "--help"}} {
		r := newProgram(t).run(args...)
		require.Zero(t, r.code, r.stderr)
		require.NotEmpty(t, r.stdout)
		for line := range strings.Lines(r.stdout) {
			require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 80, line)
		}
	}
}
