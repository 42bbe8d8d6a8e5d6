package compile

import "slices"

// joinAcross joins what comments say on a task with what a note says directly
// on its epic or milestone, as notes do that list no tasks, and with what it says
// anywhere if the task has no epic. What comments say on
// two tasks are two statements, of which the note's may be either.
func (c *compiler) joinAcross() {
	homes := map[*statement]home{}
	byText := map[string][]*statement{}
	for _, h := range c.tree.list {
		for _, t := range h.tasks {
			for _, s := range t.said {
				homes[s] = home{h, t}
				byText[s.text.text] = append(byText[s.text.text], s)
			}
		}
	}
	for _, h := range c.tree.list {
		for _, note := range h.said {
			var found []*statement
			for _, s := range byText[note.text.text] {
				if at, stands := homes[s]; stands && at.mayBeToldOn(h, s) && note.restates(s) {
					found = append(found, s)
				}
			}
			if len(found) == 1 {
				c.account.merged += found[0].leaves()
				note.take(found[0])
				homes[found[0]].remove(found[0])
				delete(homes, found[0])
			}
		}
	}
	for _, h := range c.tree.list {
		h.tasks = slices.DeleteFunc(h.tasks, func(t *task) bool { return t.joined && len(t.said) == 0 })
	}
}

// distinctText is how many letters a text needs so that a note on one epic and a
// comment on a task without an epic do not have it by chance.
const distinctText = 24

// mayBeToldOn reports whether a note may say on a milestone, an epic or a group what a
// comment says on a task: on the task's own, or anywhere if GitHub knows no epic of
// the task.
func (h home) mayBeToldOn(holder *holder, s *statement) bool {
	return h.holder == holder || h.holder.under == holder || h.holder.isGroup() && len(s.text.text) >= distinctText
}

// home is where a statement on a task stands.
type home struct {
	holder *holder
	task   *task
}

// remove takes out a statement that is told elsewhere.
func (h home) remove(s *statement) {
	h.task.said = slices.DeleteFunc(h.task.said, func(t *statement) bool { return t == s })
	h.task.joined = true
}

// restates reports whether a note's statement is what a comment of its week says.
func (s *statement) restates(comment *statement) bool {
	return !s.noteWeek.IsZero() && comment.noteWeek.IsZero() &&
		(s.Kind == comment.Kind || s.Kind == Note || comment.Kind == Note) && comment.text.sameWords(s.text.plain) &&
		slices.ContainsFunc(s.Weeks, func(w Day) bool { return slices.Contains(comment.Weeks, w) })
}

// take adds the sources and weeks of another statement.
func (s *statement) take(other *statement) {
	s.Sources = append(s.Sources, other.Sources...)
	s.saidIn(other.Weeks...)
	if s.Kind == Note {
		s.Kind = other.Kind
	}
}
