// Package compile turns the updates of a month into a report: it holds the words
// of the field and all rules, and reads and writes nothing.
//
// [Month] finds for each update the week it belongs to, the milestone, epic and
// task it is about, and whether it was said before. Each statement is told once,
// with all weeks and places in which it was said, and the [Ledger] accounts for
// every item: it was placed, merged into another, or left out for a reason. The
// order of the updates has no influence on the report.
package compile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Input is what a month is compiled from.
type Input struct {
	Project  string
	Month    YearMonth
	Calendar Calendar
	Notes    []NoteFile // all there are, of other months too
	Roadmap  Roadmap    // zero if only notes are known
	Issues   []Issue    // those that updates stand on; may lack some
	Updates  []Update   // of the month and at least a week around it, in any order
	Similar  Similarity // nil compares texts to the letter only
	Now      time.Time  // weeks that end later are not missed; zero if all are past
}

// Month compiles a report. An error is a fault of the program: the ledger does
// not add up.
func Month(in Input) (Report, error) {
	updates := slices.SortedFunc(slices.Values(in.Updates), compareUpdates)
	c := &compiler{
		Input:  in,
		tree:   newTree(in.Roadmap, in.Issues),
		merger: merger{similar: in.Similar, scopes: map[string]*said{}},
		noted:  map[Ref][]entry{},
		homes:  map[string]*task{},
	}
	c.tree.findTwice(updates)
	entries := c.admit(updates)
	for _, e := range entries {
		if !e.noted() {
			c.merger.hear(e)
		}
	}
	for _, e := range entries {
		c.tell(e)
	}
	c.joinAcross()
	return c.report()
}

type compiler struct {
	Input
	tree    *tree
	merger  merger
	noted   map[Ref][]entry  // where the month's notes have a task, in order of time
	homes   map[string]*task // where a task is told first, by its scope
	leftOut []LeftOut
	newest  time.Time
	merged  int
}

// findTwice notes the pages that one note gives to headings of different titles.
func (t *tree) findTwice(updates []Update) {
	titles := map[string]string{}
	for _, u := range updates {
		for _, h := range u.Path {
			if h.URL == "" || h.Role != MilestoneRole && h.Role != EpicRole {
				continue
			}
			page, title := canonicalURL(h.URL), normalTitle(h.Title)
			key := u.Source.Note + " " + page
			if other, found := titles[key]; found && other != title {
				t.twice[page] = true
			}
			titles[key] = title
		}
	}
}

