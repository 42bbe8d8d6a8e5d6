package render

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
	"github.com/waku-org/monthly/render/safe/safetest"
)

// viewers are parsers of Markdown: without tables, and as GitHub and Quartz read.
var viewers = []parser.Parser{goldmark.DefaultParser(), goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()}

// skeleton is a report in which one statement has the text.
func skeleton(body string, source compile.Source) compile.Report {
	week := september4
	source.Week = week
	say := func(text string, items ...compile.Item) compile.Statement {
		return compile.Statement{
			Item:  compile.Item{Kind: compile.Achieved, Text: text, Items: items},
			Weeks: []compile.Day{week}, Sources: []compile.Source{source}, Repo: compile.Repo{Owner: "waku-org", Name: "nwaku"},
		}
	}
	month, _ := compile.ParseMonth("2023-09")
	return compile.Report{
		Project: "Waku", Month: month, Newest: week.Time(),
		Weeks: []compile.Week{{End: week, Notes: []compile.NoteFile{{Date: week, Name: week.String()}}}},
		Milestones: []compile.MilestoneReport{{
			Milestone: compile.Milestone{Title: "Goal", URL: "https://github.com/waku-org/pm/issues/1", State: "open"},
			Epics: []compile.Section{{
				Title: "Epic", URL: "https://github.com/waku-org/pm/issues/2", State: "open",
				Tasks: []compile.Task{{Title: "Task", Statements: []compile.Statement{
					say("before"), say(body, compile.Item{Text: body, Items: []compile.Item{{Text: "inner", Marker: "1."}}}), say("after"),
				}}, {Title: "Other", Statements: []compile.Statement{say("other")}}},
			}},
		}},
	}
}

// outline lists the blocks of a draft, without its boxes and what is inside the list
// items of statements, and checks what is. Which boxes there are depends on what is said.
func outline(t *testing.T, draft string, p parser.Parser) string {
	_, body, found := strings.Cut(strings.TrimPrefix(draft, "---\n"), "\n---\n")
	require.True(t, found)
	src := []byte(body)
	var b strings.Builder
	for n := p.Parse(text.NewReader(src)).FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindBlockquote {
			checkInside(t, n, src)
			continue
		}
		fmt.Fprint(&b, n.Kind())
		if list, ok := n.(*ast.List); ok {
			fmt.Fprint(&b, " of ", list.ChildCount())
			checkInside(t, list, src)
		} else {
			fmt.Fprintf(&b, " %q", n.Lines().Value(src))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func checkInside(t *testing.T, list ast.Node, src []byte) {
	_ = ast.Walk(list, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.HTMLBlock, *ast.RawHTML, *ast.Heading, *ast.ThematicBreak, *ast.LinkReferenceDefinition:
			t.Errorf("the list holds a %s in\n%s", n.Kind(), src)
		case *ast.Link:
			assert.True(t, leadsToWeb(n.Destination), "%s", n.Destination)
		case *ast.Image:
			assert.True(t, leadsToWeb(n.Destination), "%s", n.Destination)
		}
		return ast.WalkContinue, nil
	})
}

// leadsToWeb reports whether an address has no scheme that runs something.
func leadsToWeb(address []byte) bool { return webOrPage.Match(address) }

var webOrPage = regexp.MustCompile(`^(?i:https?:|mailto:)|^[^:]*$`)

// One statement, whatever it says, changes nothing around it.
func FuzzStatement(f *testing.F) { safetest.Fuzz(f, checkStatement) }

func checkStatement(t *testing.T, body string) {
	for _, source := range []compile.Source{{URL: "https://github.com/a/b/issues/1#issuecomment-2"}, {Note: "2023-09-04", Line: 3}} {
		want, err := Markdown(skeleton("harmless", source), Options{})
		require.NoError(t, err)
		before := safe.Fallbacks()
		got, err := Markdown(skeleton(body, source), Options{})
		require.NoError(t, err)
		require.Equal(t, before, safe.Fallbacks(), "the last line of defence was needed")
		front := func(draft []byte) string { return string(draft[:strings.Index(string(draft), "## ")]) }
		require.Equal(t, front(want), front(got))
		for _, p := range viewers {
			require.Equal(t, outline(t, string(want), p), outline(t, string(got), p), "%s", got)
		}
		for _, sign := range []string{"%%", "<%"} {
			require.NotContains(t, string(got), sign)
		}
		for line := range strings.Lines(string(got)) {
			bare := strings.ReplaceAll(line, "\u2060", "") // the only sign that is not seen, and ours
			require.Equal(t, safe.OneLine(bare), strings.Join(strings.Fields(bare), " "))
		}
	}
}

func TestMixtures(t *testing.T) { safetest.Mixtures(t, checkStatement) }
