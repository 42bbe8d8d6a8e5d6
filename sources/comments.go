package sources

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"
)

// comments gives a repository's comments in the archive by id.
func (a *Archive) comments(fullName string) ([]apiComment, error) {
	comments, err := readList[apiComment](a, a.file(fullName, "comments.json"))
	return slices.SortedFunc(slices.Values(comments), byID), err
}

func (a *Archive) writeComments(fullName string, comments []apiComment) error {
	return writeList(a, a.file(fullName, "comments.json"), comments)
}

func byID(x, y apiComment) int   { return cmp.Compare(x.ID, y.ID) }
func byTime(x, y apiComment) int { return x.CreatedAt.Compare(y.CreatedAt) }

// overlap is how much of what was read before is asked for again, as GitHub's
// lists may lag behind and the clocks of two machines differ.
const overlap = 24 * time.Hour

// readComments reads the comments of a repository: all of the span, or what
// changed since it was read last.
func (rd *reading) readComments(ctx context.Context, repo apiRepo) error {
	last, start := rd.commentsRead(repo), rd.now()
	if !last.Before(rd.To) || rd.silent[repo.FullName] {
		return nil
	}
	since := rd.From
	if !last.IsZero() && start.Before(rd.To) {
		since = last.Add(-overlap) // the reading after the span's end is of all of it
	}
	fresh, err := rd.commentsSince(ctx, repo, since)
	if err != nil {
		return err
	}
	if err := rd.keepComments(repo, fresh); err != nil {
		return err
	}
	return rd.recorded(func(w *window) { w.Comments[repo.FullName] = start })
}

// commentsRead gives the time at which a repository's comments were read last.
func (rd *reading) commentsRead(repo apiRepo) time.Time {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return rd.window.Comments[repo.FullName]
}

// keepComments puts fresh comments into the archive.
func (rd *reading) keepComments(repo apiRepo, fresh []apiComment) error {
	comments, err := rd.archive.comments(repo.FullName)
	if err != nil {
		return err
	}
	if rd.refresh {
		comments = slices.DeleteFunc(comments, func(c apiComment) bool { return rd.holds(c.CreatedAt) })
	}
	merged, changed := mergeComments(comments, fresh, rd.span)
	if !changed && !rd.refresh {
		return nil
	}
	return rd.archive.writeComments(repo.FullName, merged)
}

// mergeComments puts fresh comments in the place of old ones with the same id, and
// adds those of the span.
func mergeComments(old, fresh []apiComment, s span) (merged []apiComment, changed bool) {
	comments := map[int64]apiComment{}
	for _, c := range old {
		comments[c.ID] = c
	}
	for _, c := range fresh {
		have, found := comments[c.ID]
		c.Hidden = have.Hidden
		if found && have == c || !found && !s.holds(c.CreatedAt) {
			continue
		}
		comments[c.ID], changed = c, true
	}
	return slices.SortedFunc(maps.Values(comments), byID), changed
}

// commentsSince lists a repository's comments that changed since a time, up to the
// first page that ends after the span. GitHub lists only so many pages: then the
// list goes on from the newest that was seen.
func (rd *reading) commentsSince(ctx context.Context, repo apiRepo, since time.Time) ([]apiComment, error) {
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
func (rd *reading) goOn(ctx context.Context, repo apiRepo, since time.Time, seen []apiComment) ([]apiComment, error) {
	newest := slices.MaxFunc(seen, byTime).CreatedAt
	if !newest.After(since) {
		return nil, errors.New("GitHub stops listing its comments, as too many are of the same time")
	}
	if !newest.Before(rd.To) {
		return seen, nil
	}
	rest, err := rd.commentsSince(ctx, repo, newest)
	return append(seen, rest...), err
}
