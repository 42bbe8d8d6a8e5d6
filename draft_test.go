package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// jsonDraft is a draft in the form that tools read.
type jsonDraft struct {
	Weeks             []string
	Highlights        []jsonStatement
	Milestones, Other []jsonNode
	Ledger            struct {
		Read, Placed, Merged int
		LeftOut              []struct{ Source, Reason, Excerpt string } `json:"left_out"`
	}
	Findings []struct{ Rule, Place, What string }
	Silent   []jsonQuiet
}

// jsonQuiet is a milestone, an epic or an area of which nothing is said, or not for long.
type jsonQuiet struct {
	Milestone, Title, URL, Last string
	Area                        []string
}

// alsoCalled gives the other titles by which the notes call what has a title.
func (d jsonDraft) alsoCalled(title string) (all []string) {
	for _, f := range d.Findings {
		if f.Rule == "two-titles" && f.Place == title {
			for i, quoted := range strings.Split(f.What, `"`) {
				if i%2 == 1 {
					all = append(all, letters(plain(quoted)))
				}
			}
		}
	}
	return all
}

// jsonNode is a milestone, an epic, a group or a task.
type jsonNode struct {
	Title, URL, Label string
	Area              []string
	Group             bool
	Items             []jsonStatement
	Tasks, Epics      []jsonNode
	Also              []string
	Due, State, Repo  string
}

type jsonStatement struct {
	Kind, By, Text string
	Weeks          []string
	Sources        []jsonSource
}

type jsonSource struct {
	URL, Note string
	Line      int
}

// told is a statement with what it stands under, outermost first.
type told struct {
	jsonStatement
	above []jsonNode
}

func (s told) subject() jsonNode { return s.above[len(s.above)-1] }

func parseDraft(t testing.TB, s string) jsonDraft {
	t.Helper()
	var d jsonDraft
	require.NoError(t, json.Unmarshal([]byte(s), &d))
	return d
}

// walk visits all nodes, each with those above it.
func (d jsonDraft) walk(visit func(path []jsonNode)) {
	var down func(n jsonNode, above []jsonNode)
	down = func(n jsonNode, above []jsonNode) {
		path := append(slices.Clip(above), n)
		visit(path)
		for _, below := range slices.Concat(n.Tasks, n.Epics) {
			down(below, path)
		}
	}
	for _, n := range slices.Concat(d.Milestones, d.Other) {
		down(n, nil)
	}
}

// told gives all statements in the order of the draft.
func (d jsonDraft) told() []told {
	var all []told
	for _, s := range d.Highlights {
		all = append(all, told{s, []jsonNode{{}}})
	}
	d.walk(func(path []jsonNode) {
		for _, s := range path[len(path)-1].Items {
			all = append(all, told{s, path})
		}
	})
	return all
}
