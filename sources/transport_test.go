package sources

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// passing are the faults that go by. They are made when they are needed, as limits
// end at a time.
func passing() map[string]*fixtures.Fault {
	soon := time.Now().Add(time.Minute)
	return map[string]*fixtures.Fault{
		"500":                             fixtures.Status(500, "Server Error"),
		"502":                             fixtures.Status(502, "Bad Gateway"),
		"503":                             fixtures.Status(503, "Service Unavailable"),
		"504":                             fixtures.Status(504, "Gateway Timeout"),
		"connection cut in mid-body":      fixtures.CutBody(40),
		"connection cut at once":          fixtures.CutConnection(),
		"broken JSON":                     fixtures.TruncatedJSON(),
		"page of HTML":                    fixtures.HTMLPage(),
		"slow":                            fixtures.Slow(2 * time.Minute),
		"primary limit":                   fixtures.PrimaryLimit(soon),
		"primary limit as 429":            fixtures.PrimaryLimit429(soon),
		"secondary limit 403":             fixtures.SecondaryLimit(403, time.Minute),
		"secondary limit 429":             fixtures.SecondaryLimit(429, time.Minute),
		"secondary limit 403 without say": fixtures.SecondaryLimit(403, 0),
		"secondary limit 429 without say": fixtures.SecondaryLimit(429, 0),
	}
}

func TestPassingFaultsChangeNothing(t *testing.T) {
	want := calm(t)
	for name := range passing() {
		for _, n := range []int{1, 4, 12} {
			t.Run(fmt.Sprintf("%s at request %d", name, n), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					r := newRun(t)
					r.suffer(once(n, passing()[name]))
					require.Equal(t, want, r.must())
				})
			})
		}
	}
}

func TestManyFaultsChangeNothing(t *testing.T) {
	want := calm(t)
	for _, every := range []int{3, 7} {
		for name := range passing() {
			t.Run(fmt.Sprintf("%s at every %d", name, every), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					r := newRun(t)
					r.suffer(fixtures.Every(every, passing()[name]))
					require.Equal(t, want, r.must())
				})
			})
		}
	}
}

// A fault that stays fails the reading, or is a gap of what it concerns. What was
// read is kept: the next run, in good weather, goes on from there.
func TestLastingFaults(t *testing.T) {
	want := calm(t)
	comments := "/repos/" + demo.Org + "/tiler/issues/comments"
	far := func() time.Time { return time.Now().Add(time.Hour) }
	for name, test := range map[string]struct {
		fault func() faultFunc
		gap   string // empty if the reading fails
		err   string // begins so
	}{
		"repository not found":     {on1(comments, fixtures.Status(404, "Not Found")), "the repository wayfold-maps/tiler", "GitHub responded with 404 Not Found"},
		"issues are disabled":      {on1(comments, fixtures.Status(410, "Issues are disabled for this repo")), "the repository wayfold-maps/tiler", "GitHub responded with 410 Issues are disabled for this repo"},
		"blocked by law":           {on1(comments, fixtures.Status(451, "Repository access blocked")), "the repository wayfold-maps/tiler", "GitHub responded with 451 Repository access blocked"},
		"permission is missing":    {on1(comments, fixtures.Status(403, "Resource not accessible by integration")), "the repository wayfold-maps/tiler", "GitHub responded with 403 Resource not accessible by integration"},
		"server fails for good":    {on1(comments, fixtures.Status(502, "")), "the repository wayfold-maps/tiler", "GitHub responded with 502 Bad Gateway"},
		"redirect to another host": {on1(comments, fixtures.MovedTo("https://elsewhere.example/comments")), "the repository wayfold-maps/tiler", "GitHub redirects to another host, https://elsewhere.example, which is not followed"},
		"redirect without end":     {on1(comments, fixtures.MovedTo(testAPI+"repos/wayfold-maps/tiler/issues/comments")), "the repository wayfold-maps/tiler", "GitHub redirects more than 5 times"},
		"planning not found":       {on1("/plan/milestones", fixtures.Status(404, "Not Found")), "the planning repository wayfold-maps/plan", "GitHub responded with 404 Not Found"},
		"primary limit far away":   {func() faultFunc { return once(5, fixtures.PrimaryLimit(far())) }, "", "GitHub's rate limit is used up until 01:00:00 UTC"},
		"secondary limit far away": {func() faultFunc { return once(5, fixtures.SecondaryLimit(429, time.Hour)) }, "", "GitHub's rate limit is used up until 01:00:00 UTC"},
		"token is refused":         {func() faultFunc { return once(1, fixtures.Status(401, "Bad credentials")) }, "", "listing the repositories of wayfold-maps: GitHub refuses the token (401 Bad credentials)"},
		"organisation not found":   {func() faultFunc { return once(1, fixtures.Status(404, "Not Found")) }, "", "there is no organisation wayfold-maps on GitHub that this token may see"},
		"connection cut for good":  {on1(comments, fixtures.CutConnection()), "", "asking GitHub: connection reset by peer"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRun(t)
				r.suffer(test.fault())
				var err error
				var outcome Outcome
				asked := r.asked(func() { _, outcome, err = r.read() })
				if test.gap != "" {
					require.NoError(t, err)
					require.Len(t, outcome.Gaps, 1)
					require.Equal(t, test.gap, outcome.Gaps[0].What)
					err = outcome.Gaps[0].Err
				}
				require.Error(t, err)
				require.True(t, strings.HasPrefix(err.Error(), test.err), err.Error())

				r.suffer(nil)
				again := r.asked(func() { require.Equal(t, want, r.must()) })
				if asked > 10 {
					require.Less(t, again, 15)
				}
			})
		})
	}
}

