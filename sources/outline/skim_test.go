package outline

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSkim(t *testing.T) {
	for rule, test := range map[string]struct {
		comment, body string
		marked        bool
	}{
		"a marker":                      {"**Weekly Update**\n- a", "\n- a\n", true},
		"with text behind it":           {"weekly update: a\nb", "a\nb\n", true},
		"as a heading":                  {"## Weekly update #\na", "\na\n", true},
		"as an underlined heading":      {"Weekly update by ada\n===\na", "by ada\n===\na\n", true},
		"in lists":                      {"- 1. Weekly update\n", "\n\n", true},
		"behind code that does not end": {"- a\n  ```\n\nWeekly update", "- a\n  ```\n\n\n", true},
		"a quote":                       {"> Weekly update\n> - a", "", false},
		"a chat message":                {"weekly updates are late", "", false},
		"nothing of the kind":           {"hello", "", false},
	} {
		body, marked := Skim(test.comment)
		require.Equal(t, test.marked, marked, rule)
		if marked {
			require.Equal(t, test.body, body, rule)
		}
	}
}

// What is read as an update is not missed by who only skims it.
func TestSkimMissesNoUpdate(t *testing.T) {
	for _, text := range append(layouts(t), hostile...) {
		for _, mark := range []string{"**Weekly Update**\n\n", "- weekly update\n", "Weekly update 2023-09-04\n---\n", "• Weekly update:", "<summary>Weekly update</summary>\n"} {
			for _, comment := range []string{mark + text, text + "\n\n" + mark, text + "\n" + mark} {
				_, marked := Skim(comment)
				require.True(t, marked || len(Updates(comment)) == 0, comment)
			}
		}
	}
}
