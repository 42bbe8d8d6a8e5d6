package main

import (
	"errors"
	"fmt"
	"github.com/waku-org/monthly/compile"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/sources"
)

// Errors say what is wrong; only here do they say which flag helps.
func TestErrorsHaveHints(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{&sources.LimitError{}, "--max-wait"},
		{&sources.StatusError{Code: 401}, "GITHUB_TOKEN"},
		{&sources.StatusError{Code: 404}, ""},
		{&sources.NoOrganisationError{}, "--org"},
		{&sources.NoFolderError{}, "--notes"},
		{&sources.NoNoteError{}, "--month"},
		{&sources.NotArchivedError{}, "--offline"},
		{&sources.OtherArchiveError{}, "--archive"},
		{&incompleteError{}, "--allow-incomplete"},
		{&editedError{}, "--output"},
		{&notLedgerError{}, "--ledger"},
		{&files.KindError{}, "--output -"},
		{usagef("template: %w", &files.KindError{}), ""},
		{usageError{errNoArchiveDir}, "--archive"},
		{errors.New("anything else"), ""},
	} {
		wrapped := fmt.Errorf("doing this: %w", test.err)
		require.NotContains(t, wrapped.Error(), "--")
		if test.want == "" {
			require.Empty(t, hint(wrapped))
		}
		require.Contains(t, hint(wrapped), test.want)
	}
}

// The names of flags stand in one file, and those of the environment not in
// packages.
func TestNamesOfFlagsStandInOnePlace(t *testing.T) {
	for file := range imports(t) {
		file, _, _ = strings.Cut(file, " ")
		if file == "settings.go" {
			continue
		}
		code, err := os.ReadFile(filepath.FromSlash(file))
		require.NoError(t, err)
		for _, flag := range compileFlags() {
			require.NotContains(t, string(code), "--"+flag.Names()[0], file)
		}
		if strings.Contains(file, "/") {
			require.NotRegexp(t, `GITHUB_TOKEN|GH_TOKEN|MONTHLY_APP`, string(code), file)
		}
	}
}

// The folder of the archive depends on the server and on the organisation.
func TestFolderOfTheArchive(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)
	for _, test := range []struct {
		job  job
		want string
	}{
		{job{config: config{Org: "Waku-Org"}}, "api.github.com/waku-org"},
		{job{config: config{Org: "waku-org"}, api: "http://127.0.0.1:80/api/v3"}, "127.0.0.1_80/waku-org"},
		{job{config: config{Notes: "acme/site:updates"}}, "api.github.com/acme"},
	} {
		dir, err := test.job.archiveDir()
		require.NoError(t, err)
		require.True(t, strings.HasSuffix(filepath.ToSlash(dir), "/monthly/"+test.want), dir)
	}
	given := job{config: config{Archive: "here"}}
	dir, err := given.archiveDir()
	require.NoError(t, err)
	require.Equal(t, "here", dir)
}

// Whoever is left out can be admitted by one line, once each.
func TestAdmission(t *testing.T) {
	r := compile.Report{Findings: []compile.Finding{{Rule: compile.Outsiders}}}
	for _, author := range []string{"zoe", "adam", "zoe"} {
		r.Ledger.LeftOut = append(r.Ledger.LeftOut, compile.LeftOut{Author: author, Reason: compile.Untrusted})
	}
	r.Ledger.LeftOut = append(r.Ledger.LeftOut, compile.LeftOut{Author: "robot", Reason: compile.FromBot})
	require.Equal(t, []string{"to trust them write in monthly.yaml: trust: {authors: [adam, zoe]}"}, admission(r))
	r.Findings = nil
	require.Empty(t, admission(r))
}
