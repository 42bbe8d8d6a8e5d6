package render

import (
	"fmt"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// Table has a row for each milestone, and says which columns have something to say.
type Table struct {
	Rows                     []Row
	Due, Epics, Risks, Plans bool
}

// Row is a milestone in the table of milestones, as cells.
type Row struct{ Milestone, Due, Weeks, Epics, Risks, Plans string }

// Table gives a row for each milestone, except for those of which all is told under
// another: when it is due, in which weeks something was said of it, of how many of its
// epics, how many risks and blockers stand, and how many plans the last week has.
func (d *draft) Table() Table {
	heard := d.hear()
	var table Table
	for i := range d.Milestones {
		m := &d.Milestones[i]
		if m.Empty() && len(m.Also) > 0 && m.State == "" {
			continue
		}
		risks, plans := 0, 0
		for t := range (compile.Report{Milestones: []compile.MilestoneReport{*m}}).Told {
			switch home := t.Statement.Kind.Rule().Home; {
			case home == compile.Risks && !d.settled[t.Statement] && d.standingOf(t).Verdict == compile.StillSaid:
				risks++
			case home == compile.Plans && !d.settled[t.Statement] && t.Statement.Last() == d.newestWeek:
				plans++
			}
		}
		row := Row{
			Milestone: safe.Cell(d.heading(m.Area, m.Title, m.URL)), Due: "–",
			Weeks: strings.Join(d.signs(heard[m]), ""), Epics: "·", Risks: number(risks), Plans: number(plans),
		}
		if !m.Due.IsZero() {
			row.Due = m.Due.String()
		}
		told, all := epicsOf(m)
		if all > 0 {
			row.Epics = fmt.Sprintf("%d/%d", told, all)
		}
		table.Rows = append(table.Rows, row)
		table.Due = table.Due || !m.Due.IsZero()
		table.Epics = table.Epics || all > 0
		table.Risks, table.Plans = table.Risks || risks > 0, table.Plans || plans > 0
	}
	return table
}

// epicsOf counts the epics of which something was said, and all that are known.
func epicsOf(m *compile.MilestoneReport) (told, all int) {
	_, all = m.EpicCount()
	for i := range m.Epics {
		e := &m.Epics[i]
		if !e.Empty() {
			told++
		}
		if e.State == "" || e.State == compile.StateDropped && !e.Empty() {
			all++
		}
	}
	return told, max(told, all)
}

func number(n int) string {
	if n == 0 {
		return "·"
	}
	return fmt.Sprint(n)
}

// hearing tells of each week whether something new was said of a thing, or only what was
// said before.
type hearing map[compile.Day]bool

// hear gives for each milestone, epic, area and group the weeks in which something was
// said of it.
func (d *draft) hear() map[any]hearing {
	all := map[any]hearing{}
	for t := range d.Told {
		if t.Statement.Kind == compile.Attribute {
			continue
		}
		for _, of := range []any{t.Milestone, t.Section} {
			if all[of] == nil {
				all[of] = hearing{}
			}
			for i, w := range t.Statement.Weeks {
				all[of][w] = all[of][w] || i == 0
			}
		}
	}
	return all
}

// signs gives a sign for each week of the month.
func (d *draft) signs(h hearing) []string {
	var all []string
	for _, w := range d.Weeks {
		sign := "·"
		if fresh, said := h[w.End]; fresh {
			sign = "●"
		} else if said {
			sign = "○"
		}
		all = append(all, sign)
	}
	return all
}

// gridRow is a line of the grid: an epic or an area, and a sign for each week.
type gridRow struct {
	Title string
	Weeks []string
}

// Grid gives for each epic, and each area and group of other work, the weeks in which
// something was said of it.
func (d *draft) Grid() []gridRow {
	heard := d.hear()
	var rows []gridRow
	add := func(title string, of *compile.Section) {
		if of.State == "open" || len(heard[of]) > 0 {
			rows = append(rows, gridRow{safe.Cell(title), d.signs(heard[of])})
		}
	}
	for i := range d.Milestones {
		for j := range d.Milestones[i].Epics {
			e := &d.Milestones[i].Epics[j]
			add(d.line(e.Title), e)
		}
	}
	for i := range d.Report.Other {
		s := &d.Report.Other[i]
		add("*"+d.heading(s.Area, s.Title, "")+"*", s)
	}
	return rows
}
