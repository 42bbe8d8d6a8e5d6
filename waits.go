package main

import (
	"cmp"
	"fmt"
	"sync"
	"time"
)

// patience is how long something is waited for before a person is told.
const patience = 1500 * time.Millisecond

// waits tells a person on stderr what a run waits for, each wait once though many
// requests share it.
type waits struct {
	w world

	mu   sync.Mutex
	told map[string]time.Time // the end of the last wait that was told, by what for
}

// soon tells of a wait whose end is not known, unless it is over soon. What it
// returns is called when the wait is over.
func (t *waits) soon(what string) (over func()) {
	timer := time.AfterFunc(cmp.Or(t.w.patience, patience), func() { t.until(what, time.Time{}) })
	return func() { timer.Stop() }
}

// until tells of a wait and of its end, in UTC; a zero end is not known.
func (t *waits) until(what string, end time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if time.Now().Before(t.told[what]) {
		return
	}
	if t.told == nil {
		t.told = map[string]time.Time{}
	}
	t.told[what] = end
	line := "waiting for " + what
	if !end.IsZero() {
		line += end.UTC().Format(" until 15:04:05 UTC at the latest")
	}
	fmt.Fprintln(t.w.stderr, oneLine(line)+"; Ctrl-C ends the run")
}
