package safe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/waku-org/monthly/render/safe/viewer"
)

var comment = Text{
	Web: "https://github.com", Repo: "waku-org/nwaku", Base: "https://github.com/waku-org/nwaku/issues/9#issuecomment-1",
	Logins: map[string]bool{"alice": true, "a-b": true, "c": true, "bob": true, "a": true},
}

// A row says what becomes of a paragraph.
func TestSafeText(t *testing.T) {
	tests := []struct{ rule, in, want string }{
		{"plain text stays", "fixed a bug, 3 < 5 not", `fixed a bug, 3 \< 5 not`},
		{"emphasis stays", "*a* **b** _c_ ~~d~~ snake_case", "*a* **b** _c_ ~~d~~ snake_case"},

		{"a mention is a link", "thanks @alice!", "thanks [@alice](https://github.com/alice)!"},
		{"a mention behind a sign", "(@a-b), cc:@c", "([@a-b](https://github.com/a-b)), cc:[@c](https://github.com/c)"},
		{"a mention that is escaped", `\@alice`, "[@alice](https://github.com/alice)"},
		{"a mention with a sign by name", "&#64;alice &commat;bob", "[@alice](https://github.com/alice) [@bob](https://github.com/bob)"},
		{"a mention around a comment", "@<!-- -->alice", "@\u2060alice"},
		{"a mention around an entity", "@&#97;lice", "@\u2060alice"},
		{"a mention behind a foreign letter", "é@nobody", "é@\u2060nobody"},
		{"a number in a link that a sign follows", "[#1_](https://x.io)", "[#1\u2060_](https://x.io)"},
		{"signs alone on a line", "a\n=<!-- -->==\nb", "a\n\\=\u2060=\u2060=\nb"},
		{"a mention with a hidden character", "@\u200balice", "[@alice](https://github.com/alice)"},
		{"a mention in code stays", "`@alice`", "`@alice`"},
		{"a mention in a link is its text", "[by @alice](https://x.io)", "[by @alice](https://x.io)"},
		{"a team or package is code", "@waku/sdk, @org/team.", "`@waku/sdk`, `@org/team`."},
		{"an e-mail address is no mention", "mail me@example.org", "mail me@example.org"},

		{"a number is of the repository", "see #12, #13.", "see [#12](https://github.com/waku-org/nwaku/issues/12), [#13](https://github.com/waku-org/nwaku/issues/13)."},
		{"a number with GH", "GH-12", "[GH-12](https://github.com/waku-org/nwaku/issues/12)"},
		{"a number with a repository", "go-waku#7", "[go-waku#7](https://github.com/waku-org/go-waku/issues/7)"},
		{"a number with an owner", "vacp2p/rfc#7", "[vacp2p/rfc#7](https://github.com/vacp2p/rfc/issues/7)"},
		{"a number in a word is none", "a#b1 &#35;12x issue-#3", "a#b1 \\#\u206012x issue-#\u20603"},
		{"a tag is none", "#release", "#\u2060release"},

		{"an issue's address is short", "https://github.com/waku-org/nwaku/issues/12", "[nwaku#12](https://github.com/waku-org/nwaku/issues/12)"},
		{"with what is behind it", "https://github.com/a/b/pull/12/files?x=1#r1.", "[b#12](https://github.com/a/b/pull/12/files?x=1#r1)."},
		{"a commit's address is short", "https://github.com/a/b/commit/0123456789abcdef", "[b@0123456](https://github.com/a/b/commit/0123456789abcdef)"},
		{"in angle brackets", "<https://github.com/a/b/issues/1>", "[b#1](https://github.com/a/b/issues/1)"},
		{"another address stays", "https://x.io/a(b)?c=d&e=f#g, (https://x.io/y_z).", "https://x.io/a(b)?c=d&e=f#g, (https://x.io/y_z)."},
		{"an address with signs of emphasis", "https://x.io/*a*/_b_c", `[https://x.io/\*a\*/\_b\_c](https://x.io/*a*/_b_c)`},
		{"an address with odd signs", "https://x.io/$a$/%%b%%/[c]", "[https://x.io/\\$a\\$/%\u2060%b%\u2060%/\\[c\\]](https://x.io/%24a%24/%25%25b%25%25/%5Bc%5D)"},
		{"an address that hides a direction", "https://x.io/&#x202e;a", "https://x.io/a"},

		{"a link stays", `[a](https://x.io "title")`, "[a](https://x.io)"},
		{"a link to a page leads from the comment", "[a](../b.md)", "[a](https://github.com/waku-org/nwaku/b.md)"},
		{"an image stays", "![a](https://x.io/a.png)", "![a](https://x.io/a.png)"},
		{"an image in a link stays", "[![a](https://x.io/a.png)](https://x.io)", "[![a](https://x.io/a.png)](https://x.io)"},
		{"a link with brackets in its text", "[a [b] c](https://x.io)", `[a \[b\] c](https://x.io)`},
		{"a link in a link", "[a [b](https://b.io)](https://x.io)", `\[a [b](https://b.io)\](https://x.io)`},
		{"a link without text shows its address", "[](https://x.io)", "[https://x.io](https://x.io)"},
		{"a link without text and address is text", "[]() a", `\[\]() a`},
		{"code that reaches out of a link wins", "[a`](https://x.io)`", "\\[a`](https://x.io)`"},
		{"brackets alone stay", "[nwaku] done [0.1 - 0.2]", "[nwaku] done [0.1 - 0.2]"},
		{"a comment makes no link", "[a]<!-- -->(javascript:x)", "\\[a\\]\u2060(javascript:x)"},
		{"a reference is none", "[a][b] [^1] ^[note]", "\\[a\\][b] \\[^\u20601\\] ^\\[note\\]"},
		{"a script is no link", "[a](javascript:alert(1))", "\\[a\\](`javascript:alert(1)`)"},
		{"in any case", "[a](JaVaScRiPt:x) [b](data:x) [c](vbscript:x)", "\\[a\\](`JaVaScRiPt:x`) \\[b\\](`data:x`) \\[c\\](`vbscript:x`)"},
		{"with entities", "[a](javascript&#58;x) [b](java&Tab;script:x)", "\\[a\\](`javascript:x`) \\[b\\](`java\tscript:x`)"},
		{"as an image", "![a](javascript:x)", "\\[a\\](`javascript:x`)"},
		{"in angle brackets too", "<javascript:x>", `\<javascript:x>`},

		{"HTML is escaped", `<b onclick="x">a</b>`, `\<b onclick="x">a\</b>`},
		{"HTML comments vanish", "a <!-- b\nc --> d", "a  d"},
		{"an entity means its sign", "&lt;b&gt; &amp;lt; &copy; &nosuch;", `\<b\> \&lt; © &nosuch;`},
		{"a direction by name vanishes", "a&#x202e;b", "ab"},

		{"code beside code", "@a/b`c`", "`@a/b`\u2060`c`"},
		{"code stays", "`a` ``b ` c``", "`a` ``b ` c``"},
		{"code that is not closed", "a ` b `` c", "a \\` b \\`\\` c"},
		{"formulas are none", "$x$ $$y$$", `\$x\$ \$\$y\$\$`},
		{"comments of Obsidian are none", "%%a%% %", "%\u2060%a%\u2060% %"},
		{"nor in code", "`%%a%%`", "`%\u2060%a%\u2060%`"},
		{"templates are none", "<% tp.x %> `<% a`", "\\<\u2060% tp.x %> `<\u2060% a`"},
		{"queries do not run", "`$= dv.x()`", "`\u2060$= dv.x()`"},
		{"pages of a site are code", "[[a|b]] ![[c]]", "`[[a|b]]` `![[c]]`"},
		{"however they are written", `\[\[a]] [<!-- -->[a]]`, "\\[\u2060\\[a\\]\\] \\[\u2060\\[a\\]\\]"},
		{"an anchor is none", "a ^b", "a ^\u2060b"},

		{"a backslash at the end", `a\`, `a\\`},
		{"a hard break stays", "a\\\nb", "a  \nb"},
		{"what looks like blocks", "a\n\\- b\n\\# c", "a\n\\- b\n\\# c"},
		{"a comment uncovers no block", "a <!-- b\n--># c\n<!-- d -->- e", "a # c\n\n- e"},
		{"hidden characters vanish", "a\u202eb\u200bc\x00d\ufeff", "abcd"},
		{"joined emoji stay", "👩\u200d💻", "👩\u200d💻"},
		{"bad UTF-8 is marked", "a\xffb", "a\uFFFDb"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			assert.Equal(t, tt.want, strings.Join(comment.Blocks(tt.in), "\n\n"))
		})
	}
}

// A row says what becomes of blocks.
func TestSafeBlocks(t *testing.T) {
	tests := []struct {
		rule, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"a heading turns bold", "# A *b*\n\nc\n===\nd", []string{"**A *b***", "**c**", "d"}},
		{"a heading of stars", "# * **", []string{`**\* \*\***`}},
		{"an open fence is closed", "```go\na", []string{"```go\na\n```"}},
		{"a fence that holds fences", "~~~\n```\n~~~", []string{"````\n```\n````"}},
		{"code that viewers run is plain", "```dataviewjs\na\n```", []string{"```\na\n```"}},
		{"indented code is fenced", "a\n\n    b\n\n    c", []string{"a", "```\nb\n\nc\n```"}},
		{"a quote stays", "> a\n> b\n>\n> c", []string{"> a\n> b\n>\n> c"}},
		{"a quote is no callout", "> [!warning] a", []string{"> \\[\u2060!warning\\] a"}},
		{"nor around a comment", "> <!-- -->\\[!warning] a", []string{"> \\[\u2060!warning\\] a"}},
		{"an empty quote is nothing", ">", nil},
		{"a list stays tight", "* a\n  * b\n* c", []string{"* a\n  * b\n* c"}},
		{"a list stays loose", "- a\n\n- b", []string{"- a\n\n- b"}},
		{"numbers stay", "3) a\n4) b", []string{"3) a\n4) b"}},
		{"a number can be too great", "999999999. a\n1. b", []string{"999999999. a\n999999999. b"}},
		{"boxes stay", "- [ ] a\n- [x] b", []string{"- [ ] a\n- [x] b"}},
		{"a line between is dropped", "a\n\n---\n\nb", []string{"a", "b"}},
		{"front matter is text", "---\ntitle: x\n---", []string{"**title: x**"}},
		{"a table stays", "| a | b |\n|---|---|\n| @c | #1 |", []string{"| a | b |\n|---|---|\n| [@c](https://github.com/c) | [#1](https://github.com/waku-org/nwaku/issues/1) |"}},
		{"code ends with its cell", "|a|b|\n|-|-|\n|`x|<b>`|", []string{"|a|b|\n|-|-|\n|\\`x|\\<b>\\`|"}},
		{"a cell too many is shown", "|a|b|\n|-|-|\n|`x|y`|2|\n|1|2|", []string{"|a|b|\n|-|-|\n|\\`x|y\\`\\|2|\n|1|2|"}},
		{"HTML is text and holds Markdown", "<details>\n\n- a\n</details>", []string{`\<details>`, "- a", `\</details>`}},
		{"HTML over blank lines", "<script>\na\n\n# b\n</script>\n\nc", []string{"\\<script>\na", "**b**", `\</script>`, "c"}},
		{"a comment as a block vanishes", "a\n\n<!-- b\n\nc -->\n\nd", []string{"a", "d"}},
		{"a definition is text", "[a]: https://x.io\n\n[a]", []string{`\[a\]: https://x.io`, "[a]"}},
		{"a footnote is text", "[^1]: b", []string{"\\[^\u20601\\]: b"}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			assert.Equal(t, tt.want, comment.Blocks(tt.in))
			assert.Empty(t, viewer.Troubles(strings.Join(tt.want, "\n\n")))
		})
	}
}

