package sources

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// No limit is waited for without end.
func TestLimitsThatNeverEndAreGivenUp(t *testing.T) {
	for name, answer := range map[string]func(w http.ResponseWriter){
		"primary in the past": func(w http.ResponseWriter) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			w.Header().Set("X-RateLimit-Reset", fmt.Sprint(time.Now().Add(-time.Minute).Unix()))
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"message":"API rate limit exceeded"}`)
		},
		"primary without a time": func(w http.ResponseWriter) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, `{"message":"API rate limit exceeded"}`)
		},
		"secondary without a pause": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"message":"You have exceeded a secondary rate limit"}`)
		},
		"secondary again and again": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, `{"message":"You have exceeded a secondary rate limit"}`)
		},
		"server that asks for an hour": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusServiceUnavailable)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRun(t)
				r.handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) })
				start := time.Now()
				_, _, err := r.read()
				require.Error(t, err)
				require.Less(t, time.Since(start), 2*time.Hour)
			})
		})
	}
}

// Who does not want to wait is told until when.
func TestLimitSaysUntilWhen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until := time.Now().Add(30 * time.Minute)
		r := newRun(t)
		r.access.MaxWait = time.Minute
		r.handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			w.Header().Set("X-RateLimit-Reset", fmt.Sprint(until.Unix()))
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"message":"API rate limit exceeded"}`)
		})
		_, _, err := r.read()
		var limit *LimitError
		require.True(t, errors.As(err, &limit), err)
		require.True(t, limit.Until.Equal(until))
		require.EqualError(t, err, "GitHub's rate limit is used up until 00:30:00 UTC")
	})
}

// GitHub's answer to a missing permission may be the last that the rate limit
// allows. It is not a rate limit all the same.
func TestMissingPermissionIsNotARateLimit(t *testing.T) {
	r := newRun(t)
	r.before("/tiler/issues/comments", func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", fmt.Sprint(time.Now().Add(time.Hour).Unix()))
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"message": "Resource not accessible by personal access token"}`)
		return true
	})
	_, outcome, err := r.read()
	require.NoError(t, err)
	require.Equal(t, []Gap{{"the repository wayfold-maps/tiler", &StatusError{403, "Resource not accessible by personal access token"}}}, outcome.Gaps)
}
