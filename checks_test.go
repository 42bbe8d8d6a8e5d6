package main

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// problems lists where a draft, in both its forms, does not keep what the
// program promises: nothing lost, nothing doubled, nothing forged.
func (e evidence) problems(markdown string, d jsonDraft) []string {
	c := newChecker(e, d)
	var all []string
	for name, note := range e.notes {
		all = append(all, c.checkNote(name, note)...)
	}
	for url, update := range e.comments {
		all = append(all, c.checkComment(url, update)...)
	}
	all = slices.Concat(all, c.checkRepeats(), c.checkTwins(), c.checkSources(), c.checkWeeks(), c.checkTitles(), c.checkPlaces(), c.checkLedger(), c.checkMarkdown(markdown))
	slices.Sort(all)
	return slices.Compact(all)
}

// checker is a draft beside what people wrote.
type checker struct {
	evidence
	draft    jsonDraft
	told     []told
	words    []string             // of each statement
	bySource map[jsonSource][]int // indexes into told
	names    []string             // titles, areas and labels, letters only
	shown    map[string]bool      // addresses of what has a title
	lines    map[string][]string  // of each note: as written, and letters only
}

func newChecker(e evidence, d jsonDraft) *checker {
	c := &checker{evidence: e, draft: d, told: d.told(), bySource: map[jsonSource][]int{}, shown: map[string]bool{}, lines: map[string][]string{}}
	for name, note := range e.notes {
		c.lines[name] = inBothForms(note)
	}
	for i, s := range c.told {
		c.words = append(c.words, letters(plain(s.Text))+" "+letters(s.Text))
		c.names = append(c.names, letters(s.By))
		for _, src := range s.Sources {
			c.bySource[src] = append(c.bySource[src], i)
		}
	}
	d.walk(func(path []jsonNode) {
		n := path[len(path)-1]
		c.shown[n.URL] = true
		for _, s := range append(slices.Clone(n.Area), n.Title, n.Label) {
			c.names = append(c.names, letters(plain(s)))
		}
		c.names = append(c.names, d.alsoCalled(n.Title)...)
	})
	return c
}

// inBothForms gives the lines of a note, each as it is written and letters only.
func inBothForms(note string) (lines []string) {
	for l := range strings.Lines(note) {
		lines = append(lines, l+letters(plain(strings.TrimLeft(l, "-*+#> \t")))+"\n"+letters(l)+"\n")
	}
	return lines
}

// checkNote looks for each line of a note. Where GitHub is read too, its titles
// may take the place of the note's.
func (c *checker) checkNote(name, note string) (all []string) {
	for _, l := range leaves(note) {
		if l.role == heading && (len(c.pages) > 0 || c.isRepository(l.words)) {
			continue
		}
		where := fmt.Sprintf("%s:%d", name, l.number)
		switch n := c.tellings(name, l); {
		case n > 1:
			all = append(all, where+": told twice: "+l.line)
		case n == 0 && !c.elsewhere(where, l):
			all = append(all, where+": lost: "+l.line)
		}
	}
	return all
}

// isRepository reports whether words are the name of a repository of which something
// is told, and which its links name.
func (c *checker) isRepository(words string) bool {
	return slices.ContainsFunc(c.told, func(s told) bool {
		return slices.ContainsFunc(s.above, func(n jsonNode) bool { return n.Repo != "" && letters(path.Base(n.Repo)) == words })
	})
}

// longest is how many lines of a statement may stand below its first.
const longest = 100

// tellings counts the statements that tell a line of a note: as their own line,
// or as one of a statement that began above it.
func (c *checker) tellings(note string, l leaf) int {
	for up := range longest {
		if n := len(c.saying(jsonSource{Note: note, Line: l.number - up}, l)); n > 0 {
			return n
		}
	}
	return 0
}

// saying gives the statements of a source in which a line stands, with the
// addresses in it.
func (c *checker) saying(src jsonSource, l leaf) (all []int) {
	for _, i := range c.bySource[src] {
		if strings.Contains(c.words[i], l.words) && !slices.ContainsFunc(l.refs, func(ref string) bool { return !strings.Contains(c.told[i].Text, ref) }) {
			all = append(all, i)
		}
	}
	return all
}

