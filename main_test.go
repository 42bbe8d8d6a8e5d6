package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// real is the folder of real material, which tests read where it is.
const real = "../shared/real"

// result is what a run of the program left.
type result struct {
	stdout, stderr string
	code           int
}

// program runs command lines in a surrounding of its own.
type program struct {
	t   testing.TB
	env map[string]string
	now time.Time
	dir string
	ctx context.Context // nil means one without end

	timeout  time.Duration // of a request; 0 means the default
	patience time.Duration // before a wait is told; 0 means the default
}

func newProgram(t testing.TB) *program {
	return &program{
		t: t, env: map[string]string{}, now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), dir: t.TempDir(),
	}
}

// serve makes a fake GitHub the API of the program.
func (p *program) serve(g http.Handler) {
	server := httptest.NewServer(g)
	p.t.Cleanup(server.Close)
	p.env["GITHUB_API_URL"] = server.URL
}

func (p *program) run(args ...string) result {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	ctx := p.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	code := run(ctx, append([]string{"monthly"}, args...), world{
		stdout: &stdout, stderr: &stderr, getenv: func(k string) string { return p.env[k] },
		now: func() time.Time { return p.now }, pause: time.Millisecond, patience: p.patience, timeout: p.timeout,
	})
	return result{stdout.String(), stderr.String(), code}
}
