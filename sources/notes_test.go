package sources

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

var day = compile.Day{Year: 2024, Month: time.March, Day: 4}

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
