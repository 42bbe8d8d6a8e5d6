package main

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// This reader of people's Markdown goes line by line and knows nothing of how
// the program does it, so that the two can be held against each other.

// leaf is a line of a note or comment that holds words.
type leaf struct {
	number int      // of the line, from 1
	line   string   // as written, for messages
	words  string   // letters and digits of what a reader sees, in lower case
	page   string   // where a title that is only a link leads; else empty
	refs   []string // addresses and short references in it, which are not part of words
	role   leafRole
}

// leafRole says where a leaf must be found in a draft.
type leafRole int

const (
	statement leafRole = iota // it is told
	title                     // it may also be a title: a heading, a label, a link or a name by itself
	heading                   // it is a title of what stands below it
	filler                    // it may also be left out, or be shown elsewhere: it says that there is nothing, or describes its heading
)

const keyWords = `achieved|completed|done|finished|next|blockers?|blocking|blocked|risks?|ongoing|in[ -]progress|doing|wip|(?:last|next) week`

var (
	frontMatter  = regexp.MustCompile(`(?s)\A(?:---\n.*?\n---|\+\+\+\n.*?\n\+\+\+)\n`)
	hiddenText   = regexp.MustCompile(`(?s)<!--.*?-->`)
	fence        = regexp.MustCompile("^[\\s>]*(?:[-*+]\\s+)?(```+|~~~+)")
	blockMarks   = regexp.MustCompile(`^(?:\s|>|[-*+](?:\s|$)|(?:\d+|[ivx]+)[.)](?:\s|$)|#+(?:\s|$)|\[[ xX]\]\s)+`)
	listMark     = regexp.MustCompile(`^(?:[-*+]|\d+[.)])\s`)
	underline    = regexp.MustCompile(`^(?:=+|--+)$`)
	noWords      = regexp.MustCompile(`^[-=:|\s]*$`)
	trailingTags = regexp.MustCompile(`(?:,?\s*\{[^{}]*\})+\s*$`)
	dueDay       = regexp.MustCompile(` - \d{4}-\d{2}-\d{2}$`)
	roleWord     = regexp.MustCompile(`(?i)(^|\[)(?:\[(?:milestone|deliverable|epic)\] ?|[*_]*(?:milestone|deliverable|epic)[*_]* ?[:–-] )`)
	key          = regexp.MustCompile(`(?i)^[\W_]*(?:` + keyWords + `)[*_ ]*[:-][*_ ]*`)
	bareKey      = regexp.MustCompile(`(?i)^[\W_]*(?:` + keyWords + `|what (?:did|do|will|is|are|have|has|was|blocks)\b[\w\s']*(?:done|do|achieved?|plan|planned|next|doing|us|week))\??[*_ ]*$`)

	boldAlone  = regexp.MustCompile(`^(?:\*\*|__)[^*]+(?:\*\*|__):?$`)
	linkAlone  = regexp.MustCompile(`^(?:\*\*)?(?:\[[\w. -]+\] )*(\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(([^\s()]*)(?: "[^"]*")?\))(?:\*\*)?$`)
	nameAlone  = regexp.MustCompile("^(?:@[\\w-]+:?|`[^`]+`:?|[*_]*[\\p{L}’'-]+(?: [\\p{L}’'-]+){0,3}[*_]*:[*_]*)$")
	labelAlone = regexp.MustCompile(`^(?:\[[\w. -]+\] )?\S+(?: \S+){0,5}:[*_]*$`)
	wordsAlone = regexp.MustCompile(`^\p{Lu}[\p{L}'-]*(?: [\p{L}'-]+){0,2}$`)

	dated       = regexp.MustCompile(`(?i)\d{4}[-/]\d{2}[-/]\d{2}|\bweek \d+\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d`)
	weekly      = regexp.MustCompile(`(?i)^(?:\d{4}-\d{2}-\d{2} [\w ]+ weekly|[\w ]+ weekly update - \d{4}-\d{2}-\d{2})$`)
	ofTheLayout = regexp.MustCompile("(?i)^(?:other work|epics|milestones|`?(?:\\w+:)?highlights`?|(?:high-level )?summary|tl;?dr):?$")
	saysNothing = regexp.MustCompile(`(?i)^[\W_]*(?:\?+|none|n/?a|tbd|nothing|no (?:blockers?|risks?|updates?)|none so far|no updates? (?:this|for the) week)[\W_]*$`)
	attribute   = regexp.MustCompile(`(?i)^[*_]*(?:owner|due|eta|status|project|confidence|scope)[*_]*:`)
)