// admit keeps the updates of the month that count, in the order in which they
// are told, and places them.
func (c *compiler) admit(updates []Update) []entry {
	all := make([]entry, len(updates))
	for i, u := range updates {
		all[i] = newEntry(u)
	}
	noted := notedWords(all)
	var entries []entry
	for _, e := range all {
		e.week = c.week(e, noted[e.Issue])
		if c.isOutside(e) {
			continue
		} else if e.LeftOut != "" {
			c.leaveOut(e.Update, e.LeftOut)
		} else if len(e.Items) == 0 && !e.noted() {
			c.leaveOut(e.Update, "the update says nothing")
		} else {
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, compareEntries)
	for i := range entries {
		if e := &entries[i]; e.noted() {
			c.placeNote(e)
		}
	}
	for i := range entries {
		if e := &entries[i]; !e.noted() {
			e.place = c.tree.ofComment(e.Update, c.placeOf(*e))
		}
		entries[i].scope = entries[i].place.scope()
	}
	return entries
}

func (c *compiler) placeNote(e *entry) {
	e.place = c.tree.ofNote(e.Update)
	if task := e.place.task; task != nil && task.Ref != (Ref{}) {
		c.noted[task.Ref] = append(c.noted[task.Ref], *e)
	}
}

// placeOf gives the place that the notes give to a comment's issue: the note of
// the same week, else the first. nil if none has it.
func (c *compiler) placeOf(e entry) *place {
	notes := c.noted[e.Issue]
	if len(notes) == 0 {
		return nil
	}
	i := slices.IndexFunc(notes, func(n entry) bool { return n.week == e.week })
	return &notes[max(i, 0)].place
}

// isOutside reports whether an update is no part of the month. One that only
// another month's note tells, though it was written in this month, is left out.
func (c *compiler) isOutside(e entry) bool {
	if c.Calendar.Month(e.week) == c.Month {
		return false
	}
	if c.Calendar.In(c.Month, DayOf(e.Date)) && e.LeftOut == "" {
		c.leaveOut(e.Update, "told in the weekly note of "+e.week.String())
	}
	return true
}

// leaveOut accounts for a whole update that is not told.
func (c *compiler) leaveOut(u Update, reason string) {
	texts := []string{}
	for _, item := range u.Items {
		texts = append(texts, wholeText(item))
	}
	c.leftOut = append(c.leftOut, LeftOut{
		Source: u.Source, Author: u.Author, Reason: reason, Excerpt: excerpt(strings.Join(texts, " · ")),
	})
}

// noteWords is what the notes say on a task, by week and folded text.
type noteWords map[Day]map[string][]plain

// notedWords collects the words of all notes, for [compiler.week].
func notedWords(all []entry) map[Ref]noteWords {
	words := map[Ref]noteWords{}
	for _, e := range all {
		if !e.noted() || len(e.Path) == 0 {
			continue
		}
		ref, ok := ParseRef(e.Path[len(e.Path)-1].URL)
		if !ok {
			continue
		}
		if words[ref] == nil {
			words[ref] = noteWords{}
		}
		week := DayOf(e.Date)
		if words[ref][week] == nil {
			words[ref][week] = map[string][]plain{}
		}
		for _, t := range e.texts {
			words[ref][week][t.text] = append(words[ref][week][t.text], t.plain)
		}
	}
	return words
}

// tell reports whether the note of a week has all that a comment says.
func (n noteWords) tell(week Day, comment []text) bool {
	return !slices.ContainsFunc(comment, func(t text) bool {
		return !slices.ContainsFunc(n[week][t.text], t.noted)
	})
}

// week decides the week of an update: that of its date, but for a comment that
// stands as it is in the note of the week before or after, and not in the note
// of its own. Such a comment came late, or early.
func (c *compiler) week(e entry, notes noteWords) Day {
	own := c.Calendar.Week(DayOf(e.Date))
	if e.noted() || len(e.Items) == 0 || len(notes) == 0 || notes.tell(own, e.texts) {
		return own
	}
	next := c.Calendar.Week(own.Add(1))
	for _, other := range []Day{c.Calendar.before(own), next} {
		if notes.tell(other, e.texts) {
			return other
		}
	}
	return own
}

// scope identifies what an update is about.
func (p place) scope() string {
	switch {
	case p.task == nil:
		return p.holder.key
	case p.task.Ref != Ref{}:
		return p.task.Ref.String()
	}
	return p.holder.key + " task " + normalTitle(p.task.Title) + " in " + areaKey(p.task.Area)
}

// areaKey identifies the headings above a task, but for what a note says of them
// in brackets.
func areaKey(area []string) string {
	var titles []string
	for _, title := range area {
		title, _, _ = strings.Cut(title, "(")
		titles = append(titles, normalTitle(title))
	}
	return strings.Join(titles, " › ")
}

// tell puts an entry's statements under its place.
func (c *compiler) tell(e entry) {
	if e.Date.After(c.newest) && len(e.Items) > 0 {
		c.newest = e.Date
	}
	fresh := c.merger.add(e)
	h := e.place.holder
	if e.place.task == nil {
		h.said = append(h.said, fresh...)
		return
	}
	home := c.homes[e.scope]
	if home != nil && len(fresh) == 0 && h.byKey[e.scope] == nil {
		h.mention(home)
		return
	}
	t := h.task(e)
	if home == nil {
		c.homes[e.scope] = t
	}
	t.said = append(t.said, fresh...)
	for _, other := range e.place.also {
		if other != h && other != h.under {
			other.mention(t)
		}
	}
}

// mention notes a task of the holder that is told elsewhere.
func (h *holder) mention(t *task) {
	if !h.mentioned[t.key] {
		h.mentioned[t.key] = true
		h.also = append(h.also, t)
	}
}

// task finds an entry's task under its holder, or puts it there. The last title
// stands, if the title is known.
func (h *holder) task(e entry) *task {
	t := h.byKey[e.scope]
	if t == nil {
		t = &task{key: e.scope, home: h}
		h.byKey[e.scope] = t
		h.tasks = append(h.tasks, t)
	}
	as := *e.place.task
	if !e.noted() {
		as.Area = t.Area
	} else if t.noted {
		as.Area = commonArea(t.Area, as.Area)
	}
	if t.Title != "" && as.Title == as.Ref.String() {
		as.Title, as.URL = t.Title, t.URL
	}
	t.Task, t.noted = as, t.noted || e.noted()
	return t
}

// joinAcross joins what comments say on a task with what a note says directly
// on its epic or milestone, as notes do that list no tasks. What comments say on
// two tasks are two statements, of which the note's may be either.
func (c *compiler) joinAcross() {
	type home struct {
		holder *holder
		task   *task
	}
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
				if at, stands := homes[s]; stands && (at.holder == h || at.holder.under == h) && note.tells(s) {
					found = append(found, s)
				}
			}
			if len(found) != 1 {
				continue
			}
			note.take(found[0])
			c.merged++
			t := homes[found[0]].task
			t.said = slices.DeleteFunc(t.said, func(s *statement) bool { return s == found[0] })
			t.joined = true
			delete(homes, found[0])
		}
	}
	for _, h := range c.tree.list {
		h.tasks = slices.DeleteFunc(h.tasks, func(t *task) bool { return t.joined && len(t.said) == 0 })
	}
}

