package outline

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// hostile are texts in which Markdown means something else than it seems.
var hostile = []string{
	"", "\n", "-", "- \n- \n", "#", "# \n## \n", "**", "****", "__a__b__", "***a**", "[", "[]()", "[](x)", "![a](b)", "[a][b]\n\n[b]: c", "[b]: c", "[a]: <b c> 'd'\n[a]",
	"```", "```go\na", "~~~ `a`\nb\n~~~", "    - a", "\t- next: a", "> - next: a\n> b", "> # a\n> - b", "<!-- a -->", "<!-- a\n\n- b", "<div>\n\n- a\n\n</div>", "<details>\n<summary>a</summary>\n\n- b\n</details>",
	"- a\n\n  > b\n  - c\n\n  d\n- e", "- - - a", "1. a\n1. b\n7) c", "- a\n    ```\n    b\n    ```\n  - next: c", "a\n===\nb\n---\nc", "* * *\n- - -\n",
	"next:\nnext:\n- next:\n  - next:\n    - a", "- next: ?\n- blocker: none\n- risk: -", "**next**\n\n**a**\n\n**done:** b", "a:\nb:\n- c", "Done:\n\na\n\n- b", "- done:\nnext: a\nb:\nc",
	"**[a](https://github.com/o/r/issues/1)** {E:b}, {c}", "{a}", "- {a}", "## {a}\n{b}", "# a {b} c", "[a](https://github.com/o/r/issues/1)\n- b", "[a](https://github.com/o/r/issues/1 \"b\") c\n- d",
	"## [a](https://github.com/o/r/milestone/1) - 2024-05-31\n- [b](https://github.com/o/r/issues/2)\n  - c", "- a\n  - b\n    - next:\n      - c\n        - done: d", "i. a\nii. b\n   iii. c", "• a\n  ◦ b",
	"| a | b |\n|---|---|\n| c | d |", "- [x] a\n- [ ] b", "a  \nb\\\nc", "&amp; &lt;a", "\\- a\n\\# b", "- a\n\n\n\n  b\n\n      c", "-\ta\n\t-\tb", "- a\n 1. b\n- c", "# 2024-03-04\n# 2024-03-04 a", "`a\n- b`", "- **a**\n  - next: b\n\n  c",
	"- **Project:** a\n  - next: b", "- Project: https://example.org\n  - next: b", "[^1]: a\n\nb[^1]", "[a b]: c\n[A  B] d", "[a]: b\n[a]: c\n[a]", "> [a]: b\n\n[a]", "- [a]: b\n- [a]", "done\n\n- a", "done\n- a", "- done\n  - a", "next\n===", "**next**: **a\nb**",
}

func FuzzNote(f *testing.F) {
	seed(f, "")
	f.Fuzz(func(t *testing.T, note string) {
		read := Note(note, Options{Day: day})
		outline := printOutline(read)
		require.Equal(t, outline, outlineOfNote(note))
		lines := 1 + strings.Count(clean(note), "\n")
		for _, u := range read.Updates {
			checkLines(t, u.Items, 1, lines)
		}
		source := clean(note)
		matter := cutFrontMatter(source)
		checkWords(t, matter.body, outline, matter.title)
	})
}

func FuzzComment(f *testing.F) {
	seed(f, "**Weekly Update**\n\n")
	f.Fuzz(func(t *testing.T, comment string) {
		body, isUpdate := IsUpdate(comment)
		if !isUpdate {
			return
		}
		outline := outlineOfComment(comment)
		require.Equal(t, outline, outlineOfComment(comment))
		checkWords(t, body, outline, "")
	})
}

func seed(f *testing.F, before string) {
	files, err := filepath.Glob("testdata/outline/*.txt")
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		input, _, _ := strings.Cut(string(data), "-- outline --\n")
		f.Add(before + input)
	}
	for _, s := range hostile {
		f.Add(before + s)
	}
}

// checkLines checks that items stand on lines of the note, in their order.
func checkLines(t *testing.T, items []compile.Item, from, to int) {
	t.Helper()
	for _, i := range items {
		require.GreaterOrEqual(t, i.Line, from, i.Text)
		require.LessOrEqual(t, i.Line, to, i.Text)
		from = i.Line
		checkLines(t, i.Items, from, to)
	}
}

// syntax is what an outline need not repeat.
var syntax = []*regexp.Regexp{
	regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`),
	toggle,
	regexp.MustCompile(`\[[xX]\]\s`),
	regexp.MustCompile(`\(\d{1,2}\)`), // count behind a key
	regexp.MustCompile("(?m)^.*(?:```|~~~).*$"),
	regexp.MustCompile(`(?m)^(?:[\s>*+-]|\d+[.)])*`), // numbers of lists
	regexp.MustCompile(`(?m)^[\W_]*(?:\p{L}[\p{L}-]*(?: [\p{L}-]+)?(?: \([^()]*\))?)[\W_]*[:：][\W_]*$`), // labels without a value
	regexp.MustCompile(`\]\([^()\s]*\s+(?:"[^"]*"|'[^']*')\s*\)`),
	regexp.MustCompile(`(?s)\s(?:"[^"]*"|'[^']*'|\([^()]*\))`), // hints of links
	regexp.MustCompile(`(?m)^[\W_]*:[a-z0-9_+-]+:`),
	regexp.MustCompile(`\[[\w. -]+\]\s+\[`), // repository before a link
}

var words = regexp.MustCompile(`[\p{L}\p{Nd}]+`)

// checkWords checks that every word of a text is in its outline as often as in
// the text.
func checkWords(t *testing.T, body, outline, title string) {
	t.Helper()
	known := map[string]bool{}
	exempt := func(s string) {
		for _, w := range words.FindAllString(strings.ToLower(s), -1) {
			known[w] = true
		}
	}
	exempt(title)
	exempt("milestone epic deliverable task this last next coming week planned upcoming so far and due what s is")
	for key := range keys {
		exempt(key)
	}
	for label, ref := range parse(body, 1).refs {
		exempt(label + " " + string(ref.node.Title))
	}
	rest := body
	for _, s := range syntax {
		rest = s.ReplaceAllString(rest, " [")
	}
	want := map[string]int{}
	for _, w := range words.FindAllString(rest, -1) {
		if !known[strings.ToLower(w)] && !strings.ContainsFunc(w, unicode.IsControl) {
			want[w]++
		}
	}
	for w, n := range want {
		if strings.Count(outline, w) < n {
			t.Errorf("%q is %d times in the text and %d times in the outline\n%s\n-- outline --\n%s", w, n, strings.Count(outline, w), body, outline)
		}
	}
}