// leaves gives the lines of a note or comment that hold words, in order. Of a
// note that names its own day or week, that heading is not one.
func leaves(source string) []leaf {
	source = strings.ReplaceAll(source, "\r\n", "\n")
	source = blankOut(frontMatter, source)
	source = blankOut(hiddenText, source)
	lines := strings.Split(source, "\n")
	var all []leaf
	code := ""
	for i, line := range lines {
		if m := fence.FindStringSubmatch(line); m != nil && (code == "" || strings.HasPrefix(m[1], code)) {
			if code == "" {
				code = m[1]
			} else {
				code = ""
			}
			continue
		}
		l := leaf{number: i + 1, line: strings.TrimSpace(line)}
		if code == "" {
			l.read(line, lines[i+1:])
			l.refs = append(addresses(line), shortRef.FindAllString(anyURL.ReplaceAllString(line, ""), -1)...)
		} else {
			l.words = letters(line)
		}
		if l.words != "" {
			all = append(all, l)
		}
	}
	return all
}

// read takes a line outside of code apart. It has no words if it says nothing,
// not even that there is nothing.
func (l *leaf) read(line string, below []string) {
	marks := blockMarks.FindString(line)
	text := strings.TrimSpace(trailingTags.ReplaceAllString(line[len(marks):], ""))
	headed := strings.Contains(marks, "#") || len(below) > 0 && underline.MatchString(below[0])
	value := key.ReplaceAllString(text, "")
	if noWords.MatchString(value) || bareKey.MatchString(text) || ofTheNote(text, headed) || headed && ofTheLayout.MatchString(text) {
		return
	}
	name := roleWord.ReplaceAllString(dueDay.ReplaceAllString(text, ""), "$1")
	link := linkAlone.FindStringSubmatch(name)
	isItem := !headed && strings.TrimSpace(marks) != ""
	switch {
	case saysNothing.MatchString(value) || attribute.MatchString(value):
		l.role = filler
	case link != nil:
		value, l.page, l.role = link[1], link[2], title
	case headed || boldAlone.MatchString(name) || nameAlone.MatchString(name) || isItem && aboveKeys(line, below),
		aboveItems(line, below) && (labelAlone.MatchString(name) || isItem && wordsAlone.MatchString(name)):
		value, l.role = name, title
	}
	if l.role == title && heads(line, below) {
		l.role = heading
	}
	l.words = letters(plain(value))
}

// ofTheNote reports whether a line is the title of the whole note.
func ofTheNote(text string, headed bool) bool {
	return !dueDay.MatchString(text) && headed && dated.MatchString(text) || weekly.MatchString(text)
}

// aboveKeys reports whether a key stands below a line, indented under it.
func aboveKeys(line string, below []string) bool {
	next, found := nextLine(below)
	return found && indent(next) > indent(line) && (key.MatchString(next) || bareKey.MatchString(next))
}

// aboveItems reports whether an item of a list stands right below a line.
func aboveItems(line string, below []string) bool {
	next, found := nextLine(below)
	return found && listMark.MatchString(strings.TrimSpace(next)) && (indent(next) > indent(line) || !listMark.MatchString(strings.TrimSpace(line)))
}

// heads reports whether something stands below a title that may belong to it.
func heads(line string, below []string) bool {
	next, found := nextLine(below)
	return found && (level(next) == 0 || level(line) > 0 && level(next) > level(line))
}

func nextLine(below []string) (string, bool) {
	for _, l := range below {
		if !noWords.MatchString(l) {
			return l, true
		}
	}
	return "", false
}

// level gives the level of a heading, and 0 for other lines.
func level(line string) int {
	line = strings.TrimSpace(line)
	return len(line) - len(strings.TrimLeft(line, "#"))
}

func indent(line string) int {
	line = strings.ReplaceAll(line, "\t", "    ")
	return len(line) - len(strings.TrimLeft(line, " "))
}

// blankOut takes text away and leaves its lines, so that the others keep their
// numbers.
func blankOut(pattern *regexp.Regexp, s string) string {
	return pattern.ReplaceAllStringFunc(s, func(cut string) string { return strings.Repeat("\n", strings.Count(cut, "\n")) })
}

