package compile

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// on gives a time from "2023-09-04" or "2023-09-04 13:00", UTC.
func on(s string) time.Time {
	for _, layout := range []string{time.DateOnly, time.DateOnly + " 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	panic("no day: " + s)
}

// the gives a day from "2023-09-04".
func the(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

const (
	pm    = "https://github.com/waku-org/pm/issues/"
	nwaku = "https://github.com/waku-org/nwaku/issues/"
)

// items reads statements written as "kind: text", with "achieved" for those
// without a kind, and nested ones behind " / ".
func items(lines ...string) []Item {
	var all []Item
	for i, line := range lines {
		item := Item{Kind: Achieved, Text: line, Line: i + 1}
		for _, k := range Kinds {
			if rest, found := strings.CutPrefix(line, string(k.Kind)+": "); found {
				item.Kind, item.Text = k.Kind, rest
			}
		}
		parts := strings.Split(item.Text, " / ")
		item.Text = parts[0]
		for _, sub := range parts[1:] {
			item.Items = append(item.Items, Item{Kind: Note, Text: sub})
		}
		all = append(all, item)
	}
	return all
}

// comment is an update on an issue of nwaku, or of "repo#12".
func comment(when, issue string, lines ...string) Update {
	repo, number, found := strings.Cut(issue, "#")
	if !found {
		repo, number = "nwaku", issue
	}
	ref, ok := ParseRef("https://github.com/waku-org/" + repo + "/issues/" + number)
	if !ok {
		panic("no issue: " + issue)
	}
	all := items(lines...)
	for i := range all {
		all[i].Line = 0
	}
	return Update{
		Source: Source{URL: fmt.Sprintf("%s#%s", ref, when)}, Author: "ada", Date: on(when), Issue: ref, Items: all,
	}
}

// noted is an entry of the note of a day. Its path is written from the outside
// in, "area: x", "milestone: x", "epic: x", "task: x", each with an address
// behind " @ " if it has one.
func noted(day string, line int, path []string, lines ...string) Update {
	u := Update{Source: Source{Note: day, Line: line}, Date: on(day), Items: items(lines...)}
	for i := range u.Items {
		u.Items[i].Line = line + i
	}
	levels := map[string]Level{"area": AreaLevel, "milestone": MilestoneLevel, "epic": EpicLevel, "task": TaskLevel}
	for _, step := range path {
		level, title, _ := strings.Cut(step, ": ")
		title, url, _ := strings.Cut(title, " @ ")
		u.Path = append(u.Path, Heading{Level: levels[level], Title: title, URL: url})
	}
	return u
}

func labelled(u Update, labels ...string) Update {
	u.Labels = labels
	return u
}

// path is the way to an entry in a note.
func path(steps ...string) []string { return steps }

// issue is an issue of nwaku with labels.
func issue(number int, title string, labels ...string) Issue {
	return Issue{
		Ref: Ref{Repo{"waku-org", "nwaku"}, number}, Title: title, URL: fmt.Sprint(nwaku, number), State: "open", Labels: labels,
	}
}

// planned is an issue of the planning repository.
func planned(number int, title string, labels ...string) Issue {
	i := issue(number, title, labels...)
	i.Ref.Repo, i.URL = Repo{"waku-org", "pm"}, fmt.Sprint(pm, number)
	return i
}

// september is an input of September 2023 with a note each Monday.
func september(updates ...Update) Input {
	in := Input{Project: "Waku", Month: YearMonth{2023, time.September}, Updates: updates}
	var days []Day
	for d := the("2023-08-21"); d.Before(the("2023-10-31")); d = d.Add(7) {
		days = append(days, d)
		in.Notes = append(in.Notes, NoteFile{Date: d, Name: d.String()})
	}
	in.Calendar = NewCalendar(days, false)
	return in
}

// roadmap has two milestones with two epics each, and one epic without any.
func roadmap() Roadmap {
	with := func(i Issue, milestone int) Issue {
		i.Milestone = milestone
		return i
	}
	milestone := func(number int, title, due string) Milestone {
		return Milestone{
			Number: number, Title: title, URL: fmt.Sprint("https://github.com/waku-org/pm/milestone/", number), State: "open", Due: the(due),
		}
	}
	return NewRoadmap(
		[]Milestone{milestone(1, "Million users", "2023-11-30"), milestone(2, "Platforms", "2024-04-30")},
		map[int]string{},
		[]Issue{
			planned(10, "[Milestone] Million users", "milestone", "E:million"),
			with(planned(11, "[Epic] 1.1: Sharding", "epic", "E:1.1: Sharding"), 1),
			with(planned(12, "[Epic] 1.2: Discovery", "epic", "E:1.2: Discovery"), 1),
			with(planned(21, "[Epic] NodeJS", "epic", "E:NodeJS"), 2),
			with(planned(22, "[Epic] REST", "epic", "E:REST"), 2),
			planned(31, "[Epic] Quality", "epic", "E:Quality"),
		},
		Words{},
	)
}

func compiled(t testing.TB, in Input) Report {
	t.Helper()
	r, err := Month(in, nil)
	require.NoError(t, err)
	return r
}

// told writes each statement of a report on a line: where, kind, text, weeks by
// their day of the month, and sources.
func told(r Report) []string {
	lines := []string{}
	for at, s := range r.All {
		var where []string
		if at.Milestone != nil {
			where = append(where, at.Milestone.Title)
		}
		if at.Section != nil {
			where = append(where, at.Section.Title)
		}
		if at.Task != nil {
			where = append(where, at.Task.Title)
		}
		lines = append(lines, fmt.Sprintf("%s | %s: %s", strings.Join(where, " > "), s.Kind, strings.ReplaceAll(s.Item.Whole("\n"), "\n", " / ")))
	}
	return lines
}

// texts gives the kinds and texts of a report's statements, as [items] reads them.
func texts(r Report) []string {
	all := []string{}
	for _, s := range r.All {
		line := strings.ReplaceAll(s.Item.Whole("\n"), "\n", " / ")
		if s.Kind != Achieved {
			line = string(s.Kind) + ": " + line
		}
		all = append(all, line)
	}
	return all
}
