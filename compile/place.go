package compile

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// holder is a milestone, an epic or a group while a month is compiled: what
// statements and tasks are put under.
type holder struct {
	key       string
	milestone *MilestoneReport // set if it is a milestone
	section   *Section         // set if it is an epic or a group
	under     *holder          // milestone of an epic; nil if none
	order     order
	tasks     []*task
	said      []*statement
	also      []*task
	byKey     map[string]*task // tasks
	mentioned map[string]bool  // also, by key
}

// order sorts milestones and sections: those of the roadmap as it has them, then
// those of the notes as they appear, then the groups of other work.
type order struct{ class, index int }

const (
	fromRoadmap = iota
	fromNotes
	otherWork
	restOfWork
)

func (o order) compare(p order) int {
	return cmp.Or(cmp.Compare(o.class, p.class), cmp.Compare(o.index, p.index))
}

type task struct {
	Task
	key    string
	home   *holder // where it is told
	said   []*statement
	noted  bool // a note has it, so that its area is known
	joined bool // some of it is told on its epic instead
}

// place is where an update belongs.
type place struct {
	holder *holder
	task   *Task     // nil if the update is on the milestone, epic or group itself
	also   []*holder // other epics of the same task
}

// tree is the report as it grows: every holder by its key, and those of the
// roadmap by all that may name them.
type tree struct {
	issues     map[Ref]Issue
	holders    map[string]*holder
	list       []*holder
	pages      map[string]*holder // by canonical address
	labels     map[string]*holder // by epic label in lower case
	milestones map[string]*holder // by normal title
	epics      map[string]*holder // by normal title
	twice      map[string]bool    // pages that one note gives to two titles
}

// newTree puts the roadmap into a tree. What two of it share means the first,
// and a milestone before an epic, unless a label has the title of the epic.
func newTree(rm Roadmap, issues []Issue) *tree {
	t := &tree{
		issues: map[Ref]Issue{}, holders: map[string]*holder{}, pages: map[string]*holder{}, labels: map[string]*holder{},
		milestones: map[string]*holder{}, epics: map[string]*holder{}, twice: map[string]bool{},
	}
	for _, i := range issues {
		i.Labels = slices.Sorted(slices.Values(i.Labels))
		t.issues[i.Ref] = i
	}
	milestones, epics := t.holdRoadmap(rm)
	for i, e := range rm.Epics {
		for _, l := range e.labels {
			if unlike(e, l) == 0 {
				setFirst(t.labels, l, epics[i])
			}
		}
	}
	for i, m := range rm.Milestones {
		for _, l := range m.labels {
			setFirst(t.labels, l, milestones[i])
		}
		for _, p := range m.pages {
			setFirst(t.pages, p, milestones[i])
		}
		setFirst(t.milestones, normalTitle(m.Title), milestones[i])
	}
	for i, e := range rm.Epics {
		for _, l := range e.labels {
			setFirst(t.labels, l, epics[i])
		}
		setFirst(t.pages, e.Ref.String(), epics[i])
		setFirst(t.epics, normalTitle(e.Title), epics[i])
	}
	return t
}

// holdRoadmap makes the holders of a roadmap's milestones and epics.
func (t *tree) holdRoadmap(rm Roadmap) (milestones, epics []*holder) {
	for i, m := range rm.Milestones {
		milestones = append(milestones, t.hold(fmt.Sprint("milestone ", i), fromRoadmap, func(h *holder) {
			h.milestone = &MilestoneReport{Milestone: m}
		}))
	}
	for _, e := range rm.Epics {
		epics = append(epics, t.hold("epic "+e.Ref.String(), fromRoadmap, func(h *holder) {
			h.section = &Section{Title: e.Title, URL: e.URL, Label: e.Label, State: e.State, Closed: e.Closed}
			if e.Milestone >= 0 {
				h.under = milestones[e.Milestone]
				h.under.milestone.countEpic(e)
			}
		}))
	}
	return milestones, epics
}

// setFirst names a holder, unless the name is empty or has one already.
func setFirst(names map[string]*holder, name string, h *holder) {
	if _, found := names[name]; !found && name != "" {
		names[name] = h
	}
}

func (t *tree) hold(key string, class int, make func(*holder)) *holder {
	h, found := t.holders[key]
	if !found {
		h = &holder{key: key, order: order{class, len(t.list)}, byKey: map[string]*task{}, mentioned: map[string]bool{}}
		make(h)
		t.holders[key] = h
		t.list = append(t.list, h)
	}
	return h
}

