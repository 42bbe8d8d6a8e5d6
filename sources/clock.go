package sources

import (
	"net/http"
	"sync"
	"time"
)

// serverClock is the server's clock, as its responses tell it. The clock of this
// machine may be ahead, and then what is said in the last moments of a span would be
// taken for read before it was written.
type serverClock struct {
	mu     sync.Mutex
	behind time.Duration // how far the server is behind the clock of this machine
	known  bool
}

// heard notes the time that a response tells.
func (c *serverClock) heard(resp *http.Response) {
	date, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.behind, c.known = time.Since(date), true
}

// time gives the earlier of two times: the one on this machine, and the server's.
func (c *serverClock) time(here time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if server := time.Now().Add(-c.behind); c.known && server.Before(here) {
		return server.UTC().Truncate(time.Second)
	}
	return here
}