var (
	anyURL   = regexp.MustCompile(`https?://[^\s<>()\[\]]+(?:\([^\s()]*\))?[^\s<>()\[\]]*`)
	shortRef = regexp.MustCompile(`[\w.-]+#\d+|[\w.-]+@[0-9a-f]{7}`)
)

// addresses gives the addresses in a text, without signs that end a sentence.
func addresses(s string) (all []string) {
	for _, page := range anyURL.FindAllString(s, -1) {
		all = append(all, strings.TrimRight(page, `.,;:!?"'`))
	}
	return all
}

// letters reduces a text to what no rendering changes: an address may become a
// short reference, and signs may be escaped.
func letters(s string) string {
	s = anyURL.ReplaceAllString(s, " ")
	s = shortRef.ReplaceAllString(s, " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

var markdownParser = goldmark.DefaultParser()

// plain takes Markdown off a text: what a reader sees of it.
func plain(markdown string) string {
	src := []byte(markdown)
	root := markdownParser.Parse(text.NewReader(src))
	var b strings.Builder
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock {
				b.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.RawHTML:
			for _, s := range n.Segments.Sliced(0, n.Segments.Len()) {
				b.Write(s.Value(src))
			}
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			for _, s := range n.Lines().Sliced(0, n.Lines().Len()) {
				b.Write(s.Value(src))
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func TestLeaves(t *testing.T) {
	for source, want := range map[string]leaf{
		"- achieved: moved *all* tiles":                 {words: "movedalltiles"},
		"  1. [x] done: moved":                          {words: "moved"},
		"ii. moved":                                     {words: "moved"},
		"> quoted, wrapped":                             {words: "quotedwrapped"},
		"| relays | 3 |":                                {words: "relays3"},
		"see https://x.io/a and app#3":                  {words: "seeand", refs: []string{"https://x.io/a", "app#3"}},
		"- Milestone: reached, at last":                 {words: "milestonereachedatlast"},
		"no access to the rig":                          {words: "noaccesstotherig"},
		"**Blocked**: none so far":                      {words: "nonesofar", role: filler},
		"No updates this week.":                         {words: "noupdatesthisweek", role: filler},
		"- owner: Zed":                                  {words: "ownerzed", role: filler},
		"## [Glaze Library](page.md) - 2026-01-02":      {words: "glazelibrary", page: "page.md", role: title},
		"### **Milestone**: Glazes":                     {words: "glazes", role: title},
		"- [[Deliverable] Calendar](https://x.io/24)":   {words: "calendar", page: "https://x.io/24", refs: []string{"https://x.io/24"}, role: title},
		"**[app] [Screen](https://x.io/41)** {E:Packs}": {words: "screen", page: "https://x.io/41", refs: []string{"https://x.io/41"}, role: title},
		"- Soak steps:":                                 {words: "soaksteps", role: title},
		"@teodor-kc":                                    {words: "teodorkc", role: title},
		"- `resume.c`":                                  {words: "resumec", role: title},
		"- Field tests\n  - next:":                      {words: "fieldtests", role: heading},
		"# Glazes\n\n## []()":                           {words: "glazes", role: heading},
		"## Glazes\n\n# []()":                           {words: "glazes", role: title},
	} {
		want.number, want.line = 1, strings.TrimSpace(strings.Split(source, "\n")[0])
		require.Equal(t, []leaf{want}, leaves(source), source)
	}
	for _, source := range []string{
		"", "- achieved:", "- **next:**", "- []()", "---", "| --- | ---: |", "<!-- hidden -->", "```sh",
		"# 2026-03-02 Wayfold weekly", "## Week 9 2026 (Mon Feb 23)", "2026-03-02 Wayfold weekly\n---", "## Other Work",
	} {
		require.Empty(t, leaves(source), source)
	}
}

func TestLeavesKeepTheirLines(t *testing.T) {
	for source, want := range map[string][]int{
		"---\ntitle: x\n---\na\n<!-- b\n-->\nc": {4, 7},
		"```\n# x\n```\nb":                      {2, 4},
		"a\n  wrapped\n\n- b":                   {1, 2, 4},
	} {
		var got []int
		for _, l := range leaves(source) {
			got = append(got, l.number)
		}
		require.Equal(t, want, got, source)
	}
}
