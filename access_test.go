package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

func appKey(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}

func TestGitHubAppLogsIn(t *testing.T) {
	want := calm(t)
	key := appKey(t)

	d := newDemoRun(t)
	d.github.Token = secret
	d.env["MONTHLY_APP_ID"], d.env["MONTHLY_APP_INSTALLATION"], d.env["MONTHLY_APP_KEY"] = "1", "2", key
	require.Equal(t, want, d.compile(), "by environment")
	requests := d.github.Requests()
	require.Equal(t, "/app/installations/2/access_tokens", requests[0].Path)
	require.NotEqual(t, secret, requests[0].Token)
	for _, r := range requests[1:] {
		require.Equal(t, secret, r.Token, r.Path)
	}

	d = newDemoRun(t)
	d.github.Token = secret
	file := filepath.Join(d.dir, "app.pem")
	require.NoError(t, os.WriteFile(file, []byte(key), 0o600))
	config := filepath.Join(d.dir, "monthly.yaml")
	require.NoError(t, os.WriteFile(config, []byte("app:\n  id: 1\n  installation: 2\n  key: "+file+"\n"), 0o600))
	d.suffer(once(1, fixtures.Status(502, "Bad Gateway")))
	require.Equal(t, want.stdout, d.compile("--config", config).stdout, "by configuration, in bad weather")
}

func TestGitHubAppThatCannotLogIn(t *testing.T) {
	d := newDemoRun(t)
	d.env["MONTHLY_APP_ID"], d.env["MONTHLY_APP_INSTALLATION"], d.env["MONTHLY_APP_KEY"] = "1", "2", "no key"
	require.Equal(t, result{"", "monthly: the private key of the GitHub App cannot be read: it must be PEM\n", exitUsage}, d.compile())

	d.env["MONTHLY_APP_KEY"] = appKey(t)
	d.suffer(on("/access_tokens", fixtures.Status(404, "Not Found")))
	r := d.compile()
	require.Equal(t, exitFailed, r.code)
	require.Equal(t, "monthly: logging in as the GitHub App 1: GitHub answers 404 Not Found: check the app's id, installation and key\n", r.stderr)
}

func TestEnterpriseServer(t *testing.T) {
	want := calm(t)
	d := newDemoRun(t)
	d.env["GITHUB_API_URL"] = ""
	require.Equal(t, want, d.compile("--api-url", d.server.URL+"/api/v3"))
	for _, r := range d.github.Requests() {
		require.True(t, strings.HasPrefix(r.Path, "/api/"), r.Path)
	}
}

func TestHiddenCommentsAreLeftOut(t *testing.T) {
	d := newDemoRun(t)
	d.github.Token, d.env["GITHUB_TOKEN"] = secret, secret
	d.github.Edit("tiler", 2690100131, func(c map[string]any) { c["minimized"] = true })
	report := parseDraft(t, d.compile("--format", "json").stdout)
	var hidden []string
	for _, l := range report.Ledger.LeftOut {
		if l.Reason == "a maintainer has hidden the comment" {
			hidden = append(hidden, l.Source)
		}
	}
	require.Equal(t, []string{"https://github.com/wayfold-maps/tiler/pull/36#issuecomment-2690100131"}, hidden)
	asked := 0
	for _, r := range d.github.Requests() {
		if r.Method == http.MethodPost {
			asked++
		}
	}
	require.Equal(t, 1, asked, "a request for each hundred updates")
}

func TestHiddenCommentsThatAServerNeverTells(t *testing.T) {
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"not found":          {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, "GitHub answers 404"},
		"method not allowed": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) }, "GitHub answers 405"},
		"a list":             {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[]")) }, "the server does not answer GraphQL"},
		"nothing":            {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) }, "the server does not answer GraphQL"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDemoRun(t)
			d.github.Token, d.env["GITHUB_TOKEN"] = secret, secret
			d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/graphql") {
					test.answer(w, r)
					return
				}
				d.github.ServeHTTP(w, r)
			})
			r := d.compile()
			require.Zero(t, r.code, r.stderr)
			require.Contains(t, r.stderr, "warning: GitHub does not tell which comments are hidden: "+test.want)
			asked := len(d.github.Requests())
			require.Equal(t, r.stdout, d.compile().stdout)
			require.Len(t, d.github.Requests(), asked, "not asked again")
		})
	}
}

