package sources

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/waku-org/monthly/compile"
)

// issues gives a repository's issues in the archive by number.
func (a *Archive) issues(fullName string) (map[int]apiIssue, error) {
	list, err := readList[apiIssue](a, a.file(fullName, "issues.json"))
	issues := map[int]apiIssue{}
	for _, i := range list {
		issues[i.Number] = i
	}
	return issues, err
}

func byNumber(x, y apiIssue) int { return cmp.Compare(x.Number, y.Number) }

// plainIssues gives a repository's issues as the rules know them.
func (a *Archive) plainIssues(fullName string) ([]compile.Issue, error) {
	issues, err := a.issues(fullName)
	var all []compile.Issue
	for _, i := range slices.SortedFunc(maps.Values(issues), byNumber) {
		all = append(all, i.plain(fullName))
	}
	return all, err
}

// allIssues gives the issues of all repositories.
func (a *Archive) allIssues() ([]compile.Issue, error) {
	repos, err := a.repos()
	if err != nil {
		return nil, err
	}
	var all []compile.Issue
	for _, r := range repos {
		issues, err := a.plainIssues(r.FullName)
		if err != nil {
			return nil, err
		}
		all = append(all, issues...)
	}
	return all, nil
}

// keepIssues puts fresh issues into the archive.
func (rd *reading) keepIssues(fullName string, fresh []apiIssue) error {
	if len(fresh) == 0 {
		return nil
	}
	rd.keeping.Lock() // a parent may be kept while its repository is read
	defer rd.keeping.Unlock()
	issues, err := rd.archive.issues(fullName)
	if err != nil {
		return err
	}
	for _, i := range fresh {
		issues[i.Number] = i
	}
	return writeList(rd.archive, rd.archive.file(fullName, "issues.json"), slices.SortedFunc(maps.Values(issues), byNumber))
}

// wantedAlone is how many issues of a repository are asked for one by one when
// only the notes link to them. If there are more they go without their labels.
const wantedAlone = 3

// listedEnough is after how many listed issues those are given up that only the
// notes link to.
const listedEnough = 300

// readIssues reads the issues of a repository on which updates of the span stand.
// Those that only notes link to come along, but are not worth many requests.
func (rd *reading) readIssues(ctx context.Context, repo apiRepo) error {
	start := rd.time()
	if current, err := rd.issuesCurrent(repo); current || err != nil {
		return err
	}
	needed, err := rd.needed(repo)
	if err != nil {
		return err
	}
	wanted, err := rd.wantedOf(repo, needed)
	if err != nil {
		return err
	}
	found, err := rd.findIssues(ctx, repo, needed, wanted)
	if err != nil {
		return err
	}
	if err := rd.keepIssues(repo.FullName, found); err != nil {
		return err
	}
	if err := rd.readParents(ctx, repo, needed); err != nil {
		return err
	}
	return rd.recorded(func(w *window) {
		w.Issues[repo.FullName] = start
		w.ask(repo, wanted)
	})
}

// ask records that GitHub was asked for issues that notes link to.
func (w *window) ask(repo apiRepo, numbers []int) {
	for _, n := range numbers {
		w.Asked = append(w.Asked, refOf(repo, n).String())
	}
}

func refOf(repo apiRepo, number int) compile.Ref {
	return compile.Ref{Repo: repoName(repo.FullName), Number: number}
}

