package sources

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

// Request is what one reading of an organisation is about.
type Request struct {
	From, To time.Time     // comments created in this span, To not included
	Planning string        // owner/name of the planning repository; empty if there is none
	Wanted   []compile.Ref // issues that the notes link to
	Refresh  bool          // read anew what is in the archive
	Progress func(done, all int)
}

// Gap is a source that could not be read.
type Gap struct {
	What string
	Err  error
}

func (g Gap) Error() string { return fmt.Sprintf("%s could not be read: %v", g.What, g.Err) }

// reading is one reading of an organisation.
type reading struct {
	*GitHub
	Request
	archive *Archive

	mu     sync.Mutex // guards what is below
	window window
	gaps   []Gap
	done   int
	all    int

	warnings []string
}

// Outcome tells what a reading could not do.
type Outcome struct {
	Gaps     []Gap    // sources that are missing: updates may be lost
	Warnings []string // what else a person should know, one line each
}

// Read brings the archive up to date for a span of time, and returns what could
// not be read. What was read after the span's end is final and not asked for
// again. Each repository is kept as soon as it was read, so that a reading that
// is cut off goes on where it stopped.
func (g *GitHub) Read(ctx context.Context, a *Archive, r Request) (Outcome, error) {
	rd := &reading{GitHub: g, Request: r, archive: a, window: a.window(r.From, r.To, r.Planning)}
	if r.Refresh {
		rd.window = window{From: r.From, To: r.To, Planning: r.Planning, Comments: map[string]time.Time{}, Issues: map[string]time.Time{}}
	}
	if known, err := a.repos(); err != nil {
		return Outcome{}, err
	} else if len(known) > 0 && rd.isFinal(ctx, known) {
		return Outcome{}, nil
	}
	repos, err := rd.repositories(ctx)
	if err != nil {
		return Outcome{}, err
	}
	repos = active(repos, r.From, r.To)
	if len(repos) == 0 {
		return Outcome{}, fmt.Errorf("the organisation %s has no repository with issues", a.Org())
	}
	rd.all = 2*len(repos) + 1
	if err := rd.inParallel(ctx, repos, rd.readRepo, rd.readRoadmap); err != nil {
		return Outcome{}, plainError(err)
	}
	if err := rd.inParallel(ctx, repos, rd.readIssues, rd.readHidden); err != nil {
		return Outcome{}, plainError(err)
	}
	slices.SortFunc(rd.gaps, func(a, b Gap) int { return strings.Compare(a.What, b.What) })
	return Outcome{rd.gaps, rd.warnings}, nil
}

// isFinal reports whether nothing is left to read of the window, unless notes
// link to issues that GitHub was not asked for.
func (rd *reading) isFinal(ctx context.Context, known []apiRepo) bool {
	anonymous, err := rd.anonymous(ctx)
	repos := active(known, rd.From, rd.To)
	return err == nil && rd.window.final(repos, anonymous) && !slices.ContainsFunc(repos, rd.hasUnasked)
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
	rd.gaps = append(rd.gaps, Gap{what, plainError(err)})
}

func (rd *reading) warn(line string) {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	rd.warnings = append(rd.warnings, line)
}

// active keeps the repositories that can hold updates of a window: those with
// issues that were there before its end, but of the archived ones only those that
// changed since it began.
func active(repos []apiRepo, from, to time.Time) []apiRepo {
	return slices.DeleteFunc(slices.Clone(repos), func(r apiRepo) bool {
		changed := !r.PushedAt.Before(from) || !r.UpdatedAt.Before(from)
		return !r.HasIssues || r.Disabled || r.Gone || r.Archived && !changed || !r.CreatedAt.Before(to)
	})
}

// repositories lists the organisation's repositories.
func (rd *reading) repositories(ctx context.Context) ([]apiRepo, error) {
	start := rd.now()
	org := rd.archive.Org()
	repos, err := rd.listRepos(ctx, org)
	if status(err) == http.StatusNotFound {
		return nil, fmt.Errorf("there is no organisation %s on GitHub that this token may see: check --org", org)
	}
	if err != nil {
		return nil, during("listing the repositories of "+org, err)
	}
	listed := func(r apiRepo) bool { return strings.EqualFold(r.FullName, rd.Planning) }
	if rd.Planning != "" && !slices.ContainsFunc(repos, listed) {
		_, name, _ := strings.Cut(rd.Planning, "/")
		repos = append(repos, apiRepo{Name: name, FullName: rd.Planning, HasIssues: true, Aside: true})
	}
	if repos, err = rd.keepGone(repos); err != nil {
		return nil, err
	}
	if err := rd.archive.write("repos.json", repos); err != nil {
		return nil, err
	}
	return repos, rd.recorded(func(w *window) { w.Repos = start })
}

