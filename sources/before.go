package sources

import (
	"context"
	"errors"
	"time"

	"github.com/waku-org/monthly/compile"
)

// Before reads the month before another as far as it is at hand: its notes, and of
// GitHub what the archive holds if it holds all of it. GitHub is not asked for
// comments. Without either it gives nil.
func (r *Reader) Before(ctx context.Context, m compile.YearMonth) (*compile.Input, error) {
	last := m.Add(-1)
	notes, err := r.notes(ctx, last)
	if lacking := (*NotArchivedError)(nil); err != nil && !errors.As(err, &lacking) {
		return nil, err
	}
	notes.underTeams()
	if r.project.Org != "" {
		in := r.input(last, notes)
		if outcome, err := r.archived().organisation(ctx, &in); err == nil && len(outcome.Gaps) == 0 {
			return &in, nil
		}
	}
	in := r.input(last, notes)
	if r.hasNote(in, notes.names) != nil {
		return nil, nil
	}
	return &in, nil
}

// archived gives a reader of the archive alone.
func (r *Reader) archived() *Reader { return NewReader(r.project, r.archive, nil, r.now) }

// backlog is how far the archive must reach back before a month, so that who reports
// in it may be said to report for the first time.
const backlog = 4 * 7 * 24 * time.Hour

// heard gives the logins of those whose updates before a time the archive holds; none
// if it does not reach back further.
func (a *Archive) heard(before time.Time, trust Trust) ([]string, error) {
	if len(a.windowsAround(span{before.Add(-backlog), before})) == 0 {
		return nil, nil
	}
	updates, err := a.updates(span{To: before}, trust)
	if err != nil {
		return nil, err
	}
	return compile.Authors(updates), nil
}
