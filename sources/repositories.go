package sources

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// repos gives the archive's repositories by name.
func (a *Archive) repos() ([]apiRepo, error) {
	repos, err := readList[apiRepo](a, reposFile)
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

// concerned keeps the repositories that a window is about: the active ones, and those
// made after it that may hold issues which were moved there.
func (w window) concerned(repos []apiRepo) []apiRepo {
	return append(active(repos, w.span), slices.DeleteFunc(slices.Clone(repos), func(r apiRepo) bool {
		_, asked := w.Comments[r.FullName]
		return !asked || r.Gone || !madeAfter(r, w.span)
	})...)
}

// concerned keeps the repositories that the reading is about.
func (rd *reading) concerned(repos []apiRepo) []apiRepo {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return rd.window.concerned(repos)
}

// speaking asks where something was said, and gives the repositories that are to be
// read. Of those made after the span only they are on record from here on.
func (rd *reading) speaking(ctx context.Context, repos []apiRepo) ([]apiRepo, error) {
	later := slices.DeleteFunc(slices.Clone(repos), func(r apiRepo) bool {
		return !madeAfter(r, rd.span) || !r.HasIssues || r.Disabled || r.Gone
	})
	if err := rd.askSilent(ctx, append(active(repos, rd.span), later...)); err != nil {
		return nil, err
	}
	later = slices.DeleteFunc(later, func(r apiRepo) bool {
		_, known := rd.window.Comments[r.FullName]
		return known || rd.silent[r.FullName]
	})
	if len(later) == 0 {
		return rd.concerned(repos), nil
	}
	err := rd.recorded(func(w *window) {
		for _, r := range later {
			w.Comments[r.FullName] = time.Time{}
		}
	})
	return rd.concerned(repos), err
}

// repositories lists the organisation's repositories, and keeps the list. What in
// the list is not a repository is a gap: then it is listed again in the next run, and
// no repository counts as no longer listed.
func (rd *reading) repositories(ctx context.Context) ([]apiRepo, error) {
	start := rd.time()
	org := rd.archive.state.Org
	broken := 0
	repos, err := rd.listRepos(ctx, org, func(raw json.RawMessage, err error) {
		broken++
		rd.gap(nameOf(raw, org), &ResponseError{err.Error()})
	})
	if status(err) == http.StatusNotFound {
		return nil, &NoOrganisationError{org}
	}
	if err != nil {
		return nil, during("listing the repositories of "+org, err)
	}
	if server := rd.time(); server.Before(start) { // it told the time only now
		start = server
	}
	if repos = rd.withPlanning(repos); broken > 0 {
		return repos, rd.addRepos(repos)
	}
	if repos, err = rd.keepGone(repos); err != nil {
		return nil, err
	}
	if err := writeList(rd.archive, reposFile, repos); err != nil {
		return nil, err
	}
	return repos, rd.recorded(func(w *window) { w.Repos = start })
}

// nameOf names what stands in an organisation's list of repositories, if it says
// its name.
func nameOf(raw json.RawMessage, org string) string {
	var named struct {
		FullName string `json:"full_name"`
	}
	if err := json.Unmarshal(raw, &named); err != nil || named.FullName == "" {
		return "a repository in the list of " + org
	}
	return fmt.Sprintf("the repository %.100q", named.FullName)
}

// addRepos adds repositories to the archive's list, and takes none away.
func (rd *reading) addRepos(repos []apiRepo) error {
	known, err := rd.archive.repos()
	if err != nil {
		return err
	}
	known = slices.DeleteFunc(known, func(old apiRepo) bool { return isListed(repos, old) })
	return writeList(rd.archive, reposFile, append(known, repos...))
}

func isListed(repos []apiRepo, repo apiRepo) bool {
	return slices.ContainsFunc(repos, func(r apiRepo) bool { return r.FullName == repo.FullName })
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
		if isListed(repos, r) {
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
