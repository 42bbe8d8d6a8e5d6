package main

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// placed is a leaf with what stands above it in its note, by plain rules of lines:
// the level of headings, the indent of items, and lines that are only a title. It
// shares no code with the program, as [leaf] does not.
type placed struct {
	leaf
	above   []open    // outermost first
	kind    string    // by the innermost key above it or in front of it, as in JSON; "note" if there is none
	summary bool      // it stands in the team's own summary of the week
	level   planLevel // if it is a title
}

// open is a heading, an item or a line that heads what stands below it.
type open struct {
	depth int // of headings below 10, of lines at the margin 10, of items from 11
	title leaf
	kind  string // if it is a key
	bare  bool   // nothing stands behind the key
	level planLevel
}

// planLevel says what a title is among the levels of work.
type planLevel int

const (
	anyLevel planLevel = iota
	milestoneLevel
	partLevel // a deliverable or an epic
)

var kindsOfKeys = []struct {
	kind  string
	words *regexp.Regexp
}{
	{"achieved", regexp.MustCompile(`(?i)^[\W_]*(?:(?:what )?(?:did we )?achieved?|completed|done|merged|finished|last week)(?:[^\pL]|$)`)},
	{"doing", regexp.MustCompile(`(?i)^[\W_]*(?:ongoing|in[ -]progress|doing|wip)(?:[^\pL]|$)`)},
	{"next", regexp.MustCompile(`(?i)^[\W_]*(?:next|planned|goals|what (?:do|will|are) \w+ (?:plan|do|doing))(?:[^\pL]|$)`)},
	{"blocker", regexp.MustCompile(`(?i)^[\W_]*(?:blockers?|blocking|blocked)(?:[^\pL]|$)`)},
	{"risk", regexp.MustCompile(`(?i)^[\W_]*risks?(?:[^\pL]|$)`)},
}

var (
	milestoneWord = regexp.MustCompile(`(?i)(?:^|\[)[*_\W]*milestone[*_\]]* ?[]:–-]`)
	partWord      = regexp.MustCompile(`(?i)(?:^|\[)[*_\W]*(?:deliverable|epic)[*_\]]* ?[]:–-]`)
	milestonePage = regexp.MustCompile(`/milestones?/\d+`)
	issuePage     = regexp.MustCompile(`^https://github\.com/([\w.-]+/[\w.-]+)/(?:issues|pull)/\d+`)
	milestoneHead = regexp.MustCompile(`(?i)milestones$`)
	epicLabels    = regexp.MustCompile(`\{E:([^{}]*)\}`)
	summaryHead   = regexp.MustCompile(`(?i)^[\W_]*(?:weekly )?(?:highlights?|summary)\b`)
)

// placedLeaves reads a note.
func placedLeaves(note string) (all []placed) {
	words := map[int]leaf{}
	for _, l := range leaves(note) {
		words[l.number] = l
	}
	lines := strings.Split(blankOut(codeBlock, visible(note)), "\n")
	r := lineReader{headed: !slices.ContainsFunc(lines, isSection)}
	for i, line := range lines {
		if l, found := words[i+1]; found || strings.TrimSpace(line) != "" {
			l.number, l.line = i+1, strings.TrimSpace(line)
			all = append(all, r.read(line, l)...)
		} else {
			r.blank = true
		}
	}
	markParts(all)
	return all
}

var codeBlock = regexp.MustCompile("(?ms)^ {0,3}```.*?^ {0,3}```")

// visible blanks out what a reader of a note does not see.
func visible(note string) string {
	return blankOut(hiddenText, blankOut(frontMatter, strings.ReplaceAll(note, "\r\n", "\n")))
}

// lineReader goes through the lines of a note.
type lineReader struct {
	open    []open
	blank   bool // a blank line stands before this one
	headed  bool // a heading was seen that is not the note's title
	wasItem bool // the last block was an item
	loose   bool // the last key stands in the same list as what it heads
}

// isSection reports whether a line is a heading that is not the note's title.
func isSection(line string) bool {
	return level(line) > 0 && !ofTheNote(strings.TrimLeft(strings.TrimSpace(line), "# "), true)
}

