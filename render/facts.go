package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// Compiled says from what the draft was compiled, and what is missing.
func (d *draft) Compiled() string {
	var titles, missing []string
	for _, w := range d.Weeks {
		for _, n := range w.Notes {
			title := n.Title
			if title == "" {
				title = n.Name
			}
			titles = append(titles, d.line(title))
		}
		if len(w.Notes) == 0 && !w.Future {
			missing = append(missing, w.Name())
		}
	}
	comments := map[string]bool{}
	for _, st := range d.All {
		for _, s := range st.Sources {
			if s.URL != "" {
				comments[s.URL] = true
			}
		}
	}
	var from []string
	if len(titles) > 0 {
		from = append(from, count(len(titles), "weekly note")+" ("+strings.Join(titles, ", ")+")")
	}
	if len(comments) > 0 || len(titles) == 0 {
		from = append(from, count(len(comments), "update comment"))
	}
	s := "Compiled from " + spoken(from) + ": " + d.Ledger.String() + "."
	if len(missing) > 0 && len(titles) > 0 {
		s += " No weekly note for " + spoken(missing) + "."
	}
	return s
}

// about names what a statement is about: its task, else its epic or group, else
// its milestone.
func (d *draft) about(at compile.Where) string {
	switch {
	case at.Task != nil:
		return d.taskTitle(compile.Task{Ref: at.Task.Ref, Title: at.Task.Title, URL: at.Task.URL})
	case at.Section != nil:
		return d.heading(at.Section.Area, at.Section.Title, at.Section.URL)
	}
	return d.title(at.Milestone.Title, at.Milestone.URL)
}

// under names the milestone or group around what a statement is about.
func (d *draft) under(at compile.Where) string {
	switch {
	case at.Milestone != nil && (at.Section != nil || at.Task != nil):
		return d.line(at.Milestone.Title)
	case at.Milestone == nil && at.Task != nil:
		return d.line(at.Section.Title)
	}
	return ""
}

// subjects lists what statements of a kind are about, each once, in order.
func (d *draft) subjects(kind compile.Kind, told func(d *draft, at compile.Where, all []compile.Statement) string) []string {
	var names []string
	places := map[string]compile.Where{}
	said := map[string][]compile.Statement{}
	for at, st := range d.All {
		if st.Kind != kind {
			continue
		}
		name := d.about(at)
		if under := d.under(at); under != "" {
			name += ", " + under
		}
		if _, found := places[name]; !found {
			names = append(names, name)
			places[name] = at
		}
		said[name] = append(said[name], st)
	}
	var lines []string
	for _, name := range names {
		lines = append(lines, "- "+name+": "+told(d, places[name], said[name]))
	}
	return lines
}

// Blockers lists what was blocked, with since when and where it was said.
func (d *draft) Blockers() []string { return d.subjects(compile.Blocker, age("blocked")) }

// Risks lists what is at risk, with since when and where it was said.
func (d *draft) Risks() []string { return d.subjects(compile.Risk, age("at risk")) }

func age(word string) func(*draft, compile.Where, []compile.Statement) string {
	return func(d *draft, _ compile.Where, all []compile.Statement) string {
		var parts []string
		for _, st := range all {
			s := "since " + shortDay(first(st.Weeks))
			if n := len(st.Weeks); n > 1 {
				s += fmt.Sprintf(", said in %d weeks", n)
			}
			parts = append(parts, s+" "+d.sources(st))
		}
		return word + " " + strings.Join(parts, "; ")
	}
}

// Facts gives one line for each milestone, to write the summary from.
func (d *draft) Facts() []string {
	var lines []string
	for i := range d.Milestones {
		if m := &d.Milestones[i]; !m.Empty() {
			lines = append(lines, d.facts(m))
		}
	}
	other := 0
	for at := range d.All {
		if at.Milestone == nil {
			other++
		}
	}
	if other > 0 {
		lines = append(lines, "- Outside of all milestones: "+count(other, "statement")+" on "+d.otherTopics()+".")
	}
	return lines
}

func (d *draft) otherTopics() string {
	var names []string
	for i := range d.Other {
		if s := &d.Other[i]; !s.Empty() {
			names = append(names, d.heading(s.Area, s.Title, s.URL))
		}
	}
	return spoken(names)
}

