package sources

import (
	"slices"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

// mark is what looking at a comment for the marker of an update found.
type mark struct {
	body     string // the comment without its marker lines
	isUpdate bool
}

// marked is a comment that holds the marker.
type marked struct {
	apiComment
	body string // without its marker lines
}

// mark looks at a comment, once a run.
func (a *Archive) mark(c apiComment) mark {
	return a.marks.get(c.Body, func() mark {
		body, isUpdate := a.isUpdate(c.Body)
		return mark{body, isUpdate}
	})
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
		if m := a.mark(c); m.isUpdate {
			all = append(all, marked{c, m.body})
		}
	}
	return all, err
}

// updates gives the archive's updates that were created in a span. Those that do
// not count are among them with the reason.
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
		comments, err := a.marked(r.FullName, s)
		if err != nil {
			return nil, err
		}
		issues, err := a.issues(r.FullName)
		if err != nil {
			return nil, err
		}
		for _, c := range comments {
			if !seen[c.ID] {
				seen[c.ID] = true
				refused := trust.refuses(c.apiComment, issues[c.issue()])
				updates = append(updates, c.read(refOf(r, c.issue()), refused))
			}
		}
	}
	return updates, nil
}

// read reads one update. Of one that is refused it keeps only what an excerpt
// needs.
func (c marked) read(issue compile.Ref, refused compile.Reason) compile.Update {
	u := compile.Update{
		Source: compile.Source{URL: c.URL}, Author: c.User.Login, Date: c.CreatedAt.UTC(), Issue: issue, LeftOut: refused,
	}
	if refused != "" {
		u.Items = []compile.Item{{Kind: compile.Note, Text: c.body}}
		return u
	}
	u.Items = outline.Comment(c.body)
	return u
}
