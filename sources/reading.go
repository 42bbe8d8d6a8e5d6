package sources

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/waku-org/monthly/compile"
)

// request is what one reading of an organisation is about.
type request struct {
	span                   // comments that were created in it
	planning string        // owner/name of the planning repository; empty if there is none
	words    compile.Words // that mark what is on the roadmap
	projects []int         // numbers of the projects whose status updates are read
	wanted   []compile.Ref // issues that the notes link to
	refresh  bool          // read anew what is in the archive
}

// reading is one reading of an organisation.
type reading struct {
	*GitHub
	request
	archive *Archive

	keeping   sync.Mutex               // of issues, which several may have of one repository
	parents   memo[compile.Ref, error] // of issues, each asked for once
	silent    map[string]bool          // repositories without comments of the span, by full name
	noGraphQL error                    // why a question was not answered; nil if all were

	mu       sync.Mutex // guards what is below
	window   window
	placed   map[int64]placed // comments of the span that were found, by id
	moves    []move
	gaps     []Gap
	warnings []string
	done     int // steps
	all      int
}

// read brings the archive up to date for a span of time, and returns what could
// not be read. What was read after the span's end is final and not asked for
// again. Each repository is kept as soon as it was read, so that a reading that is
// cut off goes on where it stopped.
func (g *GitHub) read(ctx context.Context, a *Archive, r request) (Outcome, error) {
	rd := &reading{GitHub: g, request: r, archive: a, window: a.window(r.span, r.planning), silent: map[string]bool{}, placed: map[int64]placed{}}
	if r.refresh {
		rd.window = newWindow(r.span, r.planning)
	}
	if err := rd.repair(); err != nil {
		return Outcome{}, err
	}
	if final, err := rd.isFinal(); final || err != nil {
		return Outcome{Gaps: rd.gaps, Warnings: rd.warnings}, err
	}
	repos, err := rd.repositories(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if len(active(repos, r.span)) == 0 {
		return Outcome{}, fmt.Errorf("the organisation %s has no repository with issues", a.state.Org)
	}
	if repos, err = rd.speaking(ctx, repos); err != nil {
		return Outcome{}, err
	}
	rd.all = 2 * (len(repos) + 1)
	if err := rd.inParallel(ctx, repos, rd.readComments, rd.readRoadmap); err != nil {
		return Outcome{}, err
	}
	if err := rd.dropElsewhere(); err != nil {
		return Outcome{}, err
	}
	if err := rd.inParallel(ctx, repos, rd.readIssues, rd.readHidden); err != nil {
		return Outcome{}, err
	}
	if err := rd.follow(ctx); err != nil {
		return Outcome{}, err
	}
	if err := rd.readProjects(ctx); err != nil {
		return Outcome{}, err
	}
	slices.SortFunc(rd.gaps, func(a, b Gap) int { return strings.Compare(a.What, b.What) })
	return Outcome{Gaps: rd.gaps, Warnings: rd.warnings}, a.save()
}

// isFinal reports whether nothing is left to read of the span. It asks nobody:
// a span that is final needs neither a network nor a login.
func (rd *reading) isFinal() (bool, error) {
	known, err := rd.archive.repos()
	if err != nil || len(known) == 0 {
		return false, err
	}
	repos := rd.concerned(known)
	if !rd.window.final(repos, rd.Token) || len(rd.unreadProjects()) > 0 {
		return false, nil
	}
	for _, repo := range repos {
		if unasked, err := rd.hasUnasked(repo); unasked || err != nil {
			return false, err
		}
	}
	return true, nil
}

// inParallel calls read for each repository, and also, several at once. The
// first failure that concerns more than one repository stops them all.
func (rd *reading) inParallel(ctx context.Context, repos []apiRepo, read func(context.Context, apiRepo) error, also func(context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(rd.Parallel)
	group.Go(func() error { return rd.step(also(ctx)) })
	for _, repo := range repos {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err := read(ctx, repo)
			if err != nil && concernsOne(err) {
				rd.gap("the repository "+repo.FullName, err)
				err = nil
			}
			return rd.step(err)
		})
	}
	return group.Wait()
}

// step counts a step that is done, and passes its error on.
func (rd *reading) step(err error) error {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	rd.done++
	if rd.Progress != nil && err == nil {
		rd.Progress(rd.done, rd.all)
	}
	return err
}

func (rd *reading) gap(what string, err error) {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	rd.gaps = append(rd.gaps, Gap{what, err})
}

func (rd *reading) warn(line string) {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	rd.warnings = append(rd.warnings, line)
}

// recorded keeps what was read on record, so that it is not asked for again.
func (rd *reading) recorded(note func(*window)) error {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	read := newWindow(rd.span, rd.planning)
	note(&read)
	rd.window.add(read)
	return rd.archive.change(change{Window: &read})
}

// isRead reports whether something was read for the last time after the span's end.
func (rd *reading) isRead(last func(*window) time.Time) bool {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return !last(&rd.window).Before(rd.To)
}
