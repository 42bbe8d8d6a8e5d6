package render

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"go.yaml.in/yaml/v4"

	"github.com/waku-org/monthly/compile"
)

var (
	september4 = compile.Day{Year: 2023, Month: time.September, Day: 4}
	ofR        = compile.Repo{Owner: "o", Name: "r"}

	aComment = compile.Source{URL: "https://github.com/o/r/issues/1#issuecomment-2", Week: september4}
	aNote    = compile.Source{Note: "2023-09-04", Line: 3, Week: september4}
)

func TestStatement(t *testing.T) {
	const end = "(09-04[^r-1-0904])"
	say := func(kind compile.Kind, text string, items ...compile.Item) compile.Statement {
		return compile.Statement{
			Item:  compile.Item{Kind: kind, Text: text, Items: items},
			Weeks: []compile.Day{september4}, Sources: []compile.Source{aComment}, Repo: ofR,
		}
	}
	both := say(compile.Achieved, "a")
	both.Sources = []compile.Source{aNote, aNote, aComment}
	under := say(compile.Next, "a")
	under.Under = "*Docs*"
	long := say(compile.Blocker, "a")
	long.Weeks = []compile.Day{september4, september4.Add(7)}
	deep := compile.Item{Text: "end"}
	for range 1000 {
		deep = compile.Item{Text: "a", Items: []compile.Item{deep}}
	}
	tests := []struct {
		rule string
		st   compile.Statement
		want string
	}{
		{"what is done has no lead", say(compile.Achieved, "a"), "- a " + end},
		{"what is told has none", say(compile.Note, "a"), "- a " + end},
		{"what is under way says so", say(compile.Doing, "a"), "- *Ongoing:* a " + end},
		{"what is finished has a sign", say(compile.Achieved, "a is done"), "- ✓ a is done " + end},
		{"what comes next", say(compile.Next, "a"), "- a " + end},
		{"a risk", say(compile.Risk, "a"), "- **new 09-04** · a " + end},
		{"a blocker of some weeks", long, "- **since 09-04** · Goal: a (09-04[^r-1-0904], 09-11)"},
		{"a heading of the comment", under, "- *Docs:* a " + end},
		{"a note and a comment", both, "- a " + end},
		{"paragraphs", say(compile.Next, "a\n\nb"), "- a\n\n  b " + end},
		{"code", say(compile.Next, "```go\na\n\nb\n```"), "- ```go\n  a\n\n  b\n  ```\n\n  " + end},
		{"a quote", say(compile.Achieved, "> a"), "- > a\n\n  " + end},
		{"a table", say(compile.Risk, "|a|\n|-|\n|b|"), "- **new 09-04** ·\n\n  |a|\n  |-|\n  |b|\n\n  " + end},
		{"a backslash at the end", say(compile.Achieved, `a\`), `- a\\ ` + end},
		{"nothing that is seen", say(compile.Achieved, "<!-- a -->"), "- " + end},
		{"a list", say(compile.Achieved, "a", compile.Item{Text: "b", Items: []compile.Item{{Text: "c\n\nd"}}}, compile.Item{Text: "e"}),
			"- a " + end + "\n  - b\n    - c\n\n      d\n  - e"},
		{"a list with numbers", say(compile.Achieved, "a", compile.Item{Text: "b", Marker: "1."}, compile.Item{Text: "c", Marker: "10."}),
			"- a " + end + "\n  1. b\n  10. c"},
		{"a list that does not begin with 1", say(compile.Achieved, "a", compile.Item{Text: "b", Marker: "2."}), "- a " + end + "\n\n  2. b"},
		{"an item without text", say(compile.Achieved, "a", compile.Item{}, compile.Item{Text: "b"}), "- a " + end + "\n  - b"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			assert.Equal(t, tt.want, told(tt.st))
			var html bytes.Buffer
			require.NoError(t, goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(tt.want+"\n\nafter"), &html))
			assert.True(t, strings.HasSuffix(html.String(), "</ul>\n<p>after</p>\n"), html.String())
		})
	}
	out := told(say(compile.Achieved, "a", deep))
	assert.Contains(t, out, "- end")
	assert.Less(t, len(out), 100_000)
}

// told gives a statement on a milestone as its part of the draft tells it.
func told(st compile.Statement) string {
	r := compile.Report{Milestones: []compile.MilestoneReport{{Milestone: compile.Milestone{Title: "Goal"}, Statements: []compile.Statement{st}}}}
	d := newDraft(r, Options{Web: "https://github.com", NotesPath: "weekly"})
	at := compile.Told{Where: compile.Where{Milestone: &d.Milestones[0]}, Statement: &d.Milestones[0].Statements[0]}
	var item string
	switch st.Kind.Rule().Home {
	case compile.Risks:
		item = strings.Join(d.Blockers(), "")
		for _, g := range d.Risks() {
			item += strings.Join(g.Items, "")
		}
	case compile.Plans:
		item = d.plan(d.planOf(at))
	default:
		item = d.work(at.Statement)
	}
	return strings.ReplaceAll(item, d.marks.of(at.Statement), "")
}

func TestFrontMatter(t *testing.T) {
	month, _ := compile.ParseMonth("2023-09")
	for project, want := range map[string]string{
		"Waku":                   "2023 September Monthly Waku Report",
		`a "b" 'c': #d \e`:       `2023 September Monthly a "b" 'c': #d \e Report`,
		"a\n---\nevil: true\n--": "2023 September Monthly a --- evil: true -- Report",
		"a\u202eb\x00":           "2023 September Monthly ab Report",
		"{{.}} %YAML & * ! | >":  "2023 September Monthly {{.}} %YAML & * ! | > Report",
		"ünïcode":                "2023 September Monthly ünïcode Report",
		"1":                      "2023 September Monthly 1 Report",
		"null":                   "2023 September Monthly null Report",
		"2023-09-04":             "2023 September Monthly 2023-09-04 Report",
	} {
		out, err := Markdown(compile.Report{Project: project, Month: month}, Options{})
		require.NoError(t, err)
		head, body, found := strings.Cut(strings.TrimPrefix(string(out), "---\n"), "\n---\n")
		require.True(t, found)
		var front map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(head), &front), head)
		assert.Len(t, front, 5)
		assert.Equal(t, want, front["title"])
		assert.Equal(t, true, front["draft"])
		tags := front["tags"].([]any)
		assert.Equal(t, "monthly-report", tags[0])
		assert.IsType(t, "", tags[1], head)
		assert.NotContains(t, tags[1], " ")
		assert.True(t, strings.HasPrefix(body, "\n> [!note]\n> Draft from"), body)
	}
}

