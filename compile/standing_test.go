package compile

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// standing writes each blocker and risk on a line: its verdict, kind, text, first and
// last week, and what else there is.
func standing(r Report) []string {
	lines := []string{}
	for _, s := range r.Standing {
		line := fmt.Sprintf("%s %s: %s, %s to %s", s.Verdict, s.Statement.Kind, s.Statement.Text, s.Since.Short(), s.Last.Short())
		for _, e := range s.Earlier {
			line += ", earlier " + e.Statement.Text
		}
		if !s.Reworded.IsZero() {
			line += ", reworded " + s.Reworded.Short()
		}
		for _, by := range s.By {
			line += " <- " + by.Statement.Text
		}
		if s.Before {
			line += " (last month)"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestStanding(t *testing.T) {
	end := noted("2023-09-25", 9, path("epic: Docs"), "the end of the month")
	for _, tt := range []struct {
		rule   string
		before []Update
		notes  []Update
		want   []string
	}{
		{
			rule:  "new in the last week",
			notes: []Update{noted("2023-09-25", 1, onTask, "risk: the simulations of the relay may be late")},
			want:  []string{"standing risk: the simulations of the relay may be late, 09-25 to 09-25"},
		},
		{
			rule:  "standing since it was first said",
			notes: []Update{noted("2023-09-04", 1, onTask, "risk: the simulations may be late"), noted("2023-09-25", 1, onTask, "risk: the simulations may be late")},
			want:  []string{"standing risk: the simulations may be late, 09-04 to 09-25"},
		},
		{
			rule:  "no longer said",
			notes: []Update{noted("2023-09-04", 1, onTask, "risk: the simulations may be late"), noted("2023-09-11", 1, onTask, "risk: the simulations may be late")},
			want:  []string{"dropped risk: the simulations may be late, 09-04 to 09-11"},
		},
		{
			rule:  "it says of itself that it is over",
			notes: []Update{noted("2023-09-25", 1, onTask, "blocker: (no longer a blocker) the deadline for the paper", "risk: **Resolved:** the vendor was silent")},
			want: []string{
				"cleared blocker: (no longer a blocker) the deadline for the paper, 09-25 to 09-25 <- (no longer a blocker) the deadline for the paper",
				"cleared risk: **Resolved:** the vendor was silent, 09-25 to 09-25 <- **Resolved:** the vendor was silent",
			},
		},
		{
			rule:  "it is not resolved",
			notes: []Update{noted("2023-09-25", 1, onTask, "blocker: not resolved yet", "risk: the issue is no longer reproduced")},
			want:  []string{"standing blocker: not resolved yet, 09-25 to 09-25", "standing risk: the issue is no longer reproduced, 09-25 to 09-25"},
		},
		{
			rule:  "reworded",
			notes: []Update{noted("2023-09-04", 1, onTask, "risk: only 2 engineers (3rd one joining in October)"), noted("2023-09-25", 1, onTask, "risk: only 2 engineers (3rd one just joined in October)")},
			want:  []string{"standing risk: only 2 engineers (3rd one just joined in October), 09-04 to 09-25, earlier only 2 engineers (3rd one joining in October), reworded 09-25"},
		},
		{
			rule: "two are joined in one",
			notes: []Update{
				noted("2023-09-04", 1, onTask, "risk: simulations are late", "risk: the keycard vendor is silent"),
				noted("2023-09-25", 1, onTask, "risk: simulations are late and the keycard vendor is silent"),
			},
			want: []string{"standing risk: simulations are late and the keycard vendor is silent, 09-04 to 09-25, earlier simulations are late, earlier the keycard vendor is silent, reworded 09-25"},
		},
		{
			rule:  "a risk that has become a blocker goes on",
			notes: []Update{noted("2023-09-04", 1, onTask, "risk: the simulations are late"), noted("2023-09-25", 1, onTask, "blocker: the simulations are late")},
			want:  []string{"standing blocker: the simulations are late, 09-04 to 09-25, earlier the simulations are late"},
		},
		{
			rule:  "what turns it around is another",
			notes: []Update{noted("2023-09-04", 1, onTask, "risk: the simulations depend on the keycard"), noted("2023-09-25", 1, onTask, "risk: the simulations do not depend on the keycard")},
			want:  []string{"dropped risk: the simulations depend on the keycard, 09-04 to 09-04", "standing risk: the simulations do not depend on the keycard, 09-25 to 09-25"},
		},
		{
			rule:  "another number is another",
			notes: []Update{noted("2023-09-04", 1, onTask, "risk: release 0.20 of the relay may be late"), noted("2023-09-25", 1, onTask, "risk: release 0.21 of the relay may be late")},
			want:  []string{"dropped risk: release 0.20 of the relay may be late, 09-04 to 09-04", "standing risk: release 0.21 of the relay may be late, 09-25 to 09-25"},
		},
		{
			rule:  "the same words under another task are another",
			notes: []Update{noted("2023-09-04", 1, onTask, "risk: the review is late again"), noted("2023-09-25", 1, path("epic: Docs", "task: U @ "+nwaku+"2"), "risk: the review is late again")},
			want:  []string{"dropped risk: the review is late again, 09-04 to 09-04", "standing risk: the review is late again, 09-25 to 09-25"},
		},
		{
			rule:  "cleared by what tells of its end",
			notes: []Update{noted("2023-09-04", 1, onTask, "blocker: the interop tests of js-waku fail"), noted("2023-09-11", 1, onTask, "fixed the interop tests of js-waku")},
			want:  []string{"cleared blocker: the interop tests of js-waku fail, 09-04 to 09-04 <- fixed the interop tests of js-waku"},
		},
		{
			rule:  "cleared by the end of all",
			notes: []Update{noted("2023-09-04", 1, onTask, "blocker: the reviewer is on leave"), noted("2023-09-11", 1, onTask, "Complete! All is merged.")},
			want:  []string{"cleared blocker: the reviewer is on leave, 09-04 to 09-04 <- Complete! All is merged."},
		},
		{
			rule:  "work on it does not clear it",
			notes: []Update{noted("2023-09-04", 1, onTask, "blocker: the interop tests of js-waku fail"), noted("2023-09-11", 1, onTask, "looked at the interop tests of js-waku")},
			want:  []string{"dropped blocker: the interop tests of js-waku fail, 09-04 to 09-04"},
		},
		{
			rule:  "said again after its end",
			notes: []Update{noted("2023-09-04", 1, onTask, "blocker: the interop tests fail"), noted("2023-09-11", 1, onTask, "fixed the interop tests"), noted("2023-09-25", 1, onTask, "blocker: the interop tests fail")},
			want:  []string{"standing blocker: the interop tests fail, 09-04 to 09-25"},
		},
		{
			rule:   "standing since last month",
			before: []Update{noted("2023-08-14", 1, onTask, "risk: the simulations may be late"), noted("2023-08-28", 1, onTask, "risk: the simulations may be late")},
			notes:  []Update{noted("2023-09-25", 1, onTask, "risk: the simulations may be late")},
			want:   []string{"standing risk: the simulations may be late, 08-14 to 09-25, earlier the simulations may be late"},
		},
		{
			rule:   "standing at the end of last month, and not said in this",
			before: []Update{noted("2023-08-28", 1, onTask, "risk: the simulations may be late")},
			want:   []string{"dropped risk: the simulations may be late, 08-28 to 08-28 (last month)"},
		},
		{
			rule:   "cleared since last month",
			before: []Update{noted("2023-08-28", 1, onTask, "blocker: the interop tests of js-waku fail")},
			notes:  []Update{noted("2023-09-04", 1, onTask, "fixed the interop tests of js-waku")},
			want:   []string{"cleared blocker: the interop tests of js-waku fail, 08-28 to 08-28 <- fixed the interop tests of js-waku (last month)"},
		},
		{
			rule:   "no longer said in the course of last month",
			before: []Update{noted("2023-08-21", 1, onTask, "risk: the simulations may be late"), noted("2023-08-28", 1, onTask, "x")},
			want:   []string{},
		},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			var before *Report
			if tt.before != nil {
				before = august(t, tt.before...)
			}
			r, err := Month(september(append(tt.notes, end)...), before)
			require.NoError(t, err)
			assert.Equal(t, tt.want, standing(r))
		})
	}
}

// A task that GitHub closed clears what stood in its way, unless it was opened again.
func TestClearedByClosing(t *testing.T) {
	for _, tt := range []struct {
		rule, state, closed string
		want                Verdict
	}{
		{"open", "open", "", Dropped},
		{"closed after it was last said", closed, "2023-09-14", Cleared},
		{"closed before", closed, "2023-09-01", Dropped},
		{"closed and opened again", "open", "2023-09-14", Dropped},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			in := september(noted("2023-09-04", 1, onTask, "blocker: the review is late"), noted("2023-09-25", 1, path("epic: Docs"), "x"))
			task := issue(1, "T")
			task.State = tt.state
			if tt.closed != "" {
				task.Closed = on(tt.closed)
			}
			in.Issues = []Issue{task}
			r := compiled(t, in)
			require.Len(t, r.Standing, 1)
			assert.Equal(t, tt.want, r.Standing[0].Verdict)
		})
	}
}
