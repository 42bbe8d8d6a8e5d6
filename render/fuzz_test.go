package render

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/waku-org/monthly/compile"
)

// seeds are texts that people write and texts that attack.
var seeds = []string{
	"", "fixed #12 with @alice, see https://github.com/a/b/pull/3.", "a\n\n- b\n  1. c\n\n> d", "# a\n\nb\n---\n",
	"```go\nfunc main() {}", "~~~\na\n~~~", "`a` ``b ` c`` ` d", "| a | b |\n|---|---|\n| `x | <b>y</b> ` |", "a\n:-",
	"<details><summary>a</summary>\n\n- b\n</details>", "a <!-- b --> c", "<!-- a", "[a](javascript:x) <javascript:y>",
	"[a](java&Tab;script&#58;x)", "[a [b](c) d](e)", "![a](b) [![c](d)](e)", "[a]: b\n\n[a]", "[^1]: a", "> [!note]\n> a",
	"%%a%% $b$ $$c$$ <% d %>", "[[a|b]] ![[c]]", "\\@a \\# \\", "&#64;a &lt;b&gt;", "---\na: b\n---", "a\n===", "*a **b _c", "a\u202e\u200bb\x00\xff",
	"> > > - - 1. 2. a", "- [ ] a\n- [x] b", "    code\n\n\tcode", "999999999. a\n1. b", "[a]<!-- -->(b)", "<a href=\"`\">`", "***", "* * *a",
	"#\ta", "\t- a", "1) a\n- b\n+ c", "-\n  a", "a  \nb\\\nc", "![", "<https://a.io/*b*>", "&", "@org/team", "GH-1", "# **</b>%*\n> \n---:-</b>", "a@b.c", "**a**\n- b\n\n  c", "|\n|-",
}

func fuzz(f *testing.F, check func(*testing.T, string)) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(check)
}

// pieces are what Markdown is made of.
var pieces = strings.Split("a|b|12|é| |  |\t|\n|\n\n|\n- |\n  |\n    |\n> |\n1. |\n# |\n```|\n~~~|\n---|\n===|\n||`|``|```|*|**|_|~~|[|]|](|)|(|![|[[|]]|"+
	"<|>|<!--|-->|<b>|</b>|<details>|<script>|\\|&|&lt;|&#64;|&#91;|;|@|@a|#|#1|a#1|https://x.io|https://github.com/a/b/issues/1|javascript:|:|!|[!note]|"+
	"[a](b)|[a]|[^1]|]: |%|%%|$|$$|<%|%>|^|'|\"|=|-|:-|\n-|-|\u200b|\u202e|\x00|\xff|\r|- |> |1. |2) |# |\ufe0f|👩", "|")

// What holds for the seeds holds for any mixture of the pieces.
func TestMixtures(t *testing.T) {
	random := rand.New(rand.NewPCG(1, uint64(mixtures())))
	var b strings.Builder
	defer func() {
		if t.Failed() {
			t.Logf("for %q", b.String())
		}
	}()
	for range mixtures() {
		b.Reset()
		for range 1 + random.IntN(16) {
			b.WriteString(cmp.Or(pieces[random.IntN(len(pieces))], "|"))
		}
		for _, check := range []func(*testing.T, string){checkStatement, checkWords, checkIdempotent, checkTitle} {
			if check(t, b.String()); t.Failed() {
				return
			}
		}
	}
}

// mixtures is how many are tried: more if the environment says so.
func mixtures() int {
	n, err := strconv.Atoi(os.Getenv("MIXTURES"))
	if err != nil {
		return 100
	}
	return n
}

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

