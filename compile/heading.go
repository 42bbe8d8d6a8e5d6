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
	var milestone, epic *holder
	for i, heading := range path {
		found := t.heading(heading, areas(path[:i]), milestone)
		switch {
		case found == nil:
		case found.milestone != nil:
			milestone, epic = found, nil
		default:
			epic = found
		}
	}
	if found := cmp.Or(epic, milestone); found != nil {
		return found, nil
	}
	if epics := t.unknownEpics(labels); len(epics) > 0 {
		return epics[0], epics[1:]
	}
	return t.otherWork(labels, areas(path)), nil
}

// heading finds the milestone or epic that a heading means, and makes those that
// only the notes know. nil means that it is neither.
func (t *tree) heading(h Heading, area []string, milestone *holder) *holder {
	if known := t.pages[canonicalURL(h.URL)]; known != nil {
		return known
	}
	title := normalTitle(h.Title)
	if h.Level == EpicLevel {
		if known := epicUnder(t.epics[title], milestone); known != nil {
			return known
		}
		return t.epicOfNote(h, area, milestone)
	}
	if known := t.milestones[title]; known != nil && (h.Level == MilestoneLevel || h.Level == AreaLevel) {
		return known
	}
	if h.Level == MilestoneLevel {
		return t.milestoneOfNote(h, area)
	}
	return nil
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

// idOfHeading identifies what a heading of a note is about: by its page, or by its
// title among the headings above it. The title decides too where one note gives
// the same page to two titles, as one of its links must be wrong.
func (t *tree) idOfHeading(h Heading, area []string) ID {
	id := ID{Level: h.Level, Page: canonicalURL(h.URL)}
	if id.Page == "" || t.twice[id.Page] {
		id.Title = normalTitle(h.Title)
	}
	if id.Page == "" {
		id.Under = strings.Join(area, " › ")
	}
	return id
}

// findTwice notes the pages that one note gives to headings of different titles.
func (t *tree) findTwice(updates []Update) {
	type page struct{ note, address string }
	titles := map[page]string{}
	for _, u := range updates {
		for _, h := range u.Path {
			if h.URL == "" || h.Level != MilestoneLevel && h.Level != EpicLevel {
				continue
			}
			at, title := page{u.Source.Note, canonicalURL(h.URL)}, normalTitle(h.Title)
			if other, found := titles[at]; found && other != title {
				t.twice[at.address] = true
			}
			titles[at] = title
		}
	}
}

func (t *tree) milestoneOfNote(h Heading, area []string) *holder {
	held := t.hold(t.idOfHeading(h, area), fromNotes, func(held *holder) {
		held.milestone = &MilestoneReport{Area: area}
	})
	if held.milestone.Title != "" {
		held.milestone.Area = commonArea(held.milestone.Area, area)
	}
	m := &held.milestone.Milestone
	m.Title, m.URL = h.Title, h.URL // updates come in order of time: the last word stands
	if !h.Due.IsZero() {
		m.Due = h.Due
	}
	return held
}

func (t *tree) epicOfNote(h Heading, area []string, milestone *holder) *holder {
	id := t.idOfHeading(h, area)
	if milestone != nil {
		id.Under = milestone.id.inside() + "\x00" + id.Under
		area = nil
	}
	held := t.hold(id, fromNotes, func(held *holder) {
		held.section, held.under = &Section{Area: area}, milestone
	})
	held.section.Title, held.section.URL = h.Title, h.URL
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
