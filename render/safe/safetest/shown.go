package safetest

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

var commonMark = goldmark.DefaultParser()

// Letters gives the letters and digits of a text.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// Shown gives the letters and digits that a reader of a Markdown text sees.
func Shown(markdown string) string {
	src := []byte(markdown)
	var b strings.Builder
	_ = ast.Walk(commonMark.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Value(src))
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.RawHTML:
			for _, seg := range n.Segments.Sliced(0, n.Segments.Len()) {
				b.Write(seg.Value(src))
			}
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			b.WriteString(string(n.Lines().Value(src)))
		}
		return ast.WalkContinue, nil
	})
	return Letters(b.String())
}

// Hides gives the first word that a reader does not see where it should be, as the
// words are in order; empty if all are seen.
func Hides(shown, words string) string {
	for word := range strings.FieldsSeq(words) {
		letters := Letters(word)
		at := strings.Index(shown, letters)
		if at < 0 {
			return word
		}
		shown = shown[at+len(letters):]
	}
	return ""
}
