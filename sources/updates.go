package sources

import (
	"slices"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

// marked is a comment that holds the marker of an update.
type marked struct {
	apiComment
	parts []outline.Part // the updates in it, at least one
}

// partsOf finds the updates in a comment, once a run.
func (a *Archive) partsOf(c apiComment) []outline.Part {
	return a.parts.get(c.Body, func() []outline.Part { return a.updatesIn(c.Body) })
}

// marked gives a repository's comments that were created in a span and hold the
// marker, by id.
func (a *Archive) marked(fullName string, s span) ([]marked, error) {
	comments, err := a.comments(fullName)
	var all []marked
	for _, c := range comments {
		if !s.holds(c.CreatedAt) {
			continue
		}
		if parts := a.partsOf(c); len(parts) > 0 {
			all = append(all, marked{c, parts})
		}
	}
	return all, err
}

// updates gives the archive's updates that were created in a span. Those that do
// not count are among them with the reason, and so are comments that only look like
// updates.
func (a *Archive) updates(s span, trust Trust) ([]compile.Update, error) {
	repos, err := a.repos()
	if err != nil {
		return nil, err
	}
	// A repository that was renamed is in the list twice, by its old name as gone.
	slices.SortStableFunc(repos, listedFirst)
	seen := map[int64]bool{}
	var updates []compile.Update
	for _, r := range repos {
		comments, err := a.comments(r.FullName)
		if err != nil {
			return nil, err
		}
		issues, err := a.issues(r.FullName)
		if err != nil {
			return nil, err
		}
		for _, c := range comments {
			if s.holds(c.CreatedAt) && !seen[c.ID] {
				seen[c.ID] = true
				updates = append(updates, a.read(c, refOf(r, c.issue()), trust.refuses(c, issues[c.issue()]))...)
			}
		}
	}
	return updates, nil
}

// read reads the updates of a comment. One that only looks like an update is left out
// if its author is trusted, and else not even listed.
func (a *Archive) read(c apiComment, issue compile.Ref, refused compile.Reason) []compile.Update {
	if parts := a.partsOf(c); len(parts) > 0 {
		return marked{c, parts}.read(issue, refused)
	}
	if refused == "" && outline.IsNearlyUpdate(c.Body) {
		return marked{c, []outline.Part{{Body: c.Body}}}.read(issue, compile.NotRead)
	}
	return nil
}

// read reads the updates of a comment. Of those that are refused it keeps only what an
// excerpt needs.
func (c marked) read(issue compile.Ref, refused compile.Reason) []compile.Update {
	var all []compile.Update
	for _, part := range c.parts {
		u := compile.Update{
			Source: compile.Source{URL: c.URL}, Author: c.User.Login, Date: c.CreatedAt.UTC(), Issue: issue, LeftOut: refused,
			Dated: part.Day(compile.DayOf(c.CreatedAt)),
		}
		if refused != "" {
			u.Items = []compile.Item{{Kind: compile.Note, Text: part.Body}}
		} else {
			u.Items = outline.Comment(part.Body)
		}
		all = append(all, u)
	}
	return all
}
