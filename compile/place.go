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
	return &Task{Ref: ref, URL: issue.URL, Title: issue.Title, State: issue.State, Closed: issue.Closed}
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

// unknownEpics gives the epics of labels that no issue of the roadmap carries: those
// that the notes call so, else epics without a milestone.
func (t *tree) unknownEpics(labels []string) []*holder {
	var epics []*holder
	for _, l := range labels {
		if isEpicLabel(l) {
			epic := t.epicOfNote(Heading{Level: EpicLevel, Title: labelName(l)}, nil)
			epic.section.Label = cmp.Or(epic.section.Label, l)
			epics = append(epics, epic)
		}
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
		return &Task{Ref: ref, Title: issue.Title, URL: h.URL, State: issue.State, Closed: issue.Closed}
	}
	return &Task{Ref: ref, Title: h.Title, URL: h.URL}
}

// unnamed gives the areas of a path that neither the holder's own title nor the
// headings above it tell.
func unnamed(path []Heading, h *holder) []string {
	told := append(slices.Clone(h.area()), h.title())
	if h.under != nil {
		told = append(append(told, h.under.area()...), h.under.title())
	}
	return slices.DeleteFunc(above(path), func(title string) bool {
		normal := normalTitle(title)
		return otherTitles[normal] || slices.ContainsFunc(told, func(t string) bool {
			return normalTitle(t) == normal || h.isGroup() && kindGroups[normal] == t
		})
	})
}

// areas gives the titles of the headings that are not a level of work.
func areas(path []Heading) []string {
	var titles []string
	for _, h := range path {
		if h.Level == AreaLevel {
			titles = append(titles, h.Title)
		}
	}
	return titles
}

// above gives the titles of the headings that are neither milestone nor epic: areas,
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
