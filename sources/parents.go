package sources

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// maxParents is how far up the parents of an issue are read. GitHub allows eight levels.
const maxParents = 8

// readParents reads the parents of a repository's issues that are not in the archive,
// up to one that the roadmap has: it may be what places the updates.
func (rd *reading) readParents(ctx context.Context, repo apiRepo, numbers []int) error {
	issues, err := rd.archive.issues(repo.FullName)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if err := rd.readAbove(ctx, issues[n]); err != nil {
			return err
		}
	}
	return nil
}

// readAbove reads an issue's parent, its parent and so on.
func (rd *reading) readAbove(ctx context.Context, issue apiIssue) error {
	for range maxParents {
		parent, repo, err := rd.above(issue)
		if err != nil || repo.FullName == "" {
			return err
		}
		known, err := rd.archive.issues(repo.FullName)
		if err != nil {
			return err
		}
		if _, have := known[parent.Number]; !have {
			if err := rd.readParent(ctx, repo, parent); err != nil {
				return err
			}
			if known, err = rd.archive.issues(repo.FullName); err != nil {
				return err
			}
		}
		issue = known[parent.Number]
	}
	return nil
}

// above gives an issue's parent and its repository; none if the archive does not have
// that, or need not know.
func (rd *reading) above(issue apiIssue) (parent compile.Ref, repo apiRepo, err error) {
	if parent = issue.parent(); parent == (compile.Ref{}) || issue.hasWord(rd.words.Names()) || issue.hasEpicLabel() {
		return parent, apiRepo{}, nil
	}
	repos, err := rd.archive.repos()
	i := slices.IndexFunc(repos, func(r apiRepo) bool { return repoName(r.FullName) == parent.Repo })
	if i < 0 {
		return parent, apiRepo{}, err
	}
	return parent, repos[i], err
}

// hasEpicLabel reports whether a label ties the issue to an epic.
func (i apiIssue) hasEpicLabel() bool {
	return slices.ContainsFunc(i.Labels, func(l apiLabel) bool { return strings.HasPrefix(strings.ToUpper(l.Name), "E:") })
}

// readParent asks for a parent, which is kept. One that GitHub does not give places
// nothing.
func (rd *reading) readParent(ctx context.Context, repo apiRepo, parent compile.Ref) error {
	return rd.parents.get(parent, func() error {
		issue, err := rd.getIssue(ctx, repo.FullName, parent.Number)
		if moved := (*movedError)(nil); errors.As(err, &moved) || err != nil && concernsOne(err) {
			return nil
		}
		if err != nil {
			return err
		}
		return rd.keepIssues(repo.FullName, []apiIssue{issue})
	})
}