func (d *draft) facts(m *compile.MilestoneReport) string {
	kinds := map[compile.Kind]int{}
	var blocked, finished []string
	total, spokenOf := 0, 0
	for at, st := range (compile.Report{Milestones: []compile.MilestoneReport{*m}}).All {
		total++
		kinds[st.Kind]++
		if name := d.about(at); st.Kind == compile.Blocker && !slices.Contains(blocked, name) {
			blocked = append(blocked, name)
		}
	}
	for i := range m.Epics {
		e := &m.Epics[i]
		if !e.Empty() {
			spokenOf++
		}
		if e.State == "closed" {
			finished = append(finished, d.title(e.Title, e.URL))
		}
	}
	s := "- **" + d.title(m.Title, m.URL) + "**" + d.due(m) + ": " + count(total, "statement")
	if len(m.Epics) > 0 {
		s += fmt.Sprintf(" on %d of %s", spokenOf, count(len(m.Epics), "epic"))
	}
	if n := kinds[compile.Achieved]; n > 0 && n < total {
		s += fmt.Sprintf(", %d of them achieved", n)
	}
	if len(finished) > 0 {
		s += "; finished: " + spoken(finished)
	}
	if len(blocked) > 0 {
		s += "; blocked: " + spoken(blocked)
	}
	if n := kinds[compile.Risk]; n > 0 {
		s += "; " + count(n, "risk")
	}
	return s + "."
}

// due tells when a milestone is due, in brackets.
func (d *draft) due(m *compile.MilestoneReport) string {
	if m.Due.IsZero() {
		return ""
	}
	return " (due " + day(m.Due) + ")"
}

// Status tells a milestone's due date and how many of its epics are closed.
func (d *draft) Status(m compile.MilestoneReport) string {
	var parts []string
	if len(m.Area) > 0 {
		parts = append(parts, d.line(strings.Join(m.Area, " › ")))
	}
	if !m.Due.IsZero() {
		parts = append(parts, "due "+day(m.Due))
	}
	if m.State == "closed" {
		parts = append(parts, "closed")
	}
	if closed, total := m.EpicCount(); total > 0 && m.State != "" {
		parts = append(parts, fmt.Sprintf("%d of %s closed", closed, count(total, "epic")))
	}
	return strings.Join(parts, " · ")
}

// gridRow is a line of the grid: what was spoken of, and how often in each week.
type gridRow struct {
	Title string
	Weeks []string // a number, or a point for silence
}

// Grid tells for each milestone, epic and group in which weeks it was spoken of.
func (d *draft) Grid() []gridRow {
	said := map[any]map[string]int{}
	for at, st := range d.All {
		for _, of := range []any{at.Milestone, at.Section} {
			if said[of] == nil {
				said[of] = map[string]int{}
			}
			for _, w := range st.Weeks {
				said[of][w]++
			}
		}
	}
	var rows []gridRow
	add := func(title string, of any) {
		if len(said[of]) == 0 {
			return
		}
		row := gridRow{Title: cell(title)}
		for _, w := range d.Weeks {
			n := "·"
			if said[of][w.Name()] > 0 {
				n = strconv.Itoa(said[of][w.Name()])
			}
			row.Weeks = append(row.Weeks, n)
		}
		rows = append(rows, row)
	}
	for i := range d.Milestones {
		m := &d.Milestones[i]
		add("**"+d.line(m.Title)+"**", m)
		for j := range m.Epics {
			add(d.line(m.Epics[j].Title), &m.Epics[j])
		}
	}
	for i := range d.Other {
		s := &d.Other[i]
		add("*"+d.line(strings.Join(append(slices.Clone(s.Area), s.Title), " › "))+"*", s)
	}
	return rows
}

// line gives a title without its link.
func (d *draft) line(title string) string { return safe{web: d.Web}.line(title) }

// quiet gives the titles of the epics and tasks below a milestone or group of
// which the notes gave no more than the name.
func (d *draft) quiet(tasks []compile.Task, epics []compile.Section) string {
	var names []string
	for _, t := range tasks {
		if len(t.Statements) == 0 {
			names = append(names, d.taskTitle(t))
		}
	}
	for i := range epics {
		if e := &epics[i]; e.Empty() && e.State == "" && len(e.Tasks) == 0 {
			names = append(names, d.title(e.Title, e.URL))
		}
	}
	return strings.Join(names, " · ")
}

// also names the tasks of an epic that are told under another.
func (d *draft) also(mentions []compile.Mention) string {
	var names []string
	for _, m := range mentions {
		names = append(names, d.taskTitle(m.Task)+" (told under "+d.line(m.Under)+")")
	}
	return strings.Join(names, " · ")
}

// Silent lists the epics of the roadmap that are open and of which nobody spoke.
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
		if e := &epics[i]; e.State == "open" && e.Empty() && len(e.Also) == 0 {
			names = append(names, d.title(e.Title, e.URL))
		}
	}
	return names
}