// A note of the site may link its pages. What it would show in place is linked.
func TestSafeNote(t *testing.T) {
	note := Text{Web: "https://github.com", Wikilinks: true}
	assert.Equal(t, []string{"see [[a/b|c]], [[d.png]]"}, note.Blocks("see [[a/b|c]], ![[d.png]]"))
	assert.Equal(t, []string{"\\[\u2060\\[\u2060[a/b#12](https://github.com/a/b/issues/12)\\]\\]"}, note.Blocks("[[a/b#12]]"), "GitHub reads a reference")
	assert.Equal(t, []string{"#\u206012 nwaku#\u206012 vacp2p/[rfc#1](https://github.com/vacp2p/rfc/issues/1)"}, note.Blocks("#12 nwaku#12 vacp2p/[rfc#1](https://github.com/vacp2p/rfc/issues/1)"))
}

// A GitHub Enterprise server has addresses of its own.
func TestSafeEnterprise(t *testing.T) {
	s := Text{Web: "https://git.example.org", Repo: "o/r", Logins: map[string]bool{"a": true}}
	assert.Equal(t, []string{"[@a](https://git.example.org/a) [#1](https://git.example.org/o/r/issues/1) [b#2](https://git.example.org/a/b/issues/2) https://github.com/a/b/issues/2"},
		s.Blocks("@a #1 https://git.example.org/a/b/issues/2 https://github.com/a/b/issues/2"))
}

