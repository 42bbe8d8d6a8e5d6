package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

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