// A month without anything has no section that looks broken.
func TestEmptyMonth(t *testing.T) {
	month, _ := compile.ParseMonth("2023-09")
	out, err := Markdown(compile.Report{Project: "Waku", Month: month}, Options{Missing: []string{"a\n> b: <x>"}})
	require.NoError(t, err)
	assert.Equal(t, `---
title: 2023 September Monthly Waku Report
draft: true
lastmod: 2023-09-30
description: Monthly Report of Waku
tags:
  - monthly-report
  - Waku
---

> [!note]
> Draft from 0 update comments: 0 statements, each once, none left out. Last month is unread: ages count from this month. Delete what you do not publish.

> [!warning]
> Incomplete: a > b: \<x>

## Executive Summary

*Three to six sentences.*

Nothing was reported this month.

## Key Updates

### Personnel

-

### Milestones

## Perceived Changes in Project Risk

*What changed?*

No blocker or risk was reported.

## Future Plans

### Insight

-

### Project

*What comes next?*

No update of the last week says what comes next.

## Sources and Useful Links
`, string(out))
}

// Titles stay in their heading, their line and their cell.
func TestTitlesInDraft(t *testing.T) {
	for _, title := range []string{"a | b", "a `|` b", `a \| b`, `a \\| b`, "a\n\n# b", "a](javascript:x)", "`a", "[[a]]", "# a", "- a", "<b>", "*a", "%%", "[a]: b"} {
		r := skeleton("text", aNote)
		r.Milestones[0].Title, r.Milestones[0].Epics[0].Title = title, title
		r.Milestones[0].Area, r.Milestones[0].Epics[0].Area = []string{title}, []string{title}
		r.Milestones[0].Epics[0].Tasks[0].Title = title
		r.Other = []compile.Section{{Title: title, Level: compile.AreaLevel, Tasks: r.Milestones[0].Epics[0].Tasks}, {Title: title, Level: compile.EpicLevel, Tasks: r.Milestones[0].Epics[0].Tasks}}
		r.Ledger.LeftOut = []compile.LeftOut{{Reason: compile.Reason(title), Source: aComment}}
		out, err := Markdown(r, Options{Planning: "o/p"})
		require.NoError(t, err)
		_, body, _ := strings.Cut(string(out), "\n---\n")
		var html bytes.Buffer
		require.NoError(t, goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(body), &html))
		h := html.String()
		assert.Equal(t, 5, strings.Count(h, "<h2"), "%q\n%s", title, h)
		assert.Equal(t, 4, strings.Count(h, "<h3"), "%q\n%s", title, h)
		assert.Equal(t, 2, strings.Count(h, "<h4"), "the area and the epic without a milestone: %q\n%s", title, h)
		assert.Equal(t, 1, strings.Count(h, "<h5"), "%q\n%s", title, h)
		assert.Equal(t, 1, strings.Count(h, "<h6"), "%q\n%s", title, h)
		assert.Equal(t, 2+4, strings.Count(h, "<tr"), "%q\n%s", title, h)
		assert.Equal(t, 3+3*2, strings.Count(h, "<td"), "%q\n%s", title, h)
		assert.NotContains(t, h, "raw HTML omitted")
		assert.NotContains(t, h, `href="javascript`)
	}
}

