package sources

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/fixtures"
)

// knows reports whether a month knows an issue.
func knows(in compile.Input, fullName string, number int) bool {
	return slices.ContainsFunc(in.Issues, func(i compile.Issue) bool {
		return i.Ref == compile.Ref{Repo: repoName(fullName), Number: number}
	})
}

// A run that is cut off after the comments of an open month were read, but before
// their issues, leaves nothing out of the next.
func TestRunCutBetweenCommentsAndIssues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRun(t)
		r.add("styles/issues.json", issueOf("wayfold-maps/styles", 9, "E:Regional packs"))
		r.now = at("2025-03-26 00:00")
		r.must()
		r.github.AddComment("styles", update("wayfold-maps/styles", 900, 9, "zebra tables", at("2025-03-27 10:00")))
		r.now = at("2025-03-28 00:00")
		r.suffer(on("/styles/issues/9", fixtures.CutConnection()))
		_, _, err := r.read()
		require.Error(t, err)
		r.suffer(nil)
		r.now = at("2025-04-01 06:00")
		in := r.must()
		require.Contains(t, texts(in), "zebra tables")
		require.True(t, knows(in, "wayfold-maps/styles", 9))
	})
}

// A deleted issue does not keep the rest of the month from being read.
func TestIssueThatWasDeleted(t *testing.T) {
	r := newRun(t)
	r.add("styles/issues.json", issueOf("wayfold-maps/styles", 9))
	r.github.AddComment("styles", update("wayfold-maps/styles", 900, 9, "zebra tables", at("2025-03-27 10:00")))
	r.now = at("2025-03-29 00:00")
	r.must()
	r.github.RemoveComment("styles", 900)
	r.suffer(on("/styles/issues/9", fixtures.Status(410, "This issue was deleted")))
	r.now = at("2025-04-20 00:00")
	for _, refresh := range []bool{false, true} {
		r.project.Refresh = refresh
		r.must()
	}
}

// An update on an issue that is gone counts without the issue's labels.
func TestUpdateOnAnIssueThatIsGone(t *testing.T) {
	r := newRun(t)
	r.github.AddComment("styles", update("wayfold-maps/styles", 900, 9, "zebra tables", at("2025-03-27 10:00")))
	in, outcome, err := r.read()
	require.NoError(t, err)
	require.Empty(t, outcome.Gaps)
	require.Equal(t, []string{"the issue wayfold-maps/styles#9 is gone: updates on it go without its labels"}, outcome.Warnings)
	require.Contains(t, texts(in), "zebra tables")
}

// An issue that GitHub refuses is a gap if updates stand on it.
func TestIssueThatIsRefused(t *testing.T) {
	r := newRun(t)
	r.github.AddComment("styles", update("wayfold-maps/styles", 900, 9, "zebra tables", at("2025-03-27 10:00")))
	r.suffer(on("/styles/issues/9", fixtures.Status(403, "Forbidden")))
	_, outcome, err := r.read()
	require.NoError(t, err)
	require.Len(t, outcome.Gaps, 1)
	require.EqualError(t, outcome.Gaps[0], "the repository wayfold-maps/styles could not be read: issue 9: GitHub responded with 403 Forbidden")
}

// Issues that a list no longer reaches are asked for one by one.
func TestIssueListThatEndsEarly(t *testing.T) {
	r := newCrowd(t, 3)
	r.edit("node/issues.json", func(list []object) []object {
		for i := 2; i <= 450; i++ {
			list = append(list, issueOf("crowd/node", i))
		}
		return list
	})
	r.github.MaxPages = 2
	for i, number := range []int{440, 441} {
		r.github.AddComment("node", update("crowd/node", 9000+i, number, fmt.Sprint("late ", number), at("2023-09-10 10:00")))
	}
	in := r.must()
	require.True(t, knows(in, "crowd/node", 440))
	require.True(t, knows(in, "crowd/node", 441))
}

// An issue that a note links to later is asked for later, and only once.
func TestIssueOfALateNote(t *testing.T) {
	r := newRun(t)
	r.add("styles/issues.json", issueOf("wayfold-maps/styles", 9, "E:Regional packs"))
	require.False(t, knows(r.must(), "wayfold-maps/styles", 9))
	r.withNote("2025-03-31.md", "\n\n## Other\n\n**[Colour tables](https://github.com/wayfold-maps/styles/issues/9)**\n\n- achieved: zebra tables\n")
	require.Equal(t, 2, r.asked(func() { require.True(t, knows(r.must(), "wayfold-maps/styles", 9)) }), "the list of repositories, and the issue")
	require.Zero(t, r.asked(func() { require.True(t, knows(r.must(), "wayfold-maps/styles", 9)) }))
}

// withNote adds text to a note of the folder.
func (r *run) withNote(name, more string) {
	r.t.Helper()
	notes := fstest.MapFS{}
	copyInto(r.t, notes, r.project.Notes.FS, "")
	if notes[name] == nil {
		notes[name] = &fstest.MapFile{}
	}
	notes[name].Data = append(notes[name].Data, more...)
	r.project.Notes.FS = notes
}

// Issues that only notes link to are worth few requests; what GitHub refuses of
// them is no loss.
func TestIssuesThatOnlyNotesLinkTo(t *testing.T) {
	link := func(numbers ...int) (note string) {
		for _, n := range numbers {
			note += fmt.Sprintf("\n\n**[Work](https://github.com/wayfold-maps/styles/issues/%d)**\n\n- achieved: x%d\n", n, n)
		}
		return note
	}
	for name, test := range map[string]struct {
		note  string
		fault faultFunc
		want  int // requests about issues of the repository
	}{
		"one":            {link(9), nil, 1},
		"some":           {link(7, 8, 9), nil, 4},
		"many":           {link(1, 2, 3, 4, 5, 6, 7, 8, 9), nil, 1},
		"one is refused": {link(9), on("/styles/issues/9", fixtures.Status(403, "Forbidden")), 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			r.withNote("2025-03-31.md", test.note)
			r.suffer(test.fault)
			r.must()
			asked := 0
			for _, request := range r.github.Requests() {
				if path, ok := strings.CutPrefix(request.Path, "/repos/wayfold-maps/styles/issues"); ok && path != "/comments" {
					asked++
				}
			}
			require.Equal(t, test.want, asked)
		})
	}
}

// While a month is open its issues are read again only if something was said.
func TestIssuesOfAnOpenMonth(t *testing.T) {
	r := newCrowd(t, 30)
	asksIssue := func() (n int) {
		for _, request := range r.github.Requests() {
			if request.Path == "/repos/crowd/node/issues/1" {
				n++
			}
		}
		return n
	}
	for _, step := range []struct {
		now  string
		want int
	}{{"2023-09-25 00:00", 1}, {"2023-09-25 12:00", 1}, {"2023-09-26 00:00", 2}, {"2023-11-01 00:00", 3}} {
		if step.want == 2 {
			r.github.AddComment("node", update("crowd/node", 900, 1, "zebra stripes", at("2023-09-25 13:00")))
		}
		r.now = at(step.now)
		r.must()
		require.Equal(t, step.want, asksIssue(), step.now)
	}
}