// byLabels finds what epic labels stand for, in roadmap order.
func (t *tree) byLabels(labels []string) []*holder {
	var found []*holder
	for _, l := range labels {
		if !isEpicLabel(l) {
			continue
		}
		if h := t.labels[strings.ToLower(l)]; h != nil && !slices.Contains(found, h) {
			found = append(found, h)
		}
	}
	slices.SortStableFunc(found, compareHolders)
	return found
}

// compareHolders sorts by milestone, those without one last, then by epic; an
// epic comes before its milestone, as it says more.
func compareHolders(a, b *holder) int {
	ma, mb := a.top(), b.top()
	if (ma.milestone == nil) != (mb.milestone == nil) {
		if ma.milestone == nil {
			return 1
		}
		return -1
	}
	return cmp.Or(ma.order.compare(mb.order), cmp.Compare(depth(b), depth(a)), a.order.compare(b.order))
}

func depth(h *holder) int {
	if h.under == nil {
		return 0
	}
	return 1
}

// top gives the holder's milestone, or the holder itself if it is under none.
func (h *holder) top() *holder {
	if h.under != nil {
		return h.under
	}
	return h
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
func (t *tree) ofComment(u Update, noted *place) place {
	url := "https://github.com/" + u.Issue.Repo.String() + "/issues/" + strconv.Itoa(u.Issue.Number)
	if p, ok := t.onIssue(u.Issue, url); ok {
		return p
	}
	task := t.task(u.Issue, url)
	if noted != nil {
		return place{holder: noted.holder, also: noted.also, task: task}
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
		epics = append(epics, t.hold("label "+normalTitle(labelName(l)), fromNotes, func(h *holder) {
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
	if n := len(path); n > 0 && path[n-1].Role == TaskRole {
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
	case len(left) > 0 && h.section != nil && h.section.Group:
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
			return normalTitle(t) == normal || h.section != nil && h.section.Group && kindGroups[normal] == t
		})
	})
}

// areas gives the titles of the headings that are no level of work.
func areas(path []Heading) []string {
	var titles []string
	for _, h := range path {
		if h.Role == AreaRole {
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
		if h.Role == AreaRole || h.Role == TaskRole {
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
	switch {
	case h.Role == EpicRole && t.epics[title] != nil:
		return t.epics[title]
	case (h.Role == MilestoneRole || h.Role == AreaRole) && t.milestones[title] != nil:
		return t.milestones[title]
	}
	switch h.Role {
	case MilestoneRole:
		return t.notedMilestone(h, area)
	case EpicRole:
		return t.notedEpic(h, area, milestone)
	}
	return nil
}

// pageKey identifies what a heading of a note is about: its page, or its title
// among the headings above it. The title decides too where one note gives the
// same page to two titles, as one of its links must be wrong.
func (t *tree) pageKey(h Heading, area []string) string {
	title := normalTitle(h.Title)
	if h.URL == "" {
		return strings.Join(append(slices.Clone(area), title), " › ")
	}
	if page := canonicalURL(h.URL); !t.twice[page] {
		return page
	}
	return canonicalURL(h.URL) + " " + title
}

func (t *tree) notedMilestone(h Heading, area []string) *holder {
	held := t.hold("milestone "+t.pageKey(h, area), fromNotes, func(held *holder) {
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

func (t *tree) notedEpic(h Heading, area []string, milestone *holder) *holder {
	key := "epic " + t.pageKey(h, area)
	if milestone != nil {
		key = milestone.key + " " + key
		area = nil
	}
	held := t.hold(key, fromNotes, func(held *holder) {
		held.section, held.under = &Section{Area: area}, milestone
	})
	held.section.Title, held.section.URL = h.Title, h.URL
	return held
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
			return t.group("kind "+kind, kind, nil, otherWork)
		}
	}
	if len(named) == 0 {
		return t.group("other", OtherTitle, nil, restOfWork)
	}
	last := len(named) - 1
	return t.group("area "+normalTitle(strings.Join(named, " › ")), named[last], named[:last], otherWork)
}

func (t *tree) group(key, title string, area []string, class int) *holder {
	return t.hold(key, class, func(h *holder) {
		h.section = &Section{Title: title, Group: true, Kind: !strings.HasPrefix(key, "area "), Area: area}
	})
}
