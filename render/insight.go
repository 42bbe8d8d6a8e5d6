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
	var missing, coming []string
	notes := 0
	for _, w := range d.Weeks {
		notes += len(w.Notes)
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
	if notes > 0 {
		from = append(from, count(notes, "weekly note"))
	}
	if len(comments) > 0 || notes == 0 {
		from = append(from, count(len(comments), "update comment"))
	}
	s := "Draft from " + spoken(from) + ": " + d.account()
	if len(missing) > 0 && notes > 0 {
		s += " No weekly note for " + spoken(missing) + "."
	}
	if len(coming) > 0 {
		s += " Not over yet: the " + plural(len(coming), "week") + " to " + spoken(coming) + "."
	}
	if !d.HasBefore {
		s += " Last month is unread: ages count from this month."
	}
	return s + " Delete what you do not publish."
}

// account gives the ledger as a sentence.
func (d *draft) account() string {
	l := d.Ledger
	if len(l.LeftOut) == 0 {
		return count(l.Placed, "statement") + ", each once, none left out."
	}
	return fmt.Sprintf("%s, each once; %s left out (see Insight).", count(l.Placed, "statement"), count(len(l.LeftOut), "item"))
}

// Insight describes the state of the reporting itself.
func (d *draft) Insight() []string {
	lines := d.weeksWithoutNote()
	without := map[*compile.Task]bool{}
	for at := range d.All {
		if at.Milestone == nil && at.Section.Level == compile.WorkLevel && at.Task != nil {
			without[at.Task] = true
		}
	}
	if n := len(without); n > 0 {
		lines = append(lines, "- "+count(n, "task")+" without an epic (Other Work)")
	}
	var orphans []string
	for i := range d.Other {
		if s := &d.Other[i]; !s.IsGroup() && (!s.Empty() || s.State == "open") {
			orphans = append(orphans, d.title(s.Title, s.URL))
		}
	}
	if len(orphans) > 0 {
		lines = append(lines, "- "+count(len(orphans), "epic")+" without a milestone: "+some(orphans, mostLinks))
	}
	findings, left := d.findings(), d.leftOut()
	if len(findings) <= mostFindings {
		lines = append(lines, findings...)
	} else {
		lines = append(append(lines, findings[:mostFindings]...), "- "+count(len(findings)-mostFindings, "finding")+" more, named below")
	}
	if len(left) > 0 {
		lines = append(lines, "- "+count(len(d.Ledger.LeftOut), "item")+" left out, named below")
	}
	return lines
}

// mostFindings is how many findings are told before the others are folded.
const mostFindings = 3

// Details gives what the insight does not tell in full: more findings, and what was left
// out.
func (d *draft) Details() []string {
	findings := d.findings()
	return slices.Concat(findings[min(len(findings), mostFindings):], d.leftOut())
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
