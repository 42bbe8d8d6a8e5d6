package sources

import (
	"slices"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

// partsOf finds the updates in a comment, once a run.
func (a *Archive) partsOf(c apiComment) []outline.Part {
	return a.parts.get(c.Body, func() []outline.Part { return a.updatesIn(c.Body) })
}

// isMarked reports whether a comment holds the marker of an update. That of a stranger
// is not parsed for it.
func (a *Archive) isMarked(c apiComment) bool {
	if isIn(insiders, c.Association) {
		return len(a.partsOf(c)) > 0
	}
	return a.marks.get(c.Body, func() bool {
		_, marked := outline.Skim(c.Body)
		return marked
	})
}

// marked gives a repository's comments that were created in a span and hold the
// marker, by id.
func (a *Archive) marked(fullName string, s span) ([]apiComment, error) {
	comments, err := a.comments(fullName)
	return slices.DeleteFunc(comments, func(c apiComment) bool { return !s.holds(c.CreatedAt) || !a.isMarked(c) }), err
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
	u := compile.Update{
		Source: compile.Source{URL: c.URL}, Author: c.User.Login, Date: c.CreatedAt.UTC(), Issue: issue, LeftOut: refused,
	}
	if refused != "" {
		return skimmed(u, c.Body)
	}
	parts := a.partsOf(c)
	if len(parts) == 0 && outline.IsNearlyUpdate(c.Body) {
		u.LeftOut, u.Items = compile.NotRead, excerptOf(c.Body)
		return []compile.Update{u}
	}
	var all []compile.Update
	for _, part := range parts {
		u.Dated, u.Items = part.Day(compile.DayOf(c.CreatedAt)), outline.Comment(part.Body)
		all = append(all, u)
	}
	return all
}

// skimmed gives the update of an author who is refused, if the comment is one.
func skimmed(u compile.Update, comment string) []compile.Update {
	body, marked := outline.Skim(comment)
	if !marked {
		return nil
	}
	u.Items = excerptOf(body)
	return []compile.Update{u}
}

// excerptOf makes an item of a comment that is left out, for its excerpt.
func excerptOf(comment string) []compile.Item {
	return []compile.Item{{Kind: compile.Note, Text: comment}}
}
