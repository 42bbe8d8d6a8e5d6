package sources

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// repos gives the archive's repositories by name.
func (a *Archive) repos() ([]apiRepo, error) {
	repos, err := readList[apiRepo](a, "repos.json")
	return slices.SortedFunc(slices.Values(repos), func(x, y apiRepo) int { return strings.Compare(x.FullName, y.FullName) }), err
}

// listedFirst puts the repositories first that the organisation lists.
func listedFirst(x, y apiRepo) int { return unlisted(x) - unlisted(y) }

func unlisted(r apiRepo) int {
	if r.Gone || r.Aside {
		return 1
	}
	return 0
}

// active keeps the repositories that can hold updates of a span: those with
// issues that were there before its end, and of the archived ones only those that
// changed since it began.
func active(repos []apiRepo, s span) []apiRepo {
	return slices.DeleteFunc(slices.Clone(repos), func(r apiRepo) bool {
		changed := !r.PushedAt.Before(s.From) || !r.UpdatedAt.Before(s.From)
		return !r.HasIssues || r.Disabled || r.Gone || r.Archived && !changed || !r.CreatedAt.Before(s.To)
	})
}

// repositories lists the organisation's repositories, and keeps the list.
func (rd *reading) repositories(ctx context.Context) ([]apiRepo, error) {
	start := rd.now()
	org := rd.archive.state.Org
	repos, err := rd.listRepos(ctx, org)
	if status(err) == http.StatusNotFound {
		return nil, &NoOrganisationError{org}
	}
	if err != nil {
		return nil, during("listing the repositories of "+org, err)
	}
	if repos, err = rd.keepGone(rd.withPlanning(repos)); err != nil {
		return nil, err
	}
	if err := writeList(rd.archive, "repos.json", repos); err != nil {
		return nil, err
	}
	return repos, rd.recorded(func(w *window) { w.Repos = start })
}

// withPlanning adds the planning repository where the organisation does not list
// it.
func (rd *reading) withPlanning(repos []apiRepo) []apiRepo {
	listed := slices.ContainsFunc(repos, func(r apiRepo) bool { return strings.EqualFold(r.FullName, rd.planning) })
	if rd.planning == "" || listed {
		return repos
	}
	_, name, _ := strings.Cut(rd.planning, "/")
	return append(repos, apiRepo{Name: name, FullName: rd.planning, HasIssues: true, Aside: true})
}

// keepGone keeps in the list the repositories that are no longer in it, if comments
// were read of them: their updates still count.
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
		rd.warn(fmt.Sprintf("the repository %s is no longer listed: what was read of it before is used", r.FullName))
	}
	return repos, nil
}
