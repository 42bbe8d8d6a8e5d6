package sources

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gofri/go-github-ratelimit/v2/github_ratelimit/github_secondary_ratelimit"
	"github.com/hashicorp/go-retryablehttp"
)

// Access says how GitHub is reached.
type Access struct {
	API       string            // address of the API, with final slash; empty means https://api.github.com/
	Token     TokenSource       // nil asks without a token
	MaxWait   time.Duration     // the longest wait for one rate limit; 0 means not to wait
	Transport http.RoundTripper // nil means http.DefaultTransport
	Pause     time.Duration     // before a request is repeated; it doubles with each time; 0 means one second
	Timeout   time.Duration     // of one attempt, from the request to the end of the response; 0 means a minute
	Parallel  int               // requests in flight; 0 means 6

	// Log is called with a line for each request, retry and wait; nil is silent.
	// Several requests may call it at the same time.
	Log func(line string)
	// Waiting is called with what is waited for and the latest end of the wait, before
	// a wait that is longer than Patience or, if that is not known, once it is; nil is
	// silent. Several requests may call it at the same time.
	Waiting  func(what string, end time.Time)
	Patience time.Duration
	// Progress is called after each step of a reading, one call at a time; nil is
	// silent.
	Progress func(done, all int)
}

// DefaultAPI is the API of github.com.
const DefaultAPI = "https://api.github.com/"

const (
	attempts       = 5 // of one request
	defaultPause   = time.Second
	defaultTimeout = time.Minute
	maxBody        = 64 << 20 // bytes of one response
)

func (a Access) pause() time.Duration { return cmp.Or(a.Pause, defaultPause) }

// client makes the HTTP client through which all requests go. From the outside
// in: redirects stay on the API's host; the primary rate limit is waited for;
// secondary limits are; failures are repeated; responses are read whole and checked;
// the token is added.
func (a Access) client(api *url.URL, clock *serverClock) *http.Client {
	base := a.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	retry := a.retries(&responses{Access: a, api: api, base: base, clock: clock})
	secondary := github_secondary_ratelimit.New(rewound{&retryablehttp.RoundTripper{Client: retry}},
		github_secondary_ratelimit.WithSingleSleepLimit(a.MaxWait, nil),
		github_secondary_ratelimit.WithTotalSleepLimit(10*a.MaxWait, nil),
		github_secondary_ratelimit.WithLimitDetectedCallback(func(c *github_secondary_ratelimit.CallbackContext) {
			a.waits("GitHub's secondary rate limit", *c.ResetTime)
			a.log("waiting for the secondary rate limit until %s", c.ResetTime.UTC().Format("15:04:05 UTC"))
		}))
	return &http.Client{
		Transport: &limits{Access: a, base: secondary},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if !sameOrigin(req.URL, api) {
				return &redirectError{fmt.Sprintf("to another host, %s://%s, which is not followed", req.URL.Scheme, req.URL.Host)}
			}
			if len(via) >= 5 {
				return &redirectError{"more than 5 times"}
			}
			return nil
		},
	}
}

// retries makes a client that repeats what failed on the way or on GitHub's side,
// with longer and longer pauses. It follows no redirect.
func (a Access) retries(base http.RoundTripper) *retryablehttp.Client {
	retry := retryablehttp.NewClient()
	retry.Logger = nil
	retry.ErrorHandler = retryablehttp.PassthroughErrorHandler
	retry.RetryMax = attempts - 1
	retry.RetryWaitMin = a.pause()
	retry.RetryWaitMax = 30 * a.pause()
	retry.CheckRetry = a.repeats
	retry.Backoff = func(min, max time.Duration, attempt int, _ *http.Response) time.Duration {
		a.waits("GitHub to respond again", a.lastRetry(min, max, attempt))
		return retryablehttp.DefaultBackoff(min, max, attempt, nil) // whatever a failing server asks for
	}
	retry.HTTPClient = &http.Client{
		Transport:     base,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return retry
}

// lastRetry gives the latest time at which the last attempt begins, after one that
// failed.
func (a Access) lastRetry(min, max time.Duration, attempt int) time.Time {
	end := time.Now()
	for ; attempt < attempts-1; attempt++ {
		end = end.Add(retryablehttp.DefaultBackoff(min, max, attempt, nil))
	}
	return end
}

// waits tells of a wait, unless it is short.
func (a Access) waits(what string, end time.Time) {
	if a.Waiting != nil && time.Until(end) > a.Patience {
		a.Waiting(what, end)
	}
}

// waitsFor tells of a wait until a deadline, unless it is over soon.
func (a Access) waitsFor(what string, deadline time.Time) (over func()) {
	if a.Waiting == nil {
		return func() {}
	}
	timer := time.AfterFunc(a.Patience, func() { a.Waiting(what, deadline) })
	return func() { timer.Stop() }
}

// sameOrigin reports whether two addresses are of one server, reached in one way:
// a token that is meant for https goes nowhere in the clear.
func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Host, b.Host)
}

// rewound gives each sending of a request its body anew.
type rewound struct{ base http.RoundTripper }

func (t rewound) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.GetBody == nil {
		return t.base.RoundTrip(req)
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	req = req.Clone(req.Context())
	req.Body = body
	return t.base.RoundTrip(req)
}

func (a Access) log(format string, args ...any) {
	if a.Log != nil {
		a.Log(fmt.Sprintf(format, args...))
	}
}

// repeats decides what is asked again: what failed on the way or on GitHub's
// side. A limit has a time of its own.
func (a Access) repeats(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	var refused *tokenError
	if errors.As(err, &refused) {
		return false, err
	}
	if err != nil {
		a.log("repeating: %v", err)
		return true, nil
	}
	if resp.StatusCode >= 500 && resp.StatusCode != http.StatusNotImplemented {
		a.log("repeating: GitHub responded with %s", resp.Status)
		return true, nil
	}
	return false, nil
}

// responses sends a request with the token to the API's own host, and reads the
// whole response, so that one that is cut off or broken is an error and the
// request is repeated.
type responses struct {
	Access
	api   *url.URL
	base  http.RoundTripper
	clock *serverClock
}

func (t *responses) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), cmp.Or(t.Timeout, defaultTimeout))
	defer cancel()
	req = req.Clone(ctx)
	if err := t.authorise(req); err != nil {
		return nil, err
	}
	start := time.Now()
	deadline, _ := ctx.Deadline()
	defer t.waitsFor("a response of "+req.URL.Host, deadline)()
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("asking GitHub: %w", err)
	}
	defer resp.Body.Close()
	t.clock.heard(resp)
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		if err := req.Context().Err(); err != nil {
			return nil, err
		}
		return nil, &ResponseError{fmt.Sprintf("it was cut off: %v", err)}
	}
	if len(body) > maxBody {
		return nil, &ResponseError{"it is larger than 64 MiB"}
	}
	t.log("%s %s: %s, %d bytes, %d ms", req.Method, req.URL.RequestURI(), resp.Status, len(body), time.Since(start).Milliseconds())
	if said := strings.TrimSpace(string(body)); resp.StatusCode < 300 && (said == "" || said == "null" || !json.Valid(body)) {
		return nil, &ResponseError{"it is empty, incomplete or not JSON"}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	t.sayPause(resp, body)
	return resp, nil
}

// authorise adds the token to a request to the API's own host, and only there.
func (t *responses) authorise(req *http.Request) error {
	req.Header.Del("Authorization")
	if t.Token == nil || !sameOrigin(req.URL, t.api) {
		return nil
	}
	token, err := t.Token(req.Context())
	if err == nil {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return err
}
