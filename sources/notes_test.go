package sources

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
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

func TestNoteFiles(t *testing.T) {
	files, warnings := noteFiles([]string{
		"2024-03-11.md", "2024-03-04.markdown", "2024-03-18 Acme.md", "index.md", "README.md", "chart.png", "draft.md", "2024-02-30.md", "2024-3-4.md",
	})
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	require.Equal(t, []string{"2024-03-04", "2024-03-11", "2024-03-18 Acme"}, names)
	require.Len(t, warnings, 3)
	require.Equal(t, day, files[0].Date)
}

func TestNotesReadsTheSpan(t *testing.T) {
	folder := fstest.MapFS{
		"2024-02-26.md": {Data: []byte("- before")},
		"2024-03-04.md": {Data: []byte("---\ntitle: A week\n---\n- a")},
		"2024-03-11.md": {Data: []byte("# The week 2024-03-11\n- b")},
		"2024-04-01.md": {Data: []byte("- after")},
		"sub/x.md":      {Data: []byte("- no")},
	}
	set, err := localNotes(folder, day, day.Add(28), compile.Words{})
	require.NoError(t, err)
	require.Len(t, set.files, 4)
	require.Equal(t, []string{"", "A week", "The week 2024-03-11", ""}, []string{set.files[0].Title, set.files[1].Title, set.files[2].Title, set.files[3].Title})
	require.Len(t, set.updates, 2)
	require.Equal(t, compile.Item{Kind: compile.Note, Text: "a", Line: 4}, set.updates[0].Items[0])
	require.Equal(t, "2024-03-11", set.updates[1].Source.Note)
	require.Empty(t, set.warnings)
}
