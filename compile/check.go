package compile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Rule names what a finding is about.
type Rule string

// The rules by which a month is checked.
const (
	MissingNote Rule = "missing-note" // weeks of the past have no weekly note
	OddWeekday  Rule = "odd-weekday"  // a note is dated on another weekday than most
	TitleDay    Rule = "title-day"    // a note's title names another day than its file
	MatterDay   Rule = "matter-day"   // a note's front matter is dated in another week than its file
	FarAhead    Rule = "far-ahead"    // a note is dated long after now
	TwoPlaces   Rule = "two-places"   // notes have one task at several places
	TwoTitles   Rule = "two-titles"   // notes call one milestone or epic by several titles
	Outsiders   Rule = "outsiders"    // more updates are left out than count, as their authors are not trusted
)

// Finding is something that a person should look at.
type Finding struct {
	Rule  Rule
	Place string // what it is about: a week, a note
	What  string // what is wrong
	Do    string // what to do, or what the program did; empty if that is plain
}

// String gives the finding on one line.
func (f Finding) String() string {
	s := f.Place + ": " + f.What
	if f.Do != "" {
		s += ": " + f.Do
	}
	return s
}

// findings checks the month.
func (c *compiler) findings(r Report) []Finding {
	all := c.missing(r.Weeks)
	for _, w := range r.Weeks {
		for _, n := range w.Notes {
			all = append(all, c.dates(n)...)
		}
	}
	return slices.Concat(all, c.farAhead(), c.found, c.titles(), c.outsiders(r.Ledger))
}

// missing finds the weeks that have no note, all at once.
func (c *compiler) missing(weeks []Week) []Finding {
	var without []string
	for _, w := range weeks {
		if len(w.Notes) == 0 && len(c.Notes) > 0 && !w.Future {
			without = append(without, w.End.String())
		}
	}
	switch len(without) {
	case 0:
		return nil
	case 1:
		return []Finding{{Rule: MissingNote, Place: "week " + without[0], What: "there is no weekly note"}}
	}
	return []Finding{{Rule: MissingNote, Place: "weeks " + strings.Join(without, ", "), What: "there are no weekly notes"}}
}

// dates checks what dates a note: its file, its title and its front matter. The last
// may name any day of the week that the note tells of.
func (c *compiler) dates(n NoteFile) []Finding {
	const do = "the day in the name of the file counts"
	var all []Finding
	if day, usual := n.Date.Weekday(), c.Calendar.usual(n.Date); day != usual {
		all = append(all, Finding{
			Rule: OddWeekday, Place: "note " + n.Name,
			What: fmt.Sprintf("it is dated on a %s, most notes of that time are on a %s", day, usual),
		})
	}
	if d, ok := titleDay(n.Title); ok && d != n.Date {
		all = append(all, Finding{Rule: TitleDay, Place: "note " + n.Name, What: fmt.Sprintf("its title is %q", n.Title), Do: do})
	}
	if d := n.Dated; !d.IsZero() && (d.After(n.Date) || d.Before(n.Date.Add(-7))) {
		all = append(all, Finding{Rule: MatterDay, Place: "note " + n.Name, What: "its front matter is dated " + d.String(), Do: do})
	}
	return all
}

// farAway is how many days a note may be dated ahead.
const farAway = 60

// farAhead finds the notes of which the year is probably a slip of the pen.
func (c *compiler) farAhead() []Finding {
	var all []Finding
	for _, n := range c.Notes {
		if !c.Now.IsZero() && n.Date.After(DayOf(c.Now).Add(farAway)) {
			all = append(all, Finding{Rule: FarAhead, Place: "note " + n.Name, What: "it is dated far ahead, so that it is in no report yet", Do: "check the year in the name of its file"})
		}
	}
	return all
}

// titles finds the milestones and epics that the notes call by several titles.
func (c *compiler) titles() []Finding {
	var all []Finding
	for _, h := range c.tree.list {
		var others []string
		for _, title := range h.calledBy {
			if normalTitle(title) != normalTitle(h.title()) {
				others = append(others, fmt.Sprintf("%q", title))
			}
		}
		if len(others) > 0 {
			all = append(all, Finding{Rule: TwoTitles, Place: h.title(), What: "also called " + strings.Join(others, ", "), Do: "use one title"})
		}
	}
	return all
}

// mostOutsiders is how many authors a finding names.
const mostOutsiders = 10

// outsiders finds that those who are not trusted have said more than those who are,
// as when the token may not see who is a member.
func (c *compiler) outsiders(l Ledger) []Finding {
	counted := 0
	for _, e := range c.entries {
		if !e.fromNote() {
			counted++
		}
	}
	said, first := map[string]int{}, map[string]string{}
	total := 0
	for _, o := range l.LeftOut {
		if o.Reason == Untrusted {
			total++
			said[o.Author]++
			first[o.Author] = cmp.Or(first[o.Author], o.Source.URL)
		}
	}
	if total <= counted {
		return nil
	}
	var names []string
	for _, author := range slices.SortedFunc(maps.Keys(said), func(a, b string) int { return cmp.Or(said[b]-said[a], strings.Compare(a, b)) }) {
		names = append(names, fmt.Sprintf("%s %d (%s)", author, said[author], first[author]))
	}
	if more := len(names) - mostOutsiders; more > 0 {
		names = append(names[:mostOutsiders], fmt.Sprintf("and %d more", more))
	}
	return []Finding{{
		Rule: Outsiders, Place: "comments",
		What: fmt.Sprintf("%d updates are left out as their authors are not trusted, and %d count: %s", total, counted, strings.Join(names, ", ")),
		Do:   "if they belong to the team, trust them",
	}}
}

// titleDay finds the day that a note's title names.
func titleDay(title string) (d Day, ok bool) {
	for _, word := range strings.Fields(title) {
		if d, err := ParseDay(strings.ReplaceAll(strings.Trim(word, "():,"), "/", "-")); err == nil {
			return d, true
		}
	}
	return Day{}, false
}
