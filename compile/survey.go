package compile

import "slices"

// survey is what the notes of a month say together on where things are, so that one
// thing has one place in it, though one note forgets a link or a heading.
type survey struct {
	milestones *naming
	epics      *naming
	parents    map[name]*ballot // milestones of epics, by their page and by their title
	twice      map[string]bool  // pages that one note gives to epics of different titles
}

// newSurvey looks at the headings of the notes' entries, in the order of time.
func newSurvey(planned []*thing, entries []entry) *survey {
	s := &survey{parents: map[name]*ballot{}, twice: sharedPages(entries)}
	s.milestones = newNaming(planned, namesIn(entries, MilestoneLevel, nameOf))
	for _, e := range entries {
		for i, h := range e.Path {
			if h.Level == EpicLevel {
				milestone := s.milestoneAbove(e.Path[:i])
				s.ballotOf(s.pageKey(h)).vote(e.week, milestone)
				s.ballotOf(name{title: normalTitle(h.Title)}).vote(e.week, milestone)
			}
		}
	}
	s.epics = newNaming(nil, namesIn(entries, EpicLevel, s.epicName))
	return s
}

// relevel makes the headings epics that another note has as epics: a note may forget
// the milestone above one, and an entry below a milestone's page of the site is an epic,
// which it is not below a GitHub milestone. Pages of the roadmap's milestones stay what
// they are.
func (t *tree) relevel(entries []entry) {
	epics := epicsOf(entries)
	for i := range entries {
		path := slices.Clone(entries[i].Path)
		for j, h := range path {
			if t.isEpicElsewhere(h, path[:j], epics) {
				path[j].Level = EpicLevel
			}
		}
		entries[i].Path = path
	}
}

// epicsOf gives the issues that are headings of epics, and the titles of epics that
// stand right below a milestone and have no page.
func epicsOf(entries []entry) map[name]bool {
	epics := map[name]bool{}
	for _, e := range entries {
		for i, h := range e.Path {
			_, isIssue := ParseRef(h.URL)
			if h.Level == EpicLevel && (isIssue || h.URL == "" && isBelowMilestone(e.Path[:i])) {
				epics[epicKey(h)] = true
			}
		}
	}
	return epics
}

// epicKey names an epic by its page, else by its title.
func epicKey(h Heading) name {
	if h.URL != "" {
		return name{page: canonicalURL(h.URL)}
	}
	return name{title: normalTitle(h.Title)}
}

func isBelowMilestone(above []Heading) bool {
	return len(above) > 0 && above[len(above)-1].Level == MilestoneLevel
}

// isEpicElsewhere reports whether a heading that is no epic is one in another note.
func (t *tree) isEpicElsewhere(h Heading, above []Heading, epics map[name]bool) bool {
	if !epics[epicKey(h)] {
		return false
	}
	switch known := t.pages[canonicalURL(h.URL)]; h.Level {
	case MilestoneLevel:
		return h.URL != "" && (known == nil || known.milestone == nil)
	case TaskLevel:
		return isBelowMilestone(above)
	}
	return false
}

// namesIn gives the names of the headings of a level.
func namesIn(entries []entry, level Level, named func(h Heading, above []Heading) name) []mention {
	var all []mention
	for _, e := range entries {
		for i, h := range e.Path {
			if h.Level == level && e.fromNote() {
				all = append(all, mention{e.Source.Note, named(h, e.Path[:i])})
			}
		}
	}
	return all
}

// nameOf gives the name of a heading that is not part of a milestone.
func nameOf(h Heading, above []Heading) name {
	return name{area: areaKey(areas(above)), title: normalTitle(h.Title), page: canonicalURL(h.URL)}
}

// milestoneAbove gives the milestone of the innermost heading that names one; nil
// if none does. A heading without a level may have the title of a milestone.
func (s *survey) milestoneAbove(path []Heading) *thing {
	for i, h := range slices.Backward(path) {
		if m := s.milestoneOf(h, path[:i]); m != nil {
			return m
		}
	}
	return nil
}

// milestoneOf gives the milestone that a heading names; nil if it names none.
func (s *survey) milestoneOf(h Heading, above []Heading) *thing {
	switch n := nameOf(h, above); h.Level {
	case MilestoneLevel:
		return s.milestones.of[n]
	case AreaLevel:
		return s.milestones.find(n)
	}
	return nil
}

// epicName gives the name of an epic's heading: under the milestone that the notes
// of the month give it, else in its area.
func (s *survey) epicName(h Heading, above []Heading) name {
	n := nameOf(h, above)
	if m := s.parent(h, above); m != nil {
		n.under, n.area = s.milestones.id(MilestoneLevel, m), ""
	}
	return n
}

// parent gives the milestone of an epic. One address has one; a title without an
// address has the one that stands above it, else the only one that stands above it
// elsewhere.
func (s *survey) parent(h Heading, above []Heading) *thing {
	if h.URL != "" {
		if winner := s.ballotOf(s.pageKey(h)).winner(); winner != nil {
			return winner
		}
	}
	own, others := s.milestoneAbove(above), s.ballotOf(name{title: normalTitle(h.Title)}).places
	if own == nil && len(others) == 1 {
		return others[0]
	}
	return own
}

// pageKey gives the page of an epic's heading, with its title where the page alone
// does not tell.
func (s *survey) pageKey(h Heading) name {
	key := name{page: canonicalURL(h.URL)}
	if key.page == "" || s.twice[key.page] {
		key.title = normalTitle(h.Title)
	}
	return key
}

// ballotOf gives the votes on the milestone of an epic, by its page or its title.
func (s *survey) ballotOf(key name) *ballot {
	if s.parents[key] == nil {
		s.parents[key] = &ballot{}
	}
	return s.parents[key]
}

// sharedPages gives the pages that one note gives to epics of different titles: one
// of its links must be wrong.
func sharedPages(entries []entry) map[string]bool {
	type page struct{ note, address string }
	titles, shared := map[page]string{}, map[string]bool{}
	for _, e := range entries {
		for _, h := range e.Path {
			if h.URL == "" || h.Level != EpicLevel {
				continue
			}
			at, title := page{e.Source.Note, canonicalURL(h.URL)}, normalTitle(h.Title)
			if other, found := titles[at]; found && other != title {
				shared[at.address] = true
			}
			titles[at] = title
		}
	}
	return shared
}

// ballot counts the weeks in which notes put something at a place.
type ballot struct {
	places []*thing // in the order in which they were named
	weeks  map[*thing][]Day
}

// vote counts a week for a place; nil is none and does not count.
func (b *ballot) vote(week Day, place *thing) {
	if place == nil {
		return
	}
	if b.weeks == nil {
		b.weeks = map[*thing][]Day{}
	}
	if b.weeks[place] == nil {
		b.places = append(b.places, place)
	}
	if !slices.Contains(b.weeks[place], week) {
		b.weeks[place] = append(b.weeks[place], week)
	}
}

// winner gives the place of most weeks, among equals the newest; nil without votes.
func (b *ballot) winner() *thing {
	var best *thing
	for _, p := range b.places {
		if best == nil || len(b.weeks[p]) > len(b.weeks[best]) ||
			len(b.weeks[p]) == len(b.weeks[best]) && slices.MaxFunc(b.weeks[p], Day.Compare).After(slices.MaxFunc(b.weeks[best], Day.Compare)) {
			best = p
		}
	}
	return best
}
