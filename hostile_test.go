package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
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
	calm := say("all is well")
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
		"* * *\n_ _ _",
		"<details><summary>x</summary>",
		"{{range .}}{{end}} <% tp.file.delete() %>",
		"@everyone #1 wayfold-maps/app#2 https://github.com/wayfold-maps/app/pull/3",
	} {
		r := say(value)
		require.Zero(t, r.code, r.stderr)
		require.True(t, strings.HasPrefix(r.stdout, front), "front matter with %.40q", value)
		require.Equal(t, structure(calm.stdout), structure(r.stdout), "%.40q", value)
	}
}
