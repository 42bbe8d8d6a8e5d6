package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// figures count how well a draft keeps the places, kinds and weeks of its notes.
type figures struct {
	leaves        int // that are told
	milestones    int // of them, under the milestone that the notes give
	kinds         int // of them, of the kind that the notes give
	forged        int // weeks of statements in which no note says them
	labels        int // told as statements
	twoPlaces     int // things that stand at two
	falseFindings int // sentences on the reporting that are not true
}

func (f *figures) add(g figures) {
	f.leaves += g.leaves
	f.milestones += g.milestones
	f.kinds += g.kinds
	f.forged += g.forged
	f.labels += g.labels
	f.twoPlaces += g.twoPlaces
	f.falseFindings += g.falseFindings
}

func (f figures) String() string {
	percent := func(n int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(max(1, f.leaves))) }
	return fmt.Sprintf("%d leaves; milestone right %s, kind right %s; forged weeks %d, labels told %d, in two places %d, false sentences %d",
		f.leaves, percent(f.milestones), percent(f.kinds), f.forged, f.labels, f.twoPlaces, f.falseFindings)
}

// meter measures a draft of notes alone.
type meter struct {
	*checker
	figures
	lines  map[string][]placed // by note
	faults []string
	under  map[int]bool   // statements that stand under a milestone
	parts  map[string]int // how often a title stands at a place
}

func measure(e evidence, d jsonDraft) *meter {
	m := &meter{checker: newChecker(e, d), lines: map[string][]placed{}, under: map[int]bool{}, parts: map[string]int{}}
	for i := range (jsonDraft{Milestones: d.Milestones}).told() {
		m.under[len(d.Highlights)+i] = true
	}
	for name, note := range e.notes {
		m.lines[name] = placedLeaves(note)
	}
	for name := range m.lines {
		m.measureNote(name)
	}
	m.measureStatements()
	m.measurePlaces()
	m.measureFindings()
	slices.Sort(m.faults)
	return m
}

func (m *meter) fault(counter *int, format string, args ...any) {
	*counter++
	m.faults = append(m.faults, fmt.Sprintf(format, args...))
}

// measureNote compares each leaf of a note with the statement that tells it.
func (m *meter) measureNote(name string) {
	for _, l := range m.lines[name] {
		if l.role == filler {
			continue
		}
		i, found := m.tells(name, l.leaf)
		if !found {
			continue
		}
		m.leaves++
		if m.milestones++; !m.atMilestone(i, l) {
			m.milestones--
			title, _ := l.milestone()
			m.faults = append(m.faults, fmt.Sprintf("%s:%d: milestone: under %q, not %q: %s", name, l.number, m.told[i].above[0].Title, title.line, l.line))
		}
		if m.kinds++; m.told[i].Kind != l.kind {
			m.kinds--
			m.faults = append(m.faults, fmt.Sprintf("%s:%d: kind: %s, not %s: %s", name, l.number, m.told[i].Kind, l.kind, l.line))
		}
	}
}

// tells gives the statement that tells a line of a note.
func (m *meter) tells(note string, l leaf) (i int, found bool) {
	for up := range longest {
		if level(l.line) > 0 && up > 0 {
			break
		}
		if all := m.saying(jsonSource{Note: note, Line: l.number - up}, l); len(all) > 0 {
			return all[0], true
		}
	}
	return 0, false
}

// atMilestone reports whether a statement stands under the milestone that the note of
// a leaf gives it, or another note gives to what the leaf is a part of.
func (m *meter) atMilestone(i int, l placed) bool {
	if isHighlight := i < len(m.draft.Highlights); isHighlight || l.summary {
		return isHighlight == l.summary
	}
	want, found := m.milestoneOf(l)
	if !m.under[i] {
		return !found
	}
	top := m.told[i].above[0]
	if found && m.isCalled(top, want) {
		return true
	}
	return m.elsewhereUnder(top, l) || m.saidUnder(top, l)
}

// saidUnder reports whether another note has the words of a leaf under a milestone.
func (m *meter) saidUnder(top jsonNode, l placed) bool {
	for _, lines := range m.lines {
		for _, other := range lines {
			if title, found := other.milestone(); found && len(l.words) >= 24 && strings.Contains(other.words, l.words) && m.isCalled(top, title) {
				return true
			}
		}
	}
	return false
}

