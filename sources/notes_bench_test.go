package sources

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/waku-org/monthly/compile"
)

// monthOfNotes makes five weekly notes with 400 statements, and times as many.
func monthOfNotes(times int) fstest.MapFS {
	notes := fstest.MapFS{}
	for week := range 5 {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: Week %d\n---\n\n", week)
		for task := range 20 * times {
			if task%10 == 0 {
				fmt.Fprintf(&b, "## [Goal %d](https://github.com/team/plan/issues/%d) - 2024-12-31\n\n### [Piece %d](https://github.com/team/plan/issues/%d)\n\n",
					task/10, task, task/10, 10000+task)
			}
			fmt.Fprintf(&b, "**[node] [Task %d](https://github.com/team/node/issues/%d)**\n\n- _achieved_:\n  - step %d of week %d is done\n  - wrote tests, see https://github.com/team/node/pull/%d\n- _next_: step %d\n- _blocker_: waiting for review %d\n\n",
				task, task, task, week, task, task+1, task)
		}
		notes[fmt.Sprintf("2024-09-%02d.md", 2+7*week)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return notes
}

func BenchmarkNotes(b *testing.B) {
	from := compile.Day{Year: 2024, Month: time.September, Day: 1}
	for _, times := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			notes := monthOfNotes(times)
			b.ReportAllocs()
			for b.Loop() {
				set, err := localNotes(notes, from, from.Add(30), compile.Words{})
				if err != nil || len(set.updates) < 100*times {
					b.Fatal(err, len(set.updates))
				}
			}
		})
	}
}