func (r *lineReader) read(line string, l leaf) []placed {
	text := strings.TrimSpace(line[len(blockMarks.FindString(line)):])
	isItem := listMark.MatchString(strings.TrimSpace(strings.TrimLeft(line, "> ")))
	depth := 10
	switch {
	case level(line) > 0:
		depth = level(line)
		r.headed = r.headed || isSection(line)
	case line == "":
		depth = 10 // code
	case isItem:
		depth = 11 + indent(line)
	case r.wasItem && (!r.blank || indent(line) > 0 || l.role == statement && keyOf(text) == "" && r.loose):
		depth = 1000 // goes on with the item above
	}
	r.blank = false
	if depth < 1000 {
		r.wasItem = isItem
		r.close(depth, text)
	}
	p := placed{leaf: l, above: slices.Clone(r.open), kind: r.kind(text), summary: r.inSummary()}
	if depth < 1000 {
		p.level = r.enter(depth, l, text)
	}
	if l.words == "" {
		return nil
	}
	return []placed{p}
}

// close closes what cannot be above a line. A "Milestone: X" at the margin may hold
// titles there.
func (r *lineReader) close(depth int, text string) {
	kept := slices.IndexFunc(r.open, func(o open) bool {
		if o.bare && depth == o.depth && depth > 10 && !r.headsKeys(text) {
			r.loose = true
			return false
		}
		holds := depth == 10 && o.depth == 10 && o.level == milestoneLevel && o.title.page == "" && !milestoneWord.MatchString(text)
		return o.depth >= depth && !holds
	})
	if kept >= 0 {
		r.open = r.open[:kept]
	}
}

// headsKeys reports whether a line cannot belong to a key of the same list: it is a
// key or an attribute.
func (r *lineReader) headsKeys(text string) bool {
	return keyOf(text) != "" || attribute.MatchString(text)
}

// enter opens a line for what stands below it.
func (r *lineReader) enter(depth int, l leaf, text string) planLevel {
	if boldAlone.MatchString(text) && !bareKey.MatchString(text) {
		l.role = title
	}
	o := open{depth: depth, title: l, kind: keyOf(text), bare: l.words == ""}
	r.loose = r.loose && o.kind == ""
	if l.role == statement && o.kind == "" && depth == 10 {
		return anyLevel
	}
	if o.kind == "" {
		o.level = r.levelOf(depth, l, text)
	}
	r.open = append(slices.Clip(r.open), o)
	return o.level
}

// levelOf gives the level of a title by its word, its link, and the heading above.
func (r *lineReader) levelOf(depth int, l leaf, text string) planLevel {
	inside := slices.ContainsFunc(r.open, func(o open) bool { return o.level == milestoneLevel })
	underMilestones := slices.ContainsFunc(r.open, func(o open) bool { return o.depth < 10 && milestoneHead.MatchString(o.title.words) })
	isSite := l.page != "" && !strings.Contains(l.page, ":") && !strings.HasPrefix(l.page, "#")
	switch {
	case l.role == statement:
		return anyLevel
	case partWord.MatchString(text):
		return partLevel
	case milestoneWord.MatchString(text), milestonePage.MatchString(l.page):
		return milestoneLevel
	case inside:
		return anyLevel
	case depth < 10 && (isSite || issuePage.MatchString(l.page)):
		return milestoneLevel
	case underMilestones && l.page != "" && depth <= 11 && !slices.ContainsFunc(r.open, func(o open) bool { return o.depth >= 10 }):
		return milestoneLevel
	}
	return anyLevel
}

// kind gives the kind of a line: that of its own key, else of the innermost above.
func (r *lineReader) kind(text string) string {
	if k := keyOf(text); k != "" {
		return k
	}
	for _, o := range slices.Backward(r.open) {
		if o.kind != "" {
			return o.kind
		}
	}
	return "note"
}

func (r *lineReader) inSummary() bool {
	return !r.headed || slices.ContainsFunc(r.open, func(o open) bool {
		return o.depth < 10 && summaryHead.MatchString(o.title.line[len(blockMarks.FindString(o.title.line)):])
	})
}

