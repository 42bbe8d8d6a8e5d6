package compile

import (
	"cmp"
	"slices"
	"strings"
)

// holder is a milestone, an epic or a group while a month is compiled: what
// statements and tasks are put under.
type holder struct {
	id        ID
	milestone *MilestoneReport // set if it is a milestone
	section   *Section         // set if it is an epic or a group
	under     *holder          // milestone of an epic; nil if none
	order     order
	tasks     []*task
	said      []*statement
	also      []*task
	byID      map[ID]*task // tasks
	mentioned map[ID]bool  // also
	lent      []*holder    // epics that a note has under this milestone, and that are told under another
	calledBy  []string     // titles that notes give it, if only they know it
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
	id      ID
	home    *holder // where it is told
	said    []*statement
	inNotes bool // a note has it, so that its area is known
	joined  bool // some of it is told on its epic instead
}

// tree is the report as it grows: every holder by its ID, and those of the
// roadmap by all that may name them.
type tree struct {
	issues  map[Ref]Issue
	holders map[ID]*holder
	list    []*holder
	pages   map[string]*holder   // by canonical address
	labels  map[string]*holder   // by epic label in lower case
	epics   map[string][]*holder // by normal title, in the order of the roadmap
	planned []*thing             // the milestones of the roadmap
	survey  *survey
}

// newTree puts the roadmap into a tree. What two of it share means the first,
// and a milestone before an epic, unless a label has the title of the epic.
func newTree(rm Roadmap, issues []Issue) *tree {
	t := &tree{
		issues: map[Ref]Issue{}, holders: map[ID]*holder{}, pages: map[string]*holder{}, labels: map[string]*holder{},
		epics: map[string][]*holder{},
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
		t.planned = append(t.planned, newPlanned(m, milestones[i]))
	}
	for i, e := range rm.Epics {
		for _, l := range e.labels {
			setFirst(t.labels, l, epics[i])
		}
		setFirst(t.pages, e.Ref.String(), epics[i])
		title := normalTitle(e.Title)
		t.epics[title] = append(t.epics[title], epics[i])
	}
	return t
}

// holdRoadmap makes the holders of a roadmap's milestones and epics.
func (t *tree) holdRoadmap(rm Roadmap) (milestones, epics []*holder) {
	for _, m := range rm.Milestones {
		milestones = append(milestones, t.hold(milestoneID(m), fromRoadmap, func(h *holder) {
			h.milestone = &MilestoneReport{Milestone: m}
		}))
	}
	for _, e := range rm.Epics {
		id := ID{Level: EpicLevel, Page: e.Ref.String()}
		epics = append(epics, t.hold(id, fromRoadmap, func(h *holder) {
			h.section = &Section{
				Title: e.Title, URL: e.URL, Label: e.Label, State: e.State, Closed: e.Closed,
				Due: e.Due, Progress: e.Progress, BlockedBy: e.BlockedBy,
			}
			if e.Milestone >= 0 {
				h.under = milestones[e.Milestone]
				h.under.milestone.countEpic(e.State)
			}
		}))
	}
	return milestones, epics
}

// newPlanned gives a milestone of the roadmap with all names that mean it.
func newPlanned(m Milestone, h *holder) *thing {
	t := &thing{planned: true, holder: h, names: []name{{title: normalTitle(m.Title)}}}
	for _, page := range m.pages {
		t.names = append(t.names, name{title: normalTitle(m.Title), page: page})
	}
	return t
}

// milestoneID identifies a milestone of the roadmap: by its page, which it has as
// GitHub gives one to each, else by its title.
func milestoneID(m Milestone) ID {
	if m.URL == "" {
		return ID{Level: MilestoneLevel, Title: normalTitle(m.Title)}
	}
	return ID{Level: MilestoneLevel, Page: canonicalURL(m.URL)}
}

// setFirst names a holder, unless the name is empty or has one already.
func setFirst(names map[string]*holder, name string, h *holder) {
	if _, found := names[name]; !found && name != "" {
		names[name] = h
	}
}

// hold finds the holder of an ID, or makes it.
func (t *tree) hold(id ID, class int, fill func(*holder)) *holder {
	h, found := t.holders[id]
	if !found {
		h = &holder{id: id, order: order{class, len(t.list)}, byID: map[ID]*task{}, mentioned: map[ID]bool{}}
		fill(h)
		t.holders[id] = h
		t.list = append(t.list, h)
		if h.section != nil {
			h.section.Level = id.Level
		}
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

// taskOf finds the task of an entry under the holder, or puts it there. The last
// title stands, if the title is known.
func (h *holder) taskOf(e entry) *task {
	t := h.byID[e.about]
	if t == nil {
		t = &task{id: e.about, home: h}
		h.byID[e.about] = t
		h.tasks = append(h.tasks, t)
	}
	as := *e.place.task
	if !e.fromNote() {
		as.Area = t.Area
	} else if t.inNotes {
		as.Area = commonArea(t.Area, as.Area)
	}
	if t.Title != "" && as.Title == as.Ref.String() {
		as.Title, as.URL = t.Title, t.URL
	}
	t.Task, t.inNotes = as, t.inNotes || e.fromNote()
	return t
}

// mention notes a task of the holder that is told elsewhere.
func (h *holder) mention(t *task) {
	if !h.mentioned[t.id] {
		h.mentioned[t.id] = true
		h.also = append(h.also, t)
	}
}

// call notes a title by which a note calls the holder.
func (h *holder) call(title string) {
	if !slices.Contains(h.calledBy, title) {
		h.calledBy = append(h.calledBy, title)
	}
}

// area gives the headings of the notes above the holder.
func (h *holder) area() []string {
	if h.section != nil {
		return h.section.Area
	}
	return h.milestone.Area
}

func (h *holder) title() string {
	if h.section != nil {
		return h.section.Title
	}
	return h.milestone.Title
}