// elsewhere reports whether a line that need not be a statement is found where
// else its role allows it: as a title, or in the ledger as left out.
func (c *checker) elsewhere(source string, l leaf) bool {
	if l.role == statement {
		return false
	}
	if slices.ContainsFunc(c.told, func(s told) bool { return strings.HasPrefix(letters(plain(s.Text)), l.words) && s.Text != l.line }) {
		return true // a label in front of what it stands above
	}
	if l.page != "" && c.shown[l.page] || slices.ContainsFunc(c.names, func(name string) bool { return sameTitle(name, l.words) }) {
		return true
	}
	return slices.ContainsFunc(c.draft.Ledger.LeftOut, func(out struct{ Source, Reason, Excerpt string }) bool {
		return out.Source == source && strings.Contains(letters(plain(out.Excerpt)), l.words)
	})
}

// sameTitle allows for what teams add to a title and take off it again from one
// week to the next.
func sameTitle(name, words string) bool {
	return strings.Contains(name, words) || 2*len(name) > len(words) && strings.Contains(words, name)
}

// checkComment looks for each line of an update.
func (c *checker) checkComment(url string, update comment) (all []string) {
	src := jsonSource{URL: url}
	switch told := len(c.bySource[src]) > 0; {
	case told && !update.trusted:
		return []string{url + ": told, though it does not count"}
	case !told && !(update.trusted && c.draft.covers(update.at)):
		return nil
	}
	missing := slices.DeleteFunc(leaves(update.body), func(l leaf) bool {
		return len(c.saying(src, l)) > 0 || c.reworded(src, l.words) || c.elsewhere(url, l)
	})
	if len(c.bySource[src]) == 0 && c.quotedAside(missing) {
		return nil
	}
	for _, l := range missing {
		all = append(all, url+": lost: "+l.line)
	}
	return all
}

// covers reports whether a time is in the weeks of a draft.
func (d jsonDraft) covers(at time.Time) bool {
	last := at.Format(time.DateOnly) <= d.Weeks[len(d.Weeks)-1]
	return last && at.AddDate(0, 0, 6).Format(time.DateOnly) >= d.Weeks[0]
}

// quotedAside reports whether a note of another month has all of these lines, so
// that they are told there.
func (c *checker) quotedAside(lines []leaf) bool {
	for _, note := range c.others {
		if hasAll(note, lines) {
			return true
		}
	}
	return false
}

func hasAll(note string, lines []leaf) bool {
	return !slices.ContainsFunc(lines, func(l leaf) bool { return !strings.Contains(note, l.words) })
}

// reworded reports whether a line of a comment is told in the words of a note,
// as the two are one statement.
func (c *checker) reworded(src jsonSource, words string) bool {
	return slices.ContainsFunc(c.bySource[src], func(i int) bool {
		inNote := slices.ContainsFunc(c.told[i].Sources, func(s jsonSource) bool { return s.Note != "" })
		return inNote && slices.ContainsFunc(leaves(c.told[i].Text), func(l leaf) bool { return alike(l.words, words) })
	})
}

// alike reports whether most runs of three bytes are the same in two texts.
func alike(a, b string) bool {
	count := map[string]int{}
	for i := range max(0, len(a)-2) {
		count[a[i:i+3]]++
	}
	same := 0
	for i := range max(0, len(b)-2) {
		if count[b[i:i+3]]--; count[b[i:i+3]] >= 0 {
			same++
		}
	}
	return 10*2*same >= 7*(len(a)+len(b)-4)
}

// checkRepeats reports what is told twice on the same subject.
func (c *checker) checkRepeats() (all []string) {
	seen := map[string]string{}
	for _, s := range c.told {
		subject := s.subject()
		key := fmt.Sprint(s.Kind, subject.URL, subject.Area, letters(plain(s.Text)), anyURL.FindAllString(s.Text, -1))
		if subject.URL == "" {
			for _, n := range s.above {
				key += n.Title
			}
		}
		if other, found := seen[key]; found {
			all = append(all, fmt.Sprintf("told twice: %q and %q", s.Text, other))
		}
		seen[key] = s.Text
	}
	return all
}

var teamTag = regexp.MustCompile(`^(?:\[[\w -]+\] )+`)

// checkTwins reports what is told from a note and, of the same week and in the
// same words, again from a comment.
func (c *checker) checkTwins() (all []string) {
	fromNote := map[string]string{} // texts by week and words
	twinKey := func(s told, week string) string {
		return week + letters(plain(teamTag.ReplaceAllString(s.Text, "")))
	}
	for _, s := range c.told {
		for _, week := range s.Weeks {
			if s.from(isComment) == 0 {
				fromNote[twinKey(s, week)] = s.Text
			}
		}
	}
	for _, s := range c.told {
		for _, week := range s.Weeks {
			if text, found := fromNote[twinKey(s, week)]; found && s.from(isComment) == len(s.Sources) {
				all = append(all, fmt.Sprintf("%s: told from a note and again from a comment: %q and %q", week, text, s.Text))
			}
		}
	}
	return all
}

