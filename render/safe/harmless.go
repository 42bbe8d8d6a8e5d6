package safe

import (
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

var fallbacks atomic.Int64

// Fallbacks counts the texts that had to be shown as code because their rewriting
// was not harmless, since the program began. Tests hold that it stays zero.
func Fallbacks() int64 { return fallbacks.Load() }

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
