package render

import (
	"slices"

	"github.com/waku-org/monthly/compile"
)

// Plans lists for each milestone what has plans, and when
// that was last said.
func (d *draft) Plans() []string {
	var tops names
	topics := map[string]*names{}
	said := map[string][]compile.Day{} // weeks of the plans on a topic
	for at, st := range d.All {
		if st.Kind != compile.Next {
			continue
		}
		top, topic := "Outside of all milestones", d.about(at)
		if at.Milestone != nil {
			top = d.title(at.Milestone.Title, at.Milestone.URL)
		}
		tops.add(top)
		if topics[top] == nil {
			topics[top] = &names{}
		}
		topics[top].add(topic)
		said[top+topic] = append(said[top+topic], st.Weeks[max(len(st.Weeks)-1, 0):]...)
	}
	var lines []string
	for _, top := range tops.all {
		lines = append(lines, "- **"+top+"**")
		for _, topic := range topics[top].all {
			weeks := said[top+topic]
			line := "  - " + topic + ": " + count(len(weeks), "plan")
			if len(weeks) > 0 {
				line += ", last said on " + slices.MaxFunc(weeks, compile.Day.Compare).Short()
			}
			lines = append(lines, line)
		}
	}
	return lines
}