func isComment(src jsonSource) bool { return src.URL != "" }

// from counts the sources of a kind.
func (s jsonStatement) from(kind func(jsonSource) bool) (n int) {
	for _, src := range s.Sources {
		if kind(src) {
			n++
		}
	}
	return n
}

// checkSources reports notes that are said to be sources of a statement, and do
// not have all of its lines: the statement was not made in their weeks.
func (c *checker) checkSources() (all []string) {
	for _, s := range c.told {
		lines := leaves(s.Text)
		for _, src := range s.Sources {
			if _, isNote := c.notes[src.Note]; !isNote {
				continue
			}
			above, below := c.around(src)
			for _, l := range lines {
				if !strings.Contains(below, l.words) && !strings.Contains(below, withoutLabel(above, l)) {
					all = append(all, fmt.Sprintf("%s:%d: does not say: %s", src.Note, src.Line, l.line))
				}
			}
		}
	}
	return all
}

// withoutLabel gives the words of a line behind a label that stands above it in the
// note, "Topic: this and that".
func withoutLabel(above string, l leaf) string {
	label, _, found := strings.Cut(l.line, ": ")
	words := letters(plain(label))
	if !found || !strings.Contains(above, words) {
		return l.words
	}
	return strings.TrimPrefix(l.words, words)
}

// checkWeeks reports weeks of a statement in which no source of it was written,
// and notes whose week it does not have.
func (c *checker) checkWeeks() (all []string) {
	for _, s := range c.told {
		var written []string
		for _, src := range s.Sources {
			if src.Note != "" {
				written = append(written, src.Note[:len(time.DateOnly)])
			}
		}
		for _, week := range s.Weeks {
			if !slices.Contains(written, week) && !slices.ContainsFunc(s.Sources, func(src jsonSource) bool { return c.inWeek(src, week) }) {
				all = append(all, fmt.Sprintf("%v: was not written in the week of %s: %s", s.Sources, week, s.Text))
			}
		}
		for _, day := range written {
			if !slices.Contains(s.Weeks, day) {
				all = append(all, fmt.Sprintf("%v: is not told of the week of %s: %s", s.Sources, day, s.Text))
			}
		}
	}
	return all
}

// inWeek reports whether a comment was made in the seven days up to a day.
func (c *checker) inWeek(src jsonSource, week string) bool {
	end, err := time.Parse(time.DateOnly, week)
	at := c.comments[src.URL].at
	return err == nil && at.Before(end.AddDate(0, 0, 1)) && !at.Before(end.AddDate(0, 0, -6))
}

// around gives what stands above a line of a note and what below, each with the
// line itself.
func (c *checker) around(src jsonSource) (above, below string) {
	lines := c.lines[src.Note]
	at := max(1, min(src.Line, len(lines)))
	return strings.Join(lines[:at], ""), strings.Join(lines[at-1:], "")
}

// groups are the titles that the program gives by itself.
var groups = []string{"Other", "Bugs", "Enhancements", "Documentation", "Dependencies", "Tests"}

// checkTitles reports titles above a statement that neither stand above its line
// in the note, nor are known to GitHub.
func (c *checker) checkTitles() (all []string) {
	anywhere := c.headings()
	above := map[jsonSource]string{}
	for _, s := range c.told {
		for _, src := range s.Sources {
			if _, found := above[src]; !found {
				if above[src] = anywhere; src.Note != "" {
					above[src], _ = c.around(src)
					above[src] += src.Note // may name a team
				}
			}
			for _, title := range c.foreign(s.above, above[src]) {
				if c.standsUnder(s, title) {
					continue // one thing has one place in a month, though a note may have it at another
				}
				all = append(all, fmt.Sprintf("%s%s:%d: stands under %q, which is not above it: %s", src.URL, src.Note, src.Line, title, s.Text))
			}
		}
	}
	return all
}

// standsUnder reports whether a note of the month has a statement, or something that
// it stands under, below a title.
func (c *checker) standsUnder(s told, title string) bool {
	words, _, _ := strings.Cut(s.Text, "\n")
	words, text := letters(plain(title)), letters(plain(words))
	for _, lines := range c.lines {
		found := false
		for _, line := range lines {
			found = found || strings.Contains(line, words)
			if found && strings.Contains(line, text) {
				return true
			}
			for _, n := range s.above {
				if found && n.Title != title && (n.URL != "" && strings.Contains(line, n.URL) || strings.Contains(line, letters(plain(n.Title)))) {
					return true
				}
			}
		}
	}
	return false
}

