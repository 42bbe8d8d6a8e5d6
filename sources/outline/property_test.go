package outline

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
	for _, text := range append(layouts(f), hostile...) {
		f.Add(text)
	}
	f.Fuzz(checkNote)
}

func FuzzComment(f *testing.F) {
	for _, text := range append(layouts(f), hostile...) {
		f.Add(marked + text)
	}
	f.Fuzz(checkComment)
}

// A layout loses nothing as a whole, as a note and as a comment, and nothing
// without any of its lines.
func TestNoLayoutLosesText(t *testing.T) {
	for _, text := range append(layouts(t), hostile...) {
		checkNote(t, text)
		checkComment(t, marked+text)
	}
	for _, text := range layouts(t) {
		for _, text := range mutants(text) {
			checkNote(t, text)
			checkComment(t, text)
		}
	}
}

// Lines may end as on any system.
func TestLineEndings(t *testing.T) {
	for _, text := range layouts(t) {
		for _, ending := range []string{"\r\n", "\r", "\u2028"} {
			require.Equal(t, outlineOfNote(text), outlineOfNote(strings.ReplaceAll(text, "\n", ending)))
		}
	}
}

const marked = "**Weekly Update**\n\n"

// layouts gives the inputs of the files that [TestOutline] reads.
func layouts(t testing.TB) []string {
	files, err := filepath.Glob("testdata/outline/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var inputs []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		input, _, _ := strings.Cut(string(data), "-- outline --\n")
		inputs = append(inputs, input)
	}
	return inputs
}

// mutants gives a text without each of its lines.
func mutants(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	var all []string
	for i := range lines {
		all = append(all, strings.Join(slices.Concat(lines[:i], lines[i+1:]), ""))
	}
	return all
}

// checkNote checks what holds for every note: it reads the same twice, its updates
// and statements stand on its lines in their order, and no word is lost or doubled.
func checkNote(t *testing.T, note string) {
	read := Note(note, Options{Day: day})
	require.Equal(t, read, Note(note, Options{Day: day}))
	source := clean(note)
	line, last := 1, 1+strings.Count(source, "\n")
	for _, u := range read.Updates {
		require.GreaterOrEqual(t, u.Source.Line, line, note)
		line = u.Source.Line
		checkLines(t, u.Items, line, last)
	}
	matter := cutFrontMatter(source)
	var places []string
	for _, u := range read.Updates {
		places = append(places, printPath(u))
		for _, i := range u.Items {
			places = append(places, i.Under, i.By)
		}
	}
	places = append(places, read.Title)
	checkWords(t, matter.body, texts(itemsOf(read.Updates)), strings.Join(places, "\n"), matter.title)
}

// checkComment checks the same of a comment.
func checkComment(t *testing.T, comment string) {
	for _, part := range Updates(comment) {
		checkPart(t, part.Body)
	}
}

func checkPart(t *testing.T, body string) {
	items := Comment(body)
	require.Equal(t, items, Comment(body))
	var said []compile.Item
	var places []string
	for _, i := range items {
		places = append(places, i.Under, i.By)
		if i.Under+texts(i.Items) == "" && strings.HasPrefix(i.Text, "**") && strings.HasSuffix(i.Text, "**") {
			places = append(places, i.Text) // may be a header by itself
		} else {
			said = append(said, i)
		}
	}
	checkWords(t, body, texts(said), strings.Join(places, "\n"), "")
}

func itemsOf(updates []compile.Update) []compile.Item {
	var all []compile.Item
	for _, u := range updates {
		all = append(all, u.Items...)
	}
	return all
}

// texts joins the texts of items and of those nested in them.
func texts(items []compile.Item) string {
	var all []string
	for _, i := range items {
		all = append(all, i.Text, texts(i.Items))
	}
	return strings.Join(all, "\n")
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
	regexp.MustCompile(`(?s)%%.*?%%|\{/\*.*?\*/\}`),
	regexp.MustCompile(`(?m)^import .*from '.*$|(?s)^export const.*?\n\n`),
	toggle,
	regexp.MustCompile(`\[[xX]\]\s`),
	regexp.MustCompile(`\(\d{1,2}\)`), // count behind a key
	regexp.MustCompile("(?m)^.*(?:```|~~~).*$"),
	regexp.MustCompile(`(?m)^(?:[\s>*+-]|\d+[.)])*`), // numbers of lists
	regexp.MustCompile(`(?m)^[\W_]*(?:\p{L}[\p{L}-]*(?: [\p{L}-]+)?(?: \([^()]*\))?)[\W_]*[:：][\W_]*$`), // labels without a value
	regexp.MustCompile(`\]\([^()\s]*\s+(?:"[^"]*"|'[^']*')\s*\)`),
	regexp.MustCompile(`(?m)^[\W_]*:[a-z0-9_+-]+:`),
	regexp.MustCompile(`\[[\w. -]+\]\s+\[`), // repository before a link
}

var words = regexp.MustCompile(`[\p{L}\p{Nd}]+`)

// checkWords checks that every word of a text is in its statements or in their
// places as often as in the text, and in the statements not more often.
func checkWords(t *testing.T, body, statements, places, title string) {
	t.Helper()
	free := freeWords(body, title)
	check := func(w string, n, most int, what string) {
		if !free[strings.ToLower(w)] && n > most {
			t.Errorf("%q is %s, %d times rather than %d:\n%s\n-- statements --\n%s\n-- places --\n%s", w, what, n, most, body, statements, places)
		}
	}
	for w, n := range count(bare(body)) {
		check(w, n, strings.Count(statements, w)+strings.Count(places, w), "lost")
	}
	for w, n := range count(statements) {
		check(w, n, strings.Count(body, w), "doubled")
	}
}

// freeWords gives the words that may be lost or doubled, in lower case: keys, words
// for roles, and what link definitions are made of.
func freeWords(body, title string) map[string]bool {
	free := map[string]bool{}
	add := func(s string) {
		for w := range count(strings.ToLower(s)) {
			free[w] = true
		}
	}
	add(title)
	add("milestone epic deliverable task this last next coming week planned upcoming so far and due what s is")
	add("highlights highlight summary tldr recap tl dr brief short high level")
	for _, words := range []map[string]bool{askedAbout, summaryWords, wordSet("week's weeks what's what which")} {
		for word := range words {
			add(word)
		}
	}
	for _, words := range []map[string]compile.Kind{keys, asked} {
		for key := range words {
			add(key)
		}
	}
	for label, ref := range parse(body, 1).refs {
		add(label + " " + string(ref.node.Title) + " " + string(ref.node.Destination))
	}
	return free
}

// bare takes off a text what its outline need not repeat.
func bare(text string) string {
	for _, s := range syntax {
		text = s.ReplaceAllString(text, " [")
	}
	return text
}

func count(text string) map[string]int {
	n := map[string]int{}
	for _, w := range words.FindAllString(text, -1) {
		if !strings.ContainsFunc(w, unicode.IsControl) {
			n[w]++
		}
	}
	return n
}
