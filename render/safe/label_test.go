package safe

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/waku-org/monthly/render/safe/safetest"
)

func TestLabel(t *testing.T) {
	text := Text{Web: "https://github.com", Repo: "o/r"}
	for in, want := range map[string]string{
		"told":                                     "told",
		"one two three four five":                  "one two three …",
		"**bold** and _thin_ words":                "bold and thin …",
		"[a title](https://x.io/y), then":          "a title, then",
		"- [x] a task":                             "a task",
		"> 1. quoted, then more words":             "quoted, then more …",
		"`code` & <b>":                             "code \\& \\<b\\>",
		"https://github.com/o/r/pull/3 is in":      "r\\#\u20603 is in",
		"see https://x.io/a_b":                     "see x.io/a\\_b",
		"averyveryveryverylongwordthathasnoend it": "averyveryveryverylon …",
		"first, second; third: fourth":             "first, second …",
		"":                                         "",
		"a\n\n- b":                                 "a b",
		"snake_case stays":                         "snake\\_case stays",
	} {
		assert.Equal(t, want, text.Label(in, 3, 20), "%q", in)
	}
}

func TestLinks(t *testing.T) {
	text := Text{Web: "https://github.com", Repo: "o/r"}
	assert.Equal(t, []Link{
		{"the *paper*", "https://x.io/p"}, {"", "https://y.io/q"}, {"", "http://www.z.io/r"},
	}, text.Links("see [the *paper*](https://x.io/p) and https://y.io/q, www.z.io/r, ![an image](https://i.io), [script](javascript:x), `https://code.io`, #12"))
}

// A label of any text is harmless in a line.
func FuzzLabel(f *testing.F) { safetest.Fuzz(f, checkLabel) }

func TestMixturesOfLabels(t *testing.T) { safetest.Mixtures(t, checkLabel) }

func checkLabel(t *testing.T, markdown string) {
	text := Text{Web: "https://github.com", Repo: "o/r"}
	before := Fallbacks()
	label := text.Label(markdown, 9, 70)
	assert.Equal(t, before, Fallbacks(), "the last line of defence was needed: %q", label)
	assert.True(t, text.harmless("“"+label+"” (in a line), and more"), "%q", label)
	assert.NotContains(t, label, "\n")
	text.Links(markdown)
}
