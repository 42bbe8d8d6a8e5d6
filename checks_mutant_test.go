package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The checks are checked too: against drafts that were spoilt on purpose.

// spoil changes one statement of a node, and reports whether there was anything
// to change.
type spoil func(n *jsonNode, i int) bool

var spoils = map[string]spoil{
	"lost": func(n *jsonNode, i int) bool {
		n.Items = slices.Delete(n.Items, i, i+1)
		return true
	},
	"doubled": func(n *jsonNode, i int) bool {
		n.Items = append(n.Items, n.Items[i])
		return true
	},
	"without its nested list": func(n *jsonNode, i int) (more bool) {
		n.Items[i].Text, _, more = strings.Cut(n.Items[i].Text, "\n")
		return more
	},
	"cut short": func(n *jsonNode, i int) bool {
		text := &n.Items[i].Text
		*text = (*text)[:strings.LastIndex(strings.TrimRight(*text, " |"), " ")+1]
		return *text != ""
	},
	"in another week": func(n *jsonNode, i int) bool {
		n.Items[i].Weeks = []string{"2020-01-06"}
		return true
	},
	"without its first source": func(n *jsonNode, i int) bool {
		n.Items[i].Sources = n.Items[i].Sources[1:]
		return true
	},
}

// spoiltBy gives a copy of a draft of which every fifth statement is spoilt,
// counted from begin, and what these were before.
func (d jsonDraft) spoiltBy(t *testing.T, how spoil, begin int) (bad jsonDraft, before []jsonStatement) {
	t.Helper()
	data, err := json.Marshal(d)
	require.NoError(t, err)
	bad = parseDraft(t, string(data))
	n := begin
	var visit func(nodes []jsonNode)
	visit = func(nodes []jsonNode) {
		for i := range nodes {
			for j := len(nodes[i].Items) - 1; j >= 0; j-- {
				s := nodes[i].Items[j]
				if n++; n%5 == 0 && how(&nodes[i], j) {
					before = append(before, s)
				}
			}
			visit(nodes[i].Tasks)
			visit(nodes[i].Epics)
		}
	}
	visit(bad.Milestones)
	visit(bad.Other)
	return bad, before
}

func TestChecksSeeEachSpoiltStatement(t *testing.T) {
	for _, m := range inventedMonths() {
		markdown, d := m.start(t).drafts()
		e := m.evidence(t)
		for name, how := range spoils {
			t.Run(m.name+"/"+name, func(t *testing.T) {
				for begin := range 5 {
					bad, before := d.spoiltBy(t, how, begin)
					found := strings.Join(e.problems(markdown, bad), "\n")
					for _, s := range before {
						all := leaves(s.Text)
						if last := all[len(all)-1]; last.role == statement {
							if !strings.Contains(found, strings.TrimLeft(last.line, "-*0123456789. ")) {
								t.Errorf("%v %s", s.Sources, last.line)
							}
						}
					}
				}
			})
		}
	}
}

func TestChecksSeeEachLineThatIsNotRendered(t *testing.T) {
	for _, m := range inventedMonths() {
		markdown, d := m.start(t).drafts()
		c := newChecker(m.evidence(t), d)
		for begin := range 5 {
			lines := strings.Split(blankOut(shortLabels, markdown), "\n")
			var gone []leaf
			for i, s := range c.told {
				if first := leaves(s.Text)[0]; i%5 == begin && first.role == statement {
					at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(letters(plain(strings.TrimLeft(l, "- "))), first.words) })
					lines[at], gone = "", append(gone, first)
				}
			}
			found := strings.Join(c.checkMarkdown(strings.Join(lines, "\n")), "\n")
			for _, l := range gone {
				if !strings.Contains(found, l.words) {
					t.Error(l.line)
				}
			}
		}
	}
}

func TestChecksSeeAWrongPlace(t *testing.T) {
	for _, m := range inventedMonths() {
		markdown, d := m.start(t).drafts()
		d.Milestones[0].Title, d.Milestones[0].URL = "Somewhere else", ""
		require.Contains(t, strings.Join(m.evidence(t).problems(markdown, d), "\n"), `stands under "Somewhere else"`)
	}
}
