package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// leaf is a text of a note that has nothing below it.
type leaf struct {
	line string // as written, for messages
	text string // letters and digits only
}

var (
	frontMatter = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	anyURL      = regexp.MustCompile(`https?://[^\s<>()\[\]]+(?:\([^\s()]*\))?[^\s<>()\[\]]*`)
	shortRef    = regexp.MustCompile(`[\w.-]+#\d+|[\w.-]+@[0-9a-f]{7}`)
	entry       = regexp.MustCompile(`^\*\*(?:\[[\w.-]+\] )?\[.*\]\(\S+(?: "[^"]*")?\)\*\*$`)
	due         = regexp.MustCompile(` - \d{4}-\d{2}-\d{2}$`)
	labels      = regexp.MustCompile(`(?:,?\s*\{[^{}]*\})+\s*$`)
	anyKey      = regexp.MustCompile(`(?i)^[\W_]*(?:achieved|completed|done|next|blockers?|blocking|blocked|risks?|milestone|epic)[*_ ]*[:-][*_ ]*`)
	label       = regexp.MustCompile(`(?i)^[*_]*[a-z-]+(?: [a-z-]+)?[*_]*:[*_]*$`)
)

// plain takes Markdown off a text: what a reader sees of it.
func plain(markdown string) string {
	src := []byte(markdown)
	root := goldmark.DefaultParser().Parse(text.NewReader(src))
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

// letters reduces a text to what no rendering changes.
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

// leaves reads a note line by line, knowing nothing of how the program does it.
func leaves(note string) []leaf {
	note = frontMatter.ReplaceAllString(strings.ReplaceAll(note, "\r\n", "\n"), "")
	var all []leaf
	lines := strings.Split(note, "\n")
	for i, raw := range lines {
		line := strings.TrimSpace(raw)
		line = strings.TrimSpace(labels.ReplaceAllString(line, ""))
		line = strings.TrimLeft(line, "> ")
		if strings.Trim(line, "-=`~") == "" || label.MatchString(line) || entry.MatchString(line) {
			continue
		}
		if below := next(lines[i+1:]); !strings.HasPrefix(strings.TrimSpace(raw), "#") || below == "" || heading(below) > 0 && heading(below) <= heading(raw) {
			line = due.ReplaceAllString(line, "")
			value := anyKey.ReplaceAllString(strings.TrimLeft(line, "-*+# \t"), "")
			if inner, ok := strings.CutPrefix(value, "["); ok && strings.HasPrefix(inner, "Milestone - ") {
				value = "[" + strings.TrimPrefix(inner, "Milestone - ")
			}
			if t := letters(plain(value)); t != "" {
				all = append(all, leaf{line: line, text: t})
			}
		}
	}
	return all
}

func next(lines []string) string {
	for _, l := range lines {
		if l = strings.TrimSpace(l); strings.Trim(l, "-") != "" {
			return l
		}
	}
	return ""
}

func heading(line string) int {
	line = strings.TrimSpace(line)
	return len(line) - len(strings.TrimLeft(line, "#"))
}

type jsonNode struct {
	Title, URL, Label string
	Area              []string
	Group             bool
	Items             []jsonStatement
	Tasks, Epics      []jsonNode
	Also              []string
	Due, State, Repo  string
}

type jsonStatement struct {
	Kind, Text string
	Weeks      []string
	Sources    []struct {
		URL, Note string
		Line      int
	}
}

type jsonDraft struct {
	Weeks             []string
	Milestones, Other []jsonNode
	Ledger            struct {
		Read, Placed, Merged int
		LeftOut              []struct{ Source, Reason, Excerpt string } `json:"left_out"`
	}
}

// told is a statement with the titles above it.
type told struct {
	jsonStatement
	above []jsonNode
}

func (d jsonDraft) told() []told {
	var all []told
	var walk func(n jsonNode, above []jsonNode)
	walk = func(n jsonNode, above []jsonNode) {
		above = append(slices.Clone(above), n)
		for _, s := range n.Items {
			all = append(all, told{s, above})
		}
		for _, below := range slices.Concat(n.Tasks, n.Epics) {
			walk(below, above)
		}
	}
	for _, n := range slices.Concat(d.Milestones, d.Other) {
		walk(n, nil)
	}
	return all
}

func parseDraft(t testing.TB, s string) jsonDraft {
	t.Helper()
	var d jsonDraft
	require.NoError(t, json.Unmarshal([]byte(s), &d))
	return d
}

// realMonths lists the months of each team's notes.
func realMonths(t *testing.T) map[string]map[string][]string {
	teams := map[string]map[string][]string{}
	for _, team := range []string{"waku", "codex", "nomos"} {
		files, err := filepath.Glob(filepath.Join(real, team, "updates", "*.md"))
		require.NoError(t, err)
		teams[team] = map[string][]string{}
		for _, f := range files {
			month := filepath.Base(f)[:len("2006-01")]
			teams[team][month] = append(teams[team][month], f)
		}
	}
	return teams
}

// Every leaf of every real note is in the draft of its month, and no statement
// stands twice, or under a title that its note does not have.
func TestRealNotesLoseNothing(t *testing.T) {
	needReal(t)
	for team, months := range realMonths(t) {
		for month, files := range months {
			t.Run(team+"/"+month, func(t *testing.T) {
				p := newProgram(t)
				args := []string{"compile", "--notes", filepath.Join(real, team, "updates"), "--month", month}
				draft := p.run(args...)
				require.Zero(t, draft.code, draft.stderr)
				report := parseDraft(t, p.run(append(args, "--format", "json")...).stdout)
				all := letters(plain(frontMatter.ReplaceAllString(draft.stdout, "")))
				notes, sources := map[string]string{}, map[string]string{}
				for _, f := range files {
					source, err := os.ReadFile(f)
					require.NoError(t, err)
					name := strings.TrimSuffix(filepath.Base(f), ".md")
					sources[name] = string(source)
					notes[name] = letters(plainLines(string(source)))
					for _, l := range leaves(string(source)) {
						if !strings.Contains(all, l.text) {
							t.Errorf("%s: lost: %s", name, l.line)
						}
					}
				}
				checkOnce(t, report)
				checkTitles(t, report, notes, sources)
			})
		}
	}
}

func plainLines(note string) string {
	var b strings.Builder
	for _, l := range strings.Split(note, "\n") {
		b.WriteString(plain(strings.TrimLeft(l, "-*+#> \t")))
		b.WriteString(l)
	}
	return b.String()
}

// checkOnce reports statements that stand twice on the same subject.
func checkOnce(t *testing.T, d jsonDraft) {
	t.Helper()
	seen := map[string]string{}
	for _, s := range d.told() {
		subject := s.above[len(s.above)-1]
		key := fmt.Sprint(s.Kind, subject.URL, subject.Area, letters(plain(s.Text)), anyURL.FindAllString(s.Text, -1))
		if subject.URL == "" {
			key += fmt.Sprint(titles(s.above))
		}
		if other, found := seen[key]; found {
			t.Errorf("told twice: %q\nand %q", s.Text, other)
		}
		seen[key] = s.Text
	}
}

func titles(above []jsonNode) []string {
	var all []string
	for _, n := range above {
		all = append(all, n.Title)
	}
	return all
}

// groups are the titles that the program gives by itself.
var groups = []string{"Other", "Bugs", "Enhancements", "Documentation", "Dependencies", "Tests"}

// checkTitles reports titles above a statement that are not in its notes.
func checkTitles(t *testing.T, d jsonDraft, notes, sources map[string]string) {
	t.Helper()
	for _, s := range d.told() {
		for _, src := range s.Sources {
			for _, n := range s.above {
				if n.URL != "" && strings.Contains(sources[src.Note], n.URL) {
					continue
				}
				for _, title := range append(slices.Clone(n.Area), strings.Split(n.Title, " › ")...) {
					if !strings.Contains(notes[src.Note], letters(plain(title))) && !slices.Contains(groups, title) {
						t.Errorf("%s:%d: stands under %q, which the note does not have: %s", src.Note, src.Line, title, s.Text)
					}
				}
			}
		}
	}
}