// milestoneOf gives the milestone of a leaf: the one above it, or a title above it that
// other notes have as a milestone.
func (m *meter) milestoneOf(l placed) (leaf, bool) {
	if title, found := l.milestone(); found {
		return title, true
	}
	for _, o := range slices.Backward(l.above) {
		if o.kind == "" && o.depth < 10 && m.isMilestone(o.title) {
			return o.title, true
		}
	}
	return leaf{}, false
}

// isMilestone reports whether a note of the month has a title as a milestone.
func (m *meter) isMilestone(title leaf) bool {
	return m.anyTitle(func(o open, _ []open) bool {
		return o.level == milestoneLevel && title.words != "" && o.title.words == title.words
	})
}

// anyTitle reports whether a title of any note is as wanted.
func (m *meter) anyTitle(wanted func(o open, above []open) bool) bool {
	for _, lines := range m.lines {
		for _, l := range lines {
			mine := append(slices.Clone(l.above), l.self())
			for i, o := range mine {
				if o.kind == "" && o.title.role != statement && wanted(o, mine[:i]) {
					return true
				}
			}
		}
	}
	return false
}

// isCalled reports whether a node of the draft is what a note calls so.
func (m *meter) isCalled(n jsonNode, title leaf) bool {
	return title.meansSame(leaf{words: letters(plain(n.Title)), page: n.URL}) || slices.Contains(m.draft.alsoCalled(n.Title), title.words)
}

// elsewhereUnder reports whether another note has a part of the work that stands above
// a leaf, or the leaf itself, under a milestone.
func (m *meter) elsewhereUnder(top jsonNode, l placed) bool {
	return m.anyTitle(func(o open, above []open) bool {
		if !slices.ContainsFunc(above, func(a open) bool { return a.level == milestoneLevel && m.isCalled(top, a.title) }) {
			return false
		}
		return slices.ContainsFunc(l.above, func(mine open) bool {
			return mine.kind == "" && mine.title.role != statement && mine.title.isPart() && (mine.title.meansSame(o.title) || m.isLabelled(mine.title, o.title))
		})
	})
}

// isLabelled reports whether a note gives a title the label of an epic.
func (m *meter) isLabelled(title, epic leaf) bool {
	return m.anyTitle(func(o open, _ []open) bool { return o.title.meansSame(title) && o.title.isLabelled(epic) })
}

// measureStatements looks for weeks in which nobody said a statement, and for labels
// that are told as statements.
func (m *meter) measureStatements() {
	for _, s := range m.told {
		for _, week := range s.Weeks {
			if !m.saidIn(week, s) {
				m.fault(&m.forged, "forged week %s: %s", week, s.Text)
			}
		}
		for _, src := range s.Sources {
			if i := slices.IndexFunc(m.lines[src.Note], func(l placed) bool { return l.number == src.Line && m.isLabel(src.Note, l) }); i >= 0 {
				m.fault(&m.labels, "%s:%d: label told: %s", src.Note, src.Line, s.Text)
				break
			}
		}
	}
}

// saidIn reports whether the notes of a week have all lines of a statement.
func (m *meter) saidIn(week string, s told) bool {
	var said strings.Builder
	for name, lines := range m.checker.lines {
		if strings.HasPrefix(name, week) {
			said.WriteString(strings.Join(lines, ""))
		}
	}
	return !slices.ContainsFunc(leaves(s.Text), func(l leaf) bool {
		return !strings.Contains(said.String(), l.words) && !strings.Contains(said.String(), withoutLabel(said.String(), l))
	})
}

// longLabel is how many words a label has at most. A line of more says something.
const longLabel = 9

// isLabel reports whether a leaf is only a title of the items below it.
func (m *meter) isLabel(note string, l placed) bool {
	if l.role != title && l.role != heading || len(strings.Fields(plain(l.line))) > longLabel && l.page == "" {
		return false
	}
	return slices.ContainsFunc(m.lines[note], func(below placed) bool {
		return slices.ContainsFunc(below.above, func(o open) bool { return o.title.number == l.number })
	})
}