// foreign gives the titles of a path that are not in a text and not GitHub's.
func (c *checker) foreign(path []jsonNode, above string) (all []string) {
	for _, n := range path {
		if n.URL != "" && (c.pages[n.URL] || strings.Contains(above, n.URL)) {
			continue
		}
		for _, title := range append(slices.Clone(n.Area), strings.Split(n.Title, " › ")...) {
			words := letters(plain(title))
			if slices.ContainsFunc(c.draft.alsoCalled(title), func(other string) bool { return strings.Contains(above, other) }) {
				continue
			}
			if !strings.Contains(above, words) && !strings.Contains(c.titles, words) && !slices.Contains(groups, title) {
				all = append(all, title)
			}
		}
	}
	return all
}

// headings gives the titles of all notes, under which a comment may stand too.
func (c *checker) headings() string {
	var b strings.Builder
	for _, note := range c.notes {
		for _, l := range leaves(note) {
			if l.role != statement {
				b.WriteString(l.line + "\n" + l.words + "\n")
			}
		}
	}
	return b.String()
}

// checkPlaces reports what stands under an issue that carries labels of epics,
// and under none of these epics.
func (c *checker) checkPlaces() (all []string) {
	for _, s := range c.told {
		task := s.subject()
		may := c.epics[task.URL]
		if len(may) > 0 && !slices.ContainsFunc(s.above, func(n jsonNode) bool { return slices.Contains(may, n.URL) }) {
			all = append(all, task.URL+": is not under an epic whose label it has")
		}
	}
	return all
}

func (c *checker) checkLedger() []string {
	l := c.draft.Ledger
	if l.Read == l.Placed+l.Merged+len(l.LeftOut) && l.Placed >= len(c.told) {
		return nil
	}
	return []string{fmt.Sprintf("the ledger does not add up: %d read, %d placed, %d merged, %d left out; %d are told",
		l.Read, l.Placed, l.Merged, len(l.LeftOut), len(c.told))}
}

// checkMarkdown looks in the draft for each line of each statement, as often as
// statements have its words, for their addresses, and for the titles of
// statements and those of the notes.
func (c *checker) checkMarkdown(markdown string) (all []string) {
	var lines []string
	for i, s := range c.told {
		if !c.isToldInSameWords(i) {
			for _, l := range leaves(s.Text) {
				lines = append(lines, l.words)
			}
		}
		for _, page := range addresses(s.Text) {
			if !strings.Contains(markdown, page) {
				all = append(all, "not in the draft: "+page)
			}
		}
	}
	needed := strings.Join(lines, "\n")
	draft := lettersByLine(plain(blankOut(frontMatter, blankOut(shortLabels, markdown))))
	for _, words := range append(lines, c.titlesToShow()...) {
		if got, want := strings.Count(draft, words), max(1, strings.Count(needed, words)); got < want {
			all = append(all, fmt.Sprintf("%d times in the draft, not %d: %s", got, want, words))
		}
	}
	return all
}

// isToldInSameWords reports whether a statement is a plan that reads as what was done,
// so that a draft may name only its week behind that.
func (c *checker) isToldInSameWords(i int) bool {
	words := letters(plain(c.told[i].Text))
	return c.told[i].Kind == "next" && slices.ContainsFunc(c.told, func(s told) bool {
		return s.Kind != "next" && letters(plain(s.Text)) == words
	})
}

// shortLabels are where a draft names statements in a few words, and does not tell them.
var shortLabels = regexp.MustCompile(`(?m)^> \[!(?:abstract|tip)\].*\n(?:>.*\n)*|\*told of:\* “.*?” \(|, cleared \d\d-\d\d by “.*?”\*\*|planned then: .*|^> \[!info\].*\n(?:>.*\n)*`)

func lettersByLine(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(letters(line) + "\n")
	}
	return b.String()
}

// typeOfCommit stands in front of titles and is not shown.
var typeOfCommit = regexp.MustCompile(`^(?:feat|fix|chore|docs|bug|refactor|test|perf|ci|build|style|epic|milestone|deps)(?:\([^()]*\))?!?: +`)

// titlesToShow gives the titles of statements and those of the notes.
func (c *checker) titlesToShow() (all []string) {
	named := map[string]bool{}
	for _, note := range c.notes {
		for _, l := range leaves(note) {
			named[l.words] = true
		}
	}
	c.draft.walk(func(path []jsonNode) {
		n := path[len(path)-1]
		words := letters(plain(n.Title))
		if len(n.Items) > 0 || named[words] {
			all = append(all, letters(plain(typeOfCommit.ReplaceAllString(n.Title, ""))))
		}
	})
	return all
}
