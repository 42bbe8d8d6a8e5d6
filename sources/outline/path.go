package outline

import (
	"slices"

	"github.com/waku-org/monthly/compile"
)

// path is what a statement stands under, from the outside in: the open headings,
// then the open entries.
type path struct {
	headings []heading // of rising levels
	entries  []header  // opened below the headings by bold lines, links and items
}

type heading struct {
	level int
	header
}

// leave closes the headings of a level and below, with all entries, and reports
// whether there was one.
func (p *path) leave(level int) bool {
	kept := slices.IndexFunc(p.headings, func(h heading) bool { return h.level >= level })
	if kept < 0 {
		return false
	}
	p.headings, p.entries = p.headings[:kept], nil
	return true
}

// open opens a heading, which closes those of its level and below and all entries.
func (p *path) open(level int, h header) {
	p.leave(level)
	p.entries = nil
	if h.explicit {
		p.demote(h.Level)
	} else {
		h.Level = p.headingLevel(h)
	}
	p.headings = append(p.headings, heading{level, h})
}

// enter opens an entry at the margin. It closes the one before, unless that is a
// "Milestone: X" that may hold it.
func (p *path) enter(h header) {
	kept := slices.IndexFunc(p.entries, func(e header) bool {
		return !e.explicit || e.URL != "" || h.explicit && h.Level <= e.Level
	})
	if kept >= 0 {
		p.entries = p.entries[:kept]
	}
	p.nest(h)
}

// nest opens an entry in those that are open.
func (p *path) nest(h header) {
	if h.explicit {
		p.demote(h.Level)
	} else {
		h.Level = p.entryLevel(h)
	}
	p.entries = append(slices.Clip(p.entries), h)
}

// lead opens an entry that heads what stands behind it, and closes the one that did
// before.
func (p *path) lead(h header) {
	if i := slices.IndexFunc(p.entries, func(e header) bool { return e.leads }); i >= 0 {
		p.entries = p.entries[:i]
	}
	h.leads = true
	p.nest(h)
}

// headers gives all that is open.
func (p *path) headers() []header {
	var all []header
	for _, h := range p.headings {
		all = append(all, h.header)
	}
	return append(all, p.entries...)
}

// inIssue reports whether the innermost step is a task that has a page.
func (p *path) inIssue() bool {
	all := p.headers()
	return len(all) > 0 && all[len(all)-1].Level == compile.TaskLevel && all[len(all)-1].repo() != compile.Repo{}
}

// update begins the update of the path. What stands above a milestone or an epic is
// not a task.
func (p *path) update(line int) *compile.Update {
	u := &compile.Update{Source: compile.Source{Line: line}, Summary: p.isSummary()}
	for _, h := range p.headers() {
		if u.Labels = h.labels; !u.Summary || !h.summary {
			u.Path = append(u.Path, h.Heading)
		}
	}
	below := false // a milestone or an epic is
	for i, h := range slices.Backward(u.Path) {
		if h.Level == compile.TaskLevel && below {
			u.Path[i].Level = compile.AreaLevel
		}
		below = below || h.Level == compile.MilestoneLevel || h.Level == compile.EpicLevel
	}
	return u
}