// measurePlaces looks for what stands at two places of a draft, though no note has it
// side by side: a page, a title of one level, and a statement.
func (m *meter) measurePlaces() {
	seen := map[string]string{}
	place := func(key, what, where string) {
		if other, found := seen[key]; found && other != where {
			m.fault(&m.twoPlaces, "two places: %s: %s and %s", what, other, where)
			return
		}
		seen[key] = where
	}
	m.draft.walk(func(path []jsonNode) {
		n := path[len(path)-1]
		where := pathOf(path)
		if n.URL != "" && !m.sideBySide(n.URL) {
			place("page "+pageName(n.URL), n.Title, where)
		}
		if part := pathOf(path); !n.Group && len(path) > 1 && n.URL == "" {
			m.parts[part]++
			if m.parts[part] == 2 {
				m.fault(&m.twoPlaces, "two places: %s", part)
			}
		}
		if !n.Group && len(path) == 1 {
			place("milestone "+letters(plain(n.Title)), n.Title, where+n.URL)
		}
		for _, s := range n.Items {
			if words := letters(plain(s.Text)); len(words) >= 30 && !m.saidTwice(words) {
				place("statement "+s.Kind+words, s.Text, where)
			}
		}
	})
}

func pathOf(path []jsonNode) string {
	var titles []string
	for _, n := range path {
		titles = append(titles, strings.Join(append(slices.Clone(n.Area), n.Title), " / "))
	}
	return strings.Join(titles, " › ")
}

// sideBySide reports whether one note gives a page to several titles, or a title with
// a page at several places.
func (m *meter) sideBySide(page string) bool {
	for _, note := range m.notes {
		if strings.Count(note, pageName(page)+")")+strings.Count(note, pageName(page)+".md)") > 1 {
			return true
		}
	}
	return false
}

// saidTwice reports whether one note has the words twice.
func (m *meter) saidTwice(words string) bool {
	for _, note := range m.notes {
		n := 0
		for _, l := range leaves(note) {
			if strings.Contains(words, l.words) && strings.HasPrefix(words, l.words) {
				n++
			}
		}
		if n > 1 {
			return true
		}
	}
	return false
}

var (
	quotedPart = regexp.MustCompile(`"([^"]*)"`)
	dayPart    = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)
)

// measureFindings checks what the draft says of the reporting against the notes.
func (m *meter) measureFindings() {
	seen := map[string]bool{}
	for _, f := range m.draft.Findings {
		text := f.Rule + " " + f.Place + ": " + f.What
		if seen[text] || !m.isTrue(f.Rule, f.Place, f.What) {
			m.fault(&m.falseFindings, "false sentence: %s", text)
		}
		seen[text] = true
	}
	for _, q := range m.draft.Silent {
		var above []jsonNode
		for _, title := range append([]string{q.Milestone}, q.Area...) {
			if title != "" {
				above = append(above, jsonNode{Title: title})
			}
		}
		if m.hasWordAfter(q.Last, jsonNode{Title: q.Title, URL: q.URL}, above) {
			m.fault(&m.falseFindings, "silent since %q, though it is not: %s › %s", q.Last, q.Milestone, q.Title)
		}
	}
	m.draft.walk(func(path []jsonNode) {
		n := path[len(path)-1]
		if n.silent() && m.hasWord(n, path[:min(1, len(path)-1)]) {
			m.fault(&m.falseFindings, "without update, though it has one: %s", pathOf(path))
		}
	})
}

// silent reports whether nothing is told of a node and of what stands below it.
func (n jsonNode) silent() bool {
	return !n.Group && len(n.Items)+len(n.Also) == 0 && !slices.ContainsFunc(slices.Concat(n.Tasks, n.Epics), func(n jsonNode) bool { return !n.silent() })
}

// hasWord reports whether a note has a statement under a title.
func (m *meter) hasWord(n jsonNode, above []jsonNode) bool { return m.hasWordAfter("", n, above) }

// hasWordAfter is hasWord for the notes after a day.
func (m *meter) hasWordAfter(day string, n jsonNode, above []jsonNode) bool {
	for name, lines := range m.lines {
		if name[:len(time.DateOnly)] <= day {
			continue
		}
		for _, l := range lines {
			if l.role == filler || l.summary {
				continue
			}
			if _, told := m.tells(name, l.leaf); told && slices.ContainsFunc(l.above, func(o open) bool {
				return o.kind == "" && o.title.words != "" && o.title.words == letters(plain(n.Title))
			}) && m.standsUnderAll(l, above) {
				return true
			}
		}
	}
	return false
}

// standsUnderAll reports whether the titles of nodes stand above a leaf.
func (m *meter) standsUnderAll(l placed, nodes []jsonNode) bool {
	return !slices.ContainsFunc(nodes, func(n jsonNode) bool {
		return !slices.ContainsFunc(l.above, func(o open) bool { return m.isCalled(n, o.title) })
	})
}

