package compile

import "slices"

// isSilent reports whether an epic of the roadmap is open and nothing was said of
// it, nor of a task that is told under another epic.
func (h *holder) isSilent() bool {
	return h.section.State == "open" && !h.hasSaid() && len(h.also) == 0
}

// hasSaid reports whether a statement on the work stands under the holder itself.
func (h *holder) hasSaid() bool {
	return slices.ContainsFunc(h.said, onWork) || slices.ContainsFunc(h.tasks, func(t *task) bool {
		return slices.ContainsFunc(t.said, onWork)
	})
}

func onWork(s *statement) bool { return s.Kind != Attribute }