func on1(suffix string, f *fixtures.Fault) func() faultFunc {
	return func() faultFunc { return on(suffix, f) }
}

// An empty response is not an empty list.
func TestEmptyResponseIsNotAnEmptyList(t *testing.T) {
	want := calm(t)
	for name, body := range map[string]string{"empty": "", "null": "null"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRun(t)
				n := 0
				r.before("/tiler/issues/comments", func(w http.ResponseWriter, _ *http.Request) bool {
					n++
					fmt.Fprint(w, body)
					return n == 1
				})
				require.Equal(t, want, r.must())
				require.Greater(t, n, 1)
			})
		})
	}
}

// before lets a test answer the requests whose path has an ending. It reports
// whether it did; else the fake GitHub answers.
func (r *run) before(suffix string, answer func(w http.ResponseWriter, r *http.Request) bool) {
	next := r.handler
	r.handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.HasSuffix(req.URL.Path, suffix) {
			recorder := httptest.NewRecorder()
			if answer(recorder, req) {
				for name, values := range recorder.Header() {
					w.Header()[name] = values
				}
				w.WriteHeader(recorder.Code)
				_, _ = w.Write(recorder.Body.Bytes())
				return
			}
		}
		next.ServeHTTP(w, req)
	})
}

func TestRepositoryThatMovedIsFollowed(t *testing.T) {
	r := newRun(t)
	path := "/repos/" + demo.Org + "/tiler/issues/comments"
	r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
		if req.URL.Path == path && req.URL.Query().Get("moved") == "" {
			return fixtures.MovedTo(strings.TrimRight(testAPI, "/") + path + "?moved=1&" + req.URL.RawQuery)
		}
		return nil
	})
	require.Equal(t, calm(t), r.must())
}

// A token goes to the API's own host and scheme, and to nowhere else.
func TestTokenGoesNowhereElse(t *testing.T) {
	for _, elsewhere := range []string{"http://github.test", "https://github.test:444", "https://elsewhere.test"} {
		var seen []string
		r := newRun(t)
		r.login()
		r.access.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
			seen = append(seen, req.URL.Scheme+"://"+req.URL.Host+" "+req.Header.Get("Authorization"))
			recorder := httptest.NewRecorder()
			if len(seen) == 1 {
				recorder.Header().Set("Location", elsewhere+req.URL.RequestURI())
				recorder.WriteHeader(http.StatusMovedPermanently)
			}
			return recorder.Result(), nil
		})
		_, _, err := r.read()
		require.ErrorContains(t, err, "GitHub redirects to another host, "+elsewhere)
		require.Equal(t, []string{"https://github.test Bearer " + secret}, seen)

		access := Access{Token: Token(secret)}
		responses := responses{Access: access, api: mustParse(t, testAPI)}
		req := httptest.NewRequest(http.MethodGet, elsewhere, nil)
		req.Header.Set("Authorization", "Bearer "+secret)
		require.NoError(t, responses.authorise(req))
		require.Empty(t, req.Header, "even if somebody asks")
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// The log has a line for each request, retry and wait, and no token.
func TestLogNamesRequestsRetriesAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRun(t)
		r.login()
		var lines []string
		r.access.Parallel = 1
		r.access.Log = func(line string) { lines = append(lines, line) }
		r.suffer(func(n int, _ *http.Request) *fixtures.Fault {
			return map[int]*fixtures.Fault{
				2: fixtures.Status(502, "Bad Gateway"), 4: fixtures.PrimaryLimit(time.Now().Add(time.Second)),
				6: fixtures.SecondaryLimit(429, time.Second), 8: fixtures.CutBody(5),
			}[n]
		})
		r.must()
		count := func(form string) int {
			n := 0
			for _, line := range lines {
				require.NotContains(t, line, secret)
				if regexp.MustCompile(form).MatchString(line) {
					n++
				}
			}
			return n
		}
		require.Equal(t, len(r.github.Requests())-1, count(`^(GET|POST) /\S+: \d{3} .*, \d+ bytes, \d+ ms$`), "one was cut off")
		require.Equal(t, 1, count(`^repeating: GitHub responded with 502 Bad Gateway$`))
		require.Equal(t, 1, count(`^repeating: .*it was cut off: unexpected EOF$`))
		require.Equal(t, 1, count(`^waiting for the rate limit until \d\d:\d\d:\d\d UTC$`))
		require.Equal(t, 1, count(`^waiting for the secondary rate limit until \d\d:\d\d:\d\d UTC$`))
		require.Len(t, lines, len(r.github.Requests())+3, lines)
	})
}

// A reading that is interrupted goes on where it stopped.
func TestInterruptedReadingGoesOn(t *testing.T) {
	r := newRun(t)
	ctx, cancel := context.WithCancel(t.Context())
	r.ctx = ctx
	r.suffer(func(n int, _ *http.Request) *fixtures.Fault {
		if n == 5 {
			cancel()
		}
		return nil
	})
	_, _, err := r.read()
	require.True(t, errors.Is(err, context.Canceled), err)
	r.ctx = t.Context()
	r.suffer(nil)
	require.Equal(t, calm(t), r.must())
}

func TestProgressCountsEachStep(t *testing.T) {
	r := newRun(t)
	var steps []int
	last := 0
	r.access.Progress = func(done, all int) { steps, last = append(steps, done), all }
	r.must()
	for i, step := range steps {
		require.Equal(t, i+1, step)
	}
	require.Len(t, steps, last)
}

func mustParse(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	return u
}
