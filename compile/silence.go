package compile

import "slices"

// Quiet is a milestone, an epic or an area of which nothing was said in the month.
type Quiet struct {
	Where              // of the thing; its Task is nil
	Last        Day    // last week in which something was said of it; zero if unknown
	Weeks       int    // of the month and those before it since then; 0 if unknown
	Promised    []Told // plans of that week, of the report of last month
	SaidNothing bool   // a note says in words that there is nothing to say
}

// silent gives what was not spoken of in the month.
func (c *compiler) silent(r *Report, before *Report) []Quiet {
	var all []Quiet
	for i := range r.Milestones {
		m := &r.Milestones[i]
		if m.State == "open" && m.Empty() {
			all = append(all, Quiet{Where: Where{Milestone: m}})
		}
		for j := range m.Epics {
			if m.Epics[j].Silent {
				all = append(all, Quiet{Where: Where{Milestone: m, Section: &m.Epics[j]}})
			}
		}
	}
	for i := range r.Other {
		if r.Other[i].Silent {
			all = append(all, Quiet{Where: Where{Section: &r.Other[i]}})
		}
	}
	return all
}

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
