package sources

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Most repositories of an organisation are silent in a month. One GraphQL question per
// hundred tells which, so that REST is asked only for the comments of the others:
//
//   - A comment changes the issue or pull request that it stands on. So nothing was
//     said since a time if of the issues and pull requests that changed since then the
//     last comment of each is older. That holds if all of these are seen: of each kind
//     the few that changed last are asked for, and if even the last of them changed
//     since, there may be more.
//   - A comment that was only edited need not change its issue. But it was written in
//     the span if it counts, so its repository is not silent in it.
//   - A repository that was made after the span can hold comments of the span only on
//     issues that were moved there, and these are older than the repository.
//
// What the question does not settle, for whatever reason, is asked of REST.

// activityQuery asks for what was said last.
const activityQuery = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository {
	nameWithOwner
	oldest: issues(first: 1, orderBy: {field: CREATED_AT, direction: ASC}) { nodes { createdAt } }
	issues(first: 5, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { updatedAt comments(last: 1) { nodes { createdAt } } } }
	pullRequests(first: 5, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { updatedAt comments(last: 1) { nodes { createdAt } } } }
} } }`

// activeAtOnce is how many issues of a repository the question asks for.
const activeAtOnce = 5

// activity is the answer for one repository.
type activity struct {
	Name         string       `json:"nameWithOwner"`
	Oldest       *activeNodes `json:"oldest"`
	Issues       *activeNodes `json:"issues"`
	PullRequests *activeNodes `json:"pullRequests"`
}

// activeNodes are some issues, pull requests or comments.
type activeNodes struct {
	Nodes []*activeNode `json:"nodes"`
}

type activeNode struct {
	CreatedAt time.Time    `json:"createdAt"`
	UpdatedAt time.Time    `json:"updatedAt"`
	Comments  *activeNodes `json:"comments"`
}

// isSilent reports whether an answer says that a repository holds no comments of a
// span.
func (a activity) isSilent(repo apiRepo, s span) bool {
	switch {
	case !strings.EqualFold(a.Name, repo.FullName):
		return false
	case a.Oldest.areNew(s) && madeAfter(repo, s):
		return true
	}
	return a.Issues.areSilent(s) && a.PullRequests.areSilent(s)
}

// areNew reports whether the oldest issue was made after a span, or there is none.
func (n *activeNodes) areNew(s span) bool {
	if n == nil || n.Nodes == nil || len(n.Nodes) > 0 && n.Nodes[0] == nil {
		return false
	}
	return len(n.Nodes) == 0 || !n.Nodes[0].CreatedAt.IsZero() && !n.Nodes[0].CreatedAt.Before(s.To)
}

// areSilent reports whether nothing was said on issues since a span began.
func (n *activeNodes) areSilent(s span) bool {
	if n == nil || n.Nodes == nil {
		return false
	}
	for i, issue := range n.Nodes {
		mayBeMore := i == activeAtOnce-1 && !issue.changedBefore(s.From)
		if mayBeMore || !issue.isSilent(s) {
			return false
		}
	}
	return true
}

func (n *activeNode) changedBefore(t time.Time) bool { return n != nil && n.UpdatedAt.Before(t) }

// isSilent reports whether an issue says of all its comments that they were written
// before a span.
func (n *activeNode) isSilent(s span) bool {
	if n == nil || n.UpdatedAt.IsZero() || n.Comments == nil || n.Comments.Nodes == nil {
		return false
	}
	return !slices.ContainsFunc(n.Comments.Nodes, func(c *activeNode) bool {
		return c == nil || c.CreatedAt.IsZero() || !c.CreatedAt.Before(s.From)
	})
}

// madeAfter reports whether a repository was made after a span.
func madeAfter(r apiRepo, s span) bool { return !r.CreatedAt.Before(s.To) }

// askSilent asks in which repositories nothing was said in the span, and records
// them as read.
func (rd *reading) askSilent(ctx context.Context, repos []apiRepo) error {
	start := rd.now()
	unread := slices.DeleteFunc(slices.Clone(repos), func(r apiRepo) bool {
		return r.NodeID == "" || !rd.commentsRead(r).Before(rd.To)
	})
	if rd.Token == nil {
		return nil
	}
	for some := range slices.Chunk(unread, nodesAtOnce) {
		if !rd.isWorthAsking(some) {
			continue
		}
		silent, err := rd.silentOf(ctx, some)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			rd.log("GitHub does not say where something was said: %v", err)
			rd.noGraphQL = err
			return nil
		}
		if err := rd.recordSilent(silent, start); err != nil {
			return err
		}
	}
	return nil
}

// recent is how long after the end of a span most repositories that have changed
// since were active in it.
const recent = 60 * 24 * time.Hour

// isWorthAsking reports whether a question is expected to spare more requests than it
// costs. Of a span that is long over, what changed since says little: then some
// repository must look as if nothing happened in it, or as if it was not there yet.
func (rd *reading) isWorthAsking(repos []apiRepo) bool {
	if rd.now().Before(rd.To.Add(recent)) {
		return len(repos) > 2
	}
	idle := 0
	for _, r := range repos {
		if madeAfter(r, rd.span) || r.PushedAt.Before(rd.From) && r.UpdatedAt.Before(rd.From) {
			idle++
		}
	}
	return idle > 1
}

// silentOf asks which of at most a hundred repositories hold no comments of the span.
func (rd *reading) silentOf(ctx context.Context, repos []apiRepo) (silent []apiRepo, err error) {
	var ids []string
	for _, r := range repos {
		ids = append(ids, r.NodeID)
	}
	nodes, err := rd.askNodes(ctx, activityQuery, ids)
	for i, n := range nodes {
		var a activity
		if n != nil && json.Unmarshal(n, &a) == nil && a.isSilent(repos[i], rd.span) {
			silent = append(silent, repos[i])
		}
	}
	return silent, err
}

// recordSilent records that all was read of repositories in which nothing was said.
// Those that were made after the span need no record.
func (rd *reading) recordSilent(repos []apiRepo, start time.Time) error {
	for _, r := range repos {
		rd.silent[r.FullName] = true
	}
	repos = active(repos, rd.span)
	if len(repos) == 0 {
		return nil
	}
	return rd.recorded(func(w *window) {
		for _, r := range repos {
			w.Comments[r.FullName] = start
		}
	})
}
