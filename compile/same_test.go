package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlainText(t *testing.T) {
	tests := []struct {
		rule, markdown, text string
		refs                 []string
	}{
		{"markup, case and end signs do not count", "**Added** _tests_ for `filter`.", "added tests for filter", nil},
		{"quotes and dashes are one", "it’s “done” – now", "its done now", nil},
		{"marks of lists and quotes do not count", "> - 1. x\n  ii. y", "x y", nil},
		{"a link is its text and an address", "see [the PR](" + nwaku + "12) now", "see the pr now", []string{"waku-org/nwaku#12"}},
		{"an image is its text and an address", "![shot](https://x.y/A.png)", "shot", []string{"https://x.y/A.png"}},
		{"a link in a link", "[a [b](https://x.y) c](https://z.y)", "a b c", []string{"https://x.y", "https://z.y"}},
		{"a link in brackets of a wiki", "[[updates/2023-09-04|the week]]", "the week", nil},
		{"a bare address", "done: https://x.y/?a=1.", "done", []string{"https://x.y/?a=1"}},
		{"an escaped bracket opens no link", `\[a](b)`, "[a](b)", nil},
		{"a link that says but its reference", "[nwaku#12](" + nwaku + "12)", "", []string{"waku-org/nwaku#12"}},
		{"references are told in full", "see #1, nim#2 and a/b#3", "see and", []string{"a/b#3", "waku-org/nim#2", "waku-org/nwaku#1"}},
		{"each reference counts once", "#1 and #1", "and", []string{"waku-org/nwaku#1"}},
		{"nothing", "", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			p := plainText(tt.markdown, Repo{"waku-org", "nwaku"})
			require.Equal(t, tt.text, p.text)
			require.Equal(t, tt.refs, p.refs)
		})
	}
	require.Equal(t, []string{"#1", "nim#2"}, plainText("#1 nim#2", Repo{}).refs, "of no repository")
}

func TestCutLink(t *testing.T) {
	tests := []struct {
		rule, s, text, url string
		n                  int
	}{
		{"a link", "[a](b) c", "a", "b", 6},
		{"an image", "![a](b)", "a", "b", 7},
		{"brackets in its text", "[[a] b](c)", "[a] b", "c", 10},
		{"brackets in its address", "[a](b_(c))", "a", "b_(c)", 10},
		{"a title behind its address", `[a](b "c d")`, "a", "b", 12},
		{"an address in angles", "[a](<b>)", "a", "b", 8},
		{"an escaped bracket", `[a\]](b)`, `a\]`, "b", 8},
		{"no address", "[a](", "", "", 0},
		{"no end", "[a", "", "", 0},
		{"text before", " [a](b)", "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			text, url, n := CutLink(tt.s)
			require.Equal(t, []any{tt.text, tt.url, tt.n}, []any{text, url, n})
		})
	}
}

func TestSlip(t *testing.T) {
	tests := []struct {
		rule, a, b string
		want       bool
	}{
		{"a letter that is missing", "subscrption", "subscription", true},
		{"a wrong letter", "normalise", "normalize", true},
		{"two letters that changed places", "recieved", "received", true},
		{"another first letter is another word", "inbound", "unbound", false},
		{"two letters are another word", "static", "status", false},
		{"a short word is another word", "port", "post", false},
		{"digits are no slip", "chat-v2", "chat-v3", false},
		{"other scripts are read to the letter", "сделано", "сделана", false},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			require.Equal(t, tt.want, slip(tt.a, tt.b))
			require.Equal(t, tt.want, slip(tt.b, tt.a))
		})
	}
	for _, w := range []string{"handle", "handles", "handled", "handling"} {
		require.Equal(t, "handl", stem(w))
	}
	require.Equal(t, "red", stem("red"), "an ending leaves at least three letters")
}
