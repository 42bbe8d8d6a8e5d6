package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// commitType is what a convention for commits puts in front of the title of an issue or
// a pull request.
var commitType = regexp.MustCompile(`^(?i:feat|fix|chore|docs?|refactor|tests?|perf|ci|build|style|bug|deps|epic|milestone|deliverable)(?:\([^()]*\))?!?: +(\S)`)

// bareTitle gives a title without the type of a commit.
func bareTitle(title string) string { return commitType.ReplaceAllString(title, "$1") }

// taskName names a task: its number as a link, in bold if so wanted, then its title and
// its state.
func (d *draft) taskName(t compile.Task, bold string) string {
	var s string
	switch title := bareTitle(t.Title); {
	case t.Ref.Repo.Name != "" && t.Title == t.Ref.String():
		s = bold + d.numberOf(&t) + bold
	case t.Ref.Repo.Name != "":
		s = strings.TrimSpace(bold + d.numberOf(&t) + bold + " " + d.line(title))
	case t.URL != "":
		s = bold + d.title(title, t.URL) + bold
	default:
		s = bold + d.line(title) + bold
	}
	if area := t.Area; len(area) > 0 && !strings.EqualFold(area[len(area)-1], t.Ref.Repo.Name) {
		s += " · " + d.line(strings.Join(area, " › "))
	}
	return s + stateWord(t)
}

// numberOf gives the number of a task with its repository, as a link.
func (d *draft) numberOf(t *compile.Task) string {
	return d.title(fmt.Sprintf("%s#%d", t.Ref.Repo.Name, t.Ref.Number), t.URL)
}

// stateWord gives what is said in parentheses behind a task that is no longer open, with
// the space before it. One that finished in the month has a sign in front.
func stateWord(t compile.Task) string {
	switch {
	case t.State == "closed" && !t.Finished, t.State == compile.StateDropped:
		return " (" + t.State + ")"
	}
	return ""
}

// about names what a statement is about below its milestone or area: its task, else its
// epic; empty if it is about the milestone or area itself.
func (d *draft) about(at compile.Where) string {
	switch {
	case at.Task != nil:
		return d.taskName(*at.Task, "")
	case at.Section != nil && at.Milestone != nil:
		return d.title(at.Section.Title, at.Section.URL)
	case at.Section != nil && at.Section.Level == compile.AreaLevel && len(at.Section.Area) > 0:
		return d.line(strings.Join(append(slices.Clone(at.Section.Area[1:]), at.Section.Title), " › "))
	}
	return ""
}

// top names the milestone around a statement; outside of all milestones the outermost
// area, the epic, or the group of other work.
func (d *draft) top(at compile.Where) string {
	switch s := at.Section; {
	case at.Milestone != nil:
		return d.line(at.Milestone.Title)
	case s.Level == compile.AreaLevel && len(s.Area) > 0:
		return d.line(s.Area[0])
	case s.Title == compile.OtherTitle:
		return "Other work"
	default:
		return d.line(s.Title)
	}
}

// longestLabel and mostLabelWords limit a short label, in letters and words.
const (
	longestLabel   = 60
	mostLabelWords = 7
)

// teamTag is what says in front of a statement which team speaks.
var teamTag = regexp.MustCompile(`^\[[\w. -]+\] +`)

// quoted gives the first words of a statement in quotation marks.
func (d *draft) quoted(st *compile.Statement) string { return d.quotedFrom(st, st.Text) }

// quotedFrom is [draft.quoted] for a part of the statement's text.
func (d *draft) quotedFrom(st *compile.Statement, text string) string {
	return "“" + d.safe(st.Repo, st.Sources).Label(teamTag.ReplaceAllString(text, ""), mostLabelWords, longestLabel) + "”"
}

// short gives the first words of a title.
func (d *draft) short(title string) string {
	return safe.Text{Web: d.Web, Logins: d.logins}.Label(title, mostLabelWords, longestLabel)
}

// label names a statement in a few words: by its task, else by its first words.
func (d *draft) label(t compile.Told) string {
	if t.Task != nil && t.Task.Ref.Number > 0 {
		task := compile.Task{Ref: t.Task.Ref, URL: t.Task.URL, Title: t.Task.Title}
		if task.Title != task.Ref.String() {
			return d.numberOf(&task) + " " + d.short(bareTitle(task.Title))
		}
		return d.taskName(task, "")
	}
	if t.Task != nil {
		return d.taskName(*t.Task, "") + " " + d.quoted(t.Statement)
	}
	return d.quoted(t.Statement)
}

// labelled is a label with what stands around it in parentheses.
func labelled(label string, around ...string) string {
	around = slices.DeleteFunc(around, func(s string) bool { return s == "" })
	if len(around) == 0 {
		return label
	}
	return label + " (" + strings.Join(around, ", ") + ")"
}

// some gives the first of several names, and how many there are beside them.
func some(names []string, most int) string {
	if more := len(names) - most; more > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(", and %d more", more)
	}
	return strings.Join(names, ", ")
}

// groups are lists by name, in the order in which the names came.
type groups struct {
	names []string
	lists map[string][]string
}

func (g *groups) add(name string, item ...string) {
	if g.lists == nil {
		g.lists = map[string][]string{}
	}
	if _, found := g.lists[name]; !found {
		g.names = append(g.names, name)
	}
	g.lists[name] = append(g.lists[name], item...)
}

// Group is a list with a name: a milestone, an area, a group of other work.
type Group struct {
	Name  string
	Items []string
}

func (g *groups) all() []Group {
	var all []Group
	for _, name := range g.names {
		all = append(all, Group{name, g.lists[name]})
	}
	return all
}

// subjects collects what is said of things of a milestone or area, and heads what is
// said of one thing by its name.
type subjects struct {
	tops   groups
	things map[string]*groups
}

func (s *subjects) add(top, thing, item string) {
	if s.things == nil {
		s.things = map[string]*groups{}
	}
	if s.things[top] == nil {
		s.things[top] = &groups{}
		s.tops.add(top)
	}
	s.things[top].add(thing, item)
}

func (s *subjects) all() []Group {
	for _, top := range s.tops.names {
		for _, thing := range s.things[top].all() {
			s.tops.add(top, headed(thing.Name, thing.Items))
		}
	}
	return s.tops.all()
}
