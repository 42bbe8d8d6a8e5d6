package sources

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
)

// GraphQL only adds to what REST says: which comments are hidden, and where nothing
// was said. Whatever it fails with leaves out no update.

// nodesAtOnce is how many objects GitHub answers for in one response.
const nodesAtOnce = 100

// errIncomplete is a response without the objects that were asked for, errNoGraphQL
// one of a server that does not know such queries.
var (
	errIncomplete = errors.New("the response is incomplete")
	errNoGraphQL  = errors.New("the server does not answer GraphQL")
)

// nodesAnswer is a response to a question about objects: one for each id, in their
// order, null for what is not known. Errors may stand beside them, and name by a path
// what they are about.
type nodesAnswer struct {
	Data struct {
		Nodes []json.RawMessage `json:"nodes"`
	} `json:"data"`
	Errors []struct {
		Path []any `json:"path"`
	} `json:"errors"`
}

// askNodes asks for objects by their ids, at most 100. What GitHub does not know of, or
// only in part, is nil.
func (g *GitHub) askNodes(ctx context.Context, query string, ids []string) ([]json.RawMessage, error) {
	var answer nodesAnswer
	if err := g.graphQL(ctx, query, map[string]any{"ids": ids}, &answer); err != nil {
		return nil, err
	}
	if len(answer.Data.Nodes) == 0 && len(answer.Errors) == 0 {
		return nil, errNoGraphQL
	}
	return answer.complete(len(ids))
}

// complete gives the objects of a response, nil for each that an error is about. An
// error that is about no object in particular may be about all.
func (a nodesAnswer) complete(asked int) ([]json.RawMessage, error) {
	if len(a.Data.Nodes) != asked {
		return nil, errIncomplete
	}
	nodes := slices.Clone(a.Data.Nodes)
	for _, e := range a.Errors {
		i, ok := nodeOf(e.Path)
		if !ok || i >= asked {
			return nil, errIncomplete
		}
		nodes[i] = nil
	}
	for i, n := range nodes {
		if string(n) == "null" {
			nodes[i] = nil
		}
	}
	return nodes, nil
}

// nodeOf gives the number of the object to which a path leads: "nodes", 3, …
func nodeOf(path []any) (int, bool) {
	if len(path) < 2 || path[0] != "nodes" {
		return 0, false
	}
	n, ok := path[1].(float64)
	return int(n), ok && n >= 0
}
