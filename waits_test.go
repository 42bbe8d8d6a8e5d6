package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/fixtures"
)

// interrupter keeps what is printed, and interrupts the run at a word.
type interrupter struct {
	mu        sync.Mutex
	text      bytes.Buffer
	word      string
	interrupt func()
}

func (i *interrupter) Write(p []byte) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if strings.Contains(string(p), i.word) {
		i.interrupt()
	}
	return i.text.Write(p)
}

// until runs the demo's month until it says a word on stderr, and interrupts it.
func (d *demoRun) until(word string) result {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	stderr := &interrupter{word: word, interrupt: cancel}
	code := run(ctx, []string{
		"monthly", "compile", "--month", fixtures.Demo.Month, "--org", fixtures.Demo.Org, "--archive", d.archive(), "--max-wait", "5h",
	}, world{
		stdout: &bytes.Buffer{}, stderr: stderr, getenv: func(k string) string { return d.env[k] },
		now: func() time.Time { return d.now }, patience: time.Millisecond, pause: d.timeout,
	})
	return result{"", stderr.text.String(), code}
}

// What takes long is said with its end, and an interrupt ends it at once.
func TestWaitsAreToldAndInterrupted(t *testing.T) {
	const interrupted = "monthly: interrupted: what was read is kept, run again to go on\n"
	end := ` until \d\d:\d\d:\d\d UTC at the latest; Ctrl-C ends the run\n`
	for name, test := range map[string]struct {
		fault faultFunc
		want  string
	}{
		"rate limit":           {on("/repos", fixtures.PrimaryLimit(time.Now().Add(time.Hour))), "GitHub's rate limit" + end},
		"secondary rate limit": {on("/repos", fixtures.SecondaryLimit(http.StatusForbidden, time.Hour)), "GitHub's secondary rate limit" + end},
		"failing server":       {on("/repos", fixtures.Status(502, "Bad Gateway")), "GitHub to respond again" + end},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDemoRun(t)
			d.timeout = time.Hour
			d.suffer(test.fault)
			word, _, _ := strings.Cut(test.want, end)
			r := d.until("waiting for " + word)
			require.Equal(t, exitInterrupted, r.code, r.stderr)
			require.Regexp(t, "waiting for "+test.want, r.stderr)
			require.True(t, strings.HasSuffix(r.stderr, interrupted), r.stderr)
		})
	}
}

func TestSilentServerIsToldAndInterrupted(t *testing.T) {
	d := newDemoRun(t)
	d.serve(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	r := d.until("waiting for a response of")
	require.Equal(t, exitInterrupted, r.code, r.stderr)
	require.Regexp(t, `(?m)^waiting for a response of 127\.0\.0\.1:\d+ until \d\d:\d\d:\d\d UTC at the latest; Ctrl-C ends the run\n`, r.stderr)
}

func TestLockedArchiveIsToldAndInterrupted(t *testing.T) {
	d := newDemoRun(t)
	require.NoError(t, os.Mkdir(d.archive(), 0o700))
	root, err := os.OpenRoot(d.archive())
	require.NoError(t, err)
	defer root.Close()
	unlock, err := files.Lock(t.Context(), root, ".lock")
	require.NoError(t, err)
	defer unlock()
	r := d.until("waiting for another run")
	require.Equal(t, result{"", "waiting for another run that uses the archive of wayfold-maps; Ctrl-C ends the run\n" +
		"monthly: interrupted: what was read is kept, run again to go on\n", exitInterrupted}, r)
}

// A run that does not end when it is interrupted is given up.
func TestRunThatDoesNotEndIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	forever := make(chan int)
	require.Equal(t, exitInterrupted, await(ctx, 0, func() int { return <-forever }))
	require.Equal(t, 5, await(context.Background(), 0, func() int { return 5 }))
}

// Who asks without a token is told so, whatever GitHub refuses.
func TestNoTokenIsSaid(t *testing.T) {
	for _, test := range []struct {
		fault *fixtures.Fault
		want  string
	}{
		{fixtures.PrimaryLimit(time.Now().Add(time.Hour)), "or wait for it with --max-wait; no token is set in GITHUB_TOKEN or GH_TOKEN\n"},
		{fixtures.Status(403, "Forbidden"), "GitHub responded with 403 Forbidden: no token is set in GITHUB_TOKEN or GH_TOKEN\n"},
		{fixtures.Status(404, "Not Found"), ": check --org; no token is set in GITHUB_TOKEN or GH_TOKEN\n"},
	} {
		d := newDemoRun(t)
		d.suffer(on("/repos", test.fault))
		r := d.compile()
		require.Equal(t, exitFailed, r.code)
		require.True(t, strings.HasSuffix(r.stderr, test.want), r.stderr)
		d.env["GH_TOKEN"] = secret
		require.NotContains(t, d.compile().stderr, "no token is set")
	}
}