// outline lists the blocks of a draft, without what is inside the list items of
// statements, and checks what is.
func outline(t *testing.T, draft string, p parser.Parser) string {
	_, body, found := strings.Cut(strings.TrimPrefix(draft, "---\n"), "\n---\n")
	require.True(t, found)
	src := []byte(body)
	var b strings.Builder
	for n := p.Parse(text.NewReader(src)).FirstChild(); n != nil; n = n.NextSibling() {
		fmt.Fprint(&b, n.Kind())
		if list, ok := n.(*ast.List); ok {
			fmt.Fprint(&b, " of ", list.ChildCount())
			checkInside(t, list, src)
		} else {
			fmt.Fprintf(&b, " %q", rawLines(n, src))
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
			assert.True(t, safeAddress(string(n.Destination)), "%s", n.Destination)
		case *ast.Image:
			assert.True(t, safeAddress(string(n.Destination)), "%s", n.Destination)
		}
		return ast.WalkContinue, nil
	})
}

// One statement, whatever it says, changes nothing around it.
func FuzzStatement(f *testing.F) { fuzz(f, checkStatement) }

func checkStatement(t *testing.T, body string) {
	for _, source := range []compile.Source{{URL: "https://github.com/a/b/issues/1#issuecomment-2"}, {Note: "2023-09-04", Line: 3}} {
		want, err := Markdown(skeleton("harmless", source), Options{})
		require.NoError(t, err)
		before := fallbacks.Load()
		got, err := Markdown(skeleton(body, source), Options{})
		require.NoError(t, err)
		require.Equal(t, before, fallbacks.Load(), "the last line of defence was needed")
		front := func(draft []byte) string { return string(draft[:strings.Index(string(draft), "## ")]) }
		require.Equal(t, front(want), front(got))
		for _, p := range viewers {
			require.Equal(t, outline(t, string(want), p), outline(t, string(got), p), "%s", got)
		}
		for _, sign := range []string{"%%", "<%"} {
			require.NotContains(t, string(got), sign)
		}
		require.Equal(t, string(got), visible(string(got)))
	}
}

// unread is what has no words of its own, or has them in other letters: HTML
// comments, entities, definitions of links, addresses, and blocks of HTML, in
// which Markdown is read all the same.
var unread = regexp.MustCompile(`(?im)<!|&|\]:|https?:|^[\s>\-+*\d.)]*<`)

// words gives the letters and digits of a text.
func words(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// shown gives the letters and digits that a reader of a text sees.
func shown(markdown string) string {
	src := []byte(markdown)
	var b strings.Builder
	_ = ast.Walk(viewers[0].Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
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
			b.WriteString(rawLines(n, src))
		}
		return ast.WalkContinue, nil
	})
	return words(b.String())
}

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
func FuzzWords(f *testing.F) { fuzz(f, checkWords) }

func checkWords(t *testing.T, s string) {
	in := visible(s)
	if unread.MatchString(in) {
		return
	}
	seen, out := shown(in), strings.Join(comment.blocks(s), "\n\n")
	assert.True(t, inOrderIn(shown(out), seen), "seen of %q: %q\nof %q: %q", in, seen, out, shown(out))
}

// kinds lists the kinds of blocks in a text.
func kinds(markdown string) string {
	var b strings.Builder
	_ = ast.Walk(viewers[0].Parse(text.NewReader([]byte(markdown))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
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
func FuzzIdempotent(f *testing.F) { fuzz(f, checkIdempotent) }

func checkIdempotent(t *testing.T, s string) {
	once := strings.Join(comment.blocks(s), "\n\n")
	before := fallbacks.Load()
	twice := strings.Join(comment.blocks(once), "\n\n")
	require.Equal(t, before, fallbacks.Load(), "the last line of defence was needed for %q", once)
	assert.Equal(t, kinds(once), kinds(twice), "%q\n%q", once, twice)
	assert.True(t, inOrderIn(shown(twice), shown(once)), "%q\n%q", once, twice)
}

// A title stays on its line, in its link.
func FuzzTitle(f *testing.F) { fuzz(f, checkTitle) }

func checkTitle(t *testing.T, title string) {
	for url, links := range map[string]int{"": -1, "https://x.io": 1} {
		out := comment.link(title, url)
		require.NotContains(t, out, "\n")
		src := []byte("#### " + out)
		for _, p := range viewers {
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
		require.True(t, harmless("- "+out), "%q", out)
	}
}
