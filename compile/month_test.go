package compile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// In which month and week a comment is told.
func TestWeekOfComment(t *testing.T) {
	task := path("task: T @ " + nwaku + "1")
	tests := []struct {
		rule            string
		said            []Update
		september       []string // weeks of the first statement of each month
		october         []string
		leftInSeptember string
	}{
		{"a comment counts in the week of its day", []Update{comment("2023-09-05", "1", "x")}, []string{"2023-09-11"}, nil, ""},
		{"the day of a note is in its week", []Update{comment("2023-09-25 23:59", "1", "x")}, []string{"2023-09-25"}, nil, ""},
		{"the day after is in the next", []Update{comment("2023-09-26", "1", "x")}, nil, []string{"2023-10-02"}, ""},
		{
			"a late comment that stands in the note before is of its week",
			[]Update{comment("2023-09-26", "1", "x"), noted("2023-09-25", 1, task, "x")}, []string{"2023-09-25"}, nil, "",
		},
		{
			"an early comment that stands in the note after is of its week",
			[]Update{comment("2023-09-25", "1", "x"), noted("2023-10-02", 1, task, "x")}, nil, []string{"2023-10-02"},
			"told in the weekly note of 2023-10-02",
		},
		{
			"a comment that stands in its own note is of its week, also if the next repeats it",
			[]Update{comment("2023-09-25", "1", "x"), noted("2023-09-25", 1, task, "x"), noted("2023-10-02", 1, task, "x")},
			[]string{"2023-09-25"}, []string{"2023-10-02"}, "",
		},
		{
			"a comment of which another note has but a part is of its own week",
			[]Update{comment("2023-09-25", "1", "x", "y"), noted("2023-10-02", 1, task, "x")}, []string{"2023-09-25"}, []string{"2023-10-02"}, "",
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			input := september(tt.said...)
			for month, want := range map[time.Month][]string{time.September: tt.september, time.October: tt.october} {
				input.Month = YearMonth{2023, month}
				r := compiled(t, input)
				var weeks []string
				for _, s := range r.All {
					weeks = dates(s.Weeks)
				}
				require.Equal(t, want, weeks, month)
				if month == time.September && tt.leftInSeptember != "" {
					require.Len(t, r.Ledger.LeftOut, 1)
					require.Equal(t, Reason(tt.leftInSeptember), r.Ledger.LeftOut[0].Reason)
				}
			}
		})
	}
}

func TestLeftOut(t *testing.T) {
	stranger := comment("2023-09-07", "1", "x", "y")
	stranger.LeftOut = "the author is not trusted"
	elsewhere := stranger
	elsewhere.Date = on("2023-10-07")
	r := compiled(t, september(stranger, elsewhere, comment("2023-09-07", "2"), comment("2023-09-07", "3", "z")))
	require.Equal(t, Ledger{Read: 4, Placed: 1, LeftOut: []LeftOut{
		{Source: stranger.Source, Author: "ada", Reason: Untrusted, Excerpt: "x"},
		{Source: stranger.Source, Author: "ada", Reason: Untrusted, Excerpt: "y"},
		{Source: Source{URL: "waku-org/nwaku#2#2023-09-07"}, Author: "ada", Reason: "the update says nothing"},
	}}, r.Ledger)
	require.Equal(t, "4 read = 1 placed + 0 merged + 3 left out", r.Ledger.String())
	require.Error(t, Ledger{Read: 2, Placed: 1}.check())
	require.Equal(t, strings.Repeat("é", 119)+"…", excerpt(strings.Repeat("é", 200)))
}

func TestFindings(t *testing.T) {
	input := september()
	input.Notes = []NoteFile{
		{Date: the("2023-09-04"), Name: "2023-09-04", Title: "2023-09-05 Waku weekly"},
		{Date: the("2023-09-12"), Name: "2023-09-12"}, {Date: the("2023-09-18"), Name: "2023-09-18"},
	}
	input.Calendar = NewCalendar(days("2023-08-28", "2023-09-04", "2023-09-12", "2023-09-18"), false)
	input.Now = on("2023-09-20")
	require.Equal(t, []string{
		`note 2023-09-04: its title is "2023-09-05 Waku weekly": the day in the name of the file counts`,
		"note 2023-09-12: it is dated on a Tuesday, most notes of that time are on a Monday",
	}, findings(compiled(t, input)))
	input.Now = time.Time{}
	require.Contains(t, findings(compiled(t, input)), "week 2023-09-25: there is no weekly note")
}

func findings(r Report) []string {
	var lines []string
	for _, f := range r.Findings {
		lines = append(lines, f.String())
	}
	return lines
}

