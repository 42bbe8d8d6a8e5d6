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
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// demoRun runs the demo's month through a fake GitHub over HTTP.
type demoRun struct {
	*program
	github *fixtures.GitHub
	server *httptest.Server

	mu      sync.Mutex
	weather faultFunc
}

// faultFunc decides which requests fail, as [fixtures.GitHub.Fault] does.
type faultFunc = func(n int, r *http.Request) *fixtures.Fault

// suffer changes the weather, though requests may still be under way.
func (d *demoRun) suffer(f faultFunc) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.weather = f
}

func (d *demoRun) fault(n int, r *http.Request) *fixtures.Fault {
	d.mu.Lock()
	f := d.weather
	d.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(n, r)
}

func newDemoRun(t testing.TB) *demoRun {
	t.Helper()
	d := &demoRun{program: newProgram(t), github: fixtures.NewGitHub(fixtures.Demo.Org, fixtures.Demo.Archive())}
	d.github.Fault = d.fault
	d.server = httptest.NewServer(d.github)
	t.Cleanup(d.server.Close)
	d.env["GITHUB_API_URL"] = d.server.URL
	require.NoError(t, os.CopyFS(d.notes(), fixtures.Demo.Notes()))
	return d
}

func (d *demoRun) notes() string   { return filepath.Join(d.dir, "wayfold", "updates") }
func (d *demoRun) archive() string { return filepath.Join(d.dir, "archive") }

func (d *demoRun) compile(more ...string) result {
	d.t.Helper()
	return d.run(append([]string{
		"compile", "--month", fixtures.Demo.Month, "--org", fixtures.Demo.Org, "--planning", fixtures.Demo.Planning,
		"--notes", d.notes(), "--archive", d.archive(), "--max-wait", "5s",
	}, more...)...)
}

// calm is the draft of a run without any fault.
func calm(t testing.TB) result {
	t.Helper()
	r := newDemoRun(t).compile()
	require.Zero(t, r.code, r.stderr)
	return r
}

// once faults the n-th request only.
func once(n int, f *fixtures.Fault) faultFunc {
	return func(i int, _ *http.Request) *fixtures.Fault {
		if i == n {
			return f
		}
		return nil
	}
}

// on faults all requests of a path that ends so.
func on(suffix string, f *fixtures.Fault) faultFunc {
	return func(_ int, r *http.Request) *fixtures.Fault {
		if strings.HasSuffix(r.URL.Path, suffix) {
			return f
		}
		return nil
	}
}

func soon() time.Time { return time.Now().Add(time.Second) }

// passing are the faults that go by.
func passing() map[string]*fixtures.Fault {
	return map[string]*fixtures.Fault{
		"500":                             fixtures.Status(500, "Server Error"),
		"502":                             fixtures.Status(502, "Bad Gateway"),
		"503":                             fixtures.Status(503, "Service Unavailable"),
		"504":                             fixtures.Status(504, "Gateway Timeout"),
		"connection cut in mid-body":      fixtures.CutBody(40),
		"connection cut at once":          fixtures.CutConnection(),
		"broken JSON":                     fixtures.TruncatedJSON(),
		"page of HTML":                    fixtures.HTMLPage(),
		"slow":                            fixtures.Slow(3 * time.Second),
		"primary limit":                   fixtures.PrimaryLimit(soon()),
		"primary limit as 429":            fixtures.PrimaryLimit429(soon()),
		"secondary limit 403":             fixtures.SecondaryLimit(403, time.Second),
		"secondary limit 429":             fixtures.SecondaryLimit(429, time.Second),
		"secondary limit 403 without say": fixtures.SecondaryLimit(403, 0),
		"secondary limit 429 without say": fixtures.SecondaryLimit(429, 0),
	}
}

func TestPassingFaultsLeaveTheSameDraft(t *testing.T) {
	want := calm(t)
	for name, fault := range passing() {
		for _, n := range []int{1, 4, 12} {
			t.Run(fmt.Sprintf("%s at request %d", name, n), func(t *testing.T) {
				t.Parallel()
				d := newDemoRun(t)
				d.timeout = 500 * time.Millisecond
				d.suffer(once(n, fault))
				require.Equal(t, want, d.compile())
			})
		}
	}
}

func TestManyFaultsLeaveTheSameDraft(t *testing.T) {
	want := calm(t)
	quick := []*fixtures.Fault{
		fixtures.Status(502, "Bad Gateway"), fixtures.CutBody(25), fixtures.TruncatedJSON(), fixtures.Status(503, "Unavailable"),
		fixtures.HTMLPage(), fixtures.CutConnection(), fixtures.Status(504, "Timeout"),
	}
	for _, every := range []int{3, 5, 7} {
		for i, f := range quick {
			t.Run(fmt.Sprintf("kind %d at every %d", i, every), func(t *testing.T) {
				t.Parallel()
				d := newDemoRun(t)
				d.suffer(fixtures.Every(every, f))
				require.Equal(t, want, d.compile())
			})
		}
		t.Run(fmt.Sprintf("mixed at every %d", every), func(t *testing.T) {
			t.Parallel()
			d := newDemoRun(t)
			d.suffer(fixtures.Every(every, append(quick, fixtures.SecondaryLimit(429, time.Second), fixtures.PrimaryLimit(soon()))...))
			require.Equal(t, want, d.compile("--max-wait", "30s"))
		})
	}
}

