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
	updates := slices.Clone(in.Updates)
	slices.SortStableFunc(updates, compareUpdates)
	c := &compiler{
		Input:  in,
		tree:   newTree(in.Roadmap, in.Issues),
		merger: merger{similar: in.Similar, scopes: map[string]*said{}},
		noted:  map[Ref]place{},
		homes:  map[string]*task{},
	}
	c.tree.findTwice(updates)
	entries := c.admit(updates)
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
	noted   map[Ref]place    // where the month's notes have a task
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
	elsewhere := c.notedTexts(updates)
	var entries []entry
	for _, u := range updates {
		week := c.week(u, elsewhere)
		if reason := c.outside(u, week); reason != "" {
			continue
		} else if u.LeftOut != "" {
			c.leaveOut(u, u.LeftOut)
		} else if len(u.Items) == 0 && u.Source.Note == "" {
			c.leaveOut(u, "the update says nothing")
		} else {
			entries = append(entries, entry{Update: u, week: week})
		}
	}
	slices.SortStableFunc(entries, compareEntries)
	for i := range entries {
		if entries[i].noted() {
			c.placeNote(&entries[i])
		}
	}
	for i := range entries {
		if !entries[i].noted() {
			entries[i].place = c.tree.ofComment(entries[i].Update, c.noted)
		}
		entries[i].scope = entries[i].place.scope()
	}
	return entries
}

func (c *compiler) placeNote(e *entry) {
	e.place = c.tree.ofNote(e.Update)
	task := e.place.task
	if task == nil || task.Ref == (Ref{}) {
		return
	}
	if _, found := c.noted[task.Ref]; !found {
		c.noted[task.Ref] = e.place
	}
}

