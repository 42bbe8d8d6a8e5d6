package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// openFault is a kind of problem that is known and not mended yet. Who mends it
// takes it off the list.
type openFault struct {
	month   string
	problem string // part of what a check says
	most    int    // how often it says so of the month at most
}

var openFaults = []openFault{
	// What a note tells under an epic, and a comment on a task of that epic, is
	// told twice.
	{"Kilnhouse", "told from a note and again from a comment", 15},
}

// report fails the test for each problem of a month that is not an open fault,
// and returns which faults were seen.
func report(t *testing.T, m month, problems []string) (seen []openFault) {
	t.Helper()
	count := map[openFault]int{}
	for _, problem := range problems {
		i := slices.IndexFunc(openFaults, func(f openFault) bool { return f.month == m.name && strings.Contains(problem, f.problem) })
		if i < 0 || count[openFaults[i]] == openFaults[i].most {
			t.Error(problem)
			continue
		}
		count[openFaults[i]]++
	}
	return slices.Collect(maps.Keys(count))
}

// Each line that people wrote in a month stands in its draft, once, under titles
// that stand above it where it was written, with no other week than its own; and
// the ledger adds up: from notes and comments, and from either alone.
func TestEachStatementIsToldOnce(t *testing.T) {
	var all []month
	for _, m := range months() {
		all = append(all, m, m.withoutNotes())
	}
	all = append(all, noteMonths(t)...)
	var seen []openFault
	for _, m := range all {
		t.Run(fmt.Sprintf("%s/notes=%t,comments=%t", m.name, m.notes != nil, m.github != nil), func(t *testing.T) {
			markdown, d := m.start(t).drafts()
			seen = append(seen, report(t, m, m.evidence(t).problems(markdown, d))...)
		})
	}
	for _, f := range openFaults {
		if slices.ContainsFunc(all, func(m month) bool { return m.name == f.month }) && !slices.Contains(seen, f) {
			t.Errorf("%s: mended, so take it off the list: %s", f.month, f.problem)
		}
	}
}

// What stands only in a note, or only in a comment, is told all the same.
func TestHolesOnBothSides(t *testing.T) {
	for _, m := range months() {
		t.Run(m.name, func(t *testing.T) {
			_, whole := m.start(t).drafts()
			cut := makeHoles(whole, m.evidence(t))
			require.NotEmpty(t, cut.comments)
			require.NotEmpty(t, cut.lines)

			holed := m
			holed.notes = cut.from(t, m)
			run, e := holed.start(t), holed.evidence(t)
			for url := range cut.comments {
				run.api.RemoveComment(e.comments[url].repo, e.comments[url].id)
				delete(e.comments, url)
			}
			markdown, d := run.drafts()
			report(t, m, e.problems(markdown, d))
			left := newChecker(e, d)
			for _, s := range whole.told() {
				sources := slices.DeleteFunc(slices.Clone(s.Sources), cut.has)
				require.NotEmpty(t, sources, s.Text)
				for _, src := range sources {
					require.NotEmpty(t, left.bySource[src], "%v: %s", src, s.Text)
				}
			}
		})
	}
}

// holes are what is taken out of the sources of a month.
type holes struct {
	comments map[string]bool     // by address
	lines    map[jsonSource]bool // of notes
}

func (h holes) has(src jsonSource) bool { return h.comments[src.URL] || h.lines[src] }

// makeHoles takes every second comment away that notes repeat in full, and the
// lines of notes that repeat a comment of the month which stays.
func makeHoles(d jsonDraft, e evidence) holes {
	h := holes{map[string]bool{}, map[jsonSource]bool{}}
	inNotes := map[string]bool{} // comments of which notes repeat all
	isNote := func(src jsonSource) bool { return src.Note != "" }
	for _, s := range d.told() {
		repeated := slices.ContainsFunc(s.Sources, isNote)
		for _, src := range s.Sources {
			before, found := inNotes[src.URL]
			inNotes[src.URL] = repeated && (before || !found)
		}
	}
	n := 0
	for _, url := range slices.Sorted(maps.Keys(e.comments)) {
		if inNotes[url] {
			n++
			h.comments[url] = n%2 == 0
		}
	}
	for _, s := range d.told() {
		stays := slices.ContainsFunc(s.Sources, func(src jsonSource) bool {
			return !isNote(src) && !h.comments[src.URL] && d.covers(e.comments[src.URL].at)
		})
		for _, src := range s.Sources {
			if isNote(src) && stays && !strings.Contains(s.Text, "\n") {
				h.lines[src] = true
			}
		}
	}
	maps.DeleteFunc(h.comments, func(_ string, gone bool) bool { return !gone })
	return h
}

// from gives the notes of a month without the lines that are taken away.
func (h holes) from(t *testing.T, m month) fstest.MapFS {
	t.Helper()
	notes := fstest.MapFS{}
	require.NoError(t, copyInto(notes, m.notes, ""))
	for src := range h.lines {
		file := notes[src.Note+".md"]
		lines := strings.Split(string(file.Data), "\n")
		lines[src.Line-1] = ""
		file.Data = []byte(strings.Join(lines, "\n"))
	}
	return notes
}