// The table of milestones has the columns that have something to say, and no row for a
// milestone of which all is told under another.
func TestTableOfMilestones(t *testing.T) {
	goal := func(change func(m *compile.MilestoneReport)) compile.Report {
		r := skeleton("text", aNote)
		change(&r.Milestones[0])
		return r
	}
	row := "| [Goal](https://github.com/waku-org/pm/issues/1) |"
	for rule, tt := range map[string]struct {
		r    compile.Report
		want []string // heads, and the row if any
	}{
		"epics only": {goal(func(*compile.MilestoneReport) {}), []string{"| Milestone | Weeks | Epics |", row + " ● | 1/1 |"}},
		"a due date": {goal(func(m *compile.MilestoneReport) { m.Due = september4 }), []string{"| Milestone | Due | Weeks | Epics |", row + " 2023-09-04 | ● | 1/1 |"}},
		"plans":      {goal(func(m *compile.MilestoneReport) { m.Epics[0].Tasks[0].Statements[0].Kind = compile.Next }), []string{"| Milestone | Weeks | Epics | Plans |", row + " ● | 1/1 | 1 |"}},
		"told elsewhere": {goal(func(m *compile.MilestoneReport) {
			m.State, m.Epics, m.Also = "", nil, []compile.Mention{{Under: "Other"}}
		}), nil},
	} {
		out, err := Markdown(tt.r, Options{})
		require.NoError(t, err)
		var table []string
		for line := range strings.Lines(string(out)) {
			if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| ---") {
				table = append(table, strings.TrimSpace(line))
			}
		}
		assert.Equal(t, tt.want, table, rule)
	}
}

func TestStandingOfAMilestone(t *testing.T) {
	r := skeleton("text", aNote)
	m := &r.Milestones[0]
	m.Due = september4
	d := newDraft(r, Options{})
	assert.Empty(t, d.PastDue())
	assert.Equal(t, "due 2023-09-04", d.standing(m))
	m.PastDue = true
	assert.Equal(t, []string{"- [Goal](https://github.com/waku-org/pm/issues/1) was due on 2023-09-04"}, d.PastDue())
	assert.Equal(t, "was due 2023-09-04", d.standing(m))
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		"":                                    "\n",
		"\n\na\n\n\n\nb\n  \n":                "a\n\nb\n",
		"a\n \n\t\nb":                         "a\n\nb\n",
		"```\na\n\n\n\nb\n```":                "```\na\n\n\n\nb\n```\n",
		"- ```\n  a\n\n\n  ```\n\n\nb\n\n\nc": "- ```\n  a\n\n\n  ```\n\nb\n\nc\n",
		"````\n```\n\n\n````\n\n\na":          "````\n```\n\n\n````\n\na\n",
		"> ```\n> a\n>\n> ```\n\n\nb":         "> ```\n> a\n>\n> ```\n\nb\n",
		"``` a ` b ```\n\n\nc":                "``` a ` b ```\n\nc\n",
		"1. ```go\n   a\n\n\n   b\n   ```\n\n\n\nc\n\n": "1. ```go\n   a\n\n\n   b\n   ```\n\nc\n",
	} {
		assert.Equal(t, want, string(tidy([]byte(in))), "%q", in)
	}
}

