package render

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// The notes' own summaries stand in the executive summary as quotations with their
// week, and nothing in them leaves the quotation.
func TestQuotes(t *testing.T) {
	week := compile.Day{Year: 2023, Month: 9, Day: 4}
	said := func(text string) compile.Statement {
		return compile.Statement{
			Item:  compile.Item{Kind: compile.Note, Text: text, By: "web", Items: []compile.Item{{Text: "below"}}},
			Weeks: []compile.Day{week}, Sources: []compile.Source{{Note: "2023-09-04-web", Line: 3, Week: week}},
		}
	}
	r := compile.Report{
		Month: week.YearMonth(), Highlights: []compile.Statement{said("glaze is ready"), said("# Big\n\n```\nopen")},
		Weeks: []compile.Week{{End: week, Notes: []compile.NoteFile{{Date: week, Name: "2023-09-04-web", File: "2023/09/04_web.mdx"}}}},
	}
	out, err := Markdown(r, Options{NotesPath: "acme/updates"})
	require.NoError(t, err)
	_, summary, _ := strings.Cut(string(out), "## Executive Summary")
	summary, _, _ = strings.Cut(summary, "## Key Updates")
	_, quotes, found := strings.Cut(summary, "> [!quote]- In the team's own words: 2 items\n")
	require.True(t, found, summary)
	require.Contains(t, quotes, "> - *web:* glaze is ready (09-04[^note-web-0904])\n>   - below\n")
	require.Contains(t, string(out), "\n[^note-web-0904]: 09-04: [[acme/updates/2023/09/04_web|note]]\n")
	for line := range strings.Lines(strings.TrimSpace(quotes)) {
		require.True(t, strings.HasPrefix(line, ">"), line)
	}
}