// findIssues asks for issues in one list since the span began, or one by one where
// that costs less.
func (rd *reading) findIssues(ctx context.Context, repo apiRepo, needed, wanted []int) ([]apiIssue, error) {
	found, err := rd.listWanted(ctx, repo, needed, wanted)
	if err != nil {
		return nil, err
	}
	alone := without(needed, found)
	if rest := without(wanted, found); len(rest) <= wantedAlone {
		alone = append(alone, rest...)
	}
	for _, n := range alone {
		issue, err := rd.getIssue(ctx, repo.FullName, n)
		if moved := (*movedError)(nil); errors.As(err, &moved) && !(repo.Aside && moved.to.Number == n) {
			rd.found(move{refOf(repo, n), moved.to, issue, slices.Contains(needed, n)})
		} else if err == nil || moved != nil { // the planning repository has another name now
			found = append(found, issue)
		} else if err := rd.lacking(repo, n, slices.Contains(needed, n), err); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// lacking decides what an issue means that GitHub does not give: a failure, a
// warning, or nothing.
func (rd *reading) lacking(repo apiRepo, number int, isNeeded bool, err error) error {
	code := status(err)
	gone := code == http.StatusNotFound || code == http.StatusGone
	switch {
	case gone && isNeeded:
		rd.warn(fmt.Sprintf("the issue %s#%d is gone: updates on it go without its labels", repo.FullName, number))
		return nil
	case isNeeded:
		return fmt.Errorf("issue %d: %w", number, err)
	case gone || code == http.StatusForbidden || code == http.StatusUnavailableForLegalReasons:
		return nil
	}
	return fmt.Errorf("issue %d: %w", number, err)
}

// listWanted finds issues in the list of those that changed since the span began.
// A single issue is not worth a list.
func (rd *reading) listWanted(ctx context.Context, repo apiRepo, needed, wanted []int) ([]apiIssue, error) {
	if len(needed)+len(wanted) <= 1 {
		return nil, nil
	}
	listed, err := rd.listIssues(ctx, repo.FullName, url.Values{"since": {timestamp(rd.From)}}, func(seen []apiIssue) bool {
		return len(without(needed, seen)) == 0 && (len(without(wanted, seen)) == 0 || len(seen) >= listedEnough)
	})
	if err != nil && status(err) != http.StatusUnprocessableEntity { // GitHub lists only so many pages
		return nil, err
	}
	return slices.DeleteFunc(listed, func(i apiIssue) bool {
		return !slices.Contains(needed, i.Number) && !slices.Contains(wanted, i.Number)
	}), nil
}

// without gives the numbers that none of the issues has.
func without(numbers []int, issues []apiIssue) []int {
	return slices.DeleteFunc(slices.Clone(numbers), func(n int) bool {
		return slices.ContainsFunc(issues, func(i apiIssue) bool { return i.Number == n })
	})
}

// issuesCurrent reports whether a repository's issues need not be read: they were
// read after the span's end, or before, and all are known and no update came
// since. Labels that change without a comment show when the span has ended.
func (rd *reading) issuesCurrent(repo apiRepo) (bool, error) {
	last := rd.issuesRead(repo)
	unasked, err := rd.hasUnasked(repo)
	switch {
	case err != nil || last.IsZero() || unasked:
		return false, err
	case !last.Before(rd.To):
		return true, nil
	case !rd.time().Before(rd.To):
		return false, nil
	}
	return rd.unchangedSince(repo, last)
}

// issuesRead gives the time at which a repository's issues were read last.
func (rd *reading) issuesRead(repo apiRepo) time.Time {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return rd.window.Issues[repo.FullName]
}

// unchangedSince reports whether all issues of a repository's updates are known,
// and no update is newer than the time of the last reading.
func (rd *reading) unchangedSince(repo apiRepo, last time.Time) (bool, error) {
	updates, err := rd.archive.marked(repo.FullName, rd.span)
	if err != nil {
		return false, err
	}
	issues, err := rd.archive.issues(repo.FullName)
	return !slices.ContainsFunc(updates, func(c apiComment) bool {
		_, known := issues[c.issue()]
		return !known || !c.UpdatedAt.Before(last.Add(-time.Hour))
	}), err
}

// hasUnasked reports whether notes link to an issue of a repository for which
// GitHub was not asked in this span.
func (rd *reading) hasUnasked(repo apiRepo) (bool, error) {
	wanted, err := rd.wantedOf(repo, nil)
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return slices.ContainsFunc(wanted, func(n int) bool {
		return !slices.Contains(rd.window.Asked, refOf(repo, n).String())
	}), err
}

// needed gives the numbers of the issues on which updates of the span stand.
func (rd *reading) needed(repo apiRepo) ([]int, error) {
	updates, err := rd.archive.marked(repo.FullName, rd.span)
	var numbers []int
	for _, c := range updates {
		numbers = append(numbers, c.issue())
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), err
}

// wantedOf gives the numbers of the other issues that notes link to, without
// those that the archive has from the roadmap.
func (rd *reading) wantedOf(repo apiRepo, needed []int) ([]int, error) {
	known, err := rd.archive.issues(repo.FullName)
	var all []int
	for _, ref := range rd.wanted {
		_, have := known[ref.Number]
		if ref.Repo == repoName(repo.FullName) && !have && !slices.Contains(needed, ref.Number) && !slices.Contains(all, ref.Number) {
			all = append(all, ref.Number)
		}
	}
	return all, err
}