// The draft is the same whatever the order of pages and answers.
func TestSameDraftInAnyOrder(t *testing.T) {
	for _, m := range months() {
		t.Run(m.name, func(t *testing.T) {
			want := m.start(t).compile()
			require.Zero(t, want.code, want.stderr)
			r := m.start(t)
			r.api.PerPage = 3
			r.api.PageOrder = func(page, pages int) int { return pages + 1 - page }
			r.api.Fault = crossed(3)
			require.Equal(t, want, r.compile())
			require.GreaterOrEqual(t, r.api.MaxInFlight(), 3)
		})
	}
}

// crossed holds the first n requests for comments until all have come, and has
// them served in reverse order.
func crossed(n int) func(int, *http.Request) *fixtures.Fault {
	turns := make([]context.Context, n+1) // turns[i] ends when the i-th may be served
	done := make([]context.CancelFunc, n+1)
	for i := range turns {
		turns[i], done[i] = context.WithCancel(context.Background())
	}
	var mu sync.Mutex
	came := 0
	return func(_ int, r *http.Request) *fixtures.Fault {
		if !strings.HasSuffix(r.URL.Path, "/issues/comments") {
			return nil
		}
		mu.Lock()
		i := came
		came++
		mu.Unlock()
		switch {
		case i >= n:
			return nil
		case i == n-1:
			done[i]()
		}
		select {
		case <-turns[i].Done():
		case <-r.Context().Done():
		}
		if i > 0 {
			done[i-1]()
		}
		return nil
	}
}

// A month is read with few requests, and one that is over only once.
func TestMonthCostsFewRequests(t *testing.T) {
	for _, m := range months() {
		t.Run(m.name, func(t *testing.T) {
			r := m.start(t)
			first := r.compile()
			require.Zero(t, first.code, first.stderr)
			cold := len(r.api.Requests())
			require.LessOrEqual(t, cold, m.fewRequests(t))

			require.Equal(t, first, r.compile())
			require.Equal(t, first, r.compile("--offline"))
			require.Len(t, r.api.Requests(), cold, "a window that was read after its end is final")

			require.Equal(t, first, r.compile("--refresh"))
			require.LessOrEqual(t, len(r.api.Requests()), 2*cold)
		})
	}
}

// fewRequests is what a month may cost: a few for the organisation, one for the
// comments of each repository, and as many more for the issues of those with
// updates as there are issues that only notes link to, up to three.
func (m month) fewRequests(t *testing.T) int {
	t.Helper()
	busy := map[string]bool{}
	for _, c := range m.evidence(t).comments {
		busy[c.repo] = true
	}
	return 6 + len(readArchived(t, m.github, "repos.json")) + 2*len(busy)
}

// Over consecutive months each update is told in exactly one: that of the note
// which repeats it in full, if there is one.
func TestConsecutiveMonthsShareNothingAndLoseNothing(t *testing.T) {
	for _, m := range months() {
		for _, m := range []month{m, m.withoutNotes()} {
			t.Run(fmt.Sprintf("%s/notes=%t", m.name, m.notes != nil), func(t *testing.T) {
				e := m.evidence(t)
				told := map[string][]string{} // months by comment
				for _, name := range e.span() {
					m.month = name
					r := m.start(t)
					markdown, d := r.drafts()
					report(t, m, m.evidence(t).problems(markdown, d))
					for src := range newChecker(e, d).bySource {
						if src.URL != "" {
							told[src.URL] = append(told[src.URL], name)
						}
					}
				}
				for url, c := range e.comments {
					if c.trusted && says(c.body) {
						require.Len(t, told[url], 1, "%s is told in %v", url, told[url])
						require.Contains(t, e.quotedIn(c, told[url]), told[url][0], url)
					}
				}
			})
		}
	}
}

// quotedIn gives the months whose notes repeat a comment in full, else these.
func (e evidence) quotedIn(c comment, otherwise []string) (all []string) {
	for name, note := range e.others {
		if hasAll(note, leaves(c.body)) {
			all = append(all, name[:len("2006-01")])
		}
	}
	for name, note := range e.notes {
		if hasAll(strings.Join(inBothForms(note), ""), leaves(c.body)) {
			all = append(all, name[:len("2006-01")])
		}
	}
	if len(all) == 0 {
		return otherwise
	}
	return all
}

// span gives the months from that of the first comment to the one after the last.
func (e evidence) span() (all []string) {
	var first, last time.Time
	for _, c := range e.comments {
		if first.IsZero() || c.at.Before(first) {
			first = c.at
		}
		if c.at.After(last) {
			last = c.at
		}
	}
	first = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
	for m := first; !m.After(last.AddDate(0, 1, 0)); m = m.AddDate(0, 1, 0) {
		all = append(all, m.Format("2006-01"))
	}
	return all
}

// says reports whether a text says more than that there is nothing.
func says(body string) bool {
	return slices.ContainsFunc(leaves(body), func(l leaf) bool { return l.role != filler })
}
