package sources

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
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
	Timeout   time.Duration     // of one attempt, from the request to the end of its answer; 0 means a minute
	Parallel  int               // requests in flight; 0 means 6
	Log       func(string)      // told of each request, retry and wait on one line; nil is silent
}

// DefaultAPI is the API of github.com.
const DefaultAPI = "https://api.github.com/"

// TokenSource gives the token for the next request.
type TokenSource func(context.Context) (string, error)

// Token is a TokenSource of one token; empty asks without.
func Token(token string) TokenSource {
	return func(context.Context) (string, error) { return token, nil }
}

// LimitError says that GitHub answers no more before a time.
type LimitError struct{ Until time.Time }

func (e *LimitError) Error() string {
	return fmt.Sprintf("GitHub's rate limit is used up until %s: what was read is kept, run again after that, or wait for it with --max-wait", e.Until.UTC().Format("15:04:05 UTC"))
}

const (
	attempts       = 5 // of one request
	defaultPause   = time.Second
	defaultTimeout = time.Minute
	limitPauses    = 60       // pauses to wait for a limit when GitHub does not say how long
	maxBody        = 64 << 20 // bytes of one answer
)

func (a Access) pause() time.Duration { return cmp.Or(a.Pause, defaultPause) }

// client makes the HTTP client through which all requests go. From the outside
// in: redirects stay on the API's host; the primary rate limit is waited for;
// secondary limits are; failures are repeated; answers are read whole and checked;
// the token is added.
func (a Access) client(api *url.URL) *http.Client {
	base := a.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	retry := a.retries(&answers{Access: a, api: api, base: base})
	secondary := github_secondary_ratelimit.New(rewound{&retryablehttp.RoundTripper{Client: retry}},
		github_secondary_ratelimit.WithSingleSleepLimit(a.MaxWait, nil),
		github_secondary_ratelimit.WithTotalSleepLimit(10*a.MaxWait, nil),
		github_secondary_ratelimit.WithLimitDetectedCallback(func(c *github_secondary_ratelimit.CallbackContext) {
			a.log("waiting for the secondary rate limit until %s", c.ResetTime.UTC().Format("15:04:05 UTC"))
		}))
	return &http.Client{
		Transport: &limits{Access: a, base: secondary},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if !sameOrigin(req.URL, api) {
				return fmt.Errorf("GitHub redirects to another host, %s://%s, which is not followed", req.URL.Scheme, req.URL.Host)
			}
			if len(via) >= 5 {
				return errors.New("GitHub redirects more than 5 times")
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
		return retryablehttp.DefaultBackoff(min, max, attempt, nil) // whatever a failing server asks for
	}
	retry.HTTPClient = &http.Client{
		Transport:     base,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return retry
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
// side, but no limit, which has a time of its own.
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
		a.log("repeating: GitHub answers %s", resp.Status)
		return true, nil
	}
	return false, nil
}

// tokenError is a failure to get a token, which is repeated by itself where that
// may help.
type tokenError struct{ err error }

func (e *tokenError) Error() string { return e.err.Error() }
func (e *tokenError) Unwrap() error { return e.err }

// answers sends a request with the token to the API's own host, and reads the
// whole answer, so that one that is cut off or broken is an error that can be
// repeated.
type answers struct {
	Access
	api  *url.URL
	base http.RoundTripper
}

func (t *answers) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), cmp.Or(t.Timeout, defaultTimeout))
	defer cancel()
	req = req.Clone(ctx)
	req.Header.Del("Authorization")
	if t.Token != nil && sameOrigin(req.URL, t.api) {
		token, err := t.Token(ctx)
		if err != nil {
			return nil, err
		}
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
	}
	start := time.Now()
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("asking GitHub: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("GitHub's answer was cut off: %w", err)
	}
	if len(body) > maxBody {
		return nil, errors.New("GitHub's answer is larger than 64 MiB")
	}
	t.log("%s %s: %s, %d bytes, %d ms", req.Method, req.URL.RequestURI(), resp.Status, len(body), time.Since(start).Milliseconds())
	if said := strings.TrimSpace(string(body)); resp.StatusCode < 300 && (said == "" || said == "null" || !json.Valid(body)) {
		return nil, errors.New("GitHub's answer is empty, no JSON, or but a part of it")
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	t.sayPause(resp, body)
	return resp, nil
}

const secondaryMessage = `{"message":"You have exceeded a secondary rate limit"}`

// sayPause makes every form of the secondary limit one that says how long to
// wait, as some say nothing. It tells limits from missing permissions.
func (a Access) sayPause(resp *http.Response, body []byte) {
	if resp.StatusCode != http.StatusForbidden && resp.StatusCode != http.StatusTooManyRequests {
		return
	}
	text := strings.ToLower(string(body))
	if usedUp(resp) {
		if resp.StatusCode == http.StatusForbidden && !strings.Contains(text, "rate limit") {
			resp.Header.Del("X-RateLimit-Remaining") // a permission that is missing, asked for with the last request
		}
		return
	}
	known := strings.Contains(text, "secondary rate limit") || strings.Contains(text, "abuse detection") || strings.Contains(text, "secondary-rate-limits") || strings.Contains(text, "abuse-rate-limits")
	if !known && resp.StatusCode == http.StatusForbidden && resp.Header.Get("Retry-After") == "" {
		return // a permission that is missing
	}
	if resp.Header.Get("Retry-After") == "" {
		resp.Header.Set("Retry-After", strconv.Itoa(int(math.Ceil((limitPauses * a.pause()).Seconds()))))
	}
	resp.Body = io.NopCloser(strings.NewReader(secondaryMessage))
	resp.ContentLength = int64(len(secondaryMessage))
}

// usedUp reports whether an answer says that the primary limit is reached.
func usedUp(resp *http.Response) bool { return resp.Header.Get("X-RateLimit-Remaining") == "0" }

// limits waits for the primary rate limit, and turns limits that are too long to
// wait for into errors.
type limits struct {
	Access
	base http.RoundTripper
}

func (t *limits) RoundTrip(req *http.Request) (*http.Response, error) {
	for waits := 0; ; waits++ {
		resp, err := t.base.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		limited := resp.StatusCode == http.StatusForbidden || resp.StatusCode == http.StatusTooManyRequests
		switch {
		case limited && usedUp(resp):
			resp.Body.Close()
			reset := t.resetTime(resp)
			if waits == attempts {
				return nil, &LimitError{reset}
			}
			if err := t.wait(req.Context(), reset); err != nil {
				return nil, err
			}
			continue
		case limited && resp.Header.Get("Retry-After") != "":
			resp.Body.Close()
			if err := req.Context().Err(); err != nil {
				return nil, err
			}
			seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
			return nil, &LimitError{time.Now().Add(time.Duration(seconds) * time.Second)}
		}
		// go-github stops by itself when it reads that nothing remains.
		resp.Header.Del("X-RateLimit-Remaining")
		resp.Header.Del("X-RateLimit-Reset")
		return resp, nil
	}
}

func (a Access) resetTime(resp *http.Response) time.Time {
	seconds, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil {
		return time.Now().Add(limitPauses * a.pause())
	}
	return time.Unix(seconds, 0)
}

// wait waits until a time, unless that is too far away.
func (t *limits) wait(ctx context.Context, until time.Time) error {
	d := max(time.Until(until), t.pause())
	if d > t.MaxWait {
		return &LimitError{until}
	}
	t.log("waiting for the rate limit until %s", until.UTC().Format("15:04:05 UTC"))
	timer := time.NewTimer(d + 50*time.Millisecond)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
