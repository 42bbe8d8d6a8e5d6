package compile

import (
	"regexp"
	"slices"
	"strings"
)

// naming knows which headings of the notes name one milestone or epic: those of the
// same normalised title or of the same page, whose name may be the title, unless one note has both side by side.
// A title counts before an address, as an address is copied by mistake more easily
// than a title.
type naming struct {
	things []*thing
	of     map[name]*thing
	titles map[name][]*thing        // by a name without page and area
	pages  map[name][]*thing        // by a name without title and area
	notes  map[name]map[string]bool // that have a name
}

// thing is what one or more names mean.
type thing struct {
	planned bool    // the roadmap has it
	holder  *holder // nil until it is placed
	names   []name  // in the order of time
}

// name is how a heading names a milestone or an epic.
type name struct {
	under ID     // the milestone of an epic; zero if it has none, and for a milestone
	area  string // headings above it; empty for an epic of a milestone
	title string // normalised
	page  string // canonical address; empty if the heading has no link
}

func (n name) byTitle() name { return name{under: n.under, title: n.title} }
func (n name) byPage() name  { return name{under: n.under, page: n.page} }

var yearPrefix = regexp.MustCompile(`^\d{4}-`)

// byPageTitle gives the name by the title from which the page of a site has its
// name, as in "2025-quic-transport.md". Its title is empty for other pages.
func (n name) byPageTitle() name {
	if strings.ContainsAny(n.page, ":#/") {
		return name{under: n.under}
	}
	return name{under: n.under, title: normalTitle(strings.ReplaceAll(yearPrefix.ReplaceAllString(n.page, ""), "-", " "))}
}

// mention is a name in a note.
type mention struct {
	note string
	name name
}

// newNaming settles what the names mean that the notes mention, given in the order
// of time, beside what is known already.
func newNaming(known []*thing, mentions []mention) *naming {
	n := &naming{of: map[name]*thing{}, titles: map[name][]*thing{}, pages: map[name][]*thing{}, notes: map[name]map[string]bool{}}
	for _, t := range known {
		n.things = append(n.things, t)
		for _, k := range t.names {
			n.file(k, t)
		}
	}
	for _, m := range mentions {
		if n.notes[m.name] == nil {
			n.notes[m.name] = map[string]bool{}
		}
		n.notes[m.name][m.note] = true
	}
	for _, m := range mentions {
		if n.of[m.name] == nil {
			t := n.thingOf(m.name)
			if !slices.Contains(t.names, m.name) {
				t.names = append(t.names, m.name)
			}
		}
	}
	return n
}

// thingOf gives the thing that a name means. One that the notes do not mention, as it
// is only a label, means what they call so.
func (n *naming) thingOf(k name) *thing {
	if n.of[k] == nil {
		t := n.find(k)
		if t == nil {
			t = &thing{names: []name{k}}
			n.things = append(n.things, t)
		}
		n.file(k, t)
	}
	return n.of[k]
}

// file makes a name mean a thing.
func (n *naming) file(k name, t *thing) {
	if n.of[k] == nil {
		n.of[k] = t
	}
	for _, title := range []name{k.byTitle(), k.byPageTitle()} {
		if title.title != "" && !slices.Contains(n.titles[title], t) {
			n.titles[title] = append(n.titles[title], t)
		}
	}
	if k.page != "" && !slices.Contains(n.pages[k.byPage()], t) {
		n.pages[k.byPage()] = append(n.pages[k.byPage()], t)
	}
}

// find gives the thing that a name means: the one of its title, else of its page.
// nil if there is none.
func (n *naming) find(k name) *thing {
	same := n.titles[k.byTitle()]
	if k.page != "" {
		same = slices.Concat(same, n.pages[k.byPage()], n.titles[k.byPageTitle()])
	}
	i := slices.IndexFunc(same, func(t *thing) bool {
		return !slices.ContainsFunc(t.names, func(other name) bool { return n.areBeside(k, other) })
	})
	if i < 0 {
		return nil
	}
	return same[i]
}

// areBeside reports whether one note has two names for two things: names of
// different titles, of one title with different pages, or of one title without a
// page in different areas.
func (n *naming) areBeside(a, b name) bool {
	if a.title == b.title && (a.page == b.page && (a.page != "" || a.area == b.area) || (a.page == "") != (b.page == "")) {
		return false
	}
	for note := range n.notes[a] {
		if n.notes[b][note] {
			return true
		}
	}
	return false
}

// id identifies a thing by its first page, else by its first title. The title
// decides too where another thing has the same page, as one of the links must be
// wrong.
func (n *naming) id(level Level, t *thing) ID {
	first := t.names[0]
	id := ID{Level: level, Page: t.page()}
	if id.Page == "" || len(n.pages[name{under: first.under, page: id.Page}]) > 1 {
		id.Title = first.title
	}
	switch {
	case first.under != ID{}:
		id.Under = first.under.inside()
	case id.Page == "":
		id.Under = first.area
	}
	return id
}

// page gives the first page by which the notes name a thing; empty if they have none.
func (t *thing) page() string {
	for _, k := range t.names {
		if k.page != "" {
			return k.page
		}
	}
	return ""
}
