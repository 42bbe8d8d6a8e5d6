package compile

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	onTask = path("epic: REST", "task: T @ "+nwaku+"1")
	onEpic = path("milestone: Platforms", "epic: REST")
)

// august gives the report of the month before [september].
func august(t testing.TB, updates ...Update) *Report {
	in := september(updates...)
	in.Month.Month = time.August
	r := compiled(t, in)
	return &r
}

// settled writes each plan on a line: its verdict, its text and, behind an arrow, what
// it was judged by, how; marked if it is of last month, or continued.
func settled(r Report) []string {
	lines := []string{}
	for _, p := range r.Plans {
		line := fmt.Sprintf("%s: %s", p.Verdict, p.Statement.Text)
		for _, by := range p.By {
			line += " <- " + by.Statement.Text
		}
		if p.Before {
			line += " (last month)"
		}
		if p.Continued {
			line += " (continued)"
		}
		lines = append(lines, line)
	}
	return lines
}

// Rows are the weekly notes of September 2023, one a week, or of a month before.
func TestPlans(t *testing.T) {
	for _, tt := range []struct {
		rule   string
		before []Update
		notes  []Update
		want   []string
	}{
		{
			rule:  "done in the same words a week later",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "wrote the relay guide")},
			want:  []string{"done: write the relay guide <- wrote the relay guide"},
		},
		{
			rule:  "done two weeks later, in the next word on the task",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: measure bandwidth of sharded relays"), noted("2023-09-18", 1, onTask, "bandwidth of ten relays was measured on the test network")},
			want:  []string{"done: measure bandwidth of sharded relays <- bandwidth of ten relays was measured on the test network"},
		},
		{
			rule:  "no later word",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "fixed a crash of the store")},
			want:  []string{"none: write the relay guide"},
		},
		{
			rule:  "one common word is no match",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: relay"), noted("2023-09-11", 1, onTask, "relay crashed twice")},
			want:  []string{"none: relay"},
		},
		{
			rule:  "what was said in the same week does not tell of it",
			notes: []Update{noted("2023-09-04", 1, onTask, "wrote the relay guide", "next: write the relay guide")},
			want:  []string{"none: write the relay guide"},
		},
		{
			rule:  "what the next month says is for the next",
			notes: []Update{noted("2023-08-28", 1, onTask, "x"), noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-10-02", 1, onTask, "wrote the relay guide")},
			want:  []string{"none: write the relay guide"},
		},
		{
			rule:  "half done is told of, not done",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide, translate keycard errors"), noted("2023-09-11", 1, onTask, "wrote the relay guide")},
			want:  []string{"told: write the relay guide, translate keycard errors <- wrote the relay guide"},
		},
		{
			rule:  "a vague plan is never done",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: continue the relay guide"), noted("2023-09-11", 1, onTask, "wrote the relay guide")},
			want:  []string{"told: continue the relay guide <- wrote the relay guide"},
		},
		{
			rule:  "a draft is not done",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "draft of the relay guide opened")},
			want:  []string{"told: write the relay guide <- draft of the relay guide opened"},
		},
		{
			rule:  "who plans a beginning is done with it",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: start the relay guide"), noted("2023-09-11", 1, onTask, "drafted the relay guide")},
			want:  []string{"done: start the relay guide <- drafted the relay guide"},
		},
		{
			rule:  "a sign that stands in the plan too is none",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: sync while the app is open"), noted("2023-09-11", 1, onTask, "the app syncs while it is open")},
			want:  []string{"done: sync while the app is open <- the app syncs while it is open"},
		},
		{
			rule:  "some of many is not done",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: find a guide for each of the six towns"), noted("2023-09-11", 1, onTask, "guides found for five of the six towns")},
			want:  []string{"told: find a guide for each of the six towns <- guides found for five of the six towns"},
		},
		{
			rule:  "what is under way tells of it and does not finish it",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "doing: writing the relay guide")},
			want:  []string{"told: write the relay guide <- writing the relay guide"},
		},
		{
			rule:  "the same reference",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: fix the crash ("+nwaku+"7)"), noted("2023-09-11", 1, onEpic, "null pointer is caught: "+nwaku+"7")},
			want:  []string{"told: fix the crash (" + nwaku + "7) <- null pointer is caught: " + nwaku + "7"},
		},
		{
			rule:  "the same number in another repository",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: fix the crash of the store ("+nwaku+"7)"), noted("2023-09-11", 1, onTask, "reviewed a change of docs: https://github.com/waku-org/go-waku/issues/7")},
			want:  []string{"none: fix the crash of the store (" + nwaku + "7)"},
		},
		{
			rule:  "another issue of the same repository",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: fix the crash of the store ("+nwaku+"7)"), noted("2023-09-11", 1, onTask, "fixed the crash of the store ("+nwaku+"8)")},
			want:  []string{"none: fix the crash of the store (" + nwaku + "7)"},
		},
		{
			rule:  "an issue and the pull request that closes it",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: fix the crash of the store ("+nwaku+"7)"), noted("2023-09-11", 1, onTask, "fixed the crash of the store (https://github.com/waku-org/nwaku/pull/8)")},
			want:  []string{"done: fix the crash of the store (" + nwaku + "7) <- fixed the crash of the store (https://github.com/waku-org/nwaku/pull/8)"},
		},
		{
			rule:  "the same words in another repository are told of",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: add the debug API ("+nwaku+"7)"), noted("2023-09-11", 1, onTask, "added the debug API (https://github.com/waku-org/specs/pull/8)")},
			want:  []string{"told: add the debug API (" + nwaku + "7) <- added the debug API (https://github.com/waku-org/specs/pull/8)"},
		},
		{
			rule:  "another version",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: publish release v0.21.0"), noted("2023-09-11", 1, onTask, "published release v0.20.1")},
			want:  []string{"none: publish release v0.21.0"},
		},
		{
			rule:  "two teams",
			notes: []Update{noted("2023-09-04", 1, onEpic, "next: [nwaku] write the relay guide"), noted("2023-09-11", 1, onEpic, "[js-waku] wrote the relay guide")},
			want:  []string{"none: [nwaku] write the relay guide"},
		},
		{
			rule:  "a box that was ticked is no team",
			notes: []Update{noted("2023-09-04", 1, onEpic, "next: [ ] write the relay guide"), noted("2023-09-11", 1, onEpic, "[x] write the relay guide")},
			want:  []string{"done: [ ] write the relay guide <- [x] write the relay guide"},
		},
		{
			rule:  "the epic tells of a task's plan",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, path("epic: REST"), "the relay guide is written")},
			want:  []string{"done: write the relay guide <- the relay guide is written"},
		},
		{
			rule:  "like words of another epic do not",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: refactor other APIs"), noted("2023-09-11", 1, path("epic: Docs"), "refactored two APIs")},
			want:  []string{"none: refactor other APIs"},
		},
		{
			rule:  "rare words tell of it anywhere",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: describe gossipsub scoring parameters"), noted("2023-09-11", 1, path("epic: Docs"), "gossipsub scoring parameters are described")},
			want:  []string{"done: describe gossipsub scoring parameters <- gossipsub scoring parameters are described"},
		},
		{
			rule:  "told again in the very note that reports it",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "wrote the relay guide", "next: write the relay guide")},
			want:  []string{"done: write the relay guide <- wrote the relay guide"},
		},
		{
			rule:  "told again after it was reported",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "wrote the relay guide"), noted("2023-09-18", 1, onTask, "next: write the relay guide")},
			want:  []string{"told: write the relay guide <- wrote the relay guide"},
		},
		{
			rule:  "a part of it is planned again",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: validator order, bandwidth validation, zerokit upgrade"), noted("2023-09-11", 1, onTask, "validator order, zerokit upgrade, bandwidth of peers", "next: bandwidth validation")},
			want:  []string{"told: validator order, bandwidth validation, zerokit upgrade <- validator order, zerokit upgrade, bandwidth of peers", "none: bandwidth validation"},
		},
		{
			rule:  "said again word for word",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "next: write the relay guide")},
			want:  []string{"repeated: write the relay guide <- write the relay guide"},
		},
		{
			rule:  "reworded",
			notes: []Update{noted("2023-09-04", 1, onTask, "next: write the relay guide"), noted("2023-09-11", 1, onTask, "next: write the relay guide and publish it on the site")},
			want:  []string{"repeated: write the relay guide <- write the relay guide and publish it on the site (continued)", "none: write the relay guide and publish it on the site"},
		},
		{
			rule:  "done through a later wording",
			notes: []Update{noted("2023-09-04", 1, onEpic, "next: write relay guide"), noted("2023-09-11", 1, onEpic, "next: write relay guide about peers scoring gossip"), noted("2023-09-18", 1, onEpic, "peers scoring gossip described")},
			want:  []string{"done: write relay guide <- peers scoring gossip described (continued)", "done: write relay guide about peers scoring gossip <- peers scoring gossip described"},
		},
		{
			rule:  "in a month with a missing week the next word is that of the next note",
			notes: []Update{noted("2023-09-11", 1, onTask, "next: measure bandwidth of sharded relays"), noted("2023-09-25", 1, onTask, "bandwidth of ten relays was measured on the test network")},
			want:  []string{"done: measure bandwidth of sharded relays <- bandwidth of ten relays was measured on the test network"},
		},
		{
			rule:   "open last month, done in this",
			before: []Update{noted("2023-08-28", 1, onTask, "next: write the relay guide")},
			notes:  []Update{noted("2023-09-18", 1, onTask, "wrote the relay guide")},
			want:   []string{"done: write the relay guide <- wrote the relay guide (last month)"},
		},
		{
			rule:   "done last month",
			before: []Update{noted("2023-08-21", 1, onTask, "next: write the relay guide"), noted("2023-08-28", 1, onTask, "wrote the relay guide")},
			notes:  []Update{noted("2023-09-18", 1, onTask, "wrote the relay guide")},
			want:   []string{},
		},
		{
			rule:   "open last month, and said again in this",
			before: []Update{noted("2023-08-28", 1, onTask, "next: write the relay guide")},
			notes:  []Update{noted("2023-09-18", 1, onTask, "next: write the relay guide")},
			want:   []string{"none: write the relay guide", "repeated: write the relay guide <- write the relay guide (last month) (continued)"},
		},
		{
			rule:   "an epic that notes without GitHub call by another title, of the same page",
			before: []Update{noted("2023-08-28", 1, path("milestone: Old @ https://github.com/waku-org/pm/milestone/9"), "next: write the relay guide")},
			notes:  []Update{noted("2023-09-04", 1, path("milestone: New @ https://github.com/waku-org/pm/milestone/9"), "the relay guide is written")},
			want:   []string{"done: write the relay guide <- the relay guide is written (last month)"},
		},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			var before *Report
			if tt.before != nil {
				before = august(t, tt.before...)
			}
			r, err := Month(september(tt.notes...), before)
			require.NoError(t, err)
			assert.Equal(t, tt.want, settled(r))
			assert.Equal(t, before != nil, r.HasBefore)

			slices.Reverse(tt.notes)
			turned, err := Month(september(tt.notes...), before)
			require.NoError(t, err)
			assert.Equal(t, settled(r), settled(turned), "the order of the input has no influence")
		})
	}
}
