package main

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// echo is a server in front of a fake GitHub that sends back what authorised the
// request: in errors, on the status line and in the text of issues.
func echo(github http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said, _ := json.Marshal("denied: " + r.Header.Get("Authorization"))
		switch {
		case strings.HasSuffix(r.URL.Path, "/tiler/issues/comments"):
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"message":` + string(said) + `}`))
		case strings.HasSuffix(r.URL.Path, "/issues/comments"):
			answer := httptest.NewRecorder()
			github.ServeHTTP(answer, r)
			text := strings.ReplaceAll(answer.Body.String(), "achieved", "achieved "+r.Header.Get("Authorization"))
			_, _ = w.Write([]byte(text))
		default:
			github.ServeHTTP(w, r)
		}
	})
}

// A server that echoes the token puts it nowhere: not on the terminal, not into the
// draft, the ledger or the archive.
func TestEchoedTokenIsMasked(t *testing.T) {
	logins := map[string]map[string]string{
		"token": {"GITHUB_TOKEN": secret},
		"app":   {"MONTHLY_APP_ID": "1", "MONTHLY_APP_INSTALLATION": "2", "MONTHLY_APP_KEY": appKey(t)},
	}
	for name, login := range logins {
		for _, args := range [][]string{{}, {"--allow-incomplete"}, {"--allow-incomplete", "--format", "json"}} {
			t.Run(name+strings.Join(args, " "), func(t *testing.T) {
				d := newDemoRun(t)
				d.github.Token = secret
				d.serve(echo(d.github))
				for k, v := range login {
					d.env[k] = v
				}
				r := d.compile(append(args, "--verbose", "--output", filepath.Join(d.dir, "report.md"), "--ledger", filepath.Join(d.dir, "ledger.json"))...)
				if len(args) > 0 {
					require.Equal(t, exitIncomplete, r.code, r.stderr)
				}
				require.Contains(t, r.stderr, "denied: Bearer [secret]")
				requireNoSecret(t, d.dir, r)
			})
		}
	}
}

// requireNoSecret looks for the token in all that a run left.
func requireNoSecret(t *testing.T, dir string, r result) {
	seen := r.stdout + r.stderr
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			data, _ := os.ReadFile(path)
			seen += string(data)
		}
		return err
	}))
	plain := strings.ReplaceAll(seen, `\`, "")
	require.NotContains(t, plain, secret)
	require.NotContains(t, plain, "eyJ", "the token with which an app logs in")
}

// What a note holds is masked too, in Markdown as well.
func TestSecretInANoteIsMasked(t *testing.T) {
	p := newProgram(t)
	p.env["GH_TOKEN"] = secret
	notes := filepath.Join(p.dir, "notes")
	require.NoError(t, os.CopyFS(notes, fixtures.Demo.Notes()))
	note := filepath.Join(notes, "2025-03-10.md")
	data, err := os.ReadFile(note)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(note, append(data, "\n- the token is "+secret+" today\n"...), 0o600))
	for _, format := range []string{"markdown", "json"} {
		r := p.run("compile", "--month", "2025-03", "--notes", notes, "--format", format, "--output", filepath.Join(p.dir, "report."+format))
		require.Zero(t, r.code, r.stderr)
		draft, err := os.ReadFile(filepath.Join(p.dir, "report."+format))
		require.NoError(t, err)
		require.Contains(t, string(draft), "the token is [secret]")
		require.NotContains(t, strings.ReplaceAll(string(draft), `\`, ""), secret)
	}
}

// Lines of a key are secrets, what stands around them is not, and neither are words
// that may stand anywhere.
func TestMask(t *testing.T) {
	s := &secrets{}
	s.add("good")
	s.add("-----BEGIN RSA PRIVATE KEY-----\nMIIEogIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n")
	s.add("ghp_abcdefghijkl")
	s.add("ghp_abcdefghijklmno")
	require.Equal(t, `good [secret] [secret] [secret] PRIVATE KEY`, string(s.mask([]byte(`good MIIEogIBAAKCAQEA ghp_abcdefghijklmno ghp\_abcdefghijkl PRIVATE KEY`))))
}