func TestSafeTitle(t *testing.T) {
	const to = "](https://x.io)"
	tests := []struct{ rule, in, line, link string }{
		{"plain", "feat: a (b)", "feat: a (b)", "[feat: a (b)" + to},
		{"brackets", "[Epic] a [b", `[Epic] a \[b`, `[\[Epic\] a \[b` + to},
		{"code", "use `a|b` now", "use `a|b` now", "[use `a|b` now" + to},
		{"open code", "a ` b", "a \\` b", "[a \\` b" + to},
		{"a line feed", "a\n\n# b", "a # b", "[a # b" + to},
		{"a heading", "# b", `\# b`, "[# b" + to},
		{"an attack", "a](javascript:x)", `a\](javascript:x)`, `[a\](javascript:x)` + to},
		{"a link", "a [b](https://b.io) c", "a [b](https://b.io) c", "[a b c" + to},
		{"an image", "![a](https://a.io)", "a", "[a" + to},
		{"a mention", "@a", "[@a](https://github.com/a)", "[@a" + to},
		{"lone signs of emphasis", "foo *args, a_b _c", `foo \*args, a_b \_c`, `[foo \*args, a_b \_c` + to},
		{"a definition", "a`]: b`", "a`]: b`", "[a`]\u2060: b`" + to},
		{"HTML", "<b>", `\<b>`, `[\<b>` + to},
		{"no text", " ", "", `[https\:\/\/x\.io` + to},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			assert.Equal(t, tt.line, comment.Line(tt.in))
			assert.Equal(t, tt.link, comment.Link(tt.in, "https://x.io"))
		})
	}
	assert.Equal(t, "a", comment.Link("a", "javascript:x"))
	assert.Equal(t, "[a](https://x.io/%29%5B%60%7C%24)", comment.Link("a", "https://x.io/)[`|$"))
}

