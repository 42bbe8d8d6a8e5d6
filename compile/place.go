package compile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// place is where an update belongs.
type place struct {
	holder *holder
	task   *Task     // nil if the update is on the milestone, epic or group itself
	also   []*holder // other epics of the same task
}

// id identifies what an update is about.
func (p place) id() ID {
	switch {
	case p.task == nil:
		return p.holder.id
	case p.task.Ref != Ref{}:
		return ID{Level: TaskLevel, Page: p.task.Ref.String()}
	}
	return ID{Level: TaskLevel, Title: normalTitle(p.task.Title), Under: p.holder.id.inside() + "\x00" + areaKey(p.task.Area)}
}

// areaKey identifies the headings above a task, except for remarks in parentheses.
func areaKey(area []string) string {
	var titles []string
	for _, title := range area {
		title, _, _ = strings.Cut(title, "(")
		titles = append(titles, normalTitle(title))
	}
	return strings.Join(titles, " › ")
}

// onIssue places what is known to stand on an issue: directly on a milestone or
// an epic, or as a task under the first of its epics. ok is false if neither the
// roadmap nor the issue's labels tell.
func (t *tree) onIssue(ref Ref, url string) (p place, ok bool) {
	if h := t.pages[canonicalURL(url)]; h != nil {
		return place{holder: h}, true
	}
	epics := t.byLabels(t.issues[ref].Labels)
	if len(epics) == 0 {
		return place{}, false
	}
	return place{holder: epics[0], also: epics[1:], task: t.task(ref, url)}, true
}

func (t *tree) task(ref Ref, url string) *Task {
	issue, found := t.issues[ref]
	if !found {
		return &Task{Ref: ref, URL: url, Title: ref.String()}
	}
	return &Task{Ref: ref, URL: issue.URL, Title: issue.Title, State: issue.State}
}

// ofComment places a comment by its issue, else where a note has the task, else
// by the kind of its labels.
func (t *tree) ofComment(u Update, inNotes *place) place {
	url := "https://github.com/" + u.Issue.Repo.String() + "/issues/" + strconv.Itoa(u.Issue.Number)
	if p, ok := t.onIssue(u.Issue, url); ok {
		return p
	}
	task := t.task(u.Issue, url)
	if inNotes != nil {
		return place{holder: inNotes.holder, also: inNotes.also, task: task}
	}
	labels := t.issues[u.Issue].Labels
	if epics := t.unknownEpics(labels); len(epics) > 0 {
		return place{holder: epics[0], also: epics[1:], task: task}
	}
	return place{holder: t.otherWork(labels, nil), task: task}
}

// unknownEpics gives the epics of labels that no issue of the roadmap carries.
func (t *tree) unknownEpics(labels []string) []*holder {
	var epics []*holder
	for _, l := range labels {
		if !isEpicLabel(l) {
			continue
		}
		epics = append(epics, t.hold(ID{Level: EpicLevel, Title: normalTitle(labelName(l)), Under: "label"}, fromNotes, func(h *holder) {
			h.section = &Section{Title: labelName(l), Label: l}
		}))
	}
	return epics
}

// ofNote places an entry of a note: by its links, else its labels, else its
// headings.
func (t *tree) ofNote(u Update) place {
	path := slices.Clone(u.Path)
	var entry *Task
	if n := len(path); n > 0 && path[n-1].Level == TaskLevel {
		entry, path = t.entry(path[n-1]), path[:n-1]
		if entry.Ref != (Ref{}) {
			if p, ok := t.onIssue(entry.Ref, entry.URL); ok {
				if p.task != nil {
					p.task.Area = unnamed(path, p.holder)
				}
				return p
			}
		}
	}
	h, also := t.ofHeadings(path, u.Labels)
	left := unnamed(path, h)
	switch {
	case entry != nil:
		entry.Area = left
	case len(left) > 0 && h.isGroup():
		entry = &Task{Title: strings.Join(left, " › ")}
	}
	return place{holder: h, also: also, task: entry}
}

// entry gives a note's entry as a task, as GitHub knows it or as it is written.
func (t *tree) entry(h Heading) *Task {
	ref, ok := ParseRef(h.URL)
	if issue, known := t.issues[ref]; ok && known {
		return &Task{Ref: ref, Title: issue.Title, URL: h.URL, State: issue.State}
	}
	return &Task{Ref: ref, Title: h.Title, URL: h.URL}
}

// unnamed gives the areas of a path that neither the holder's own title nor the
// headings above it tell.
func unnamed(path []Heading, h *holder) []string {
	var told []string
	if h.section != nil {
		told = append(slices.Clone(h.section.Area), h.section.Title)
	} else {
		told = h.milestone.Area
	}
	if h.under != nil {
		told = append(slices.Clone(told), h.under.milestone.Area...)
	}
	return slices.DeleteFunc(above(path), func(title string) bool {
		normal := normalTitle(title)
		return otherTitles[normal] || slices.ContainsFunc(told, func(t string) bool {
			return normalTitle(t) == normal || h.isGroup() && kindGroups[normal] == t
		})
	})
}

// areas gives the titles of the headings that are no level of work.
func areas(path []Heading) []string {
	var titles []string
	for _, h := range path {
		if h.Level == AreaLevel {
			titles = append(titles, h.Title)
		}
	}
	return titles
}

// above gives the titles of the headings that are no milestone and no epic: areas,
// and the task that an entry is a part of.
func above(path []Heading) []string {
	var titles []string
	for _, h := range path {
		if h.Level == AreaLevel || h.Level == TaskLevel {
			titles = append(titles, h.Title)
		}
	}
	return titles
}

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

// kindGroups are the kinds of other work by label, and by the headings that
// notes give them.
var kindGroups = map[string]string{
	"bug": "Bugs", "bugs": "Bugs",
	"enhancement": "Enhancements", "enhancements": "Enhancements", "feature": "Enhancements", "features": "Enhancements",
	"documentation": "Documentation",
	"dependencies":  "Dependencies",
	"test":          "Tests", "tests": "Tests",
}

// OtherTitle is the title of the group of what has no epic, kind or heading.
const OtherTitle = "Other"

// otherTitles are headings that say no more than that no epic is meant.
var otherTitles = map[string]bool{"other work": true, "other": true, "misc": true}

// otherWork finds the group of what belongs to no epic: its kind by label or
// heading, else the area of the notes that it stands in.
func (t *tree) otherWork(labels []string, area []string) *holder {
	var named []string
	for _, a := range area {
		if !otherTitles[normalTitle(a)] {
			named = append(named, a)
		}
	}
	for _, a := range append(slices.Clone(labels), named...) {
		if kind := kindGroups[normalTitle(a)]; kind != "" {
			return t.group(ID{Level: WorkLevel, Title: kind}, kind, nil, otherWork)
		}
	}
	if len(named) == 0 {
		return t.group(ID{Level: WorkLevel}, OtherTitle, nil, restOfWork)
	}
	last := len(named) - 1
	return t.group(ID{Level: AreaLevel, Title: normalTitle(strings.Join(named, " › "))}, named[last], named[:last], otherWork)
}

func (t *tree) group(id ID, title string, area []string, class int) *holder {
	return t.hold(id, class, func(h *holder) { h.section = &Section{Title: title, Area: area} })
}

// isGroup reports whether the holder is a group of other work, not a milestone or
// an epic.
func (h *holder) isGroup() bool { return h.id.Level == AreaLevel || h.id.Level == WorkLevel }
