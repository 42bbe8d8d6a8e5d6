package outline

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBullets(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"roman numerals", "i. a\nii. b\niii. c", "-  a\n-   b\n-    c"},
		{"roman numerals with brackets", "i) a\nii) b", "-  a\n-   b"},
		{"indented", "- x\n  i. a", "- x\n  -  a"},
		{"no list without its first", "v. 2 is out\nx. y", "v. 2 is out\nx. y"},
		{"signs", "• a\n•b\n  ◦ c", "- a\n- b\n  - c"},
		{"not in code", "```\n• a\n```\n• b", "```\n• a\n```\n- b"},
		{"not inside a line", "a • b", "a • b"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, bullets(c.in)) })
	}
}

func TestClean(t *testing.T) {
	require.Equal(t, "a\nb\nc\nd", clean("\uFEFFa\r\nb\rc\u2028d"))
	require.Equal(t, "a\uFFFD\uFFFDb", clean("a\xff\x00b"))
}

// What is nested deeper than anyone means is text, and costs no more than text.
func TestShallow(t *testing.T) {
	for in, want := range map[string]string{
		"- - a":                             "- - a",
		strings.Repeat("> ", 16) + "a":      strings.Repeat("> ", 16) + "a",
		strings.Repeat("> ", 17) + "a":      strings.Repeat("> ", 16) + `\> a`,
		strings.Repeat("1. ", 18):           strings.Repeat("1. ", 16) + `1\. 1. `,
		"```\n" + strings.Repeat("- ", 40):  "```\n" + strings.Repeat("- ", 40),
		"a" + strings.Repeat(" - ", 40):     "a" + strings.Repeat(" - ", 40),
		strings.Repeat("-", 40) + "\n- - b": strings.Repeat("-", 40) + "\n- - b",
	} {
		require.Equal(t, want, shallow(in))
	}
}
