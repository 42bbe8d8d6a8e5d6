package outline

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct {
		name, note string
		title      string
		body       string
		first      int
		warning    string
	}{
		{"title", "---\ntitle: A week\n---\nx\n", "A week", "x\n", 4, ""},
		{"title in quotes", "---\ntitle: \"A: week\"\ntags:\n  - b\n---\n\nx", "A: week", "\nx", 6, ""},
		{"title only", "---\ntitle: A week\n---", "A week", "", 4, ""},
		{"none", "# A week\nx", "", "# A week\nx", 1, ""},
		{"empty", "---\n---\nx", "", "x", 3, ""},
		{"of spaces behind the fence", "--- \ntitle: A week\n--- \nx", "A week", "x", 4, ""},
		{"byte order mark", "\uFEFF---\r\ntitle: A week\r\n---\r\nx", "A week", "x", 4, ""},
		{"unclosed", "---\ntitle: A week\nx", "", "---\ntitle: A week\nx", 1, "is not closed"},
		{"a rule, not a fence", "\n---\nx", "", "\n---\nx", 1, ""},
		{"text between two rules", "---\n# A\n- b\n---\nx", "", "---\n# A\n- b\n---\nx", 1, ""},
		{"bad YAML", "---\ntitle: [\n---\nx", "", "x", 4, "cannot be read"},
		{"title that is no text", "---\ntitle: {a: b}\n---\nx", "", "x", 4, "cannot be read"},
		{"title that is a day", "---\ntitle: 2024-03-04\n---\nx", "2024-03-04", "x", 4, ""},
		{"a rule inside the text", "---\ntitle: A\n---\nx\n\n---\ny", "A", "x\n\n---\ny", 4, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			title, body, first, err := cutFrontMatter(clean(c.note))
			if c.warning != "" {
				require.ErrorContains(t, err, c.warning)
			} else {
				require.NoError(t, err)
			}
			require.Equal(t, c.title, title)
			require.Equal(t, c.body, body)
			require.Equal(t, c.first, first)
		})
	}
}
