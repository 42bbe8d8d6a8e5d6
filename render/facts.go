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
	var notes, missing, coming []string
	for _, w := range d.Weeks {
		for _, n := range w.Notes {
			notes = append(notes, d.noteTitle(n))
		}
		switch {
		case w.Future:
			coming = append(coming, w.Name())
		case len(w.Notes) == 0:
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
	if len(notes) > 0 {
		from = append(from, count(len(notes), "weekly note")+" ("+strings.Join(notes, ", ")+")")
	}
	if len(comments) > 0 || len(notes) == 0 {
		from = append(from, count(len(comments), "update comment"))
	}
	s := "Compiled from " + spoken(from) + ". " + d.account()
	if len(missing) > 0 && len(notes) > 0 {
		s += " No weekly note for " + spoken(missing) + "."
	}
	if len(coming) > 0 {
		s += " Not over yet: the " + plural(len(coming), "week") + " to " + spoken(coming) + "."
	}
	return s
}

// noteTitle names a weekly note, by its file if its title is of another day.
func (d *draft) noteTitle(n compile.NoteFile) string {
	switch {
	case strings.Contains(n.Title, n.Name):
		return d.line(n.Title)
	case n.Title == "":
		return d.line(n.Name)
	}
	return d.line(n.Name + " (titled “" + n.Title + "”)")
}

// account tells the ledger in a sentence.
func (d *draft) account() string {
	l := d.Ledger
	s := fmt.Sprintf("Of %s read: %d told below", count(l.Read, "item"), l.Placed)
	if l.Merged > 0 {
		s += fmt.Sprintf(", %d said again and merged with these", l.Merged)
	}
	if n := len(l.LeftOut); n > 0 {
		s += fmt.Sprintf(", %d left out (see Insight)", n)
	}
	return s + "."
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
func (d *draft) subjects(kind compile.Kind, told func(*draft, []compile.Statement) string) []string {
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
		lines = append(lines, "- "+name+": "+told(d, said[name]))
	}
	return lines
}

// Blockers lists what was blocked, with when and where it was said.
func (d *draft) Blockers() []string { return d.subjects(compile.Blocker, said) }

// Risks lists what is at risk, with when and where it was said.
func (d *draft) Risks() []string { return d.subjects(compile.Risk, said) }

func said(d *draft, all []compile.Statement) string {
	var parts []string
	for _, st := range all {
		s := "said in " + count(len(st.Weeks), "week")
		if len(st.Weeks) > 1 {
			s += ", first on " + shortDay(first(st.Weeks))
		}
		parts = append(parts, s+" "+d.sources(st))
	}
	return strings.Join(parts, "; ")
}

// Facts gives a line for each milestone, then for each epic or topic outside of
// them, to write the summary from.
func (d *draft) Facts() []string {
	var lines []string
	for i := range d.Milestones {
		if m := &d.Milestones[i]; !m.Empty() {
			lines = append(lines, d.facts(m))
		}
	}
	for _, s := range slices.Concat(d.Orphans(), d.Areas()) {
		if !s.Empty() {
			lines = append(lines, "- **"+d.heading(s.Area, s.Title, s.URL)+"**: "+d.tally(compile.Report{Other: []compile.Section{s}}, ""))
		}
	}
	if work := d.OtherWork(); len(work) > 0 {
		lines = append(lines, "- **Other work**: "+d.tally(compile.Report{Other: work}, ""))
	}
	return lines
}

// facts tells how much was said on a milestone, and which of its epics were
// closed in the month.
func (d *draft) facts(m *compile.MilestoneReport) string {
	told := 0
	var finished []string
	for i := range m.Epics {
		e := &m.Epics[i]
		if !e.Empty() {
			told++
		}
		if e.State == "closed" && compile.MonthOf(e.Closed) == d.Month {
			finished = append(finished, d.title(e.Title, e.URL))
		}
	}
	on := ""
	switch {
	case m.State == "" && told > 0:
		on = " on " + count(told, "epic")
	case m.State != "" && len(m.Epics) > 0:
		on = fmt.Sprintf(" on %d of %s", told, count(len(m.Epics), "epic"))
	}
	s := "- **" + d.title(m.Title, m.URL) + "**" + d.due(m) + ": " + d.tally(compile.Report{Milestones: []compile.MilestoneReport{*m}}, on)
	if len(finished) > 0 {
		s += "; finished: " + spoken(finished)
	}
	return s
}

// tally counts the statements of a part of the report by kind, and names what
// was blocked.
func (d *draft) tally(part compile.Report, on string) string {
	kinds := map[compile.Kind]int{}
	var blocked names
	total := 0
	for at, st := range part.All {
		total++
		kinds[st.Kind]++
		if st.Kind == compile.Blocker {
			blocked.add(d.about(at))
		}
	}
	s := count(total, "statement") + on
	var parts []string
	for _, k := range []struct {
		kind compile.Kind
		word string
	}{{compile.Achieved, "achieved"}, {compile.Next, "next"}, {compile.Blocker, "blocked"}, {compile.Risk, "at risk"}} {
		if n := kinds[k.kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, k.word))
		}
	}
	if len(parts) > 0 {
		s += " (" + strings.Join(parts, ", ") + ")"
	}
	if len(blocked.all) > 0 {
		s += "; blocked: " + spoken(blocked.all)
	}
	return s
}

