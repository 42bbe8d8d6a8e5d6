package render

import (
	"cmp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// Orphans are the epics without a milestone of which something is told.
func (d *draft) Orphans() []compile.Section {
	return d.other(func(s *compile.Section) bool { return s.Level == compile.EpicLevel })
}

// Areas are the groups of work by the headings of the notes.
func (d *draft) Areas() []compile.Section {
	return d.other(func(s *compile.Section) bool { return s.Level == compile.AreaLevel })
}

// OtherWork are the groups of work by its kind, then what has no kind, without
// a title.
func (d *draft) OtherWork() []compile.Section {
	groups := d.other(func(s *compile.Section) bool { return s.Level == compile.WorkLevel })
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

// also names the tasks of an epic that are told under another.
func (d *draft) also(mentions []compile.Mention) string {
	var names []string
	for _, m := range mentions {
		names = append(names, d.taskTitle(m.Task)+" (told under "+d.line(m.Under)+")")
	}
	return strings.Join(names, " · ")
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
