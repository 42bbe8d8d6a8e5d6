package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// Faults that go by leave no trace outside. What each kind does is tested where
// requests are sent.
func TestPassingFaultsLeaveTheSameDraft(t *testing.T) {
	want := calm(t)
	d := newDemoRun(t)
	d.suffer(fixtures.Every(3, fixtures.Status(502, "Bad Gateway"), fixtures.CutBody(25), fixtures.TruncatedJSON(),
		fixtures.Status(503, "Unavailable"), fixtures.HTMLPage(), fixtures.CutConnection()))
	require.Equal(t, want, d.compile())
}

// What fails for good is one line that says what to do, exit code 1, and no file
// is touched.
func TestLastingFaultsFailClosed(t *testing.T) {
	far := time.Now().Add(time.Hour)
	comments := on("/tiler/issues/comments", fixtures.Status(404, "Not Found"))
	for name, test := range map[string]struct {
		fault faultFunc
		args  []string
		want  string
	}{
		"repository": {comments, nil, "the repository wayfold-maps/tiler could not be read: GitHub responded with 404 Not Found: nothing was written; use --allow-incomplete to write the draft anyway"},
		"two sources": {func(n int, r *http.Request) *fixtures.Fault {
			if strings.HasSuffix(r.URL.Path, "/milestones") {
				return fixtures.Status(410, "Gone")
			}
			return comments(n, r)
		}, nil, "the planning repository wayfold-maps/plan could not be read: GitHub responded with 410 Gone; the repository wayfold-maps/tiler could not be read: " +
			"GitHub responded with 404 Not Found: nothing was written; use --allow-incomplete to write the draft anyway"},
		"rate limit": {once(5, fixtures.PrimaryLimit(far)), nil,
			"GitHub's rate limit is used up until " + far.UTC().Format("15:04:05 UTC") + ": what was read is kept: run again after that, or wait for it with --max-wait"},
		"token": {once(1, fixtures.Status(401, "Bad credentials")), nil,
			"listing the repositories of wayfold-maps: GitHub refuses the token (401 Bad credentials): check GITHUB_TOKEN or GH_TOKEN"},
		"organisation":    {nil, []string{"--org", "nobody", "--planning", ""}, "there is no organisation nobody on GitHub that this token may see: check --org"},
		"folder of notes": {nil, []string{"--notes", "wayfold-maps/plan:nowhere"}, "there is no folder nowhere in wayfold-maps/plan that this token may see: check --notes"},
		"month of notes":  {nil, []string{"--org", "", "--planning", "", "--month", "2020-01"}, "there is no weekly note of 2020-01 in NOTES, only 6 from 2025-02-24 to 2025-04-07: check --month"},
		"no archive":      {nil, []string{"--offline"}, "there is no archive in ARCHIVE: run once without --offline"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDemoRun(t)
			d.env["GH_TOKEN"] = secret
			output := filepath.Join(d.dir, "report.md")
			require.NoError(t, os.Mkdir(filepath.Join(d.dir, kept), 0o700))
			for _, file := range []string{output, filepath.Join(d.dir, kept, "report.md")} {
				require.NoError(t, os.WriteFile(file, []byte("what was generated\n"), 0o600))
			}
			d.suffer(test.fault)
			r := d.compile(append([]string{"--output", output, "--max-wait", "2s"}, test.args...)...)
			want := strings.NewReplacer("NOTES", d.notes(), "ARCHIVE", d.archive()).Replace(test.want)
			require.Equal(t, result{"", "monthly: " + want + "\n", exitFailed}, r)
			words, err := os.ReadFile(output)
			require.NoError(t, err)
			require.Equal(t, "what was generated\n", string(words))
		})
	}
}

// The archive of another organisation, or of another layout, is left alone.
func TestOtherArchive(t *testing.T) {
	d := newDemoRun(t)
	require.Zero(t, d.compile().code)
	for _, offline := range []string{"--verbose", "--offline"} {
		r := d.compile("--org", "others", "--planning", "", offline)
		require.Equal(t, exitFailed, r.code)
		require.Regexp(t, `^monthly: the archive \S+ is of wayfold-maps.*, not of others.*: name another folder with --archive\n$`, r.stderr)
	}
}

// Twice the same command at the same time gives the same draft twice.
func TestTwoRunsAtOnce(t *testing.T) {
	want := calm(t)
	d := newDemoRun(t)
	results := make(chan result)
	for range 2 {
		go func() { results <- d.compile() }()
	}
	require.Equal(t, want, <-results)
	require.Equal(t, want, <-results)
}