// keepGone keeps in the list the repositories that are no longer in it, but of
// which comments were read: their updates are still told.
func (rd *reading) keepGone(repos []apiRepo) ([]apiRepo, error) {
	known, err := rd.archive.repos()
	if err != nil {
		return nil, err
	}
	for _, r := range known {
		if slices.ContainsFunc(repos, func(now apiRepo) bool { return now.FullName == r.FullName }) {
			continue
		}
		comments, err := rd.archive.comments(r.FullName)
		if err != nil {
			return nil, err
		}
		if len(comments) == 0 {
			continue
		}
		r.Gone = true
		repos = append(repos, r)
		rd.warn(fmt.Sprintf("the repository %s is no longer listed: what was read of it before is told", r.FullName))
	}
	return repos, nil
}

// recorded notes what was read, so that it is not asked for again.
func (rd *reading) recorded(change func(*window)) error {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	change(&rd.window)
	return rd.archive.record(rd.window)
}

// overlap is how much of what was read before is asked for again, as GitHub's
// lists may lag behind
// and the clocks of two machines differ.
const overlap = 24 * time.Hour

// readRepo reads the comments of a repository: all of the window, or what
// changed since it was read last.
func (rd *reading) readRepo(ctx context.Context, repo apiRepo) error {
	last, start := rd.readBefore(repo), rd.now()
	if !last.Before(rd.To) {
		return nil
	}
	since := rd.From
	if !last.IsZero() && start.Before(rd.To) {
		since = last.Add(-overlap) // the reading after the window's end is of all of it
	}
	fresh, err := rd.comments(ctx, repo, since)
	if err != nil {
		return err
	}
	comments, err := rd.archive.comments(repo.FullName)
	if err != nil {
		return err
	}
	if rd.Refresh {
		comments = slices.DeleteFunc(comments, rd.inWindow)
	}
	if merged, changed := mergeComments(comments, fresh, rd.From, rd.To); changed || rd.Refresh {
		if err := rd.archive.write(path.Join(rd.archive.folder(repo.FullName), "comments.json"), merged); err != nil {
			return err
		}
	}
	return rd.recorded(func(w *window) { w.Comments[repo.FullName] = start })
}

func (rd *reading) inWindow(c apiComment) bool {
	return !c.CreatedAt.Before(rd.From) && c.CreatedAt.Before(rd.To)
}

func (rd *reading) readBefore(repo apiRepo) time.Time {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return rd.window.Comments[repo.FullName]
}

// mergeComments puts fresh comments in the place of old ones with the same id,
// and adds those of the window.
func mergeComments(old, fresh []apiComment, from, to time.Time) (merged []apiComment, changed bool) {
	byID := map[int64]apiComment{}
	for _, c := range old {
		byID[c.ID] = c
	}
	for _, c := range fresh {
		have, found := byID[c.ID]
		inside := !c.CreatedAt.Before(from) && c.CreatedAt.Before(to)
		if c.Hidden = have.Hidden; found && have == c || !found && !inside {
			continue
		}
		byID[c.ID], changed = c, true
	}
	for _, c := range byID {
		merged = append(merged, c)
	}
	slices.SortFunc(merged, func(a, b apiComment) int { return cmp.Compare(a.ID, b.ID) })
	return merged, changed
}

// comments lists a repository's comments that changed since a time, up to the
// first page that ends after the window. GitHub lists only so many pages: then
// the list goes on from the newest that was seen.
func (rd *reading) comments(ctx context.Context, repo apiRepo, since time.Time) ([]apiComment, error) {
	byTime := func(a, b apiComment) int { return a.CreatedAt.Compare(b.CreatedAt) }
	comments, err := rd.listComments(ctx, repo.FullName, since, func(page []apiComment) bool {
		return slices.IsSortedFunc(page, byTime) && !page[0].CreatedAt.Before(rd.To)
	})
	if status(err) == http.StatusUnprocessableEntity && len(comments) > 0 {
		return rd.goOn(ctx, repo, since, comments)
	}
	return comments, err
}

