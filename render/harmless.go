package render

import (
	"strings"
	"sync/atomic"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// viewers are parsers of Markdown that differ in what they read: as GitHub and
// Quartz do, with tables, and without.
var viewers = []parser.Parser{goldmark.DefaultParser(), goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()}

// fallbacks counts the texts that had to be shown as code, for tests.
var fallbacks atomic.Int64

// harmless reports whether a text parses to nothing that it must not hold. It is
// the last line of defence: the rewriting must never need it.
func harmless(markdown string) bool {
	src := []byte(markdown)
	for _, p := range viewers {
		ok := true
		_ = ast.Walk(p.Parse(text.NewReader(src)), func(n ast.Node, _ bool) (ast.WalkStatus, error) {
			switch n := n.(type) {
			case *ast.HTMLBlock, *ast.RawHTML, *ast.Heading, *ast.ThematicBreak, *ast.LinkReferenceDefinition:
				ok = false
			case *ast.Link:
				ok = ok && safeAddress(string(n.Destination))
			case *ast.Image:
				ok = ok && safeAddress(string(n.Destination))
			}
			if !ok {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
		if !ok {
			return false
		}
	}
	return true
}

// balanced escapes the signs of emphasis in a line that begin or end none, so
// that the line can stand between others of them.
func balanced(s string) string {
	if !strings.ContainsAny(s, "*_~") {
		return s
	}
	const front = "x " // so that the line is a paragraph
	src := []byte(front + s)
	lone := make([]bool, len(src))
	_ = ast.Walk(viewers[1].Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering && n.Parent().Kind() != ast.KindCodeSpan {
			for i := t.Segment.Start; i < t.Segment.Stop; i++ {
				lone[i] = strings.IndexByte("*_~", src[i]) >= 0
			}
		}
		return ast.WalkContinue, nil
	})
	var b strings.Builder
	for i := len(front); i < len(src); i++ {
		inWord := src[i] == '_' && i+1 < len(src) && isASCIIWord(rune(src[i-1])) && isASCIIWord(rune(src[i+1]))
		if lone[i] && src[i-1] != '\\' && !inWord {
			b.WriteByte('\\')
		}
		b.WriteByte(src[i])
	}
	return b.String()
}
