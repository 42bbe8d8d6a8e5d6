package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The meter is checked too: what is spoilt on purpose shows in its figures.
func TestMeterSeesWhatIsSpoilt(t *testing.T) {
	for _, m := range inventedMonths() {
		m := m.withoutGitHub()
		_, whole := m.start(t).drafts()
		e := m.evidence(t)
		good := measure(e, whole).figures
		for name, row := range map[string]struct {
			spoil func(d *jsonDraft) (spoilt bool)
			seen  func(bad figures) bool
		}{
			"milestones that change their names": {func(d *jsonDraft) bool {
				for i := range d.Milestones {
					d.Milestones[i].Title, d.Milestones[i].URL = "Somewhere Else Altogether", "elsewhere.md"
				}
				return len(d.Milestones) > 0
			}, func(bad figures) bool { return bad.milestones < good.milestones && bad.twoPlaces >= good.twoPlaces }},
			"milestones told as other work": {func(d *jsonDraft) bool {
				d.Other = append(d.Other, d.Milestones...)
				d.Milestones = nil
				return true
			}, func(bad figures) bool { return bad.milestones < good.milestones }},
			"other kinds": {eachStatement(func(s *jsonStatement) { s.Kind = "risk" }), func(bad figures) bool { return bad.kinds < bad.leaves }},
			"other weeks": {eachStatement(func(s *jsonStatement) { s.Weeks = append(s.Weeks, "2020-01-06") }), func(bad figures) bool { return bad.forged > 0 }},
			"repeated findings": {func(d *jsonDraft) bool {
				d.Findings = append(d.Findings, d.Findings...)
				return len(d.Findings) > 0
			}, func(bad figures) bool { return bad.falseFindings > good.falseFindings }},
			"emptied nodes": {func(d *jsonDraft) bool {
				for i := range d.Milestones {
					empty := d.Milestones[i]
					empty.Items, empty.Tasks, empty.Epics = nil, nil, nil
					d.Milestones = append(d.Milestones, empty)
				}
				return true
			}, func(bad figures) bool { return bad.falseFindings > good.falseFindings }},
			"a statement at a second place": {func(d *jsonDraft) bool {
				d.Other = append(d.Other, jsonNode{Title: "Elsewhere", Group: true, Items: d.told()[len(d.Highlights)].above[0].Items})
				d.Other = append(d.Other, d.Milestones[0].Epics...)
				return true
			}, func(bad figures) bool { return bad.twoPlaces > good.twoPlaces }},
		} {
			bad, _ := whole.spoiltBy(t, func(*jsonNode, int) bool { return false }, 0)
			if row.spoil(&bad) {
				require.True(t, row.seen(measure(e, bad).figures), "%s: %s", m.name, name)
			}
		}
	}
}

// eachStatement spoils all statements under milestones.
func eachStatement(spoil func(*jsonStatement)) func(*jsonDraft) bool {
	return func(d *jsonDraft) bool {
		var down func(nodes []jsonNode)
		down = func(nodes []jsonNode) {
			for i := range nodes {
				for j := range nodes[i].Items {
					spoil(&nodes[i].Items[j])
				}
				down(nodes[i].Tasks)
				down(nodes[i].Epics)
			}
		}
		down(d.Milestones)
		return true
	}
}
