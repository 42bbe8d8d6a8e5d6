package safe

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// gitHub reads emphasis as GitHub does.
var gitHub = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// crowd is how many signs of emphasis a text of a paragraph has at most. More of them
// mean nothing, as viewers take longer to pair them than anyone waits.
const crowd = 2000

func isCrowded(s string) bool {
	n := 0
	for _, sign := range []string{"*", "_", "~"} {
		n += strings.Count(s, sign)
	}
	return n > crowd
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
	_ = ast.Walk(gitHub.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
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

// unbold takes the signs for bold out of a line, but for escaped ones.
func unbold(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			b.WriteString(s[i : i+2])
			i++
		case strings.HasPrefix(s[i:], "**"):
			i++
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
