package sources

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// hiddenAtOnce is how many comments GitHub answers for in one response.
const hiddenAtOnce = 100

// errIncomplete is a response without the comments that were asked for, errNoGraphQL
// one of a server that does not know such queries.
var (
	errIncomplete = errors.New("the response is incomplete")
	errNoGraphQL  = errors.New("the server does not answer GraphQL")
)

// readHidden marks the updates of the span that maintainers have hidden. It costs
// a request for each hundred updates. GitHub answers only those who log in; and
// what it does not answer is a warning and not a gap, as nothing is lost by it.
func (rd *reading) readHidden(ctx context.Context) error {
	start := rd.now()
	if rd.Token == nil || !rd.window.Hidden.Before(rd.To) {
		return nil
	}
	repos, err := rd.archive.repos()
	if err != nil {
		return err
	}
	repos = active(repos, rd.span)
	ids, err := rd.updateNodes(repos)
	if err != nil {
		return err
	}
	hidden, unanswered := rd.askHiddenOf(ctx, ids)
	if unanswered != nil && !isAnAnswer(unanswered) {
		return unanswered
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

// isAnAnswer reports whether an error is what GitHub says to the question, and not
// a failure to ask it.
func isAnAnswer(err error) bool {
	return concernsOne(err) || errors.Is(err, errIncomplete) || errors.Is(err, errNoGraphQL)
}

// updateNodes gives the node ids of the updates of the span.
func (rd *reading) updateNodes(repos []apiRepo) ([]string, error) {
	var ids []string
	for _, repo := range repos {
		updates, err := rd.archive.marked(repo.FullName, rd.span)
		if err != nil {
			return nil, err
		}
		for _, c := range updates {
			if c.NodeID != "" {
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
	for some := range slices.Chunk(ids, hiddenAtOnce) {
		if err := rd.askHidden(ctx, some, hidden); err != nil {
			return hidden, err
		}
	}
	return hidden, nil
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
