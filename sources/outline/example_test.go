package outline_test

import (
	"cmp"
	"fmt"
	"time"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

func ExampleNote() {
	note := outline.Note(`---
title: A week at Acme
---

## [Milestone - Storage](https://github.com/acme/plan/milestone/3) - 2024-05-31

**[Compaction](https://github.com/acme/db/issues/4)** {E:disk}

- _achieved_: the first half
- _next_:
  - the second half
  - a page about it
- _blocker_: none
`, outline.Options{Day: compile.Day{Year: 2024, Month: time.March, Day: 4}})
	fmt.Println(note.Title)
	for _, u := range note.Updates {
		for _, h := range u.Path {
			fmt.Printf("%s <%s>\n", h.Title, h.URL)
		}
		for _, i := range u.Items {
			fmt.Printf("  line %d, %s: %s\n", i.Line, cmp.Or(string(i.LeftOut), string(i.Kind)), i.Text)
		}
	}
	// Output:
	// A week at Acme
	// Storage <https://github.com/acme/plan/milestone/3>
	// Compaction <https://github.com/acme/db/issues/4>
	//   line 9, achieved: the first half
	//   line 11, next: the second half
	//   line 12, next: a page about it
	//   line 13, says there is nothing: none
}

func ExampleUpdates() {
	for _, comment := range []string{
		"**Weekly Update**\n\n- achieved: the first half",
		"Weekly update for March 4th: the first half\n\nThanks to all.",
		"The weekly updates are late.",
		"> Weekly update\n\nThank you!",
		"**Weekly Update 2024-02-26**\n\n- one\n\n**Weekly Update 2024-03-04**\n\n- two",
	} {
		fmt.Printf("%q\n", outline.Updates(comment))
	}
	// Output:
	// [{"\n\n- achieved: the first half" ""}]
	// []
	// []
	// []
	// [{"\n\n- one\n" "2024-02-26"} {"\n\n- two" "2024-03-04"}]
}

func ExampleComment() {
	parts := outline.Updates(`**Weekly Update**

**Compaction**

- done: the first half
- next:
  1. the second half
`)
	for _, i := range outline.Comment(parts[0].Body) {
		fmt.Printf("%s, %s: %s\n", i.Under, i.Kind, i.Text)
	}
	// Output:
	// Compaction, achieved: the first half
	// Compaction, next: the second half
}
