package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// hiddenQuery asks which comments maintainers have hidden, where REST does not say.
const hiddenQuery = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id isMinimized } } }`

// readHidden marks the updates of the span that maintainers have hidden. REST may
// have said so; for the others it costs a request for each hundred. GitHub answers
// only those who log in; and what it does not answer is a warning and not a gap, as
// nothing is lost by it.
func (rd *reading) readHidden(ctx context.Context) error {
	start := rd.time()
	if rd.Token == nil || rd.isRead(func(w *window) time.Time { return w.Hidden }) {
		return nil
	}
	repos, err := rd.archive.repos()
	if err != nil {
		return err
	}
	repos = rd.concerned(repos)
	ids, err := rd.updateNodes(repos)
	if err != nil {
		return err
	}
	hidden, unanswered := rd.askHiddenOf(ctx, ids)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, repo := range repos {
		if err := rd.hide(repo, hidden); err != nil {
			return err
		}
	}
	if unanswered != nil {
		rd.warn(fmt.Sprintf("GitHub does not say which comments are hidden: %v", unanswered))
	}
	if unanswered != nil && !retryIsPointless(unanswered) {
		return nil
	}
	return rd.recorded(func(w *window) { w.Hidden = start })
}

// updateNodes gives the node ids of the updates of the span of which REST did not say
// whether they are hidden.
func (rd *reading) updateNodes(repos []apiRepo) ([]string, error) {
	var ids []string
	for _, repo := range repos {
		updates, err := rd.archive.marked(repo.FullName, rd.span)
		if err != nil {
			return nil, err
		}
		for _, c := range updates {
			if c.NodeID != "" && c.Minimized == unknown {
				ids = append(ids, c.NodeID)
			}
		}
	}
	return ids, nil
}

// askHiddenOf asks of each comment whether it is hidden. With an error come the
// answers that were given before it.
func (rd *reading) askHiddenOf(ctx context.Context, ids []string) (map[string]bool, error) {
	hidden := map[string]bool{}
	if rd.noGraphQL != nil && retryIsPointless(rd.noGraphQL) && len(ids) > 0 {
		return hidden, rd.noGraphQL
	}
	for some := range slices.Chunk(ids, nodesAtOnce) {
		if err := rd.askHidden(ctx, some, hidden); err != nil {
			return hidden, err
		}
	}
	return hidden, nil
}

// askHidden notes for each comment that GitHub knows whether it is hidden, by its
// node id. A response about other comments says nothing of these.
func (rd *reading) askHidden(ctx context.Context, ids []string, hidden map[string]bool) error {
	nodes, err := rd.askNodes(ctx, hiddenQuery, ids)
	if err != nil {
		return err
	}
	answers := map[string]bool{}
	for i, n := range nodes {
		var comment struct {
			ID          string `json:"id"`
			IsMinimized *bool  `json:"isMinimized"`
		}
		if n == nil {
			continue
		}
		if err := json.Unmarshal(n, &comment); err != nil || comment.ID != ids[i] || comment.IsMinimized == nil {
			return errIncomplete
		}
		answers[ids[i]] = *comment.IsMinimized
	}
	maps.Copy(hidden, answers)
	return nil
}

// retryIsPointless reports whether a server that answered so will never answer.
func retryIsPointless(err error) bool {
	switch status(err) {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusUnprocessableEntity, http.StatusNotImplemented:
		return true
	}
	return errors.Is(err, errNoGraphQL)
}

// hide keeps in the archive which comments of a repository are hidden.
func (rd *reading) hide(repo apiRepo, hidden map[string]bool) error {
	comments, err := rd.archive.comments(repo.FullName)
	if err != nil {
		return err
	}
	changed := false
	for i, c := range comments {
		if now, answered := hidden[c.NodeID]; answered && now != c.Hidden {
			comments[i].Hidden, changed = now, true
		}
	}
	if !changed {
		return nil
	}
	return rd.archive.writeComments(repo.FullName, comments)
}

// minimized says whether a comment is hidden, as far as REST says so: "minimized" is
// null or an object with the reason.
type minimized int

const (
	unknown minimized = iota
	shown
	hidden
)

func (m *minimized) UnmarshalJSON(data []byte) error {
	*m = hidden
	if s := string(data); s == "null" || s == "false" {
		*m = shown
	}
	return nil
}

func (m minimized) MarshalJSON() ([]byte, error) { return json.Marshal(m == hidden) }

// isHidden reports whether a maintainer has hidden a comment. What REST said of it
// when it was read last counts before what GraphQL said once.
func (c apiComment) isHidden() bool {
	return c.Minimized == hidden || c.Minimized == unknown && c.Hidden
}