// isTrue checks the claim of a finding.
func (m *meter) isTrue(rule, place, what string) bool {
	day := dayPart.FindString(place)
	at, err := time.Parse(time.DateOnly, day)
	switch rule {
	case "missing-note":
		return !slices.ContainsFunc(dayPart.FindAllString(place, -1), func(day string) bool {
			at, err := time.Parse(time.DateOnly, day)
			return err != nil || m.hasNoteIn(at)
		})
	case "odd-weekday":
		return err == nil && m.hasNoteIn(at) && strings.Contains(what, at.Weekday().String())
	case "title-day":
		return !slices.ContainsFunc(strings.Split(quotedPart.FindStringSubmatch(what)[1], " – "), func(title string) bool {
			return !strings.Contains(m.notes[strings.TrimPrefix(place, "note ")], title)
		})
	case "two-titles":
		return !slices.ContainsFunc(quotedPart.FindAllStringSubmatch(what, -1), func(q []string) bool {
			return !m.anyTitle(func(o open, _ []open) bool { return strings.Contains(o.title.words, letters(plain(q[1]))) })
		})
	case "two-places":
		return m.standsAt(place, what)
	}
	return true
}

// hasNoteIn reports whether there is a note in the seven days up to a day.
func (m *meter) hasNoteIn(end time.Time) bool {
	for name := range m.notes {
		at, err := time.Parse(time.DateOnly, name[:len(time.DateOnly)])
		if err == nil && !at.After(end) && at.After(end.AddDate(0, 0, -7)) {
			return true
		}
	}
	return false
}

// standsAt checks for each place that a finding names whether the notes of its days
// have the title there.
func (m *meter) standsAt(title, what string) bool {
	parts := quotedPart.Split(what, -1)[1:]
	for i, q := range quotedPart.FindAllStringSubmatch(what, -1) {
		for _, day := range dayPart.FindAllString(parts[i], -1) {
			if !m.standsIn(day, letters(plain(title)), strings.Split(q[1], " › ")) {
				return false
			}
		}
	}
	return true
}

func (m *meter) standsIn(day, words string, above []string) bool {
	for name, lines := range m.lines {
		if !strings.HasPrefix(name, day) {
			continue
		}
		for _, l := range lines {
			mine := append(slices.Clone(l.above), l.self())
			for i, o := range mine {
				if o.title.meansSame(leaf{words: words}) && m.standsBelow(mine[:i+1], above) {
					return true
				}
			}
		}
	}
	return false
}

// standsBelow reports whether the innermost of the titles that a finding names stands
// above the last of a path, or is a label of it.
func (m *meter) standsBelow(path []open, above []string) bool {
	title := above[len(above)-1]
	own, words := path[len(path)-1].title.line, leaf{words: letters(plain(title))}
	return slices.Contains(groups, title) || strings.Contains(own, title) || slices.ContainsFunc(path, func(o open) bool { return o.title.meansSame(words) })
}

// rightPlaces is the part of the leaves of a month that must stand under the milestone
// that their notes give, in percent. A line can be read in two ways.
const rightPlaces = 98

// Every line of every note is told under the milestone and of the kind that its note
// gives it, only in the weeks in which it was said; a thing stands at one place; and
// what the draft says of the reporting is true.
func TestPlacesKindsAndWeeks(t *testing.T) {
	var sum figures
	for _, m := range noteMonths(t) {
		_, d := m.start(t).drafts()
		got := measure(m.evidence(t), d)
		t.Logf("%-24s %v", m.name, got.figures)
		sum.add(got.figures)
		require.GreaterOrEqual(t, 100*got.milestones, rightPlaces*got.leaves, "%s: %v", m.name, got.faults)
		require.Equal(t, got.leaves, got.kinds, "%s: %v", m.name, got.faults)
		require.Zero(t, got.forged, "%s: %v", m.name, got.faults)
		require.Zero(t, got.labels, "%s: %v", m.name, got.faults)
		require.Zero(t, got.twoPlaces, "%s: %v", m.name, got.faults)
		require.Zero(t, got.falseFindings, "%s: %v", m.name, got.faults)
		if testing.Verbose() {
			t.Log(strings.Join(got.faults, "\n"))
		}
	}
	t.Logf("%-24s %v", "in sum", sum)
}
