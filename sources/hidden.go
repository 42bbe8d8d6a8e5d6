package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
)

// hiddenQuery asks which comments maintainers have hidden, which REST does not
// tell.
const hiddenQuery = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id isMinimized } } }`

// hiddenAtOnce is how many comments GitHub tells of in one answer.
const hiddenAtOnce = 100

// readHidden marks the updates of the window that maintainers have hidden. It
// costs a request for each hundred updates. Only those who log in are told; and
// what is not told is a warning, no gap, as nothing is lost by it.
func (rd *reading) readHidden(ctx context.Context) error {
	start := rd.now()
	if !rd.window.Hidden.Before(rd.To) {
		return nil
	}
	if anonymous, err := rd.anonymous(ctx); err != nil || anonymous {
		return err
	}
	repos, err := rd.archive.repos()
	if err != nil {
		return err
	}
	repos = active(repos, rd.From, rd.To)
	var pending []string // node ids
	for _, repo := range repos {
		updates, err := rd.updates(repo)
		if err != nil {
			return err
		}
		for _, c := range updates {
			if c.NodeID != "" {
				pending = append(pending, c.NodeID)
			}
		}
	}
	hidden, asked := map[string]bool{}, true
	for ids := range slices.Chunk(pending, hiddenAtOnce) {
		err := rd.askHidden(ctx, ids, hidden)
		if err == nil {
			continue
		}
		if !concernsOne(err) && !errors.Is(err, errUntold) && !errors.Is(err, errNoGraphQL) {
			return err
		}
		rd.warn(fmt.Sprintf("GitHub does not tell which comments are hidden: %v", plainError(err)))
		asked = neverTells(err)
		break
	}
	for _, repo := range repos {
		if err := rd.hide(repo, hidden); err != nil {
			return err
		}
	}
	if !asked {
		return nil
	}
	return rd.recorded(func(w *window) { w.Hidden = start })
}

// errUntold is an answer without the comments that were asked for, errNoGraphQL
// one of a server that knows no such questions.
var (
	errUntold    = errors.New("the answer is incomplete")
	errNoGraphQL = errors.New("the server does not answer GraphQL")
)

// neverTells reports whether it is in vain to ask a server again.
func neverTells(err error) bool {
	switch status(err) {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusUnprocessableEntity, http.StatusNotImplemented:
		return true
	}
	return errors.Is(err, errNoGraphQL)
}

// anonymous reports whether nobody logs in.
func (rd *reading) anonymous(ctx context.Context) (bool, error) {
	if rd.Token == nil {
		return true, nil
	}
	token, err := rd.Token(ctx)
	return token == "", err
}

// askHidden notes for each comment that GitHub tells of whether it is hidden.
func (rd *reading) askHidden(ctx context.Context, ids []string, hidden map[string]bool) error {
	address := "graphql"
	if base, found := strings.CutSuffix(rd.client.BaseURL.Path, "/api/v3/"); found {
		address = base + "/api/graphql"
	}
	req, err := rd.client.NewRequest(http.MethodPost, address, map[string]any{
		"query": hiddenQuery, "variables": map[string]any{"ids": ids},
	})
	if err != nil {
		return err
	}
	var answer struct {
		Data struct {
			Nodes []*struct {
				ID          string `json:"id"`
				IsMinimized bool   `json:"isMinimized"`
			} `json:"nodes"`
		} `json:"data"`
		Errors []json.RawMessage `json:"errors"`
	}
	_, err = rd.client.Do(ctx, req, &answer)
	var otherForm *json.UnmarshalTypeError
	switch {
	case errors.As(err, &otherForm):
		return errNoGraphQL
	case err != nil:
		return err
	case len(answer.Data.Nodes) == 0 && len(answer.Errors) == 0:
		return errNoGraphQL
	case len(answer.Data.Nodes) != len(ids):
		return errUntold
	}
	for i, n := range answer.Data.Nodes {
		if n != nil {
			hidden[ids[i]] = n.IsMinimized
		}
	}
	return nil
}

// hide keeps in the archive which comments of a repository are hidden.
func (rd *reading) hide(repo apiRepo, hidden map[string]bool) error {
	comments, err := rd.archive.comments(repo.FullName)
	if err != nil {
		return err
	}
	changed := false
	for i, c := range comments {
		if now, told := hidden[c.NodeID]; told && now != c.Hidden {
			comments[i].Hidden, changed = now, true
		}
	}
	if !changed {
		return nil
	}
	return rd.archive.write(path.Join(rd.archive.folder(repo.FullName), "comments.json"), comments)
}
