package outline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct {
		name, note string
		title      string
		body       string
		first      int
		problem    string
	}{
		{"title", "---\ntitle: A week\n---\nx\n", "A week", "x\n", 4, ""},
		{"title in quotes", "---\ntitle: \"A: week\"\ntags:\n  - b\n---\n\nx", "A: week", "\nx", 6, ""},
		{"title only", "---\ntitle: A week\n---", "A week", "", 4, ""},
		{"none", "# A week\nx", "", "# A week\nx", 1, ""},
		{"empty", "---\n---\nx", "", "x", 3, ""},
		{"of spaces behind the fence", "--- \ntitle: A week\n--- \nx", "A week", "x", 4, ""},
		{"byte order mark", "\uFEFF---\r\ntitle: A week\r\n---\r\nx", "A week", "x", 4, ""},
		{"unclosed", "---\ntitle: A week\nx", "", "---\ntitle: A week\nx", 1, "1: the front matter is not closed by a line ---, so all of the note was read as text"},
		{"a rule, not a fence", "\n---\nx", "", "\n---\nx", 1, ""},
		{"text between two rules", "---\n# A\n- b\n---\nx", "", "---\n# A\n- b\n---\nx", 1, ""},
		{"bad YAML", "---\ndate: 2024-03-04\ntitle: A: week\n---\nx", "", "x", 5, "3: the front matter cannot be read: mapping values are not allowed in this context"},
		{"title that is not a text", "---\ntitle: {a: b}\n---\nx", "", "x", 4, "2: the front matter cannot be read: cannot construct !!map into string"},
		{"key that stands twice", "---\ntitle: A\ntitle: B\n---\nx", "", "x", 5, "3: the front matter cannot be read: mapping key \"title\" already defined at line 2"},
		{"title that is a day", "---\ntitle: 2024-03-04\n---\nx", "2024-03-04", "x", 4, ""},
		{"TOML", "+++\ntitle = \"A \\\"week\\\"\" # of ours\n[extra]\ntitle = 'B'\n+++\nx", `A "week"`, "x", 6, ""},
		{"TOML without escapes", "+++\ndate = 2024-03-04\ntitle = 'A week'\n+++\n\nx", "A week", "\nx", 5, ""},
		{"TOML with the title of a table", "+++\ntags = [\n  'b',\n]\n[extra]\ntitle = 'B'\n+++\nx", "", "x", 8, ""},
		{"TOML unclosed", "+++\ntitle = 'A week'\nx", "", "+++\ntitle = 'A week'\nx", 1, "1: the front matter is not closed by a line +++, so all of the note was read as text"},
		{"fences of two kinds", "---\ntitle: A\n+++\nx", "", "---\ntitle: A\n+++\nx", 1, "1: the front matter is not closed by a line ---, so all of the note was read as text"},
		{"a rule inside the text", "---\ntitle: A\n---\nx\n\n---\ny", "A", "x\n\n---\ny", 4, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := cutFrontMatter(clean(c.note))
			require.Equal(t, c.title, m.title)
			require.Equal(t, c.body, m.body)
			require.Equal(t, c.first, m.first)
			require.Equal(t, c.problem, printProblems(m.problems))
		})
	}
}

func printProblems(problems []Problem) string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, fmt.Sprintf("%d: %s", p.Line, p.Text))
	}
	return strings.Join(lines, "\n")
}
