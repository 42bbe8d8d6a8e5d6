package sources

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// Several months read by one reader are what they are when each is read alone.
func TestReaderReadsSeveralMonths(t *testing.T) {
	months := []string{"2025-03", "2025-02", "2025-04"}
	var want []compile.Input
	for _, month := range months {
		r := newRun(t)
		r.month = monthOf(t, month)
		in, _, err := r.read()
		require.NoError(t, err)
		want = append(want, in)
	}
	r := newRun(t)
	require.NoError(t, r.with(func(reader *Reader) error {
		for i, month := range months {
			in, _, err := reader.Month(r.ctx, monthOf(t, month))
			require.NoError(t, err)
			require.Equal(t, want[i].Updates, in.Updates, month)
			require.Equal(t, want[i].Roadmap, in.Roadmap, month)
			require.Equal(t, want[i].Notes, in.Notes, month)
		}
		return nil
	}))
}

// The archive alone gives what GitHub gave, that of the demo too.
func TestArchiveAloneGivesTheSame(t *testing.T) {
	r := newRun(t)
	want := r.must()
	r.offline = true
	require.Equal(t, want, r.must())

	archive, err := ReadArchive(demoArchive, "of the demo", demo.Org)
	require.NoError(t, err)
	in, outcome, err := NewReader(r.project, archive, nil, r.clock).Month(r.ctx, r.month)
	require.NoError(t, err)
	require.Empty(t, outcome.Gaps)
	require.Equal(t, "https://github.com", outcome.Web)
	require.Equal(t, texts(want), texts(in))
	require.Equal(t, want.Roadmap, in.Roadmap)
}

func TestNotesAlone(t *testing.T) {
	r := newRun(t)
	r.project = Project{Notes: r.project.Notes}
	in, outcome, err := NewReader(r.project, nil, nil, r.clock).Month(r.ctx, r.month)
	require.NoError(t, err)
	require.Equal(t, Outcome{}, outcome)
	require.Equal(t, "Wayfold", in.Project)
	require.NotEmpty(t, in.Updates)
	require.Empty(t, in.Issues)
}

func TestMonthWithoutNotes(t *testing.T) {
	r := newRun(t)
	p := Project{Notes: r.project.Notes}
	_, _, err := NewReader(p, nil, nil, r.clock).Month(r.ctx, monthOf(t, "2020-01"))
	require.Equal(t, &NoNoteError{Month: monthOf(t, "2020-01"), Folder: "the demo", Count: 6, First: "2025-02-24", Last: "2025-04-07"}, err)
	require.EqualError(t, err, "there is no weekly note of 2020-01 in the demo, only 6 from 2025-02-24 to 2025-04-07")

	file := &fstest.MapFile{}
	for want, folder := range map[string]fstest.MapFS{
		"no file":    {},
		"minutes.md": {"minutes.md": file},
		"a.md, b.md, c.md, d.md, e.txt and 1 more": {"a.md": file, "b.md": file, "c.md": file, "d.md": file, "e.txt": file, "f": file},
	} {
		p.Notes = Folder{Name: "here", FS: folder}
		_, _, err = NewReader(p, nil, nil, r.clock).Month(r.ctx, r.month)
		require.EqualError(t, err, "there are no weekly notes in here, whose names begin with a day, like 2023-09-04.md: it holds "+want)
	}
}

func TestGuessName(t *testing.T) {
	titled := []compile.NoteFile{{Title: "2024-03-04 Old weekly"}, {Title: "2024-03-11 Acme Tools update"}, {Title: "A week"}}
	require.Equal(t, "Acme Tools", guessName(titled, "waku-org"))
	require.Equal(t, "Acme Tools", guessName(append(titled, compile.NoteFile{Title: "2024-03-18 <TEAM> weekly"}, compile.NoteFile{Title: "2024-03-25 {{team}} update"}), ""))
	require.Equal(t, "Acme", guessName([]compile.NoteFile{{Title: "2024/03/18 – Acme weekly"}}, ""))
	require.Equal(t, "Waku", guessName(nil, "waku-org"))
	require.Equal(t, "Project", guessName(nil, ""))
}

// Only the issues to which notes of the month's own weeks link are asked for.
func TestLinked(t *testing.T) {
	note := func(day, url string) compile.Update {
		return compile.Update{Date: at(day + " 00:00"), Path: []compile.Heading{{Title: "x", URL: url}}}
	}
	got := linked([]compile.Update{
		note("2024-02-26", "https://github.com/o/r/issues/1"), note("2024-03-04", "https://github.com/o/r/issues/2"),
		note("2024-03-11", "https://github.com/o/r/pull/2"), note("2024-03-11", "https://example.org"),
		note("2024-04-01", "https://github.com/o/r/issues/3"),
	}, span{at("2024-03-01 00:00"), at("2024-04-01 00:00")})
	require.Equal(t, []compile.Ref{{Repo: compile.Repo{Owner: "o", Name: "r"}, Number: 2}}, got)
}