// goOn reads what is behind the last page that GitHub gives. A list by time of
// creation since a time of change is cut at some creation; what changed before
// the last of these and was created later follows from there, as nothing changes
// before it is created.
func (rd *reading) goOn(ctx context.Context, repo apiRepo, since time.Time, read []apiComment) ([]apiComment, error) {
	newest := slices.MaxFunc(read, func(a, b apiComment) int { return a.CreatedAt.Compare(b.CreatedAt) }).CreatedAt
	if !newest.After(since) {
		return nil, errors.New("GitHub stops listing its comments, of which too many are of the same time")
	}
	if !newest.Before(rd.To) {
		return read, nil
	}
	rest, err := rd.comments(ctx, repo, newest)
	return append(read, rest...), err
}

// readRoadmap reads the milestones, epics and tracking issues of the planning
// repository.
func (rd *reading) readRoadmap(ctx context.Context) error {
	if !rd.window.Roadmap.Before(rd.To) {
		return nil
	}
	start := rd.now()
	if rd.Planning != "" {
		if err := rd.roadmap(ctx); err != nil {
			if concernsOne(err) {
				rd.gap("the planning repository "+rd.Planning, err)
				return nil
			}
			return during("reading the planning repository "+rd.Planning, err)
		}
	}
	return rd.recorded(func(w *window) { w.Roadmap = start })
}

func (rd *reading) roadmap(ctx context.Context) error {
	milestones, err := rd.listMilestones(ctx, rd.Planning)
	if err != nil {
		return err
	}
	var issues []apiIssue
	for _, label := range []string{"epic", "milestone"} {
		labelled, err := rd.listIssues(ctx, rd.Planning, label, time.Time{}, nil)
		if err != nil {
			return err
		}
		issues = append(issues, labelled...)
	}
	if err := rd.unlabel(issues); err != nil {
		return err
	}
	if err := rd.keepIssues(rd.Planning, issues); err != nil {
		return err
	}
	return rd.archive.write(path.Join(rd.archive.folder(rd.Planning), "milestones.json"), milestones)
}

// unlabel takes the labels of the roadmap off the archive's issues that GitHub no
// longer lists by them.
func (rd *reading) unlabel(listed []apiIssue) error {
	known, err := rd.archive.issues(rd.Planning)
	if err != nil {
		return err
	}
	for _, i := range listed {
		delete(known, i.Number)
	}
	var changed []apiIssue
	for _, i := range known {
		labels := len(i.Labels)
		i.Labels = slices.DeleteFunc(i.Labels, func(l apiLabel) bool {
			return strings.EqualFold(l.Name, "epic") || strings.EqualFold(l.Name, "milestone")
		})
		if len(i.Labels) < labels {
			changed = append(changed, i)
		}
	}
	return rd.keepIssues(rd.Planning, changed)
}

// keepIssues adds issues to a repository's in the archive.
func (rd *reading) keepIssues(fullName string, fresh []apiIssue) error {
	if len(fresh) == 0 {
		return nil
	}
	issues, err := rd.archive.issues(fullName)
	if err != nil {
		return err
	}
	for _, i := range fresh {
		issues[i.Number] = i
	}
	var all []apiIssue
	for _, i := range issues {
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b apiIssue) int { return a.Number - b.Number })
	return rd.archive.write(path.Join(rd.archive.folder(fullName), "issues.json"), all)
}

// wantedAlone is how many issues of a repository are asked for one by one when
// only the notes link to them. Others go without their labels.
const wantedAlone = 3

// listedEnough is after how many listed issues those are given up that only the
// notes link to.
const listedEnough = 300

// readIssues reads the issues of a repository that updates of the window stand
// on. Those that only notes link to come along, but are not worth many requests.
func (rd *reading) readIssues(ctx context.Context, repo apiRepo) error {
	start := rd.now()
	if current, err := rd.issuesCurrent(repo); current || err != nil {
		return err
	}
	needed, err := rd.needed(repo)
	if err != nil {
		return err
	}
	wanted := rd.wanted(repo, needed)
	found, err := rd.findIssues(ctx, repo, needed, wanted)
	if err != nil {
		return err
	}
	if err := rd.keepIssues(repo.FullName, found); err != nil {
		return err
	}
	return rd.recorded(func(w *window) {
		w.Issues[repo.FullName] = start
		for _, n := range wanted {
			w.Asked = append(w.Asked, compile.Ref{Repo: repoName(repo.FullName), Number: n}.String())
		}
		slices.Sort(w.Asked)
		w.Asked = slices.Compact(w.Asked)
	})
}

