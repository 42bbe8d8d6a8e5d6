package sources

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/fixtures"
)

const testAPI = "https://github.test/"

// The invented organisation of which most tests read a month.
var (
	demo        = Project{Name: fixtures.Demo.Project, Org: fixtures.Demo.Org, Planning: fixtures.Demo.Planning, Notes: Folder{Name: "the demo", FS: fixtures.Demo.Notes()}}
	demoMonth   = fixtures.Demo.Month
	demoArchive = fixtures.Demo.Archive()
)

// run reads the month of a project through a fake GitHub, each time as a program
// does that is started anew. It is the demo's month unless a test says otherwise.
type run struct {
	t       testing.TB
	ctx     context.Context
	github  *fixtures.GitHub
	served  fstest.MapFS // what the fake GitHub was made of
	handler http.Handler // the fake GitHub, unless a test puts something before it
	project Project
	access  Access
	month   compile.YearMonth
	dir     string // of the archive
	now     time.Time
	offline bool

	mu      sync.Mutex
	weather faultFunc
}

// faultFunc decides which requests fail, as [fixtures.GitHub.Fault] does.
type faultFunc = func(n int, r *http.Request) *fixtures.Fault

func newRun(t testing.TB) *run {
	t.Helper()
	r := &run{
		t: t, ctx: context.Background(), dir: filepath.Join(t.TempDir(), "archive"), now: at("2026-01-02 00:00"),
		project: demo,
		access:  Access{API: testAPI, MaxWait: 5 * time.Minute, Parallel: 6},
		month:   monthOf(t, demoMonth),
	}
	served := fstest.MapFS{}
	copyInto(t, served, demoArchive, "")
	r.serve(demo.Org, served)
	return r
}

// serve puts an archive behind the fake GitHub, which is new after that.
func (r *run) serve(org string, archive fstest.MapFS) {
	g := fixtures.NewGitHub(org, archive)
	g.Fault = r.fault
	if r.github != nil {
		g.Token = r.github.Token
	}
	r.served, r.github, r.handler = archive, g, g
}

// suffer changes the weather, though requests may still be under way.
func (r *run) suffer(f faultFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.weather = f
}

func (r *run) fault(n int, req *http.Request) *fixtures.Fault {
	r.mu.Lock()
	f := r.weather
	r.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(n, req)
}

// login makes the fake GitHub ask for a token, and gives the run one.
func (r *run) login() {
	r.github.Token = secret
	r.access.Token = Token(secret)
}

const secret = "ghs_0123456789abcdefSECRET"

// read reads the month.
func (r *run) read() (in compile.Input, outcome Outcome, err error) {
	r.t.Helper()
	err = r.with(func(reader *Reader) error {
		in, outcome, err = reader.Month(r.ctx, r.month)
		return err
	})
	return in, outcome, err
}

// with connects a reader for the time of one call.
func (r *run) with(do func(*Reader) error) error {
	r.t.Helper()
	archive, err := r.open()
	if err != nil {
		return err
	}
	defer archive.Close()
	var github *GitHub
	if !r.offline {
		access := r.access
		if access.Transport == nil {
			access.Transport = direct{r}
		}
		github, err = NewGitHub(access, r.clock)
		require.NoError(r.t, err)
	}
	return do(NewReader(r.project, archive, github, r.clock))
}

func (r *run) clock() time.Time { return r.now }

func (r *run) open() (*Archive, error) {
	if r.offline {
		return ReadArchive(os.DirFS(r.dir), r.dir, r.project.Org)
	}
	return OpenArchive(context.Background(), r.dir, testAPI, r.project.Org)
}

// must reads the month, which must succeed without gaps.
func (r *run) must() compile.Input {
	r.t.Helper()
	in, outcome, err := r.read()
	require.NoError(r.t, err)
	require.Empty(r.t, outcome.Gaps)
	return in
}

// asked counts the requests that a call costs.
func (r *run) asked(do func()) int {
	before := len(r.github.Requests())
	do()
	return len(r.github.Requests()) - before
}

// calm is the demo's month as it is read without any fault.
func calm(t testing.TB) compile.Input {
	t.Helper()
	return newRun(t).must()
}

// texts gives what a month's updates say, with their sources.
func texts(in compile.Input) string {
	var b strings.Builder
	for _, u := range in.Updates {
		for _, item := range u.Items {
			b.WriteString(u.Source.URL + u.Source.Note + " " + string(u.LeftOut) + " " + item.Text + "\n")
		}
	}
	return b.String()
}

// once faults only the n-th request.
func once(n int, f *fixtures.Fault) faultFunc {
	return func(i int, _ *http.Request) *fixtures.Fault {
		if i == n {
			return f
		}
		return nil
	}
}

// on faults all requests whose path has an ending.
func on(suffix string, f *fixtures.Fault) faultFunc {
	return func(_ int, r *http.Request) *fixtures.Fault {
		if strings.HasSuffix(r.URL.Path, suffix) {
			return f
		}
		return nil
	}
}

// at reads a time in UTC.
func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

func monthOf(t testing.TB, s string) compile.YearMonth {
	t.Helper()
	m, err := compile.ParseMonth(s)
	require.NoError(t, err)
	return m
}

// direct sends requests to a run's handler without a network, so that a test may
// have a clock of its own.
type direct struct{ *run }

func (d direct) RoundTrip(req *http.Request) (*http.Response, error) {
	incoming := req.Clone(req.Context())
	incoming.RequestURI, incoming.Host = req.URL.RequestURI(), req.URL.Host
	if incoming.Body == nil {
		incoming.Body = http.NoBody
	}
	if req.URL.Scheme == "https" {
		incoming.TLS = &tls.ConnectionState{}
	}
	recorder := httptest.NewRecorder()
	aborted := d.serve(recorder, incoming)
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if aborted && !recorder.Flushed {
		return nil, errors.New("connection reset by peer")
	}
	resp := recorder.Result()
	resp.Request = req
	announced, _ := strconv.Atoi(resp.Header.Get("Content-Length"))
	if announced > recorder.Body.Len() {
		resp.Body = io.NopCloser(io.MultiReader(resp.Body, cut{}))
	}
	return resp, nil
}

// serve answers a request, and reports whether that was broken off.
func (d direct) serve(w http.ResponseWriter, r *http.Request) (aborted bool) {
	defer func() {
		if problem := recover(); problem != nil {
			if problem != http.ErrAbortHandler {
				panic(problem)
			}
			aborted = true
		}
	}()
	d.handler.ServeHTTP(w, r)
	return false
}

// cut is the end of a body that was cut off.
type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