// A template may put statements anywhere, and may leave none out.
func TestTemplateThatLeavesOutStatements(t *testing.T) {
	r := skeleton("the *body*", aNote)
	for name, tt := range map[string]struct{ template, want string }{
		"prints nothing":          {"{{.Title}}", `the template leaves out 4 of 4 statements, the first is "before": it must print {{.Quotes}}, all {{.Parts}} and {{.OtherWork}}, {{.Risks}} and {{.Plans}}, with what is folded in them`},
		"asks and does not print": {"{{range .Parts}}{{range .Parts}}{{range .Items}}{{$s := .}}{{end}}{{end}}{{end}}", `the template leaves out 4 of 4 statements, the first is "before": it must print {{.Quotes}}, all {{.Parts}} and {{.OtherWork}}, {{.Risks}} and {{.Plans}}, with what is folded in them`},
		"leaves out a task":       {`{{range .Parts}}{{range .Parts}}{{index .Items 0}}{{end}}{{end}}`, `the template leaves out 1 of 4 statements, the first is "other": it must print {{.Quotes}}, all {{.Parts}} and {{.OtherWork}}, {{.Risks}} and {{.Plans}}, with what is folded in them`},
		"prints all in a quote":   {`{{range .Parts}}{{range .Parts}}{{quote .Items}}{{end}}{{end}}`, ""},
		"prints all on one line":  {`{{range .Parts}}{{range .Parts}}{{join .Items " ∎ "}}{{end}}{{end}}`, ""},
	} {
		_, err := Markdown(r, Options{Template: tt.template})
		if tt.want == "" {
			require.NoError(t, err, name)
		} else {
			require.EqualError(t, err, tt.want, name)
		}
	}
}

func TestTemplate(t *testing.T) {
	_, err := Markdown(compile.Report{}, Options{Template: "{{"})
	assert.ErrorContains(t, err, "reading the template of the draft")
	_, err = Markdown(compile.Report{}, Options{Template: "{{.Nothing}}"})
	assert.ErrorContains(t, err, "filling the template of the draft")
	out, err := Markdown(compile.Report{Project: "a"}, Options{Template: "{{.Project}} {{count 2 \"note\"}}"})
	require.NoError(t, err)
	assert.Equal(t, "a 2 notes\n", string(out))
}

// month makes a report of n organisation-months: 400 statements on 80 tasks of
// 16 epics each.
func month(n int) compile.Report {
	r := skeleton("text", aNote)
	r.Milestones = nil
	for i := range 4 * n {
		m := compile.MilestoneReport{Milestone: compile.Milestone{Title: fmt.Sprint("Milestone ", i), URL: fmt.Sprint("https://github.com/o/p/milestone/", i), State: "open"}}
		for j := range 4 {
			e := compile.Section{Title: fmt.Sprint("Epic ", i, ".", j), URL: fmt.Sprint("https://github.com/o/p/issues/", 4*i+j), State: "open"}
			for k := range 5 {
				e.Tasks = append(e.Tasks, busyTask(100*i+10*j+k))
			}
			m.Epics = append(m.Epics, e)
		}
		r.Milestones = append(r.Milestones, m)
	}
	return r
}

func busyTask(i int) compile.Task {
	task := compile.Task{
		Ref: compile.Ref{Repo: ofR, Number: i}, Title: fmt.Sprint("feat: do the `thing` ", i),
		URL: fmt.Sprint("https://github.com/o/r/issues/", i), State: "open",
	}
	for j, kind := range []compile.Kind{compile.Achieved, compile.Achieved, compile.Next, compile.Next, compile.Blocker} {
		task.Statements = append(task.Statements, compile.Statement{
			Item: compile.Item{Kind: kind, Text: fmt.Sprintf("did *this* and `that` for #%d with @alice, see https://github.com/o/r/pull/%d and [more](https://x.io/%d)", i, i, j),
				Items: []compile.Item{{Text: "in a list"}}},
			Weeks: []compile.Day{september4}, Sources: []compile.Source{aNote, aComment}, Repo: ofR,
		})
	}
	return task
}

func benchmark(b *testing.B, render func(compile.Report) ([]byte, error)) {
	for _, n := range []int{1, 10, 100} {
		r := month(n)
		b.Run(fmt.Sprint(n, "x"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				out, err := render(r)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(len(out)))
			}
		})
	}
}

func BenchmarkMarkdown(b *testing.B) {
	benchmark(b, func(r compile.Report) ([]byte, error) { return Markdown(r, Options{Planning: "o/p"}) })
}

func BenchmarkJSON(b *testing.B) {
	benchmark(b, func(r compile.Report) ([]byte, error) { return JSON(r, Options{}) })
}