// findIssues asks for issues in one list since the window began, or one by one
// where that costs less.
func (rd *reading) findIssues(ctx context.Context, repo apiRepo, needed, wanted []int) ([]apiIssue, error) {
	var found []apiIssue
	missing := func(of []int) []int {
		return slices.DeleteFunc(slices.Clone(of), func(n int) bool {
			return slices.ContainsFunc(found, func(i apiIssue) bool { return i.Number == n })
		})
	}
	if len(needed)+len(wanted) > 1 {
		listed, err := rd.listIssues(ctx, repo.FullName, "", rd.From, func(seen []apiIssue) bool {
			found = seen
			return len(missing(needed)) == 0 && (len(missing(wanted)) == 0 || len(seen) >= listedEnough)
		})
		if err != nil && status(err) != http.StatusUnprocessableEntity { // it lists no more pages
			return nil, err
		}
		found = slices.DeleteFunc(listed, func(i apiIssue) bool {
			return !slices.Contains(needed, i.Number) && !slices.Contains(wanted, i.Number)
		})
	}
	alone := missing(needed)
	if rest := missing(wanted); len(rest) <= wantedAlone {
		alone = append(alone, rest...)
	}
	for _, n := range alone {
		issue, err := rd.getIssue(ctx, repo.FullName, n)
		switch {
		case err == nil:
			found = append(found, issue)
		case status(err) == http.StatusNotFound || status(err) == http.StatusGone:
			if slices.Contains(needed, n) {
				rd.warn(fmt.Sprintf("the issue %s#%d is gone: updates on it go without its labels", repo.FullName, n))
			}
		case slices.Contains(needed, n):
			return nil, fmt.Errorf("issue %d: %w", n, err)
		case !concernsOne(err):
			return nil, err
		}
	}
	return found, nil
}

// issuesCurrent reports whether a repository's issues need not be read: they were
// read after the window's end, or before, and all are known and no update came
// since. Labels that change without a comment show when the window has ended.
func (rd *reading) issuesCurrent(repo apiRepo) (bool, error) {
	rd.mu.Lock()
	last := rd.window.Issues[repo.FullName]
	rd.mu.Unlock()
	if last.IsZero() || rd.hasUnasked(repo) {
		return false, nil
	}
	if !last.Before(rd.To) {
		return true, nil
	}
	if !rd.now().Before(rd.To) {
		return false, nil
	}
	updates, err := rd.updates(repo)
	if err != nil {
		return false, err
	}
	issues, err := rd.archive.issues(repo.FullName)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(updates, func(c apiComment) bool {
		_, known := issues[c.issue()]
		return !known || !c.UpdatedAt.Before(last.Add(-time.Hour))
	}), nil
}

// hasUnasked reports whether notes link to an issue of a repository that GitHub
// was not asked for in this window.
func (rd *reading) hasUnasked(repo apiRepo) bool {
	return slices.ContainsFunc(rd.wanted(repo, nil), func(n int) bool {
		return !slices.Contains(rd.asked(), compile.Ref{Repo: repoName(repo.FullName), Number: n}.String())
	})
}

func (rd *reading) asked() []string {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return slices.Clone(rd.window.Asked)
}

// updates gives a repository's comments of the window that hold the marker.
func (rd *reading) updates(repo apiRepo) ([]apiComment, error) {
	comments, err := rd.archive.comments(repo.FullName)
	return slices.DeleteFunc(comments, func(c apiComment) bool {
		if !rd.inWindow(c) {
			return true
		}
		_, isUpdate := outline.IsUpdate(c.Body)
		return !isUpdate
	}), err
}

// needed gives the numbers of the issues that updates of the window stand on.
func (rd *reading) needed(repo apiRepo) ([]int, error) {
	updates, err := rd.updates(repo)
	var numbers []int
	for _, c := range updates {
		numbers = append(numbers, c.issue())
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), err
}

// wanted gives the numbers of the other issues that notes link to, without those
// that the archive has from the roadmap.
func (rd *reading) wanted(repo apiRepo, needed []int) []int {
	known, err := rd.archive.issues(repo.FullName)
	if err != nil {
		return nil // which will be told when they are needed
	}
	var all []int
	for _, ref := range rd.Wanted {
		_, have := known[ref.Number]
		if ref.Repo == repoName(repo.FullName) && !have && !slices.Contains(needed, ref.Number) && !slices.Contains(all, ref.Number) {
			all = append(all, ref.Number)
		}
	}
	return all
}