func TestLastingFaultsFailClosed(t *testing.T) {
	comments := "/repos/" + fixtures.Demo.Org + "/tiler/issues/comments"
	far := time.Now().Add(time.Hour)
	for name, test := range map[string]struct {
		fault func(int, *http.Request) *fixtures.Fault
		want  string // in the one line on stderr
	}{
		"repository not found":     {on(comments, fixtures.Status(404, "Not Found")), "the repository wayfold-maps/tiler could not be read: GitHub answers 404 Not Found"},
		"issues are disabled":      {on(comments, fixtures.Status(410, "Issues are disabled for this repo")), "the repository wayfold-maps/tiler could not be read: GitHub answers 410 Issues are disabled for this repo"},
		"blocked by law":           {on(comments, fixtures.Status(451, "Repository access blocked")), "the repository wayfold-maps/tiler could not be read: GitHub answers 451 Repository access blocked"},
		"permission is missing":    {on(comments, fixtures.Status(403, "Resource not accessible by integration")), "the repository wayfold-maps/tiler could not be read: GitHub answers 403 Resource not accessible by integration"},
		"server fails for good":    {on(comments, fixtures.Status(502, "Bad Gateway")), "the repository wayfold-maps/tiler could not be read: GitHub answers 502"},
		"redirect to another host": {on(comments, fixtures.MovedTo("https://elsewhere.example/comments")), "the repository wayfold-maps/tiler could not be read: GitHub redirects to another host, https://elsewhere.example"},
		"planning not found":       {on("/plan/milestones", fixtures.Status(404, "Not Found")), "the planning repository wayfold-maps/plan could not be read: GitHub answers 404 Not Found"},
		"primary limit far away":   {once(5, fixtures.PrimaryLimit(far)), "GitHub's rate limit is used up until " + far.UTC().Format("15:04:05 UTC")},
		"secondary limit far away": {once(5, fixtures.SecondaryLimit(429, time.Hour)), "GitHub's rate limit is used up until "},
		"token is refused":         {once(1, fixtures.Status(401, "Bad credentials")), "GitHub refuses the token (401 Bad credentials): check GITHUB_TOKEN or GH_TOKEN"},
		"organisation not found":   {once(1, fixtures.Status(404, "Not Found")), "there is no organisation wayfold-maps on GitHub that this token may see: check --org"},
		"connection cut for good":  {on(comments, fixtures.CutConnection()), "GitHub"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDemoRun(t)
			output := filepath.Join(d.dir, "report.md")
			require.NoError(t, os.WriteFile(output, []byte("a person's words\n"), 0o600))
			d.suffer(test.fault)
			r := d.compile("--output", output, "--max-wait", "2s")
			require.Equal(t, exitFailed, r.code)
			require.Empty(t, r.stdout)
			require.Contains(t, r.stderr, "monthly: ")
			require.Contains(t, r.stderr, test.want)
			require.Equal(t, 1, strings.Count(r.stderr, "\n"), r.stderr)
			words, err := os.ReadFile(output)
			require.NoError(t, err)
			require.Equal(t, "a person's words\n", string(words))

			// What was read is kept: the next run, in good weather, goes on from there.
			asked := len(d.github.Requests())
			d.suffer(nil)
			require.Equal(t, calm(t), d.compile())
			if asked > 10 {
				require.Less(t, len(d.github.Requests())-asked, 15)
			}
		})
	}
}

func TestIncompleteOnDemand(t *testing.T) {
	d := newDemoRun(t)
	d.suffer(on("/tiler/issues/comments", fixtures.Status(404, "Not Found")))
	r := d.compile("--allow-incomplete")
	require.Equal(t, exitIncomplete, r.code)
	require.Contains(t, r.stdout, "> [!warning] Incomplete: the repository wayfold-maps/tiler could not be read: GitHub answers 404 Not Found")
	require.Contains(t, r.stderr, "warning: incomplete: the repository wayfold-maps/tiler could not be read")
	require.NotContains(t, r.stdout, "the last reader of the old tile store")
}

func TestRepositoryThatMovedIsFollowed(t *testing.T) {
	want := calm(t)
	d := newDemoRun(t)
	path := "/repos/" + fixtures.Demo.Org + "/tiler/issues/comments"
	d.suffer(func(_ int, r *http.Request) *fixtures.Fault {
		if r.URL.Path == path && r.URL.Query().Get("moved") == "" {
			return fixtures.MovedTo(d.server.URL + path + "?moved=1&" + r.URL.RawQuery)
		}
		return nil
	})
	require.Equal(t, want, d.compile())
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
	require.Equal(t, result{"", "monthly: interrupted: what was read is kept, run again to go on\n", exitFailed}, r)
	d.ctx = nil
	d.suffer(nil)
	require.Equal(t, want, d.compile())
}

