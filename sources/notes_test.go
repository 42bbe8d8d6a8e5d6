package sources

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

var day = compile.Day{Year: 2024, Month: time.March, Day: 4}

func TestNamesOfNotes(t *testing.T) {
	list := listNames([]string{
		"2024-03-11.md", "2024-03-04.markdown", "2024-03-18 Acme.md", "2024_03_25.md", "20240401-ops.mdx", "2024.04.08.MD", "2024-4-15_web_weekly.md",
		"2024/04/22.md", "2024/2024-04-29.md", "2024-05/06.md", "2024-03-11.mdx",
		"index.md", "README.md", "2024/_index.md", "template.md", "chart.png", "2024-03-04.png",
		"2024-03-04.txt", "draft.md", "2024-02-30.md", "2024-12.md", "2024-W07.md", "acme-2024-02-12.md", "acme/2024-02-12.md", "202403041.md",
	})
	var names []string
	for _, f := range list.files {
		names = append(names, f.Name+" "+list.teams[f.Name])
	}
	require.Equal(t, []string{
		"2024-03-04 ", "2024-03-11 ", "2024-03-11.mdx ", "2024-03-18 Acme Acme", "2024-03-25 ", "2024-04-01-ops ops", "2024-04-08 ", "2024-04-15_web_weekly web",
		"2024-04-22 ", "2024-04-29 ", "2024-05-06 ",
	}, names)
	require.Equal(t, day, list.files[0].Date)
	require.Equal(t, []string{"2024-03-04.txt"}, list.other)
	require.Equal(t, []string{"draft.md", "2024-02-30.md", "2024-12.md", "2024-W07.md", "acme-2024-02-12.md", "acme/2024-02-12.md", "202403041.md"}, list.undated)
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

// Notes of one day are all read, whatever their endings.
func TestNotesOfOneDayAreAllRead(t *testing.T) {
	set, err := localNotes(fstest.MapFS{
		"2024-03-04.md":       {Data: []byte("- first")},
		"2024-03-04.markdown": {Data: []byte("- second")},
		"2024-03-11.MD":       {Data: []byte("- third")},
	}, day, day.Add(28), compile.Words{})
	require.NoError(t, err)
	var said []string
	for _, u := range set.updates {
		said = append(said, u.Source.Note+" "+u.Items[0].Text)
	}
	require.Equal(t, []string{"2024-03-04 second", "2024-03-04.md first", "2024-03-11 third"}, said)
}

// What is passed over is named once: files whose names are not those of notes, and
// folders that are none of a year.
func TestPassedOver(t *testing.T) {
	set, err := localNotes(fstest.MapFS{
		"2024/03/04.mdx":     {Data: []byte("- a")},
		"draft.md":           {Data: []byte("- no")},
		"2024-03-11.txt":     {Data: []byte("- no")},
		"acme/2024-03-04.md": {Data: []byte("- no")},
		"images/2024.png":    {},
	}, day, day.Add(28), compile.Words{})
	require.NoError(t, err)
	require.Len(t, set.updates, 1)
	require.Equal(t, []string{
		"not read, as no name begins with a day like 2023-09-04: draft.md, acme/",
		"not read, as they are not Markdown: 2024-03-11.txt",
	}, set.warnings)
}

// A file with a section for each week is a note for each.
func TestRollingFile(t *testing.T) {
	set, err := localNotes(fstest.MapFS{"log.md": {Data: []byte("# Log\n\n## 2024-03-11\n\n- b\n\n## Mar 4, 2024\n\n- a\n\n## 2023-01-02\n\n- old\n")}}, day, day.Add(28), compile.Words{})
	require.NoError(t, err)
	require.Empty(t, set.warnings)
	var said []string
	for _, u := range set.updates {
		require.Empty(t, u.Path)
		said = append(said, u.Source.Note+" "+u.Items[0].Text)
	}
	require.Equal(t, []string{"2024-03-04 log a", "2024-03-11 log b"}, said)
	require.Len(t, set.files, 3)
	require.Equal(t, 9, set.updates[0].Items[0].Line)
}

// A note whose name is a day that there is not is of the day that it names itself by.
func TestImpossibleDay(t *testing.T) {
	set, err := localNotes(fstest.MapFS{
		"2024-02-30.md": {Data: []byte("---\ntitle: 2024-03-04 Acme weekly\n---\n- a")},
		"2024-02-31.md": {Data: []byte("- b")},
	}, day, day.Add(28), compile.Words{})
	require.NoError(t, err)
	require.Len(t, set.updates, 1)
	require.Equal(t, "2024-03-04 (2024-02-30)", set.updates[0].Source.Note)
	require.Equal(t, []string{
		"note 2024-02-30.md: there is no such day, so it was read as of 2024-03-04, which it names inside: rename it",
		"note 2024-02-31.md is not read: there is no such day, and it names no other",
	}, set.warnings)
}

// Where several notes share a day, the team that a file is named for is an area, except
// above milestones.
func TestTeamsInNames(t *testing.T) {
	ops := "## [Kiln](https://github.com/acme/plan/milestone/1)\n- x\n## Wires\n- y\n"
	set, err := localNotes(fstest.MapFS{
		"2024-03-04-ops.md": {Data: []byte(ops)},
		"2024-03-04-web.md": {Data: []byte("- z")},
		"2024-03-11-ops.md": {Data: []byte("- later")},
	}, day, day.Add(28), compile.Words{})
	require.NoError(t, err)
	set.underTeams()
	var places []string
	for _, u := range set.updates {
		place := ""
		for _, h := range u.Path {
			place += "/" + h.Title
		}
		places = append(places, place)
	}
	require.Equal(t, []string{"/Kiln", "/ops/Wires", "/web", "/ops"}, places)
}