// tells reports whether a note's statement is what a comment of its week says.
func (s *statement) tells(comment *statement) bool {
	return !s.noted.IsZero() && comment.noted.IsZero() &&
		(s.Kind == comment.Kind || s.Kind == Note || comment.Kind == Note) && comment.text.noted(s.text.plain) &&
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

// report puts the tree into its order.
func (c *compiler) report() (Report, error) {
	r := Report{Project: c.Project, Month: c.Input.Month, Newest: c.newest}
	list := slices.Clone(c.tree.list)
	slices.SortFunc(list, func(a, b *holder) int { return a.order.compare(b.order) })
	epics := map[*holder][]Section{}
	placed := 0
	for _, h := range list {
		if h.section == nil || !c.shown(h) {
			continue
		}
		s := *h.section
		s.Statements, s.Tasks = h.finish(&placed)
		s.Also = mentions(h.also)
		if h.under != nil {
			epics[h.under] = append(epics[h.under], s)
		} else {
			r.Other = append(r.Other, s)
		}
	}
	for _, h := range list {
		if h.milestone == nil || !c.shown(h) && len(epics[h]) == 0 {
			continue
		}
		m := *h.milestone
		m.Statements, m.Tasks = h.finish(&placed)
		m.Epics = epics[h]
		r.Milestones = append(r.Milestones, m)
	}
	r.Ledger = Ledger{Read: c.merger.read + len(c.leftOut), Placed: placed, LeftOut: c.leftOut}
	r.Ledger.Merged = c.merger.read - c.merger.told + c.merged
	slices.SortStableFunc(r.Ledger.LeftOut, func(a, b LeftOut) int {
		return cmp.Or(strings.Compare(a.Reason, b.Reason), strings.Compare(a.Source.Text(), b.Source.Text()))
	})
	r.Weeks = c.weeks(r)
	r.Warnings = c.warnings(r)
	return r, r.Ledger.check()
}

// shown leaves out the milestones and epics of the roadmap that closed before
// the month began and of which nobody spoke.
func (c *compiler) shown(h *holder) bool {
	if len(h.said)+len(h.tasks)+len(h.also) > 0 || h.order.class != fromRoadmap {
		return true
	}
	from, _ := c.Calendar.Window(c.Input.Month)
	if h.milestone != nil {
		return h.milestone.State != "closed" || !h.milestone.Closed.Before(from.Time())
	}
	return h.section.State != "closed" || !h.section.Closed.Before(from.Time())
}

// finish gives what stands under a holder, and counts its statements.
func (h *holder) finish(placed *int) ([]Statement, []Task) {
	var tasks []Task
	for _, t := range h.tasks {
		t.Statements = finishAll(t.said, placed)
		tasks = append(tasks, t.Task)
	}
	return finishAll(h.said, placed), tasks
}

func finishAll(said []*statement, placed *int) []Statement {
	var all []Statement
	for _, s := range said {
		all = append(all, s.finish())
	}
	*placed += len(all)
	return all
}

func mentions(tasks []*task) []Mention {
	var all []Mention
	for _, t := range tasks {
		m := Mention{Task: t.Task, Under: t.home.title()}
		m.Task.Statements = nil
		all = append(all, m)
	}
	return all
}

func (h *holder) title() string {
	if h.section != nil {
		return h.section.Title
	}
	return h.milestone.Title
}

// weeks gives the month's weeks with their notes and how much each has to say.
func (c *compiler) weeks(r Report) []Week {
	said := map[Day]int{}
	for _, s := range r.All {
		for _, w := range s.Weeks {
			said[w]++
		}
	}
	var weeks []Week
	for _, end := range c.Calendar.Weeks(c.Input.Month) {
		w := Week{End: end, Updates: said[end]}
		w.Future = !c.Now.IsZero() && !end.Add(1).Time().Before(c.Now)
		for _, n := range c.Notes {
			if n.Date == end {
				w.Notes = append(w.Notes, n)
			}
		}
		slices.SortFunc(w.Notes, func(a, b NoteFile) int { return strings.Compare(a.Name, b.Name) })
		weeks = append(weeks, w)
	}
	return weeks
}

// warnings tells what a person should look at: notes that are missing or
// oddly named.
func (c *compiler) warnings(r Report) []string {
	var all []string
	for _, w := range r.Weeks {
		if len(w.Notes) == 0 && len(c.Notes) > 0 && !w.Future {
			all = append(all, fmt.Sprintf("no weekly note for the week that ends on %s", w.End))
		}
		if wd := w.End.Weekday(); len(w.Notes) > 0 && wd != c.Calendar.weekday {
			all = append(all, fmt.Sprintf("note %s is dated on a %s, most are on a %s", w.End, wd, c.Calendar.weekday))
		}
		for _, n := range w.Notes {
			if d, ok := titleDate(n.Title); ok && d != n.Date {
				all = append(all, fmt.Sprintf("note %s calls itself %q: the file name counts", n.Name, n.Title))
			}
		}
	}
	return all
}

// titleDate finds the day that a note's title names.
func titleDate(title string) (Day, bool) {
	for _, word := range strings.Fields(title) {
		if d, err := ParseDay(strings.Trim(word, "():,")); err == nil {
			return d, true
		}
	}
	return Day{}, false
}