// keyOf gives the kind of a line that is a key or has one in front; else it is empty.
func keyOf(text string) string {
	if strings.HasPrefix(text, "[") || !key.MatchString(text) && !bareKey.MatchString(text) {
		return ""
	}
	for _, k := range kindsOfKeys {
		if k.words.MatchString(text) {
			return k.kind
		}
	}
	return ""
}

// markParts makes the heading right above a deliverable a milestone, if none is.
func markParts(all []placed) {
	milestones := map[int]bool{} // by line
	for _, p := range all {
		for i, o := range p.above {
			if o.level == partLevel && o.depth > 10 && i > 0 && p.above[i-1].depth < 10 && p.above[i-1].kind == "" &&
				!slices.ContainsFunc(p.above[:i], func(o open) bool { return o.level == milestoneLevel }) {
				milestones[p.above[i-1].title.number] = true
			}
		}
	}
	for _, p := range all {
		for i := range p.above {
			if milestones[p.above[i].title.number] {
				p.above[i].level = milestoneLevel
			}
		}
	}
}

// milestone gives the title of the innermost milestone above a leaf; found is false
// if there is none.
func (p placed) milestone() (title leaf, found bool) {
	for _, o := range slices.Backward(p.above) {
		if o.level == milestoneLevel {
			return o.title, true
		}
	}
	return leaf{}, false
}

// self gives a leaf as a step of the path to what stands below it.
func (p placed) self() open {
	return open{title: p.leaf, level: p.level}
}

// isPart reports whether a title can only be that of one piece of work, and not of an
// area that several have.
func (l leaf) isPart() bool { return len(l.words) > 12 || l.page != "" }

// isLabelled reports whether a title carries the label of an epic, "{E:name}".
func (l leaf) isLabelled(epic leaf) bool {
	return slices.ContainsFunc(epicLabels.FindAllStringSubmatch(l.line, -1), func(m []string) bool { return letters(m[1]) == epic.words })
}

// meansSame reports whether two titles are of one thing: the words are the same
// except for what teams add, or they lead to the same page.
func (l leaf) meansSame(other leaf) bool {
	both := l.words != "" && other.words != ""
	return both && (sameTitle(l.words, other.words) || sameTitle(other.words, l.words)) || l.page != "" && pageName(l.page) == pageName(other.page)
}

// pageName reduces an address to what stays of it when a page moves between
// folders, or a repository to another owner.
func pageName(page string) string {
	if m := issuePage.FindStringSubmatch(page); m != nil || milestonePage.MatchString(page) {
		return strings.Join(lastParts(page, 3), "/")
	}
	if strings.Contains(page, ":") {
		return page
	}
	return strings.TrimSuffix(path.Base(page), ".md")
}

func lastParts(page string, n int) []string {
	parts := strings.Split(page, "/")
	return parts[max(0, len(parts)-n):]
}

func TestPlacedLeaves(t *testing.T) {
	for note, want := range map[string]string{
		"## [Glazes](glazes.md)\n- [[Deliverable] Blue](https://github.com/k/pm/issues/1)\n  - next:\n    - mix":   "glazes next",
		"## Glazes\n- [Deliverable] Blue\n  - achieved: mixed":                                                     "glazes achieved",
		"# Kilns\n### [Milestone: Glazes](https://github.com/k/pm/milestone/2)\n**In progress**\n\n- mix":          "glazes doing",
		"## Research Milestones\n[Glazes](https://github.com/k/pm/issues/3)\n- Status: fine\n  - blocker: no clay": "glazes blocker",
		"## Kilns\n- Old ones:\n  - swept":                                                                                  " note",
		"**Milestone: Glazes**\n\n[Blue](https://github.com/k/app/issues/9)\n- done: mixed":                                 "milestoneglazes achieved",
		"## [Glazes](a/glazes.md)\n- x\n\n## Upkeep\n- done:\n  - swept":                                                    " achieved",
		"Completed:\n- a\n\n### Ongoing\n- swept":                                                                           " doing",
		"## Glazes\n- [Blue](https://github.com/k/pm/issues/1)\n  - achieved:\n\t- mixed\n  wrapped\n- next:\n   - fire it": " next",
	} {
		all := placedLeaves(note)
		last := all[len(all)-1]
		title, _ := last.milestone()
		require.Equal(t, want, title.words+" "+last.kind, note)
	}
}