// PastDue lists the open milestones whose due date lies before the end of the
// month.
func (d *draft) PastDue() []string {
	var lines []string
	for _, m := range d.Milestones {
		if !m.Due.IsZero() && m.State != "closed" && m.Due.Before(d.Month.Add(1).First()) {
			lines = append(lines, "- "+d.title(m.Title, m.URL)+" was due on "+day(m.Due))
		}
	}
	return lines
}

// Plans counts what is planned next for each milestone, with the tasks.
func (d *draft) Plans() []string {
	var order []string
	tasks := map[string][]string{}
	for at, st := range d.All {
		if st.Kind != compile.Next {
			continue
		}
		top := "Outside of all milestones"
		if at.Milestone != nil {
			top = d.title(at.Milestone.Title, at.Milestone.URL)
		}
		if tasks[top] == nil {
			order = append(order, top)
		}
		if name := d.about(at); !slices.Contains(tasks[top], name) {
			tasks[top] = append(tasks[top], name)
		}
	}
	var lines []string
	for _, top := range order {
		lines = append(lines, "- **"+top+"**: plans on "+count(len(tasks[top]), "topic")+": "+strings.Join(tasks[top], " · "))
	}
	return lines
}

// Insight tells the state of the reporting itself.
func (d *draft) Insight() []string {
	var lines []string
	for _, w := range d.Weeks {
		if len(w.Notes) == 0 && !w.Future {
			lines = append(lines, fmt.Sprintf("- No weekly note for %s; %s that week.", w.Name(), count(w.Updates, "statement")))
		}
	}
	without := map[string]bool{}
	for at := range d.All {
		if at.Milestone == nil && at.Section.Group && at.Task != nil {
			without[d.about(at)] = true
		}
	}
	if len(without) > 0 {
		lines = append(lines, "- "+count(len(without), "task")+" without an epic, told under other work.")
	}
	var orphans []string
	for i := range d.Other {
		if s := &d.Other[i]; !s.Group && (!s.Empty() || s.State == "open") {
			orphans = append(orphans, d.title(s.Title, s.URL))
		}
	}
	if len(orphans) > 0 {
		lines = append(lines, "- "+count(len(orphans), "epic")+" without a milestone: "+strings.Join(orphans, " · "))
	}
	reasons := map[string]int{}
	for _, l := range d.Ledger.LeftOut {
		reasons[l.Reason]++
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		lines = append(lines, "- "+count(reasons[reason], "update")+" left out: "+d.line(reason)+".")
	}
	return lines
}

// Brief tells in a few words how a milestone stands.
func (d *draft) Brief(m compile.MilestoneReport) string {
	s := d.Status(compile.MilestoneReport{Milestone: m.Milestone, Epics: m.Epics})
	if m.Empty() {
		s = strings.TrimPrefix(s+" · no update", " · ")
	}
	return s
}

// Named gives the titles of the groups of other work, and of epics that only the
// notes know, of which the notes gave no more than the name.
func (d *draft) Named() string {
	var names []string
	for i := range d.Other {
		s := &d.Other[i]
		if !s.Empty() || len(s.Also) > 0 || s.State != "" {
			continue
		}
		names = append(names, d.heading(s.Area, s.Title, s.URL))
		if quiet := d.quiet(s.Tasks, nil); quiet != "" {
			names = append(names, quiet)
		}
	}
	for i := range d.Milestones {
		if m := &d.Milestones[i]; m.Empty() {
			if quiet := d.quiet(m.Tasks, m.Epics); quiet != "" {
				names = append(names, quiet)
			}
		}
	}
	return strings.Join(names, " · ")
}

// Orphans are the epics without a milestone of which something is told.
func (d *draft) Orphans() []compile.Section {
	return d.other(func(s *compile.Section) bool { return !s.Group })
}

// Areas are the groups of work by the headings of the notes.
func (d *draft) Areas() []compile.Section {
	return d.other(func(s *compile.Section) bool { return s.Group && !s.Kind })
}

// OtherWork are the groups of work by its kind, then what has no kind, without
// a title.
func (d *draft) OtherWork() []compile.Section {
	groups := d.other(func(s *compile.Section) bool { return s.Group && s.Kind })
	for i := range groups {
		if groups[i].Title == compile.OtherTitle {
			groups[i].Title = ""
		}
	}
	// What has no title comes first, as it would seem to belong to a title above.
	slices.SortStableFunc(groups, func(a, b compile.Section) int {
		return cmp.Compare(min(len(a.Title), 1), min(len(b.Title), 1))
	})
	return groups
}

func (d *draft) other(is func(*compile.Section) bool) []compile.Section {
	var all []compile.Section
	for i := range d.Report.Other {
		if s := &d.Report.Other[i]; is(s) && (!s.Empty() || len(s.Also) > 0) {
			all = append(all, *s)
		}
	}
	return all
}