// outside tells why an update is no part of the month. One that only another
// month's note tells, though it was written in this month, is left out here.
func (c *compiler) outside(u Update, week time.Time) string {
	if c.Calendar.Month(week) == c.Month {
		return ""
	}
	written := c.Calendar.Week(u.Date)
	if c.Calendar.Month(written) == c.Month && u.LeftOut == "" {
		c.leaveOut(u, "told in the weekly note of "+week.Format(DateLayout))
	}
	return "outside"
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

// notedTexts collects what each note says on each task, for [compiler.week].
func (c *compiler) notedTexts(updates []Update) map[Ref]map[time.Time][]text {
	texts := map[Ref]map[time.Time][]text{}
	for _, u := range updates {
		if u.Source.Note == "" || len(u.Path) == 0 {
			continue
		}
		ref, ok := ParseRef(u.Path[len(u.Path)-1].URL)
		if !ok {
			continue
		}
		if texts[ref] == nil {
			texts[ref] = map[time.Time][]text{}
		}
		for _, item := range u.Items {
			texts[ref][Day(u.Date)] = append(texts[ref][Day(u.Date)], newText(item))
		}
	}
	return texts
}

// week decides the week of an update: that of its date, but for a comment that
// stands as it is in the note of the week before or after, and not in the note
// of its own. Such a comment came late, or early.
func (c *compiler) week(u Update, noted map[Ref]map[time.Time][]text) time.Time {
	own := c.Calendar.Week(u.Date)
	notes := noted[u.Issue]
	if u.Source.Note != "" || len(u.Items) == 0 || len(notes) == 0 || tells(notes[own], u.Items) {
		return own
	}
	next := c.Calendar.Week(own.Add(day))
	for _, other := range []time.Time{c.before(own), next} {
		if tells(notes[other], u.Items) {
			return other
		}
	}
	return own
}

// before gives the week before the one that ends on end.
func (c *compiler) before(end time.Time) time.Time {
	for d := end.Add(-day); ; d = d.Add(-day) {
		if c.Calendar.Week(d) != end {
			return d
		}
	}
}

func tells(texts []text, items []Item) bool {
	for _, item := range items {
		if t := newText(item); !slices.ContainsFunc(texts, t.equal) {
			return false
		}
	}
	return true
}

// scope identifies what an update is about.
func (p place) scope() string {
	switch {
	case p.task == nil:
		return p.holder.key
	case p.task.Ref != Ref{}:
		return p.task.Ref.String()
	}
	return p.holder.key + " task " + normalTitle(p.task.Title)
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
	if home != nil && len(fresh) == 0 && !slices.Contains(h.tasks, home) {
		h.mention(home)
		return
	}
	t := h.task(e.scope, e.place.task)
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
	if !slices.ContainsFunc(h.also, func(a *task) bool { return a.key == t.key }) {
		h.also = append(h.also, t)
	}
}

// task finds a task under its holder, or puts it there. The last title stands.
func (h *holder) task(key string, as *Task) *task {
	i := slices.IndexFunc(h.tasks, func(t *task) bool { return t.key == key })
	if i < 0 {
		h.tasks = append(h.tasks, &task{key: key, home: h})
		i = len(h.tasks) - 1
	}
	t := h.tasks[i]
	area := as.Area
	if t.Title != "" {
		area = commonArea(t.Area, as.Area)
	}
	t.Task = *as
	t.Area = area
	return t
}

// joinAcross joins what comments say on a task with what a note says directly
// on its epic or milestone, as notes do that list no tasks.
func (c *compiler) joinAcross() {
	for _, h := range c.tree.list {
		if len(h.said) == 0 {
			continue
		}
		for _, t := range h.tasks {
			before := len(t.said)
			t.said = slices.DeleteFunc(t.said, func(s *statement) bool { return c.joins(s, h.said) })
			t.joined = len(t.said) < before
		}
		h.tasks = slices.DeleteFunc(h.tasks, func(t *task) bool { return t.joined && len(t.said) == 0 })
	}
}

func (c *compiler) joins(s *statement, said []*statement) bool {
	if s.noted {
		return false
	}
	for _, other := range said {
		if other.noted && other.Kind == s.Kind && slices.ContainsFunc(other.weeks, func(w time.Time) bool {
			return slices.ContainsFunc(s.weeks, w.Equal)
		}) && s.text.equal(other.text) {
			other.Sources = append(other.Sources, s.Sources...)
			c.merged++
			return true
		}
	}
	return false
}

// report puts the tree into its order.
func (c *compiler) report() (Report, error) {
	r := Report{Project: c.Project, Month: c.Input.Month, Newest: c.newest}
	list := slices.Clone(c.tree.list)
	slices.SortStableFunc(list, func(a, b *holder) int { return a.order.compare(b.order) })
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
	r.Ledger.Merged = c.merger.read - len(c.merger.all) + c.merged
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
	closed, state := time.Time{}, ""
	if h.milestone != nil {
		closed, state = h.milestone.Closed, h.milestone.State
	} else {
		closed, state = h.section.Closed, h.section.State
	}
	return state != "closed" || !closed.Before(from)
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
	said := map[string]int{}
	for _, s := range c.merger.all {
		for _, w := range s.weeks {
			said[w.Format(DateLayout)]++
		}
	}
	var weeks []Week
	for _, end := range c.Calendar.Weeks(c.Input.Month) {
		w := Week{End: end, Updates: said[end.Format(DateLayout)]}
		w.Future = !c.Now.IsZero() && !end.Add(day).Before(c.Now)
		for _, n := range c.Notes {
			if n.Date.Equal(end) {
				w.Notes = append(w.Notes, n)
			}
		}
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
			all = append(all, fmt.Sprintf("no weekly note for the week that ends on %s", w.Name()))
		}
		if wd := w.End.Weekday(); len(w.Notes) > 0 && wd != c.Calendar.weekday {
			all = append(all, fmt.Sprintf("note %s is dated on a %s, most are on a %s", w.Name(), wd, c.Calendar.weekday))
		}
		for _, n := range w.Notes {
			if d, ok := titleDate(n.Title); ok && !d.Equal(n.Date) {
				all = append(all, fmt.Sprintf("note %s calls itself %q: the file name counts", n.Name, n.Title))
			}
		}
	}
	return all
}

// titleDate finds the day that a note's title names.
func titleDate(title string) (time.Time, bool) {
	for _, word := range strings.Fields(title) {
		if d, err := time.Parse(DateLayout, strings.Trim(word, "():,")); err == nil {
			return d, true
		}
	}
	return time.Time{}, false
}
