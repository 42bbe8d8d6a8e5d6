package compile

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// quietThings writes each thing that is quiet on a line: its title, when something was
// last said of it, weeks since, and what was promised.
func quietThings(r Report) []string {
	lines := []string{}
	for _, q := range r.Silent {
		line := ""
		if q.Section != nil {
			line = q.Section.Title
		} else {
			line = q.Milestone.Title
		}
		if !q.Last.IsZero() {
			line += fmt.Sprintf(", last %s, %d weeks", q.Last.Short(), q.Weeks)
		}
		for _, p := range q.Promised {
			line += ", promised " + p.Statement.Text
		}
		if q.SaidNothing {
			line += ", says so"
		}
		lines = append(lines, line)
	}
	return lines
}

// denied is an entry of a note that says that there is nothing to say.
func denied(u Update) Update {
	for i := range u.Items {
		u.Items[i].LeftOut = Denial
	}
	return u
}

func TestQuiet(t *testing.T) {
	sharding, docs := path("milestone: Scale", "epic: Sharding"), path("milestone: Scale", "epic: Docs")
	end := noted("2023-09-25", 9, path("epic: Other"), "x")
	goal := path("milestone: Sync @ " + nwaku + "7")
	for _, tt := range []struct {
		rule   string
		before []Update
		notes  []Update
		want   []string
	}{
		{
			rule:   "a milestone of last month that is a task now",
			before: []Update{noted("2023-08-21", 1, goal, "x"), noted("2023-08-28", 1, goal, "y")},
			notes:  []Update{noted("2023-09-04", 1, path("epic: Scale", "task: Sync @ "+nwaku+"7"), "z"), noted("2023-09-25", 1, path("epic: Scale"), "v")},
			want:   []string{},
		},
		{
			rule:  "spoken of in each week but one",
			notes: []Update{noted("2023-09-11", 1, sharding, "x"), noted("2023-09-25", 1, sharding, "y")},
			want:  []string{},
		},
		{
			rule:  "not spoken of for three weeks",
			notes: []Update{noted("2023-09-04", 1, sharding, "x"), noted("2023-09-25", 1, docs, "y")},
			want:  []string{"Sharding, last 09-04, 3 weeks"},
		},
		{
			rule:  "a milestone speaks through its epics",
			notes: []Update{noted("2023-09-04", 1, sharding[:1], "x"), noted("2023-09-25", 1, sharding, "y")},
			want:  []string{},
		},
		{
			rule:   "spoken of in two weeks of last month, and not named in this",
			before: []Update{noted("2023-08-14", 1, sharding, "x"), noted("2023-08-28", 1, sharding, "next: deploy the shards", "y")},
			notes:  []Update{noted("2023-09-25", 1, docs, "y")},
			want:   []string{"Sharding, last 08-28, 4 weeks, promised deploy the shards"},
		},
		{
			rule:   "spoken of once last month",
			before: []Update{noted("2023-08-28", 1, sharding, "x")},
			notes:  []Update{noted("2023-09-25", 1, docs, "y")},
			want:   []string{},
		},
		{
			rule:   "what was promised and is done is not promised any more",
			before: []Update{noted("2023-08-14", 1, sharding, "x"), noted("2023-08-28", 1, sharding, "next: deploy twelve testing shards", "next: write")},
			notes:  []Update{noted("2023-09-25", 1, docs, "twelve testing shards: deployed")},
			want:   []string{"Sharding, last 08-28, 4 weeks, promised write"},
		},
		{
			rule:   "an epic that another milestone has this month, by its page",
			before: []Update{noted("2023-08-14", 1, path("epic: Old @ "+pm+"77"), "x"), noted("2023-08-28", 1, path("epic: Old @ "+pm+"77"), "x")},
			notes:  []Update{noted("2023-09-25", 1, path("milestone: Scale", "epic: New @ "+pm+"77"), "y")},
			want:   []string{},
		},
		{
			rule:   "a milestone that was renamed, by its page",
			before: []Update{noted("2023-08-14", 1, path("milestone: Old @ "+pm+"9"), "x"), noted("2023-08-28", 1, path("milestone: Old @ "+pm+"9"), "x")},
			notes:  []Update{noted("2023-09-25", 1, path("milestone: New @ "+pm+"9"), "y")},
			want:   []string{},
		},
		{
			rule:   "its task was told under another epic",
			before: []Update{noted("2023-08-14", 1, append(sharding[:2:2], "task: T @ "+nwaku+"1"), "x"), noted("2023-08-28", 1, append(sharding[:2:2], "task: T @ "+nwaku+"1"), "x")},
			notes:  []Update{noted("2023-09-25", 1, append(docs[:2:2], "task: T @ "+nwaku+"1"), "y")},
			want:   []string{},
		},
		{
			rule:  "an area is quiet only if it says so",
			notes: []Update{noted("2023-09-04", 1, path("area: Research"), "x"), denied(noted("2023-09-04", 5, path("area: Website"), "no update"))},
			want:  []string{"Website, says so"},
		},
		{
			rule:  "an area that says so one week, and speaks the next",
			notes: []Update{denied(noted("2023-09-04", 5, path("area: Website"), "no update")), noted("2023-09-11", 1, path("area: Website"), "x")},
			want:  []string{},
		},
		{
			rule:  "an epic that says so is named, and has no word",
			notes: []Update{denied(noted("2023-09-04", 5, sharding, "no update")), noted("2023-09-11", 1, docs, "x")},
			want:  []string{"Sharding, says so"},
		},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			var before *Report
			if tt.before != nil {
				before = august(t, tt.before...)
			}
			r, err := Month(september(append(tt.notes, end)...), before)
			require.NoError(t, err)
			assert.Equal(t, tt.want, quietThings(r))
		})
	}
}

// Of the roadmap, what is open is quiet; what is closed is not, until it is opened
// again.
func TestQuietRoadmap(t *testing.T) {
	in := september(noted("2023-09-25", 1, path("epic: Quality"), "x"))
	in.Roadmap = roadmap()
	in.Roadmap.Milestones[1].State, in.Roadmap.Milestones[1].Closed = closed, on("2023-09-07")
	in.Roadmap.Epics[1].State, in.Roadmap.Epics[1].Closed = closed, on("2023-09-07")
	in.Roadmap.Epics[3].State = closed
	in.Roadmap.Epics[3].Closed = on("2023-09-07")
	r := compiled(t, in)
	assert.Equal(t, []string{"Million users", "1.1: Sharding", "NodeJS"}, quietThings(r))

	in.Roadmap.Epics[1].State = "open" // still with the day on which it was closed
	r = compiled(t, in)
	assert.Equal(t, []string{"Million users", "1.1: Sharding", "1.2: Discovery", "NodeJS"}, quietThings(r))
	require.False(t, r.Milestones[0].Epics[1].Finished)
}
