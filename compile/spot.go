package compile

import (
	"regexp"
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
	named  map[ID]int
	things map[int]thingOf
}

// thingOf is what is known of a numbered thing: whether it has a page, and what it is a
// part of; 0 if that is unknown.
type thingOf struct {
	paged bool
	under int
}

func newPlaces() places { return places{map[ID]int{}, map[int]thingOf{}} }

// spot gives the numbers of a place. The groups of other work by its kind are no
// place: what stands in them has nothing in common.
func (p places) spot(at Where) spot {
	var s spot
	if m := at.Milestone; m != nil {
		s.milestone = p.number(MilestoneLevel, 0, m.URL, m.Title)
	}
	if g := at.Section; g != nil && g.Level != WorkLevel {
		s.section = p.number(EpicLevel, s.milestone, g.URL, g.path())
	}
	if t := at.Task; t != nil {
		s.task = p.number(TaskLevel, max(s.section, s.milestone), t.URL, t.Title)
	}
	return s
}

var year = regexp.MustCompile(`\b20\d\d\b`)

// path gives the title of a section, for an area behind those of the areas above it. A
// heading that names a year is of one note only.
func (s *Section) path() string {
	if s.Level != AreaLevel {
		return s.Title
	}
	above := slices.DeleteFunc(slices.Clone(s.Area), year.MatchString)
	return strings.Join(append(above, s.Title), " > ")
}

// number gives the number of a thing under another: that of its page, else that of
// its title. Two things that have a page each are one only if it is the same, and two
// that stand under another each only if that is the same.
func (p places) number(level Level, under int, url, title string) int {
	page := ID{Level: level, Page: canonicalURL(url)}
	if n := p.named[page]; n != 0 && url != "" {
		return n
	}
	names := []ID{
		{Level: level, Title: normalTitle(title), Under: strconv.Itoa(under)},
		{Level: level, Title: normalTitle(title)},
	}
	n := len(p.things) + 1
	for _, name := range names {
		if same := p.named[name]; same != 0 && p.things[same].mayBe(url != "", under) {
			n = same
			break
		}
	}
	if url != "" {
		names = append(names, page)
	}
	for _, name := range names {
		if p.named[name] == 0 {
			p.named[name] = n
		}
	}
	known := p.things[n]
	p.things[n] = thingOf{known.paged || url != "", max(known.under, under)}
	return n
}

// mayBe reports whether a thing of the same title may be the known one.
func (t thingOf) mayBe(paged bool, under int) bool {
	return !(t.paged && paged) && (t.under == under || t.under*under == 0)
}
