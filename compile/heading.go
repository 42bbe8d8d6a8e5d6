package compile

import (
	"cmp"
	"slices"
	"strings"
)

// ofHeadings finds the milestone, epic or group of a note's headings and labels.
func (t *tree) ofHeadings(path []Heading, labels []string) (h *holder, also []*holder) {
	if known := t.byLabels(labels); len(known) > 0 {
		return known[0], known[1:]
	}
	var found *holder // of the innermost heading that names one
	for i := range path {
		found = cmp.Or(t.heading(path[i], path[:i]), found)
	}
	if found != nil {
		return found, nil
	}
	if epics := t.unknownEpics(labels); len(epics) > 0 {
		return epics[0], epics[1:]
	}
	return t.otherWork(labels, areas(path)), nil
}

// heading finds the milestone or epic that a heading means, and makes those that
// only the notes know. nil means that it is neither.
func (t *tree) heading(h Heading, above []Heading) *holder {
	known := t.pages[canonicalURL(h.URL)]
	switch m := t.survey.milestoneOf(h, above); {
	case m != nil && (known == nil || known.milestone != nil || m.planned):
		return t.milestoneOfNote(m, h, above)
	case known != nil:
		return t.adopt(known, t.survey.parent(h, above))
	case h.Level == EpicLevel:
		return t.epicOfNote(h, above)
	}
	return nil
}

// adopt puts an epic of which GitHub knows no milestone under the one that the notes
// give it, if they give it one.
func (t *tree) adopt(epic *holder, parent *thing) *holder {
	if epic.section != nil && epic.under == nil && parent != nil {
		epic.under = t.holderOf(parent)
		epic.under.milestone.countEpic(epic.section.State)
	}
	return epic
}

// epicUnder finds among the epics of one title the one that a heading under a
// milestone means: the milestone's own, else one of which GitHub knows no
// milestone. An epic of another milestone is meant only where the notes give no
// milestone that GitHub knows: equal titles under two milestones are two epics.
func epicUnder(epics []*holder, milestone *holder) *holder {
	rank := func(e *holder) int {
		switch {
		case milestone != nil && e.under == milestone:
			return 0
		case e.under == nil:
			return 1
		case milestone == nil || milestone.order.class != fromRoadmap:
			return 2
		}
		return 3
	}
	var best *holder
	for _, e := range epics {
		if rank(e) < 3 && (best == nil || rank(e) < rank(best)) {
			best = e
		}
	}
	return best
}

// holderOf gives the holder of a milestone that notes name.
func (t *tree) holderOf(m *thing) *holder {
	if m.holder == nil {
		m.holder = t.hold(t.survey.milestones.id(MilestoneLevel, m), fromNotes, func(h *holder) {
			h.milestone = &MilestoneReport{}
		})
	}
	return m.holder
}

// milestoneOfNote gives the holder of a milestone. One that only the notes know is
// called as the newest of them calls it: entries come in order of time.
func (t *tree) milestoneOfNote(m *thing, h Heading, above []Heading) *holder {
	held := t.holderOf(m)
	if m.planned {
		return held
	}
	area := areas(above)
	if r := held.milestone; r.Title == "" {
		r.Area = area
	} else {
		r.Area = commonArea(r.Area, area)
	}
	held.call(h.Title)
	milestone := &held.milestone.Milestone
	milestone.Title, milestone.URL = h.Title, newerLink(h.URL, milestone.URL)
	if !h.Due.IsZero() {
		milestone.Due = h.Due
	}
	return held
}

// newerLink gives the address of a later heading, unless that has none, or one that
// leads somewhere only from where the note stands.
func newerLink(url, before string) string {
	if url == "" || before != "" && !strings.Contains(url, "://") && strings.Contains(before, "://") {
		return before
	}
	return url
}

// epicOfNote gives the holder of an epic: the one of its title that GitHub knows
// under the milestone that the notes give it, else one that only the notes know.
func (t *tree) epicOfNote(h Heading, above []Heading) *holder {
	parent := t.survey.parent(h, above)
	var milestone *holder
	if parent != nil {
		milestone = t.holderOf(parent)
	}
	if known := epicUnder(t.epics[normalTitle(h.Title)], milestone); known != nil {
		return t.adopt(known, parent)
	}
	e := t.survey.epics.thingOf(t.survey.epicName(h, above))
	held := t.hold(t.survey.epics.id(EpicLevel, e), fromNotes, func(held *holder) {
		held.section, held.under = &Section{}, milestone
		if milestone == nil {
			held.section.Area = areas(above)
		}
	})
	held.call(h.Title)
	held.section.Title, held.section.URL = h.Title, newerLink(h.URL, held.section.URL)
	return held
}

// commonArea keeps of two areas what both notes have: "Docs" of "Docs (WIP)".
func commonArea(a, b []string) []string {
	if len(a) != len(b) {
		return nil
	}
	common := slices.Clone(a)
	for i := range a {
		switch {
		case strings.HasPrefix(a[i], b[i]):
			common[i] = b[i]
		case !strings.HasPrefix(b[i], a[i]):
			return nil
		}
	}
	return common
}