func TestCommentsThatComeWhilePagesAreRead(t *testing.T) {
	d := newDemoRun(t)
	body := func(i int) string { return fmt.Sprintf("**Weekly Update**\n\n- achieved: number %d is done", i) }
	comment := func(i int) map[string]any {
		at := time.Date(2025, 3, 4, 10, 0, i, 0, time.UTC)
		return map[string]any{
			"id": 5000 + i, "node_id": fmt.Sprintf("IC_%d", 5000+i), "body": body(i), "author_association": "MEMBER",
			"html_url":  fmt.Sprintf("https://github.com/wayfold-maps/tiler/issues/21#issuecomment-%d", 5000+i),
			"issue_url": "https://api.github.com/repos/wayfold-maps/tiler/issues/21",
			"user":      map[string]any{"login": "mira-wf", "type": "User"}, "created_at": at, "updated_at": at,
		}
	}
	const many = 350
	for i := range many {
		d.github.AddComment("tiler", comment(i))
	}
	pages := 0
	d.suffer(func(_ int, r *http.Request) *fixtures.Fault {
		if !strings.HasSuffix(r.URL.Path, "/tiler/issues/comments") {
			return nil
		}
		pages++
		d.github.AddComment("tiler", comment(many+pages))
		d.github.Edit("tiler", 5000, func(c map[string]any) {
			c["body"], c["updated_at"] = body(0)+" again", time.Date(2025, 4, 20, 0, 0, pages, 0, time.UTC)
		})
		return nil
	})
	report := parseDraft(t, d.compile("--format", "json").stdout)
	seen := map[string]int{}
	for _, s := range report.told() {
		for _, src := range s.Sources {
			seen[src.URL]++
		}
	}
	require.Greater(t, pages, 3)
	for i := range many {
		require.Equal(t, 1, seen[comment(i)["html_url"].(string)], "comment %d", i)
	}
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

// GitHub lists only so many pages; the rest is read from the newest comment on.
func TestListsThatEndEarlyGoOn(t *testing.T) {
	const comments = 950
	want := ""
	for _, limit := range []int{0, 2} {
		p, g := newProgram(t), fixtures.NewGitHub("crowd", crowd(1, comments))
		g.MaxPages = limit
		p.serve(g)
		r := p.run("compile", "--org", "crowd", "--month", "2023-09", "--archive", filepath.Join(p.dir, "archive"), "--format", "json")
		require.Zero(t, r.code, r.stderr)
		require.Len(t, parseDraft(t, r.stdout).told(), comments)
		if want == "" {
			want = r.stdout
		}
		require.Equal(t, want, r.stdout)
	}
}

func TestVerboseTellsRequestsRetriesAndWaits(t *testing.T) {
	d := newDemoRun(t)
	d.suffer(func(n int, _ *http.Request) *fixtures.Fault {
		return map[int]*fixtures.Fault{
			2: fixtures.Status(502, "Bad Gateway"), 4: fixtures.PrimaryLimit(soon()), 6: fixtures.SecondaryLimit(429, time.Second),
		}[n]
	})
	r := d.compile("--verbose")
	require.Zero(t, r.code)
	lines := strings.Split(strings.TrimSpace(r.stderr), "\n")
	told := func(form string) int {
		n := 0
		for _, l := range lines {
			if regexp.MustCompile(form).MatchString(l) {
				n++
			}
		}
		return n
	}
	require.Equal(t, len(d.github.Requests()), told(`^(GET|POST) /\S+: \d{3} .*, \d+ bytes, \d+ ms$`))
	require.Equal(t, 1, told(`^repeating: GitHub answers 502 Bad Gateway$`))
	require.Equal(t, 1, told(`^waiting for the rate limit until \d\d:\d\d:\d\d UTC$`))
	require.Equal(t, 1, told(`^waiting for the secondary rate limit until \d\d:\d\d:\d\d UTC$`))
	require.Equal(t, len(lines), len(d.github.Requests())+3+5, "and nothing else but the ledger and four warnings")
}

// GitHub's answer to a missing permission may be the last that the rate limit
// allows. It is no rate limit all the same.
func TestMissingPermissionIsNoRateLimit(t *testing.T) {
	d := newDemoRun(t)
	d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/tiler/issues/comments") {
			d.github.ServeHTTP(w, r)
			return
		}
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", fmt.Sprint(time.Now().Add(time.Hour).Unix()))
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"message": "Resource not accessible by personal access token"}`)
	})
	r := d.compile()
	require.Equal(t, exitFailed, r.code)
	require.Contains(t, r.stderr, "the repository wayfold-maps/tiler could not be read: GitHub answers 403 Resource not accessible by personal access token")
}
