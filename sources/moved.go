package sources

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// A maintainer may move an issue to another repository. It has another number there,
// and GitHub redirects from the old address to the new one. Its comments go along and
// keep their ids, so the id says which comment it is, and the new address where it
// stands.

// move is an issue that was found at another address than it was asked for.
type move struct {
	from, to compile.Ref
	issue    apiIssue
	isNeeded bool // updates of the archive stand on it
}

// found notes that an issue was moved.
func (rd *reading) found(m move) {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	rd.moves = append(rd.moves, m)
}

// follow keeps the issues that were moved where they are now, with the comments on
// them that the archive still has at their old place.
func (rd *reading) follow(ctx context.Context) error {
	known, err := rd.archive.repos()
	if err != nil {
		return err
	}
	slices.SortFunc(rd.moves, func(x, y move) int { return strings.Compare(x.from.String(), y.from.String()) })
	for _, m := range rd.moves {
		i := slices.IndexFunc(known, func(r apiRepo) bool { return repoName(r.FullName) == m.to.Repo && !r.Gone })
		if i < 0 {
			if m.isNeeded {
				rd.warn(fmt.Sprintf("the issue %s was moved to %s, which is not read: updates on it go without its labels", m.from, m.to))
			}
			continue
		}
		err := rd.followTo(ctx, m, known[i])
		if err != nil && concernsOne(err) {
			rd.gap("the repository "+known[i].FullName, fmt.Errorf("issue %d: %w", m.to.Number, err))
			err = nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (rd *reading) followTo(ctx context.Context, m move, repo apiRepo) error {
	if m.isNeeded {
		fresh, err := rd.listIssueComments(ctx, repo.FullName, m.to.Number, rd.From)
		if err != nil {
			return err
		}
		if err := rd.addComments(repo, fresh); err != nil {
			return err
		}
		if err := rd.dropElsewhere(); err != nil {
			return err
		}
	}
	if err := rd.keepIssues(repo.FullName, []apiIssue{m.issue}); err != nil {
		return err
	}
	return rd.recorded(func(w *window) { w.Moved = map[string]string{m.from.String(): m.to.String()} })
}

// addComments adds comments that were listed to those of a repository.
func (rd *reading) addComments(repo apiRepo, fresh []apiComment) error {
	comments, err := rd.archive.comments(repo.FullName)
	if err != nil {
		return err
	}
	rd.place(repo, fresh)
	merged, changed := mergeComments(comments, fresh, rd.span)
	if !changed {
		return nil
	}
	return rd.archive.writeComments(repo.FullName, merged)
}

// placed is a comment with the repository in which this reading found it.
type placed struct {
	apiComment
	repo string
}

// place notes where comments were found. One that is found in two repositories was
// moved meanwhile.
func (rd *reading) place(repo apiRepo, fresh []apiComment) {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	for _, c := range fresh {
		if rd.holds(c.CreatedAt) {
			rd.placed[c.ID] = placed{c, repo.FullName}
		}
	}
}

// dropElsewhere takes the comments that this reading found out of all repositories of
// the archive in which they stood before.
func (rd *reading) dropElsewhere() error {
	known, err := rd.archive.repos()
	if err != nil {
		return err
	}
	for _, r := range known {
		comments, err := rd.archive.comments(r.FullName)
		if err != nil {
			return err
		}
		kept := slices.DeleteFunc(slices.Clone(comments), func(c apiComment) bool {
			now, found := rd.placed[c.ID]
			return found && now.repo != r.FullName && now.CreatedAt.Equal(c.CreatedAt) && now.User == c.User
		})
		if len(kept) == len(comments) {
			continue
		}
		if err := rd.archive.writeComments(r.FullName, kept); err != nil {
			return err
		}
	}
	return nil
}

// moved gives where issues are now that were moved, by where notes may say they are.
func (a *Archive) moved() map[compile.Ref]compile.Ref {
	a.mu.Lock()
	defer a.mu.Unlock()
	moved := map[compile.Ref]compile.Ref{}
	for _, w := range a.state.Windows {
		for from, to := range w.Moved {
			old, known := refIn(from)
			now, ok := refIn(to)
			if known && ok {
				moved[old] = now
			}
		}
	}
	return moved
}

// refIn reads "owner/name#1".
func refIn(s string) (compile.Ref, bool) {
	return compile.ParseRef("https://github.com/" + strings.Replace(s, "#", "/issues/", 1))
}

// renameMoved makes the headings of notes that name an issue by its old address name
// the new one.
func renameMoved(noted []compile.Update, moved map[compile.Ref]compile.Ref, web string) {
	for _, u := range noted {
		for i, h := range u.Path {
			ref, ok := compile.ParseRef(h.URL)
			if now, was := moved[ref]; ok && was {
				u.Path[i].URL = fmt.Sprintf("%s/%s/issues/%d", web, now.Repo, now.Number)
			}
		}
	}
}
