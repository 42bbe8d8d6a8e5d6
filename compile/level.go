package compile

import (
	"cmp"
	"slices"
	"strings"
)

// Names gives all names that a project's levels of the roadmap have, in lower case:
// those of labels and of types of issues that mark milestones and epics.
func (w Words) Names() []string { return slices.Concat(w.milestones(), w.epics()) }

func (w Words) milestones() []string { return withOwn("milestone", w.Milestone) }
func (w Words) epics() []string      { return append(withOwn("epic", w.Epic), "deliverable") }

// withOwn gives a name that is always understood, and the project's own.
func withOwn(always, own string) []string {
	if own = strings.ToLower(own); own == "" || own == always || own == "deliverable" {
		return []string{always}
	}
	return []string{always, own}
}

// levelOf gives the level that an issue's labels and type give it; 0 if none.
func (w Words) levelOf(issue Issue) Level {
	switch {
	case marked(issue, w.milestones()):
		return MilestoneLevel
	case marked(issue, w.epics()):
		return EpicLevel
	}
	return 0
}

// marked reports whether an issue has a label or a type of one of the names.
func marked(issue Issue, names []string) bool {
	return slices.ContainsFunc(append(slices.Clone(issue.Labels), issue.Type), func(name string) bool {
		return slices.Contains(names, strings.ToLower(name))
	})
}

// maxParents is how far up the parents of an issue are followed. GitHub allows eight
// levels.
const maxParents = 8

// parents calls yield with an issue's parent, its parent and so on.
func parents(issues map[Ref]Issue, of Ref) func(yield func(Ref) bool) {
	return func(yield func(Ref) bool) {
		ref := issues[of].Parent
		for range maxParents {
			if ref == (Ref{}) || ref == of || !yield(ref) {
				return
			}
			ref = issues[ref].Parent
		}
	}
}

// Progress counts the sub-issues of an issue. The zero Progress is of one without any.
type Progress struct{ Done, All int }

// isEpic reports whether an issue of the planning repository is an epic: by its labels
// or its type, or as a sub-issue of a milestone's issue that is not marked as a task.
func (rm *Roadmap) isEpic(issue Issue, words Words) bool {
	level := words.levelOf(issue)
	return level == EpicLevel || level == 0 && !marked(issue, []string{"task", "bug"}) && rm.tracked(issue.Parent) >= 0
}

// tracked gives the milestone that an issue tracks; -1 if none.
func (rm *Roadmap) tracked(ref Ref) int {
	if ref == (Ref{}) {
		return -1
	}
	return slices.IndexFunc(rm.Milestones, func(m Milestone) bool { return slices.Contains(m.pages, ref.String()) })
}

// milestoneOf gives the milestone of an epic: its own, else that of the nearest parent
// that has one; -1 if none.
func (rm *Roadmap) milestoneOf(issue Issue, issues map[Ref]Issue) int {
	if i := rm.numbered(issue.Milestone); i >= 0 {
		return i
	}
	for ref := range parents(issues, issue.Ref) {
		if i := cmp.Or(rm.tracked(ref)+1, rm.numbered(issues[ref].Milestone)+1); i > 0 {
			return i - 1
		}
	}
	return -1
}

// numbered gives the milestone with a number on GitHub; -1 if none.
func (rm *Roadmap) numbered(number int) int {
	return slices.IndexFunc(rm.Milestones, func(m Milestone) bool { return m.Number != 0 && m.Number == number })
}
