package main

import (
	"fmt"
	"sync"
	"time"
)

// waits tells a person on stderr what a run waits for, each wait once though many
// requests share it.
type waits struct {
	w world

	mu   sync.Mutex
	told map[string]time.Time // the end of the last wait that was told, by what for
}

// begin returns what tells of a wait whose end is not known.
func (t *waits) begin(what string) func() {
	if t == nil {
		return nil
	}
	return func() { t.until(what, time.Time{}) }
}

// until tells of a wait; a zero end is not known.
func (t *waits) until(what string, end time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if last, told := t.told[what]; told && time.Now().Before(last) {
		return
	}
	if t.told == nil {
		t.told = map[string]time.Time{}
	}
	t.told[what] = end
	line := "waiting for " + what
	if !end.IsZero() {
		line += end.UTC().Format(", until 15:04:05 UTC at the latest")
	}
	fmt.Fprintln(t.w.stderr, oneLine(line)+"; Ctrl-C ends the run")
}
