package compile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLeaves(t *testing.T) {
	for _, tt := range []struct {
		rule string
		said Update
		want int
	}{
		{"items of a comment", comment("2023-09-07", "1", "a", "b"), 2},
		{"a topic is the items below it", noted("2023-09-11", 1, path("task: T"), "topic / a / b / c / d / e"), 5},
		{"a comment that says nothing is to be accounted for", comment("2023-09-07", "1"), 1},
		{"an entry of a note that only names its subject is not", noted("2023-09-11", 1, path("task: T")), 0},
	} {
		require.Equal(t, tt.want, tt.said.leaves(), tt.rule)
	}
}

// What the ledger says of items with lists below them.
func TestLedgerCountsLeaves(t *testing.T) {
	task := path("task: T @ " + nwaku + "1")
	for _, tt := range []struct {
		rule string
		said []Update
		want string
	}{
		{"a topic with five items", []Update{noted("2023-09-11", 1, task, "topic / a / b / c / d / e")}, "5 read = 5 placed + 0 merged + 0 left out"},
		{
			"a topic that goes on in the note of its week",
			[]Update{comment("2023-09-07", "1", "topic / a / b"), noted("2023-09-11", 1, task, "topic / b / c")},
			"4 read = 3 placed + 1 merged + 0 left out",
		},
		{
			"a topic that gets its items in the note of its week",
			[]Update{comment("2023-09-07", "1", "topic"), noted("2023-09-11", 1, task, "topic / a / b")},
			"3 read = 2 placed + 1 merged + 0 left out",
		},
		{
			"a topic that goes on in the next week",
			[]Update{noted("2023-09-11", 1, task, "topic / a / b"), noted("2023-09-18", 1, task, "topic / b / c")},
			"4 read = 4 placed + 0 merged + 0 left out",
		},
		{
			"a topic with the same items in the next week",
			[]Update{noted("2023-09-11", 1, task, "topic / a / b"), noted("2023-09-18", 1, task, "topic / a / b")},
			"4 read = 2 placed + 2 merged + 0 left out",
		},
		{
			"a comment's list that its note writes as one sentence",
			[]Update{comment("2023-09-05", "1", "topic / a / b"), noted("2023-09-11", 1, task, "topic a b")},
			"3 read = 1 placed + 2 merged + 0 left out",
		},
		{
			"an update of another month is not read",
			[]Update{comment("2023-09-07", "1", "x"), comment("2023-10-07", "1", "y", "z")},
			"1 read = 1 placed + 0 merged + 0 left out",
		},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			require.Equal(t, tt.want, compiled(t, september(tt.said...)).Ledger.String())
		})
	}
}

// Whatever a pass loses, or does twice, the ledger does not add up and the month
// fails: each sabotage is of one pass, of a month that is whole without it.
func TestLedgerSeesALoss(t *testing.T) {
	everyFifth := func(n *int) bool { *n++; return *n%5 == 0 }
	sabotage := map[string]func(c *compiler){
		"entries of notes are skipped": func(c *compiler) {
			n := 0
			c.entries = slices.DeleteFunc(c.entries, func(e entry) bool { return e.fromNote() && everyFifth(&n) })
		},
		"an entry is told twice": func(c *compiler) { c.entries = append(c.entries, c.entries[0]) },
		"items of entries are skipped": func(c *compiler) {
			n := 0
			for i := range c.entries {
				e := &c.entries[i]
				if e.leaves() > 1 && everyFifth(&n) {
					e.Items, e.texts = e.Items[1:], e.texts[1:]
				}
			}
		},
	}
	later := map[string]func(c *compiler){
		"statements are lost": func(c *compiler) {
			n := 0
			for _, h := range c.tree.list {
				for _, t := range h.tasks {
					t.said = slices.DeleteFunc(t.said, func(*statement) bool { return everyFifth(&n) })
				}
			}
		},
		"an item of a nested list is lost": func(c *compiler) {
			for _, h := range c.tree.list {
				for _, t := range h.tasks {
					for _, s := range t.said {
						if len(s.Items) > 1 {
							s.Items = s.Items[1:]
							return
						}
					}
				}
			}
		},
		"a task is lost":         func(c *compiler) { c.tree.list[len(c.tree.list)-1].tasks = nil },
		"a statement is doubled": func(c *compiler) { s := c.anyTask(); s.said = append(s.said, s.said[0]) },
	}
	input := organisation(1, rand.New(rand.NewPCG(3, 4)))
	input.Updates = append(input.Updates, noted("2023-09-11", 1, path("area: team", "task: Topics"), "topic / a / b / c"))
	month := func(early, late func(*compiler)) error {
		c := newCompiler(input)
		c.read()
		c.place()
		early(c)
		c.merge()
		late(c)
		c.settle()
		_, err := c.tell()
		return err
	}
	none := func(*compiler) {}
	require.NoError(t, month(none, none))
	for name, f := range sabotage {
		require.ErrorContains(t, month(f, none), "internal error: the ledger does not add up", name)
	}
	for name, f := range later {
		require.ErrorContains(t, month(none, f), "internal error: the ledger does not add up", name)
	}
}

// anyTask gives a task of which something was said.
func (c *compiler) anyTask() *task {
	for _, h := range c.tree.list {
		for _, t := range h.tasks {
			if len(t.said) > 0 {
				return t
			}
		}
	}
	panic(fmt.Sprint("nothing was said of a task in ", len(c.tree.list), " places"))
}
