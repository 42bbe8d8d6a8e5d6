package compile

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Roadmap is what the planning repository knows: the milestones in order and
// the epics, each under its milestone or under none.
type Roadmap struct {
	Milestones []Milestone
	Epics      []Epic // by milestone, those without one last
}

// Milestone is a goal of the project.
type Milestone struct {
	Number int // of the GitHub milestone; 0 if it is only a tracking issue
	Title  string
	URL    string    // of the tracking issue if there is one, else of the milestone
	Due    Day       // zero if none is set
	State  string    // "open", "closed" or [StateDropped]
	Closed time.Time // UTC; zero while open

	pages  []string // canonical addresses that mean this milestone
	labels []string // epic labels that stand on its tracking issue
}

// Epic is a piece of a milestone.
type Epic struct {
	Ref       Ref
	Title     string
	URL       string
	Label     string // "E:name"; empty if its issue carries none of its own
	Milestone int    // index into Roadmap.Milestones; -1 if none
	State     string
	Closed    time.Time // UTC; zero while open
	Due       Day       // zero if none is set
	Progress  Progress  // of its sub-issues
	BlockedBy int       // open issues that block it

	labels []string // in lower case: all labels that mean this epic
}

const epicLabel = "e:"

// isEpicLabel reports whether a label ties an issue to an epic.
func isEpicLabel(label string) bool {
	return len(label) > len(epicLabel) && strings.EqualFold(label[:len(epicLabel)], epicLabel)
}

// labelName gives the name of an epic label without "E:".
func labelName(label string) string { return strings.TrimSpace(label[len(epicLabel):]) }

// NewRoadmap builds the roadmap of a planning repository from its milestones,
// with their Title, URL, Number, Due and State, and from its issues whose labels or
// types are the words for milestones and epics, or whose parent tracks a milestone. A tracking issue is the milestone that it is in on
// GitHub, else the one of its title, else the one whose description names it;
// about gives the descriptions by number. Milestones are ordered by due date, those without one
// last; epics by a number that begins their title, else by issue number.
func NewRoadmap(milestones []Milestone, about map[int]string, issues []Issue, words Words) Roadmap {
	issues = slices.SortedFunc(slices.Values(issues), func(a, b Issue) int {
		return cmp.Or(strings.Compare(a.Ref.Repo.String(), b.Ref.Repo.String()), cmp.Compare(a.Ref.Number, b.Ref.Number))
	})
	rm := Roadmap{Milestones: slices.SortedFunc(slices.Values(milestones), compareMilestones)}
	for i := range rm.Milestones {
		rm.Milestones[i].pages = []string{canonicalURL(rm.Milestones[i].URL)}
	}
	for _, issue := range issues {
		if words.levelOf(issue) == MilestoneLevel {
			rm.track(issue, about)
		}
	}
	slices.SortStableFunc(rm.Milestones, compareMilestones)
	known := byRef(issues)
	for _, issue := range issues {
		if rm.isEpic(issue, words) && rm.tracked(issue.Ref) < 0 {
			rm.Epics = append(rm.Epics, rm.newEpic(issue, known))
		}
	}
	rm.ownLabels(issues)
	slices.SortStableFunc(rm.Epics, func(a, b Epic) int {
		return cmp.Or(cmp.Compare(uint(a.Milestone), uint(b.Milestone)),
			compareTitles(a.Title, b.Title), cmp.Compare(a.Ref.Number, b.Ref.Number))
	})
	return rm
}

func byRef(issues []Issue) map[Ref]Issue {
	all := map[Ref]Issue{}
	for _, i := range issues {
		all[i.Ref] = i
	}
	return all
}

// track finds the milestone of a tracking issue, or makes it one of its own.
func (rm *Roadmap) track(issue Issue, about map[int]string) {
	page := canonicalURL(issue.URL)
	i := rm.numbered(issue.Milestone)
	if i < 0 {
		i = slices.IndexFunc(rm.Milestones, func(m Milestone) bool { return normalTitle(m.Title) == normalTitle(issue.Title) })
	}
	if i < 0 {
		i = slices.IndexFunc(rm.Milestones, func(m Milestone) bool {
			return slices.ContainsFunc(strings.Fields(about[m.Number]), func(word string) bool {
				return canonicalURL(strings.Trim(word, "<>()[].,;")) == page
			})
		})
	}
	if i < 0 {
		_, title, _ := SplitLevel(issue.Title, Words{})
		rm.Milestones = append(rm.Milestones, Milestone{Title: title, State: issue.State, Closed: issue.Closed})
		i = len(rm.Milestones) - 1
	}
	m := &rm.Milestones[i]
	m.URL = issue.URL
	m.Due = cmp.Or(m.Due, issue.Target)
	m.pages = append(m.pages, page)
	for _, l := range issue.Labels {
		if isEpicLabel(l) {
			m.labels = append(m.labels, strings.ToLower(l))
		}
	}
}

// compareMilestones: the next due first, then those without a date, by number.
func compareMilestones(a, b Milestone) int {
	return cmp.Or(compareDue(a.Due, b.Due), cmp.Compare(a.Number, b.Number), strings.Compare(a.URL, b.URL))
}

// compareDue puts what is due earlier first, and what is never due last.
func compareDue(a, b Day) int {
	if a.IsZero() != b.IsZero() {
		return cmp.Compare(b.Year, a.Year) // the zero day has the year 0
	}
	return a.Compare(b)
}

func (rm *Roadmap) newEpic(issue Issue, issues map[Ref]Issue) Epic {
	_, title, _ := SplitLevel(issue.Title, Words{})
	return Epic{
		Ref: issue.Ref, Title: title, URL: issue.URL, State: issue.State, Closed: issue.Closed,
		Due: issue.Target, Progress: issue.Progress, BlockedBy: issue.BlockedBy,
		Milestone: rm.milestoneOf(issue, issues),
	}
}

// ownLabels gives each epic label to one epic: the one titled like it, else the
// one that carries fewest such labels, else the oldest. An epic may carry the
// label of another too, as when one was split off.
func (rm *Roadmap) ownLabels(issues []Issue) {
	carried := map[Ref][]string{}
	for _, issue := range issues {
		for _, l := range issue.Labels {
			if isEpicLabel(l) {
				carried[issue.Ref] = append(carried[issue.Ref], l)
			}
		}
	}
	owner := map[string]*Epic{}
	for i := range rm.Epics {
		e := &rm.Epics[i]
		for _, l := range carried[e.Ref] {
			key := strings.ToLower(l)
			if o := owner[key]; o == nil || cmp.Or(unlike(*e, l)-unlike(*o, l), len(carried[e.Ref])-len(carried[o.Ref])) < 0 {
				owner[key] = e
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(owner)) {
		e := owner[key]
		e.labels = append(e.labels, key)
		for _, l := range carried[e.Ref] {
			if strings.EqualFold(l, key) && (e.Label == "" || unlike(*e, l) == 0) {
				e.Label = l
			}
		}
	}
}

// unlike is 0 when an epic is titled as its label says, else 1.
func unlike(e Epic, label string) int {
	if normalTitle(e.Title) == normalTitle(labelName(label)) {
		return 0
	}
	return 1
}