// Texts made to take long must not: each is read in time in proportion to its
// length. The test has no clock; a text that took its square would hang it.
func TestSafeLongLines(t *testing.T) {
	for _, s := range []string{
		"a", "[", "]", "![", "[a](", "[a](b 'c", "[](", "`", "` ``", "*a _b ", "**", "_a", "> ", "- ", "1. ", "<", "<!--", "<a ", "&", "&#64;", "@a", "#1 ", "a#",
		"https://", "https://a.io)", "https://a.io ", "\\", "%", "$", "|", "|-", "[[", "[[a]]", "[a]: b\n", "a\n", "- a\n", "~~~\n", "[a](b) [", "(((", "\u200b",
	} {
		before := fallbacks.Load()
		long := strings.Repeat(s, 60_000/len(s))
		comment.Blocks(long)
		comment.Line(long[:10_000])
		assert.Equal(t, before, fallbacks.Load(), "%q is shown as code", s)
	}
}

func TestSafeDeepNesting(t *testing.T) {
	for _, mark := range []string{"> ", "- ", "1. ", "> - "} {
		out := strings.Join(comment.Blocks(strings.Repeat(mark, 10_000)+"deep"), "\n")
		assert.Contains(t, out, "deep")
		assert.Less(t, len(out), 70_000)
	}
}