// A finished month is compiled without a network, whoever logs in.
func TestFinishedMonthNeedsNoNetwork(t *testing.T) {
	for name, login := range map[string]map[string]string{
		"nobody": {}, "token": {"GITHUB_TOKEN": secret},
		"app": {"MONTHLY_APP_ID": "1", "MONTHLY_APP_INSTALLATION": "2", "MONTHLY_APP_KEY": appKey(t)},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDemoRun(t)
			for k, v := range login {
				d.env[k], d.github.Token = v, secret
			}
			want := d.compile()
			require.Zero(t, want.code, want.stderr)
			d.server.Close()
			require.Equal(t, want, d.compile())
		})
	}
}

func TestIncompleteOnDemand(t *testing.T) {
	d := newDemoRun(t)
	d.suffer(on("/tiler/issues/comments", fixtures.Status(404, "Not Found")))
	r := d.compile("--allow-incomplete")
	require.Equal(t, exitIncomplete, r.code)
	require.Contains(t, r.stdout, "> [!warning]\n> Incomplete: the repository wayfold-maps/tiler could not be read: GitHub responded with 404 Not Found")
	require.Contains(t, r.stderr, "warning: incomplete: the repository wayfold-maps/tiler could not be read")
	require.NotContains(t, r.stdout, "the last reader of the old tile store")
}

func TestInterruptedRunGoesOn(t *testing.T) {
	want := calm(t)
	d := newDemoRun(t)
	ctx, cancel := context.WithCancel(context.Background())
	d.ctx = ctx
	d.suffer(func(n int, _ *http.Request) *fixtures.Fault {
		if n == 5 {
			cancel()
		}
		return nil
	})
	r := d.compile()
	require.Equal(t, result{"", "monthly: interrupted: what was read is kept, run again to go on\n", exitInterrupted}, r)
	d.ctx = nil
	d.suffer(nil)
	require.Equal(t, want, d.compile())
}

const secret = "ghs_0123456789abcdefSECRET"

// A token goes to the API's own host, and to nowhere else.
func TestTokenStaysSecret(t *testing.T) {
	var elsewhere []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		elsewhere = append(elsewhere, fmt.Sprint(r.Header, r.URL))
		fmt.Fprint(w, "[]")
	}))
	defer other.Close()
	d := newDemoRun(t)
	d.github.Token = secret
	d.env["GITHUB_TOKEN"] = secret
	output, ledger := filepath.Join(d.dir, "report.md"), filepath.Join(d.dir, "ledger.json")
	seen := ""
	for _, fault := range []func(int, *http.Request) *fixtures.Fault{
		on("/tiler/issues/comments", fixtures.MovedTo(strings.Replace(other.URL, "127.0.0.1", "localhost", 1)+"/comments")),
		on("/tiler/issues/comments", fixtures.Status(404, "Not Found")),
		on("/tiler/issues/comments", fixtures.CutConnection()),
		once(3, fixtures.PrimaryLimit(time.Now().Add(time.Hour))),
		fixtures.Every(3, fixtures.Status(502, "Bad Gateway"), fixtures.CutBody(10)),
		nil,
	} {
		d.suffer(fault)
		r := d.compile("--verbose", "--output", output, "--ledger", ledger, "--allow-incomplete")
		seen += r.stdout + r.stderr
	}
	require.Contains(t, seen, "GET /orgs/wayfold-maps/repos")
	require.NotContains(t, seen, secret)
	require.Empty(t, elsewhere)
	require.NoError(t, filepath.WalkDir(d.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		require.False(t, bytes.Contains(data, []byte(secret)), path)
		return err
	}))
	for _, r := range d.github.Requests() {
		require.Equal(t, secret, r.Token, r.Path)
	}
}

func TestVerboseLogsRequestsAndRetries(t *testing.T) {
	d := newDemoRun(t)
	d.suffer(once(2, fixtures.Status(502, "Bad Gateway")))
	r := d.compile("--verbose")
	require.Zero(t, r.code)
	lines := regexp.MustCompile(`(?m)^(GET|POST) /\S+: \d{3} .*, \d+ bytes, \d+ ms$`).FindAllString(r.stderr, -1)
	require.Len(t, lines, len(d.github.Requests()))
	require.Equal(t, 1, strings.Count(r.stderr, "repeating: GitHub responded with 502 Bad Gateway\n"))
}