// remoteNotes serves the demo's notes from a repository.
func remoteNotes(t *testing.T) *demoRun {
	t.Helper()
	archive := fstest.MapFS{}
	require.NoError(t, copyInto(archive, fixtures.Demo.Archive(), ""))
	require.NoError(t, copyInto(archive, fixtures.Demo.Notes(), "docs/contents/content/wayfold/updates/"))
	d := newDemoRun(t)
	d.github = fixtures.NewGitHub(fixtures.Demo.Org, archive)
	d.github.Fault = d.fault
	d.server.Config.Handler = d.github
	return d
}

func (d *demoRun) compileRemote(more ...string) result {
	d.t.Helper()
	return d.compile(append([]string{"--notes", "wayfold-maps/docs:content/wayfold/updates/"}, more...)...)
}

func TestNotesFromARepository(t *testing.T) {
	want := calm(t)
	d := remoteNotes(t)
	require.Equal(t, want, d.compileRemote())
	cold := len(d.github.Requests())
	require.Equal(t, want, d.compileRemote())
	require.Equal(t, 1, len(d.github.Requests())-cold, "the list alone, as a note may have come late")
	require.Equal(t, want, d.compileRemote("--offline"))

	d.suffer(fixtures.Every(4, fixtures.CutBody(30), fixtures.Status(503, "Unavailable"), fixtures.TruncatedJSON()))
	require.Equal(t, want, d.compileRemote("--refresh"))
}

func TestNotesFromARepositoryThatAreNotThere(t *testing.T) {
	d := remoteNotes(t)
	r := d.compile("--notes", "wayfold-maps/docs:nowhere")
	require.Equal(t, result{"", "monthly: there is no folder nowhere in wayfold-maps/docs that this token may see: check --notes\n", exitFailed}, r)
	require.Zero(t, d.compile().code)
	r = d.compileRemote("--offline")
	require.Equal(t, exitFailed, r.code)
	require.Contains(t, r.stderr, "the archive holds no weekly notes of wayfold-maps/docs:content/wayfold/updates: run once without --offline")
}

func TestDamagedArchiveIsReported(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"archive.json cut off": {"archive.json", `{"schema": 1,`, "archive.json is damaged"},
		"older layout":         {"archive.json", `{"schema": 0}`, "has layout 0, this program reads layout 1"},
		"another organisation": {"archive.json", `{"schema": 1, "api": "http://127.0.0.1/", "org": "others"}`, "is of others"},
		"comments cut off":     {"tiler/comments.json", `[{"id": 1`, "tiler/comments.json is damaged"},
		"issues are no list":   {"app/issues.json", `{}`, "app/issues.json is damaged"},
		"repositories broken":  {"repos.json", `nonsense`, "repos.json is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDemoRun(t)
			require.Zero(t, d.compile().code)
			require.NoError(t, os.WriteFile(filepath.Join(d.archive(), test.file), []byte(test.text), 0o600))
			for _, offline := range []string{"--verbose", "--offline"} {
				r := d.compile(offline)
				require.Equal(t, exitFailed, r.code)
				require.Empty(t, r.stdout)
				require.Contains(t, r.stderr, test.want)
				require.Equal(t, 1, strings.Count(r.stderr, "\n"), r.stderr)
			}
		})
	}
}

func TestTwoRunsAtOnceShareTheArchive(t *testing.T) {
	want := calm(t)
	d := newDemoRun(t)
	results := make([]result, 4)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() { results[i] = d.compile() })
	}
	group.Wait()
	for _, r := range results {
		require.Equal(t, want, r)
	}
	require.Less(t, len(d.github.Requests()), 25, "one reads, the others wait for it")
}

