// Package safetest has the texts by which safe text is tried: those that people
// write, those that attack, and mixtures of what both are made of.
package safetest

import (
	"cmp"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Seeds are texts that people write and texts that attack.
var Seeds = []string{
	"", "fixed #12 with @alice, see https://github.com/a/b/pull/3.", "a\n\n- b\n  1. c\n\n> d", "# a\n\nb\n---\n",
	"```go\nfunc main() {}", "~~~\na\n~~~", "`a` ``b ` c`` ` d", "| a | b |\n|---|---|\n| `x | <b>y</b> ` |", "a\n:-",
	"<details><summary>a</summary>\n\n- b\n</details>", "a <!-- b --> c", "<!-- a", "[a](javascript:x) <javascript:y>",
	"[a](java&Tab;script&#58;x)", "[a [b](c) d](e)", "![a](b) [![c](d)](e)", "[a]: b\n\n[a]", "[^1]: a", "> [!note]\n> a",
	"%%a%% $b$ $$c$$ <% d %>", "[[a|b]] ![[c]]", "\\@a \\# \\", "&#64;a &lt;b&gt;", "---\na: b\n---", "a\n===", "*a **b _c", "a\u202e\u200bb\x00\xff",
	"> > > - - 1. 2. a", "- [ ] a\n- [x] b", "    code\n\n\tcode", "999999999. a\n1. b", "[a]<!-- -->(b)", "<a href=\"`\">`", "***", "* * *a",
	"#\ta", "\t- a", "1) a\n- b\n+ c", "-\n  a", "a  \nb\\\nc", "![", "<https://a.io/*b*>", "&", "@org/team", "GH-1", "# **</b>%*\n> \n---:-</b>", "a@b.c", "**a**\n- b\n\n  c", "|\n|-",
}

// Fuzz runs a fuzz test that begins with the seeds.
func Fuzz(f *testing.F, check func(*testing.T, string)) {
	for _, s := range Seeds {
		f.Add(s)
	}
	f.Fuzz(check)
}

// pieces are what Markdown is made of.
var pieces = strings.Split("a|b|12|é| |  |\t|\n|\n\n|\n- |\n  |\n    |\n> |\n1. |\n# |\n```|\n~~~|\n---|\n===|\n||`|``|```|*|**|_|~~|[|]|](|)|(|![|[[|]]|"+
	"<|>|<!--|-->|<b>|</b>|<details>|<script>|\\|&|&lt;|&#64;|&#91;|;|@|@a|#|#1|a#1|https://x.io|https://github.com/a/b/issues/1|javascript:|:|!|[!note]|"+
	"[a](b)|[a]|[^1]|]: |%|%%|$|$$|<%|%>|^|'|\"|=|-|:-|\n-|-|\u200b|\u202e|\x00|\xff|\r|- |> |1. |2) |# |\ufe0f|👩", "|")

// Mixtures checks random mixtures of the pieces of Markdown, always the same ones.
// The environment may ask for more of them by MIXTURES.
func Mixtures(t *testing.T, checks ...func(*testing.T, string)) {
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
		for _, check := range checks {
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
