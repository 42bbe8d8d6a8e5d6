package compile

// isSilent reports whether an epic of the roadmap is open and nothing was said of
// it, nor of a task that is told under another epic.
func (h *holder) isSilent() bool {
	return h.section.State == "open" && !h.hasSaid() && len(h.also) == 0
}

// hasSaid reports whether a statement stands under the holder itself.
func (h *holder) hasSaid() bool {
	for _, t := range h.tasks {
		if len(t.said) > 0 {
			return true
		}
	}
	return len(h.said) > 0
}
