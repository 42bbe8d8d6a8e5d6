package sources

import (
	"context"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// limitPauses is how many pauses to wait for a limit when GitHub does not say how
// long.
const limitPauses = 60

// secondaryMessage is what the library that waits for secondary limits knows them
// by.
const secondaryMessage = `{"message":"You have exceeded a secondary rate limit"}`

// secondarySigns are found in GitHub's messages on the secondary limit.
var secondarySigns = []string{"secondary rate limit", "abuse detection", "secondary-rate-limits", "abuse-rate-limits"}

// sayPause makes every form of the secondary limit one that says how long to
// wait, as some say nothing. A missing permission is left as it is.
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
	known := slices.ContainsFunc(secondarySigns, func(sign string) bool { return strings.Contains(text, sign) })
	if !known && resp.StatusCode == http.StatusForbidden && resp.Header.Get("Retry-After") == "" {
		return // a permission that is missing
	}
	if resp.Header.Get("Retry-After") == "" {
		resp.Header.Set("Retry-After", strconv.Itoa(int(math.Ceil((limitPauses * a.pause()).Seconds()))))
	}
	resp.Body = io.NopCloser(strings.NewReader(secondaryMessage))
	resp.ContentLength = int64(len(secondaryMessage))
}

// usedUp reports whether a response says that the primary limit is reached.
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

// resetTime gives the time at which the primary limit ends, by the clock of this
// machine: GitHub names it by its own.
func (a Access) resetTime(resp *http.Response) time.Time {
	seconds, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil {
		return time.Now().Add(limitPauses * a.pause())
	}
	reset := time.Unix(seconds, 0)
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		return time.Now().Add(reset.Sub(date))
	}
	return reset
}

// wait waits until a time, unless that is too far away.
func (t *limits) wait(ctx context.Context, until time.Time) error {
	d := max(time.Until(until), t.pause())
	if d > t.MaxWait {
		return &LimitError{until}
	}
	t.waits("GitHub's rate limit", until)
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
