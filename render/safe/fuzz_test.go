package safe

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/waku-org/monthly/render/safe/safetest"
	"github.com/waku-org/monthly/render/safe/viewer"
)

var commonMark = goldmark.DefaultParser()

// What holds for the seeds holds for any mixture of what Markdown is made of.
func TestMixtures(t *testing.T) { safetest.Mixtures(t, checkWords, checkIdempotent, checkTitle) }

// unread is what has no words of its own, or has them in other letters: HTML
// comments, entities, definitions of links, addresses, and blocks of HTML, in
// which Markdown is read all the same.
var unread = regexp.MustCompile(`(?im)<!|&|\]:|https?:|^[\s>\-+*\d.)]*<`)

// inOrderIn reports whether the letters of one text are in another, in order.
func inOrderIn(all, some string) bool {
	rest := []rune(all)
	for _, r := range some {
		i := 0
		for i < len(rest) && rest[i] != r {
			i++
		}
		if i == len(rest) {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// Every letter that a reader sees of what was written is in what comes out.
func FuzzWords(f *testing.F) { safetest.Fuzz(f, checkWords) }

func checkWords(t *testing.T, s string) {
	in := visible(s)
	if unread.MatchString(in) {
		return
	}
	seen, out := safetest.Shown(in), strings.Join(comment.Blocks(s), "\n\n")
	assert.True(t, inOrderIn(safetest.Shown(out), seen), "seen of %q: %q\nof %q: %q", in, seen, out, safetest.Shown(out))
}

// kinds lists the kinds of blocks in a text.
func kinds(markdown string) string {
	var b strings.Builder
	_ = ast.Walk(commonMark.Parse(text.NewReader([]byte(markdown))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		mark := "("
		if !entering {
			mark = ")"
		}
		b.WriteString(n.Kind().String() + mark)
		return ast.WalkContinue, nil
	})
	return b.String()
}

// What is safe stays as it is, block by block and word by word.
func FuzzIdempotent(f *testing.F) { safetest.Fuzz(f, checkIdempotent) }

func checkIdempotent(t *testing.T, s string) {
	once := strings.Join(comment.Blocks(s), "\n\n")
	before := fallbacks.Load()
	twice := strings.Join(comment.Blocks(once), "\n\n")
	require.Equal(t, before, fallbacks.Load(), "the last line of defence was needed for %q", once)
	assert.Equal(t, kinds(once), kinds(twice), "%q\n%q", once, twice)
	assert.True(t, inOrderIn(safetest.Shown(twice), safetest.Shown(once)), "%q\n%q", once, twice)
}

// A title stays on its line, in its link.
func FuzzTitle(f *testing.F) { safetest.Fuzz(f, checkTitle) }

func checkTitle(t *testing.T, title string) {
	for url, links := range map[string]int{"": -1, "https://x.io": 1} {
		out := comment.Link(title, url)
		require.NotContains(t, out, "\n")
		src := []byte("#### " + out)
		for _, p := range []parser.Parser{commonMark, gitHub} {
			n := p.Parse(text.NewReader(src)).FirstChild()
			require.Equal(t, ast.KindHeading, n.Kind(), "%q", out)
			require.Nil(t, n.NextSibling())
			found := 0
			_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
				switch n := n.(type) {
				case *ast.Link:
					require.True(t, safeAddress(string(n.Destination)))
					if entering {
						found++
					}
				case *ast.RawHTML, *ast.Image:
					t.Errorf("%s in %q", n.Kind(), out)
				}
				return ast.WalkContinue, nil
			})
			if links >= 0 {
				require.Equal(t, links, found, "%q", out)
			}
		}
		require.Empty(t, viewer.Troubles("- "+out), "%q", out)
	}
}
