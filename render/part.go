package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// Part is a heading of the draft with the work that is told below it: a milestone, an
// epic, an area, or a group of other work.
type Part struct {
	Title string // with its link, and its state
	About string // how it stands, and what of it stands elsewhere in the draft; may be empty
	Items []string
	Also  string // names of what belongs to it and is told under another part; may be empty
	Parts []*Part

	depth int
	kept  bool // it is shown, even if nothing is told in it
}

// Heading gives the signs of the part's heading.
func (p *Part) Heading() string { return strings.Repeat("#", min(p.depth+4, 6)) }

// hasWork reports whether the part, or one in it, is shown.
func (p *Part) hasWork() bool {
	return p.kept || len(p.Items) > 0 || slices.ContainsFunc(p.Parts, (*Part).hasWork)
}

// prune leaves out the parts in which nothing is shown, and sets the depth of the others.
func prune(parts []*Part, depth int) []*Part {
	var all []*Part
	for _, p := range parts {
		if !p.hasWork() {
			continue
		}
		p.depth = depth
		p.Parts = prune(p.Parts, depth+1)
		all = append(all, p)
	}
	return all
}

// areas puts parts under the areas around them, which nest.
type areas struct {
	parts  []*Part
	byPath map[string]*Part
}

// area gives the part of an area, and makes it where it is first named.
func (a *areas) area(d *draft, path []string) *Part {
	key := strings.ToLower(strings.Join(path, "\n"))
	if p := a.byPath[key]; p != nil {
		return p
	}
	p := &Part{Title: d.line(path[len(path)-1])}
	a.put(d, path[:len(path)-1], p)
	a.byPath[key] = p
	return p
}

// put puts a part under the area with a path; on top if that is empty.
func (a *areas) put(d *draft, path []string, p *Part) {
	if len(path) == 0 {
		a.parts = append(a.parts, p)
		return
	}
	in := a.area(d, path)
	in.Parts = append(in.Parts, p)
}

// Parts gives the milestones with their epics, then the epics without a milestone and
// the areas, each under the areas around it.
func (d *draft) Parts() []*Part {
	a := areas{byPath: map[string]*Part{}}
	for i := range d.Milestones {
		m := &d.Milestones[i]
		p := &Part{
			Title: d.title(m.Title, m.URL), About: d.standing(m), Items: d.itemsOf(m.Statements, m.Tasks), Also: d.also(m.Also),
			kept: !m.Empty(), // its risks and plans belong to it
		}
		for j := range m.Epics {
			p.Parts = append(p.Parts, d.epic(&m.Epics[j]))
		}
		a.put(d, m.Area, p)
	}
	for i := range d.Report.Other {
		switch s := &d.Report.Other[i]; s.Level {
		case compile.EpicLevel:
			p := d.epic(s)
			if d.Planning != "" {
				p.About = strings.TrimSuffix("an epic without a milestone · "+p.About, " · ")
			}
			a.put(d, s.Area, p)
		case compile.AreaLevel:
			p := a.area(d, append(slices.Clone(s.Area), s.Title))
			p.Title, p.About = d.title(s.Title, s.URL), d.elsewhere(compile.Report{Other: []compile.Section{*s}})
			p.Items, p.Also = append(p.Items, d.itemsOf(s.Statements, s.Tasks)...), d.also(s.Also)
		}
	}
	return prune(a.parts, 0)
}

func (d *draft) epic(e *compile.Section) *Part {
	return &Part{
		Title: d.title(e.Title, e.URL) + epicState(e), About: d.epicStanding(e),
		Items: d.itemsOf(e.Statements, e.Tasks), Also: d.also(e.Also),
	}
}

// OtherWork gives the groups of work that belongs to no epic, by kind, without headings
// of their own. What has no kind has no title, and comes first.
func (d *draft) OtherWork() []Group {
	var all []Group
	for i := range d.Report.Other {
		s := &d.Report.Other[i]
		if s.Level != compile.WorkLevel {
			continue
		}
		g := Group{Items: d.itemsOf(s.Statements, s.Tasks)}
		if also := d.also(s.Also); also != "" {
			g.Items = append(g.Items, "- also: "+also)
		}
		if s.Title != compile.OtherTitle {
			g.Name = d.title(s.Title, s.URL)
		}
		if len(g.Items) > 0 {
			all = append(all, g)
		}
	}
	slices.SortStableFunc(all, func(a, b Group) int { return cmp.Compare(min(len(a.Name), 1), min(len(b.Name), 1)) })
	return all
}

// itemsOf gives the work that is told of a milestone, epic, area or group: what is said
// on itself by weeks, then its tasks, those that are finished first.
func (d *draft) itemsOf(direct []compile.Statement, tasks []compile.Task) []string {
	items := d.workOf(direct)
	var open []string
	for i := range tasks {
		t := &tasks[i]
		said := d.workOf(t.Statements)
		if len(said) == 0 {
			continue
		}
		name := d.taskName(*t, "**")
		if t.Finished {
			said[len(said)-1] = strings.Replace(said[len(said)-1], "- ✓ ", "- ", 1) // the task's own sign says it
			items = append(items, headed("✓ "+name, said))
		} else if t.IsDone() {
			items = append(items, headed(name, said))
		} else {
			open = append(open, headed(name, said))
		}
	}
	return append(items, open...)
}

