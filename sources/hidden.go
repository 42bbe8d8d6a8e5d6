package sources

import (
	"context"
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
	anonymous, err := rd.anonymous(ctx)
	if err != nil || anonymous {
		return errors.Join(err, rd.recorded(func(w *window) { w.Hidden = start }))
	}
	repos, err := rd.archive.repos()
	if err != nil {
		return err
	}
	for _, repo := range active(repos, rd.From) {
		rd.pending = append(rd.pending, rd.updates(repo)...)
	}
	hidden := map[string]bool{}
	for ids := range slices.Chunk(rd.pending, hiddenAtOnce) {
		if err := rd.askHidden(ctx, ids, hidden); err != nil {
			if !concernsOne(err) {
				return err
			}
			rd.warn(fmt.Sprintf("GitHub does not tell which comments are hidden: %v", plainError(err)))
			break
		}
	}
	for _, repo := range active(repos, rd.From) {
		if err := rd.hide(repo, hidden); err != nil {
			return err
		}
	}
	return rd.recorded(func(w *window) { w.Hidden = start })
}

// anonymous reports whether nobody logs in.
func (rd *reading) anonymous(ctx context.Context) (bool, error) {
	if rd.Token == nil {
		return true, nil
	}
	token, err := rd.Token(ctx)
	return token == "", err
}

// updates gives the node ids of a repository's updates in the window.
func (rd *reading) updates(repo apiRepo) []string {
	comments, _ := rd.archive.comments(repo.FullName) // read before without error
	var ids []string
	for _, c := range comments {
		if c.NodeID == "" || c.CreatedAt.Before(rd.From) || !c.CreatedAt.Before(rd.To) {
			continue
		}
		if _, isUpdate := cutMarker(c.Body); isUpdate {
			ids = append(ids, c.NodeID)
		}
	}
	return ids
}

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
	}
	if _, err := rd.client.Do(ctx, req, &answer); err != nil {
		return err
	}
	for _, n := range answer.Data.Nodes {
		if n != nil && n.IsMinimized {
			hidden[n.ID] = true
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
		if now := hidden[c.NodeID]; now != c.Hidden && slices.Contains(rd.pending, c.NodeID) {
			comments[i].Hidden, changed = now, true
		}
	}
	if !changed {
		return nil
	}
	return rd.archive.write(path.Join(rd.archive.folder(repo.FullName), "comments.json"), comments)
}