// names lists names in order, each once.
type names struct {
	all  []string
	seen map[string]bool
}

func (n *names) add(name string) {
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	if !n.seen[name] {
		n.seen[name] = true
		n.all = append(n.all, name)
	}
}

// none gives a number, or the word for 0.
func none(n int) string {
	if n == 0 {
		return "none"
	}
	return strconv.Itoa(n)
}

// due tells when a milestone is due, in brackets.
func (d *draft) due(m *compile.MilestoneReport) string {
	if m.Due.IsZero() {
		return ""
	}
	return " (" + d.dueDay(m) + ")"
}

// dueDay tells when a milestone is due, or was.
func (d *draft) dueDay(m *compile.MilestoneReport) string {
	if d.passed(m) {
		return "was due " + day(m.Due)
	}
	return "due " + day(m.Due)
}

// passed reports whether a milestone that is not closed was due before the end
// of the month or, in a month that is not over, before the newest source.
func (d *draft) passed(m *compile.MilestoneReport) bool {
	end := d.Month.Add(1).First()
	if slices.ContainsFunc(d.Weeks, func(w compile.Week) bool { return w.Future }) {
		end = d.Newest
	}
	return !m.Due.IsZero() && m.State != "closed" && m.Due.Before(end)
}

// Status tells a milestone's due date and how many of its epics are closed.
func (d *draft) Status(m compile.MilestoneReport) string {
	var parts []string
	if len(m.Area) > 0 {
		parts = append(parts, d.line(strings.Join(m.Area, " › ")))
	}
	if !m.Due.IsZero() {
		parts = append(parts, d.dueDay(&m))
	}
	if m.State == "closed" {
		parts = append(parts, "closed")
	}
	if closed, total := m.EpicCount(); total > 0 && m.State != "" {
		parts = append(parts, fmt.Sprintf("%s this month, %s closed", count(total, "epic"), none(closed)))
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

// PastDue lists the open milestones whose due date has passed.
func (d *draft) PastDue() []string {
	var lines []string
	for i := range d.Milestones {
		if m := &d.Milestones[i]; d.passed(m) {
			lines = append(lines, "- "+d.title(m.Title, m.URL)+" was due on "+day(m.Due))
		}
	}
	return lines
}

// Plans tells for each milestone on what something is planned next, and when
// that was last said.
func (d *draft) Plans() []string {
	var tops names
	topics := map[string]*names{}
	said := map[string][]string{} // weeks of the plans on a topic
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
				line += ", last said on " + shortDay(slices.Max(weeks))
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// Insight tells the state of the reporting itself.
func (d *draft) Insight() []string {
	var lines []string
	for _, w := range d.Weeks {
		if len(w.Notes) == 0 && !w.Future {
			said := "nothing was told that week"
			if w.Updates > 0 {
				said = count(w.Updates, "statement") + " that week"
			}
			lines = append(lines, fmt.Sprintf("- No weekly note for %s; %s.", w.Name(), said))
		}
	}
	var without names
	for at := range d.All {
		if at.Milestone == nil && at.Section.Group && at.Task != nil {
			without.add(d.about(at))
		}
	}
	if n := len(without.all); n > 0 {
		lines = append(lines, "- "+count(n, "task")+" without an epic: "+strings.Join(without.all, " · "))
	}
	var orphans []string
	for i := range d.Other {
		if s := &d.Other[i]; !s.Group && (!s.Empty() || s.State == "open") {
			orphans = append(orphans, d.title(s.Title, s.URL))
		}
	}
	if len(orphans) > 0 {
		lines = append(lines, "- No milestone is known for "+count(len(orphans), "epic")+": "+strings.Join(orphans, " · "))
	}
	return append(lines, d.leftOut()...)
}

// mostLinks is how many of the items that were left out for one reason are
// linked; the ledger has all.
const mostLinks = 10

// leftOut counts the items that are not told, by reason.
func (d *draft) leftOut() []string {
	links := map[string][]string{}
	for _, l := range d.Ledger.LeftOut {
		link := d.line(l.Source.Text())
		if l.Source.URL != "" {
			link = d.title("comment", l.Source.URL)
		}
		links[l.Reason] = append(links[l.Reason], link)
	}
	var lines []string
	for _, reason := range slices.Sorted(maps.Keys(links)) {
		of := links[reason]
		line := "- " + count(len(of), "item") + " left out (" + d.line(reason) + "): " + strings.Join(of[:min(len(of), mostLinks)], ", ")
		if more := len(of) - mostLinks; more > 0 {
			line += fmt.Sprintf(" and %d more in the ledger", more)
		}
		lines = append(lines, line)
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