func TestEmptyOrganisation(t *testing.T) {
	p := newProgram(t)
	p.serve(fixtures.NewGitHub("empty", fstest.MapFS{"repos.json": {Data: []byte("[]")}}))
	r := p.run("compile", "--org", "empty", "--month", "2023-09", "--archive", filepath.Join(p.dir, "archive"))
	require.Equal(t, result{"", "monthly: the organisation empty has no repository with issues\n", exitFailed}, r)
}

// An organisation that was renamed: the notes name the old address, the API
// answers with the new one.
func TestRenamedOrganisation(t *testing.T) {
	repo := func(full string) map[string]any {
		return map[string]any{
			"id": 1, "name": "node", "full_name": full + "/node", "html_url": "https://github.com/" + full + "/node", "has_issues": true,
			"pushed_at": "2023-09-01T00:00:00Z", "updated_at": "2023-09-01T00:00:00Z",
		}
	}
	at := "2023-09-08T10:00:00Z"
	archive := fstest.MapFS{}
	for name, v := range map[string]any{
		"repos.json": []any{repo("new-home")},
		"node/comments.json": []any{map[string]any{
			"id": 7, "body": "**Weekly Update**\n\n- achieved: moved in", "author_association": "MEMBER", "created_at": at, "updated_at": at,
			"html_url": "https://github.com/new-home/node/issues/5#issuecomment-7", "issue_url": "https://api.github.com/repos/new-home/node/issues/5",
			"user": map[string]any{"login": "ann", "type": "User"},
		}},
		"node/issues.json": []any{map[string]any{
			"number": 5, "title": "Move", "state": "open", "html_url": "https://github.com/new-home/node/issues/5", "updated_at": at, "created_at": at,
		}},
	} {
		data, err := json.Marshal(v)
		require.NoError(t, err)
		archive[name] = &fstest.MapFile{Data: data}
	}
	p := newProgram(t)
	github := fixtures.NewGitHub("new-home", archive)
	p.serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = strings.Replace(r.URL.Path, "/orgs/old-home/", "/orgs/new-home/", 1)
		github.ServeHTTP(w, r)
	}))
	notes := filepath.Join(p.dir, "notes")
	require.NoError(t, os.MkdirAll(notes, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(notes, "2023-09-11.md"),
		[]byte("### node\n\n**[Move](https://github.com/old-home/node/issues/5)**\n\n- achieved: moved in\n"), 0o600))
	r := p.run("compile", "--org", "old-home", "--month", "2023-09", "--notes", notes, "--archive", filepath.Join(p.dir, "archive"), "--format", "json")
	require.Zero(t, r.code, r.stderr)
	told := parseDraft(t, r.stdout).told()
	require.Len(t, told, 1)
	require.Len(t, told[0].Sources, 2)
}

// A repository that vanishes while the month is open leaves its updates.
func TestRepositoryThatVanishes(t *testing.T) {
	d := newDemoRun(t)
	d.now = time.Date(2025, 4, 1, 6, 0, 0, 0, time.UTC)
	want := d.compile()
	require.Zero(t, want.code, want.stderr)
	listed := d.server.Config.Handler
	d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/repos") {
			_, _ = w.Write([]byte(`[{"name": "plan", "full_name": "wayfold-maps/plan", "html_url": "https://github.com/wayfold-maps/plan", "has_issues": true}]`))
			return
		}
		listed.ServeHTTP(w, r)
	})
	d.now = d.now.Add(time.Hour)
	got := d.compile()
	require.Equal(t, want.stdout, got.stdout)
	require.Contains(t, got.stderr, "warning: the repository wayfold-maps/tiler is no longer listed: what was read of it before is told\n")
}

// What was not read is missing offline too.
func TestOfflineKnowsWhatWasNotRead(t *testing.T) {
	d := newDemoRun(t)
	d.suffer(on("/tiler/issues/comments", fixtures.Status(404, "Not Found")))
	require.Equal(t, exitFailed, d.compile().code)
	r := d.compile("--offline")
	require.Equal(t, exitFailed, r.code)
	require.Contains(t, r.stderr, "monthly: the repository wayfold-maps/tiler could not be read: it was not read yet: nothing is written")
}
