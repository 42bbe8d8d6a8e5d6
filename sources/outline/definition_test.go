package outline

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The address of a link is put where it is used, but a text becomes at most so many
// times as long by it; no word is lost then.
func TestDefinitionsGrowATextInProportion(t *testing.T) {
	far := "https://example.org/" + strings.Repeat("a", 16_000)
	for name, text := range map[string]string{
		"a long address that is used often": "[x]: " + far + "\n\n" + strings.Repeat("- see [x] there\n", 1_000),
		"many of them":                      "[x]: " + far + "\n[y]: " + far + "b\n\n" + strings.Repeat("- see [x] and [y]\n", 1_000),
	} {
		total, words := 0, 0
		for _, item := range Comment(text) {
			total += len(item.Text)
			words += strings.Count(item.Text, "see ")
		}
		require.LessOrEqual(t, total, (longer+2)*len(text), name)
		require.Equal(t, 1_000, words, name)
	}
	short := Comment("[x]: https://example.org\n\n" + strings.Repeat("- [x]\n", 20))
	require.Len(t, short, 20)
	require.Equal(t, "[x](https://example.org)", short[19].Text)
	once := Comment("[x]: " + far + "\n\n- [x]\n- [x]")
	require.Equal(t, "[x]("+far+")", once[1].Text)
}