// organisation makes up the months around a September: n teams, each with about
// 80 tasks, 400 statements a month and an entry in each weekly note.
func organisation(n int, random *rand.Rand) Input {
	input := september()
	var milestones []Milestone
	var plans []Issue
	for m := range 2 * n {
		milestones = append(milestones, goal(m+1, fmt.Sprint("Goal ", m)))
		for e := range 4 {
			number := 10*m + e + 1
			plans = append(plans, in(planned(number, fmt.Sprintf("%d.%d: Piece", m, e), "epic", fmt.Sprint("E:piece ", number)), m+1))
		}
	}
	input.Roadmap = NewRoadmap(milestones, nil, plans, Words{})
	pick := func(all ...string) string { return all[random.IntN(len(all))] }
	sentence := func() string {
		return pick("achieved: ", "achieved: ", "next: ", "blocker: ", "risk: ", "note: ") +
			pick("added", "fixed", "reviewed", "merged", "not merged", "[nwaku] tested", "") + " " +
			pick("tests for", "the docs of", "a bug in", "**metrics** of", "") + " " +
			pick("filter", "store", "relay", "lightpush", "peer exchange", "rln", "") + " " +
			pick("", "", "#12", "#13", nwaku+"12", "[PR]("+nwaku+"13)", "0.21", "(in review)", "🎉", "/ server / client", "/ client", "https://x.y/?a=1")
	}
	for task := range 80 * n {
		labels := []string{fmt.Sprint("E:piece ", 10*(task%(2*n))+task%4+1)}
		switch task % 10 {
		case 0:
			labels = append(labels, fmt.Sprint("E:piece ", 10*random.IntN(2*n)+2))
		case 1:
			labels = []string{pick("bug", "documentation", "E:unknown")}
		case 2:
			labels = nil
		}
		title := fmt.Sprint("Task ", task)
		input.Issues = append(input.Issues, issue(task+1, title, labels...))
		for w := range 6 {
			if random.IntN(6) == 0 {
				continue
			}
			day := the("2023-08-28").Add(7 * w)
			lines := []string{sentence()}
			if random.IntN(3) == 0 {
				lines = append(lines, sentence())
			}
			when := day.Add(random.IntN(9) - 7).String()
			said := comment(when, fmt.Sprint(task+1), lines...)
			if random.IntN(40) == 0 {
				said.LeftOut = "the author is not trusted"
			}
			said.Source.URL += fmt.Sprint("-", w)
			if random.IntN(5) > 0 {
				input.Updates = append(input.Updates, said)
			}
			if random.IntN(10) == 0 {
				said.Author, said.Source.URL = "bob", said.Source.URL+"-too"
				input.Updates = append(input.Updates, said)
			}
			if random.IntN(3) > 0 {
				way := path("area: team", "task: "+title+" @ "+nwaku+fmt.Sprint(task+1))
				switch random.IntN(8) {
				case 0:
					way = path("milestone: "+fmt.Sprint("Goal ", task%(2*n)), fmt.Sprintf("epic: %d.%d: Piece", task%(2*n), task%4))
				case 1:
					way = path("area: team", "milestone: Other goal", "task: "+title)
				}
				if random.IntN(4) == 0 {
					lines[0] = strings.Replace(lines[0], "added", "Added the", 1)
				}
				input.Updates = append(input.Updates, noted(day.String(), 10*task, way, lines...))
			}
		}
	}
	return input
}

// Whatever was said, and in whatever order it was read, the report is the same,
// and each source of each item is told under its own kind.
func TestOrderDoesNotMatter(t *testing.T) {
	for seed := range uint64(5) {
		random := rand.New(rand.NewPCG(seed, 1))
		input := organisation(1, random)
		want := compiled(t, input)
		require.NotEmpty(t, want.Milestones)
		for range 4 {
			shuffled := input
			shuffled.Updates, shuffled.Issues, shuffled.Notes = slices.Clone(input.Updates), nil, slices.Clone(input.Notes)
			for _, i := range input.Issues {
				i.Labels = slices.Clone(i.Labels)
				slices.Reverse(i.Labels)
				shuffled.Issues = append(shuffled.Issues, i)
			}
			shuffle(random, shuffled.Updates)
			shuffle(random, shuffled.Issues)
			shuffle(random, shuffled.Notes)
			require.Equal(t, want, compiled(t, shuffled))
		}
	}
}

func shuffle[T any](random *rand.Rand, all []T) {
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}

// Over the months each item of each update is told in exactly one, in words that
// say what it said, and with its source.
func TestNothingIsLost(t *testing.T) {
	for seed := range uint64(5) {
		input := organisation(1, rand.New(rand.NewPCG(seed, 2)))
		kept := slices.Clone(input.Updates)
		slices.SortFunc(kept, compareUpdates)
		told := map[Source]int{}
		texts := map[Source]string{}
		for _, month := range []time.Month{time.August, time.September, time.October} {
			input.Month.Month = month
			r := compiled(t, input)
			here := map[Source]bool{}
			for _, s := range r.All {
				for _, source := range s.Sources {
					source.Week = Day{}
					here[source] = true
					texts[source] += " " + foldText(s.Item.Whole("\n")) + " "
				}
			}
			for source := range here {
				told[source]++
			}
		}
		for _, u := range kept {
			for _, item := range u.Items {
				source := u.Source
				if item.Line > 0 {
					source.Line = item.Line
				}
				if u.LeftOut != "" {
					require.Zero(t, told[source])
					continue
				}
				require.Equal(t, 1, told[source], "%v", u)
				for line := range strings.Lines(item.Whole("\n")) {
					if u.Source.Note != "" { // a comment may be told in its note's words
						require.Contains(t, texts[source], foldText(line))
					}
				}
			}
		}
	}
}

