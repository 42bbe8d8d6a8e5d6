package compile

import (
	"slices"
	"strconv"
	"strings"
)

// spot is where a statement stands, in numbers that mean the same in two reports; 0
// is nowhere.
type spot struct{ milestone, section, task int }

// nearness says how near two spots are.
type nearness int

// From afar to one and the same.
const (
	elsewhere nearness = iota
	beside             // in one milestone, or on two tasks of one epic or area
	inSection          // in one epic or area, or on the milestone itself, not on two tasks
	inTask
)

// to gives how near two statements stand.
func (s spot) to(t spot) nearness {
	oneTask := s.task != 0 && s.task == t.task
	oneSection := s.section != 0 && s.section == t.section
	oneMilestone := s.milestone != 0 && s.milestone == t.milestone
	switch direct := s.section+t.section == 0; {
	case oneTask:
		return inTask
	case (oneSection || oneMilestone && direct) && s.task*t.task == 0:
		return inSection
	case oneSection || oneMilestone:
		return beside
	}
	return elsewhere
}

// anywhere is the place that holds all.
const anywhere = 0

// numbers gives the places that a statement stands in, the inmost first, and
// anywhere.
func (s spot) numbers() []int {
	inner := slices.DeleteFunc([]int{s.task, s.section, s.milestone}, func(n int) bool { return n == 0 })
	return append(inner, anywhere)
}

// places numbers the things of two reports by their pages and by their titles.
type places struct {
	named map[ID]int
	paged map[int]bool // those that have a page
}

func newPlaces() places { return places{map[ID]int{}, map[int]bool{}} }

// spot gives the numbers of a place. The groups of other work by its kind are no
// place: what stands in them has nothing in common.
func (p places) spot(at Where) spot {
	var s spot
	if m := at.Milestone; m != nil {
		s.milestone = p.number(MilestoneLevel, 0, m.URL, m.Title)
	}
	if g := at.Section; g != nil && g.Level != WorkLevel {
		s.section = p.number(g.Level, s.milestone, g.URL, strings.Join(append(g.Area[:len(g.Area):len(g.Area)], g.Title), " > "))
	}
	if t := at.Task; t != nil {
		s.task = p.number(TaskLevel, max(s.section, s.milestone), t.URL, t.Title)
	}
	return s
}

// number gives the number of a thing under another: that of its page, else that of
// its title. Two things with a page each are one only if it is the same.
func (p places) number(level Level, under int, url, title string) int {
	byTitle := ID{Level: level, Title: normalTitle(title), Under: strconv.Itoa(under)}
	n := p.named[byTitle]
	byPage := ID{Level: level, Page: canonicalURL(url)}
	if url != "" {
		if same := p.named[byPage]; same != 0 || p.paged[n] {
			n = same
		}
	}
	if n == 0 {
		n = len(p.named) + 1
	}
	if url != "" {
		p.named[byPage], p.paged[n] = n, true
	}
	if p.named[byTitle] == 0 {
		p.named[byTitle] = n
	}
	return n
}
