package render

import (
	"strings"

	"github.com/waku-org/monthly/compile"
)

// Blockers lists what was blocked, with when and where it was said.
func (d *draft) Blockers() []string { return d.subjects(compile.Blocker) }

// Risks lists what is at risk, with when and where it was said.
func (d *draft) Risks() []string { return d.subjects(compile.Risk) }

// subjects lists what statements of a kind are about, each once, in order.
func (d *draft) subjects(kind compile.Kind) []string {
	var names []string
	said := map[string][]compile.Statement{}
	for at, st := range d.All {
		if st.Kind != kind {
			continue
		}
		name := d.about(at)
		if under := d.under(at); under != "" {
			name += ", " + under
		}
		if said[name] == nil {
			names = append(names, name)
		}
		said[name] = append(said[name], st)
	}
	var lines []string
	for _, name := range names {
		lines = append(lines, "- "+name+": "+d.said(said[name]))
	}
	return lines
}

// said gives since when each statement was made, in how many weeks, and where.
func (d *draft) said(all []compile.Statement) string {
	var parts []string
	for _, st := range all {
		s := "since " + first(st.Weeks).Short()
		if n := len(st.Weeks); n > 1 {
			s += ", said in " + count(n, "week")
		}
		parts = append(parts, s+" "+d.sources(st))
	}
	return strings.Join(parts, "; ")
}

// PastDue lists the open milestones, and the open epics, whose due date has passed.
func (d *draft) PastDue() []string {
	var lines []string
	for i := range d.Milestones {
		m := &d.Milestones[i]
		if m.PastDue {
			lines = append(lines, "- "+d.title(m.Title, m.URL)+" was due on "+m.Due.String())
		}
		lines = append(lines, d.pastDue(m.Epics)...)
	}
	return append(lines, d.pastDue(d.Other)...)
}

func (d *draft) pastDue(epics []compile.Section) (lines []string) {
	for i := range epics {
		if e := &epics[i]; e.PastDue {
			lines = append(lines, "- "+d.title(e.Title, e.URL)+" was due on "+e.Due.String())
		}
	}
	return lines
}

// Silent lists the open epics of the roadmap without an update.
func (d *draft) Silent() []string {
	var lines []string
	for i := range d.Milestones {
		m := &d.Milestones[i]
		if names := d.silent(m.Epics); len(names) > 0 {
			lines = append(lines, "- "+d.line(m.Title)+": "+strings.Join(names, " · "))
		}
	}
	if names := d.silent(d.Other); len(names) > 0 {
		lines = append(lines, "- Without a milestone: "+strings.Join(names, " · "))
	}
	return lines
}

func (d *draft) silent(epics []compile.Section) []string {
	var names []string
	for i := range epics {
		if e := &epics[i]; e.Silent {
			names = append(names, d.title(e.Title, e.URL))
		}
	}
	return names
}
