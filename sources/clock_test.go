package sources

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// behind makes the server's clock differ from that of this machine.
func (r *run) behind(d time.Duration) {
	g := r.handler
	r.handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Date", time.Now().Add(-d).UTC().Format(http.TimeFormat))
		g.ServeHTTP(w, req)
	})
}

// A limit ends by the server's clock, whatever this machine's says.
func TestLimitEndsByTheServersClock(t *testing.T) {
	for _, ahead := range []time.Duration{2 * time.Minute, -20 * time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			r := newRun(t)
			start := time.Now()
			ends := start.Add(8 * time.Second)
			g := r.handler
			r.handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
				if time.Now().Before(ends) {
					w.Header().Set("X-RateLimit-Remaining", "0")
					w.Header().Set("X-RateLimit-Reset", fmt.Sprint(ends.Add(-ahead).Unix()))
					w.WriteHeader(http.StatusForbidden)
					fmt.Fprint(w, `{"message":"API rate limit exceeded"}`)
					return
				}
				g.ServeHTTP(w, req)
			})
			r.behind(ahead)
			r.must()
			require.Less(t, time.Since(start), time.Minute)
		})
	}
}

// The end of a limit that is too far away is told by the clock of this machine.
func TestLimitIsToldByTheClockHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRun(t)
		r.handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			w.Header().Set("X-RateLimit-Reset", fmt.Sprint(time.Now().Add(10*time.Minute).Unix()))
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"message":"API rate limit exceeded"}`)
		})
		r.behind(20 * time.Minute)
		_, _, err := r.read()
		require.EqualError(t, err, "GitHub's rate limit is used up until 00:30:00 UTC")
	})
}

// What is said in the last moments of a month, by the server's clock, is read though
// this machine's clock says that the month is over.
func TestMonthEndsByTheServersClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newCrowd(t, 0)
		r.month = monthOf(t, "1999-12")
		_, end := compile.NewCalendar(nil, false).Window(r.month)
		over := end.Add(aside).Time()
		r.edit("repos.json", func(list []object) []object {
			list[0]["created_at"] = "1999-01-01T00:00:00Z"
			return list
		})
		r.behind(2 * time.Minute)

		time.Sleep(time.Until(over.Add(time.Minute)))
		r.now = time.Now()
		r.must()
		r.github.AddComment("node", update("crowd/node", 7, 1, "zebra", over.Add(-30*time.Second)))
		time.Sleep(10 * time.Minute)
		r.now = time.Now()
		require.Contains(t, texts(r.must()), "zebra")
		require.Zero(t, r.asked(func() { r.must() }))
	})
}
