package outline

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

const (
	issue     = "https://github.com/acme/plan/issues/7"
	milestone = "https://github.com/acme/plan/milestone/3"
)

func TestParseHeader(t *testing.T) {
	due := compile.Day{Year: 2024, Month: time.May, Day: 31}
	for _, c := range []struct {
		line string
		want header
	}{
		{"Docs", header{Heading: compile.Heading{Title: "Docs"}}},
		{"`nodes:`", header{Heading: compile.Heading{Title: "nodes"}}},
		{"**Docs**", header{Heading: compile.Heading{Title: "Docs"}, bold: true}},
		{"**Milestone**: Docs", header{Heading: compile.Heading{Title: "Docs", Level: compile.MilestoneLevel}, explicit: true}},
		{"**Milestone: Docs**", header{Heading: compile.Heading{Title: "Docs", Level: compile.MilestoneLevel}, explicit: true, bold: true}},
		{"Epic: Docs", header{Heading: compile.Heading{Title: "Docs", Level: compile.EpicLevel}, explicit: true}},
		{"Epic wins", header{Heading: compile.Heading{Title: "Epic wins"}}},
		{"[Docs](" + issue + ")", header{Heading: compile.Heading{Title: "Docs", URL: issue}, link: wholeLine}},
		{"[Docs](" + issue + " \"hint\")", header{Heading: compile.Heading{Title: "Docs", URL: issue}, link: wholeLine}},
		{"[Docs](" + issue + ") - 2024-05-31", header{Heading: compile.Heading{Title: "Docs", URL: issue, Due: due}, link: inFront}},
		{"[Docs](" + issue + ") (due: 2024-05-31)", header{Heading: compile.Heading{Title: "Docs", URL: issue, Due: due}, link: inFront}},
		{"Milestone: Docs - 2024-05-31", header{Heading: compile.Heading{Title: "Docs", Level: compile.MilestoneLevel, Due: due}, explicit: true}},
		{"Milestone: Docs (2024-05-31)", header{Heading: compile.Heading{Title: "Docs", Level: compile.MilestoneLevel, Due: due}, explicit: true}},
		{"[Docs](" + issue + ") 75%", header{Heading: compile.Heading{Title: "Docs 75%", URL: issue}, link: inFront}},
		{"[Milestone - Docs](" + milestone + ")", header{Heading: compile.Heading{Title: "Docs", URL: milestone, Level: compile.MilestoneLevel}, explicit: true, link: wholeLine}},
		{"[Docs](" + milestone + ")", header{Heading: compile.Heading{Title: "Docs", URL: milestone, Level: compile.MilestoneLevel}, explicit: true, link: wholeLine}},
		{"**[Docs](" + issue + ")** {E:docs}, {bug}", header{Heading: compile.Heading{Title: "Docs", URL: issue}, link: wholeLine, bold: true, labels: []string{"E:docs", "bug"}}},
		{"**[plan] [Docs](" + issue + ")**", header{Heading: compile.Heading{Title: "Docs", URL: issue}, link: wholeLine, bold: true}},
		{"**[team] [Docs](" + issue + ")**", header{Heading: compile.Heading{Title: "[team] Docs", URL: issue}, link: wholeLine, bold: true}},
		{"[](" + issue + ")", header{Heading: compile.Heading{Title: issue, URL: issue}, link: wholeLine}},
		{"![Docs](https://example.org/a.png)", header{Heading: compile.Heading{Title: "![Docs](https://example.org/a.png)"}}},
		{"🚀 [Docs](" + issue + ")", header{Heading: compile.Heading{Title: "Docs", URL: issue}, link: wholeLine}},
		{"🎯 Milestone: Docs", header{Heading: compile.Heading{Title: "Docs", Level: compile.MilestoneLevel}, explicit: true}},
		{"Docs ([#7](" + issue + "))", header{Heading: compile.Heading{Title: "Docs (#7)", URL: issue}, link: aside}},
		{"Docs ([#7](" + issue + "), [#8](" + issue + "))", header{Heading: compile.Heading{Title: "Docs ([#7](" + issue + "), [#8](" + issue + "))"}}},
		{"[Docs]()", header{Heading: compile.Heading{Title: "Docs"}, link: wholeLine}},
		{"[Docs]() now", header{Heading: compile.Heading{Title: "Docs now"}}},
		{"**[Docs](" + issue + ") now**", header{Heading: compile.Heading{Title: "Docs now", URL: issue}, bold: true, link: inFront}},
		{"**[Docs](" + issue + " \"hint\")**, (Ada)", header{Heading: compile.Heading{Title: "Docs , (Ada)", URL: issue}, link: inFront}},
		{"Docs ([a [b] c](" + issue + "))", header{Heading: compile.Heading{Title: "Docs ([a [b] c](" + issue + "))"}}},
		{"Docs, see [page](https://example.org)", header{Heading: compile.Heading{Title: "Docs, see [page](https://example.org)"}}},
		{"**[Docs](" + issue + ")** (Ada)", header{Heading: compile.Heading{Title: "Docs (Ada)", URL: issue}, link: inFront}},
		{"1. [Docs](" + issue + ")", header{Heading: compile.Heading{Title: "1. Docs", URL: issue}, link: wholeLine}},
	} {
		t.Run(c.line, func(t *testing.T) {
			got := parseHeader(c.line, compile.Words{})
			got.text = ""
			require.Equal(t, c.want, got)
		})
	}
}

func TestWordsOfTheProject(t *testing.T) {
	words := compile.Words{Milestone: "Goal", Epic: "Track"}
	require.Equal(t, compile.MilestoneLevel, parseHeader("Goal: Docs", words).Level)
	require.Equal(t, compile.EpicLevel, parseHeader("[Track] Docs", words).Level)
	require.Equal(t, "Docs", parseHeader("[Track] Docs", words).Title)
}