// workOf gives the statements on work in the order of their weeks.
func (d *draft) workOf(all []compile.Statement) []string {
	var told []*compile.Statement
	for i := range all {
		if all[i].Kind.Rule().Home == compile.Work {
			told = append(told, &all[i])
		}
	}
	slices.SortStableFunc(told, func(a, b *compile.Statement) int { return a.First().Compare(b.First()) })
	var items []string
	for _, st := range told {
		items = append(items, d.work(st))
	}
	return items
}

// standing says how a milestone stands, and what of it is told elsewhere.
func (d *draft) standing(m *compile.MilestoneReport) string {
	var parts []string
	switch {
	case m.PastDue:
		parts = append(parts, "was due "+m.Due.String())
	case !m.Due.IsZero():
		parts = append(parts, "due "+m.Due.String())
	}
	if compile.HasEnded(m.State) {
		parts = append(parts, m.State)
	}
	if closed, total := m.EpicCount(); total > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s closed", closed, count(total, "epic")))
	}
	if told := d.elsewhere(compile.Report{Milestones: []compile.MilestoneReport{*m}}); told != "" {
		parts = append(parts, told)
	}
	return strings.Join(parts, " · ")
}

// elsewhere counts what of a part of the report is told in the parts on risk and plans.
func (d *draft) elsewhere(part compile.Report) string {
	n := map[string]int{}
	for t := range part.Told {
		switch st := t.Statement; {
		case st.Kind == compile.Blocker && !d.settled[st]:
			n["blocker"]++
		case st.Kind.Rule().Home == compile.Risks && !d.settled[st]:
			n["risk"]++
		case st.Kind.Rule().Home == compile.Plans && !d.settled[st]:
			n["plan"]++
		}
	}
	var parts []string
	for _, noun := range []string{"blocker", "risk", "plan"} {
		if n[noun] > 0 {
			parts = append(parts, count(n[noun], noun))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return spoken(parts) + " below"
}

// also names the tasks of a part that are told under another.
func (d *draft) also(mentions []compile.Mention) string {
	var names []string
	for _, m := range mentions {
		names = append(names, d.taskName(m.Task, "")+" (told under "+d.line(m.Under)+")")
	}
	return strings.Join(names, " · ")
}

// ToldElsewhere gives the milestones, epics and areas of which nothing is told but that
// notes have something under them that is told under another.
func (d *draft) ToldElsewhere() []string {
	var lines []string
	for i := range d.Milestones {
		m := &d.Milestones[i]
		if m.Empty() && len(m.Also) > 0 {
			lines = append(lines, "- "+d.title(m.Title, m.URL)+": "+d.also(m.Also))
		}
		for j := range m.Epics {
			lines = append(lines, d.elsewhereOnly(&m.Epics[j])...)
		}
	}
	for i := range d.Report.Other {
		lines = append(lines, d.elsewhereOnly(&d.Report.Other[i])...)
	}
	return lines
}

func (d *draft) elsewhereOnly(s *compile.Section) []string {
	if s.Level == compile.WorkLevel || len(s.Also) == 0 || len(d.itemsOf(s.Statements, s.Tasks)) > 0 {
		return nil
	}
	return []string{"- " + d.heading(s.Area, s.Title, s.URL) + ": " + d.also(s.Also)}
}

// Named gives what the notes only name, by milestone or area.
func (d *draft) Named() []string {
	var g groups
	name := func(top string, tasks []compile.Task) {
		for _, t := range tasks {
			if len(t.Statements) == 0 {
				g.add(top, d.taskName(t, ""))
			}
		}
	}
	section := func(top string, s *compile.Section) {
		if s.Empty() && s.State == "" && len(s.Also) == 0 {
			g.add(top, strings.TrimPrefix(d.heading(s.Area, s.Title, s.URL), top+" › "))
		}
		name(top, s.Tasks)
	}
	for i := range d.Milestones {
		m := &d.Milestones[i]
		top := d.title(m.Title, m.URL)
		if m.Empty() && m.State == "" && len(m.Also) == 0 {
			g.add(top)
		}
		name(top, m.Tasks)
		for j := range m.Epics {
			section(top, &m.Epics[j])
		}
	}
	for i := range d.Report.Other {
		section("", &d.Report.Other[i])
	}
	var lines []string
	for _, of := range g.all() {
		line := strings.Join(of.Items, " · ")
		if of.Name != "" {
			line = strings.TrimSuffix(of.Name+": "+line, ": ")
		}
		lines = append(lines, "- "+line)
	}
	return lines
}
