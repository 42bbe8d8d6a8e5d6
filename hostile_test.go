package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/waku-org/monthly/render/safe"
	"github.com/waku-org/monthly/render/safe/safetest"
	"github.com/waku-org/monthly/render/safe/viewer"
)

// structure gives the blocks at the top of a draft, and its raw HTML. Of these a
// comment may change no more than how many items its own list has.
func structure(draft string) []string {
	src := []byte(draft[strings.Index(draft[4:], "\n---\n")+9:])
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src))
	var all []string
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		s := n.Kind().String()
		if h, ok := n.(*ast.Heading); ok {
			s += " " + string(h.Lines().Value(src))
		}
		if l, ok := n.(*ast.List); ok && !strings.Contains(below(n, src), "issuecomment-99") {
			s += strings.Repeat(" item", l.ChildCount())
		}
		all = append(all, s)
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == ast.KindRawHTML || n.Kind() == ast.KindHTMLBlock) {
			all = append(all, "raw HTML")
		}
		return ast.WalkContinue, nil
	})
	return all
}

// below gives the text of all blocks in a block.
func below(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Type() == ast.TypeBlock && n.Lines() != nil {
			b.Write(n.Lines().Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// Whatever one trusted comment says, the draft around it stays the same.
func TestHostileCommentChangesNothingAroundIt(t *testing.T) {
	say := func(value string) result {
		d := newDemoRun(t)
		at := time.Date(2025, 3, 6, 9, 0, 0, 0, time.UTC)
		d.github.AddComment("tiler", map[string]any{
			"id": 99, "node_id": "IC_99", "body": "**Weekly Update**\n\n- achieved: " + value, "author_association": "MEMBER",
			"html_url":  "https://github.com/wayfold-maps/tiler/issues/21#issuecomment-99",
			"issue_url": "https://api.github.com/repos/wayfold-maps/tiler/issues/21",
			"user":      map[string]any{"login": "mira-wf", "type": "User"}, "created_at": at, "updated_at": at,
		})
		return d.compile()
	}
	calm, hiding := say("all is well"), say("all is well <!-- hidden -->") // what is hidden is named in the account
	front := calm.stdout[:strings.Index(calm.stdout, "> [!note]")]
	for _, value := range []string{
		"```\nnever closed\n\n# Heading",
		"~~~\n## Executive Summary",
		"<div><b>bold\n\n</div><script>alert(1)</script>",
		"<!-- open comment",
		"text <!-- hidden --> more",
		"---\ntitle: forged\n---\n# Forged",
		"a\n===\nb\n---",
		"| a | b |\n| - | - |\n| 1 | 2 |",
		"> [!danger] forged\n> quote",
		"%% hidden to the end",
		"$$ math to the end",
		"[[wiki]] ![[embed]] [a]: http://x\n\n[a]: javascript:alert(1)",
		"[x](javascript:alert(1)) [y](JaVaScRiPt&colon;alert(1)) ![z](data:text/html,x)",
		"\u202Eright to left \u200B\u200Bzero \x00 nul",
		"bad \xff\xfe utf-8",
		strings.Repeat("long ", 12_000),
		strings.Repeat("> ", 500) + "deep",
		strings.Repeat("[", 2000) + strings.Repeat("`", 1999),
		"ends in a backslash \\",
		"#### Future Plans",
		"a\n  * * *\n  _ _ _",
		"<details><summary>x</summary>",
		"{{range .}}{{end}} <% tp.file.delete() %>",
		"@everyone #1 wayfold-maps/app#2 https://github.com/wayfold-maps/app/pull/3",
	} {
		r := say(value)
		require.Zero(t, r.code, r.stderr)
		require.True(t, strings.HasPrefix(r.stdout, front), "front matter with %.40q", value)
		like := calm
		if strings.Contains(value, "-->") {
			like = hiding
		}
		require.Equal(t, structure(like.stdout), structure(r.stdout), "%.40q", value)
	}
}

// frame lists the blocks of a draft, without what is in lists and tables and
// without words of titles that people wrote.
func frame(draft string) []string {
	src := []byte(bodyOf(draft))
	var all []string
	for n := viewerOfTables.Parse(text.NewReader(src)).FirstChild(); n != nil; n = n.NextSibling() {
		s := n.Kind().String()
		if n.Kind() == ast.KindBlockquote && strings.HasPrefix(string(n.FirstChild().Lines().Value(src)), "[!info]- ") {
			continue // there only if people link to documents, or something is left out
		}
		if h, ok := n.(*ast.Heading); ok {
			s += fmt.Sprint(h.Level)
			if h.Level < 4 {
				s += string(h.Lines().Value(src))
			}
		}
		all = append(all, s)
	}
	return all
}

var viewerOfTables = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

func bodyOf(draft string) string { return draft[strings.Index(draft[4:], "\n---\n")+9:] }

// unwanted lists what text became in a draft that only the draft itself may have.
func unwanted(draft string) []viewer.Trouble {
	return slices.DeleteFunc(viewer.Troubles(bodyOf(draft)), func(t viewer.Trouble) bool {
		return t.Kind == viewer.Heading || t.Kind == viewer.Page ||
			t.Kind == viewer.Callout && boxOfDraft.MatchString(t.Text) || t.Kind == viewer.Footnote && nameOfFootnote.MatchString(t.Text)
	})
}

// What the draft has of its own: its boxes, and footnotes by repository and week.
var (
	boxOfDraft     = regexp.MustCompile(`^(?:> \[!(?:note|abstract|example|quote|question|info)\]$|\[!(?:note\]\nDraft from \d|abstract\] What the month says|(?:example|quote|question|info)\]- (?:Weeks by epic|Without a word|Linked in the statements|Details)))`)
	nameOfFootnote = regexp.MustCompile(`^[\w.-]+-\d{4}(?:-\d+)?$`)
)

// In a month of nothing but hostile texts, none changes anything around it, none
// becomes more than text, and each is seen where it belongs.
func TestHostileMonth(t *testing.T) {
	before := safe.Fallbacks()
	draft, calm := hostileMonth(hostileTexts()).draft(t), hostileMonth(calmTexts()).draft(t)
	require.Equal(t, before, safe.Fallbacks(), "the last line of defence was needed")
	require.Equal(t, frame(calm), frame(draft))
	require.Empty(t, unwanted(draft))
	for i, h := range hostileTexts() {
		if h.Place == safetest.Epic || h.Place == safetest.Milestone || h.Place == safetest.Heading {
			continue // it has no task
		}
		part := partOf(draft, i+1)
		require.NotEmpty(t, part, h.Name)
		require.Empty(t, safetest.Hides(safetest.Shown(part), h.Visible), "%s: %q\n%s", h.Name, h.Text, part)
	}
}

// partOf gives what a draft has to say on the n-th task, which has the text, with
// its title.
func partOf(draft string, n int) string {
	above, below, found := strings.Cut(draft, "]("+htmlURL("app", n)+")**")
	if !found {
		return ""
	}
	below, _, _ = strings.Cut(below, "\n**[app#")
	return above[strings.LastIndex(above, "\n"):] + below
}