// No task tells the same twice: what is told twice differs in words, links,
// team or kind.
func TestNothingIsToldTwice(t *testing.T) {
	for seed := range uint64(5) {
		seen := map[string]bool{}
		for at, s := range compiled(t, organisation(1, rand.New(rand.NewPCG(seed, 3)))).All {
			if at.Task != nil && at.Task.Ref != (Ref{}) {
				key := at.Task.Ref.String() + string(s.Kind) + newText(s.Item, s.Repo).key
				require.False(t, seen[key], key)
				seen[key] = true
			}
		}
	}
}

// The input is the caller's: compiling does not change it.
func TestInputStaysAsItIs(t *testing.T) {
	input := organisation(1, rand.New(rand.NewPCG(4, 4)))
	before := fmt.Sprintf("%+v", input.Updates)
	compiled(t, input)
	require.Equal(t, before, fmt.Sprintf("%+v", input.Updates))
}

// Texts at the edge are told as they are. What takes far too long fails by the
// time limit of the whole test.
func TestHostileTexts(t *testing.T) {
	texts := []string{
		"", " ", "?", "…", "https://example.org/?q=1", "<https://example.org/?q=2>", "[](x)", "[a](b", "[[", "]]", "![", `\`,
		strings.Repeat("[", 15_000), strings.Repeat("[", 15_000) + "](x)", strings.Repeat("[a", 3_000) + strings.Repeat("](b)", 3_000), strings.Repeat("[](", 5_000), strings.Repeat("[[", 8_000) + strings.Repeat("]", 15_000),
		strings.Repeat("(", 15_000), strings.Repeat("a ", 8_000), strings.Repeat("\xff", 1000), "\u202eabc", "日本語のテキスト", "#", "a#1", "#99999999999999999999",
		strings.Repeat("word ", 3_000) + "end", strings.Repeat("[a](b) ", 8_000),
	}
	r := compiled(t, september(comment("2023-09-07", "1", texts...), noted("2023-09-11", 1, path("task: T @ "+nwaku+"1"), texts...)))
	require.Equal(t, 2*len(texts), r.Ledger.Read)
	whole := map[string]bool{}
	for _, s := range r.All {
		whole[s.Text] = true
	}
	for _, text := range texts {
		if plainText(text, Repo{}).text != "" {
			require.True(t, whole[text] || whole[strings.TrimSpace(text)], "%.40q", text)
		}
	}
}

// A month of an organisation that is n times as large takes n times as long.
func BenchmarkMonth(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		input := organisation(n, rand.New(rand.NewPCG(1, 1)))
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				compiled(b, input)
			}
		})
	}
}

// So does one that is compiled with the month before.
func BenchmarkMonthWithBefore(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		input := organisation(n, rand.New(rand.NewPCG(1, 1)))
		last := input
		last.Month.Month--
		before := compiled(b, last)
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := Month(input, &before)
				require.NoError(b, err)
			}
		})
	}
}

// So does one task on which very much is said.
func BenchmarkOneTask(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		random := rand.New(rand.NewPCG(1, 1))
		var lines []string
		for i := range n {
			lines = append(lines, fmt.Sprintf("achieved: did the thing %d of %d", i, random.IntN(n)))
		}
		input := september(comment("2023-09-07", "1", lines...), noted("2023-09-11", 1, path("task: T @ "+nwaku+"1"), lines...), noted("2023-09-18", 1, path("task: T @ "+nwaku+"1"), lines...))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				compiled(b, input)
			}
		})
	}
}

// The hardest case: a week's note and comment on one task, no two texts alike.
func BenchmarkReworded(b *testing.B) {
	words := strings.Fields("add fix test filter store relay docs metrics peer shard proof network client server light push bandwidth message limit release")
	for _, n := range []int{10, 100, 1000} {
		random := rand.New(rand.NewPCG(1, 1))
		lines := func() []string {
			var all []string
			for range n {
				line := "achieved:"
				for range 12 {
					line += " " + words[random.IntN(len(words))]
				}
				all = append(all, line)
			}
			return all
		}
		input := september(comment("2023-09-07", "1", lines()...), noted("2023-09-11", 1, path("task: T @ "+nwaku+"1"), lines()...))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				compiled(b, input)
			}
		})
	}
}
