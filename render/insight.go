package render

import (
	"fmt"
	"maps"
	"slices"
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
			coming = append(coming, w.End.String())
		case len(w.Notes) == 0:
			missing = append(missing, w.End.String())
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

// account gives the ledger as a sentence.
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

// Insight describes the state of the reporting itself.
func (d *draft) Insight() []string {
	lines := d.weeksWithoutNote()
	var without names
	for at := range d.All {
		if at.Milestone == nil && at.Section.IsGroup() && at.Task != nil {
			without.add(d.about(at))
		}
	}
	if n := len(without.all); n > 0 {
		lines = append(lines, "- "+count(n, "task")+" without an epic: "+strings.Join(without.all, " · "))
	}
	var orphans []string
	for i := range d.Other {
		if s := &d.Other[i]; !s.IsGroup() && (!s.Empty() || s.State == "open") {
			orphans = append(orphans, d.title(s.Title, s.URL))
		}
	}
	if len(orphans) > 0 {
		lines = append(lines, "- No milestone is known for "+count(len(orphans), "epic")+": "+strings.Join(orphans, " · "))
	}
	return slices.Concat(lines, d.findings(), d.leftOut())
}

// weeksWithoutNote names the weeks without a note in one line, each with how much was
// said in it elsewhere.
func (d *draft) weeksWithoutNote() []string {
	var weeks []string
	for _, w := range d.Weeks {
		if len(w.Notes) > 0 || w.Future {
			continue
		}
		week := w.End.String()
		if w.Updates > 0 {
			week += fmt.Sprintf(" (%s that week)", count(w.Updates, "statement"))
		}
		weeks = append(weeks, week)
	}
	if len(weeks) == 0 {
		return nil
	}
	return []string{"- No weekly note for " + spoken(weeks) + "."}
}

// findings gives what the check of the month found, except for the missing notes,
// which are named above.
func (d *draft) findings() []string {
	var lines []string
	for _, f := range d.Findings {
		if f.Rule != compile.MissingNote {
			lines = append(lines, "- "+d.line(f.String()))
		}
	}
	return lines
}

// mostLinks is how many of the items that were left out for one reason are
// linked; the ledger has all.
const mostLinks = 10

// leftOut counts the items that are not told, by reason.
func (d *draft) leftOut() []string {
	links := map[compile.Reason][]string{}
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
		line := "- " + count(len(of), "item") + " left out (" + d.line(string(reason)) + "): " + strings.Join(of[:min(len(of), mostLinks)], ", ")
		if more := len(of) - mostLinks; more > 0 {
			line += fmt.Sprintf(" and %d more in the ledger", more)
		}
		lines = append(lines, line)
	}
	return lines
}
