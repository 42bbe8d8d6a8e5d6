package outline

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

func TestCutKey(t *testing.T) {
	for _, c := range []struct {
		line  string
		kind  compile.Kind
		value string
	}{
		{"achieved: x", compile.Achieved, "x"},
		{"Achieved: x", compile.Achieved, "x"},
		{"_achieved_: x", compile.Achieved, "x"},
		{"_achieved:_ x", compile.Achieved, "x"},
		{"*achieved*: x", compile.Achieved, "x"},
		{"*achieved:* x", compile.Achieved, "x"},
		{"**achieved**: x", compile.Achieved, "x"},
		{"**Achieved:** x", compile.Achieved, "x"},
		{"__Achieved__: x", compile.Achieved, "x"},
		{"***achieved***: x", compile.Achieved, "x"},
		{"**_achieved_**: x", compile.Achieved, "x"},
		{"_achieved: x", compile.Achieved, "x"},
		{"_achieved : x", compile.Achieved, "x"},
		{"_achieved_ : x", compile.Achieved, "x"},
		{"achieved : x", compile.Achieved, "x"},
		{"achieved:x", compile.Achieved, "x"},
		{"_achieved_:x", compile.Achieved, "x"},
		{"**Achieved: x**", compile.Achieved, "x"},
		{"**Achieved: x** and y", compile.Achieved, "**x** and y"},
		{"**Achieved: **x** y", compile.Achieved, "**x** y"},
		{"achieved：x", compile.Achieved, "x"},
		{"**Achieved** x", compile.Note, ""},
		{"**Achieved** - x", compile.Achieved, "x"},
		{"**Achieved** – x", compile.Achieved, "x"},
		{"**Achieved** — x", compile.Achieved, "x"},
		{"**Achieved** -x", compile.Note, ""},
		{"_achieved_", compile.Achieved, ""},
		{"**Achieved**", compile.Achieved, ""},
		{"achieved", compile.Achieved, ""},
		{"achieved:", compile.Achieved, ""},
		{"  achieved:  ", compile.Achieved, ""},
		{"#### achieved", compile.Note, ""},
		{"Achievements: x", compile.Achieved, "x"},
		{"completed: x", compile.Achieved, "x"},
		{"Completed: x", compile.Achieved, "x"},
		{"done: x", compile.Achieved, "x"},
		{"Done this week: x", compile.Achieved, "x"},
		{"merged: x", compile.Achieved, "x"},
		{"Done (this week): x", compile.Achieved, "x"},
		{"Done (this week):", compile.Achieved, ""},
		{"Done (3):", compile.Achieved, ""},
		{"Done (#3):", compile.Note, ""},
		{"**Blocker (high):** x", compile.Blocker, "(high) x"},
		{"Done (all of it):", compile.Note, ""},
		{"Done (almost) with tests", compile.Note, ""},
		{"Achieved / Merged: x", compile.Achieved, "x"},
		{"next: x", compile.Next, "x"},
		{"_next_: ?", compile.Next, "?"},
		{"Next steps: x", compile.Next, "x"},
		{"next week: x", compile.Next, "x"},
		{"What's next: x", compile.Next, "x"},
		{"What’s next?", compile.Next, ""},
		{"Up next: x", compile.Next, "x"},
		{"blocker: x", compile.Blocker, "x"},
		{"blockers: x", compile.Blocker, "x"},
		{"blocking: x", compile.Blocker, "x"},
		{"blocked: x", compile.Blocker, "x"},
		{"Blocked : **[x](https://example.org)**", compile.Blocker, "**[x](https://example.org)**"},
		{"Blocked by: x", compile.Blocker, "x"},
		{"Blockers & risks: x", compile.Blocker, "x"},
		{"Risks/Blockers: x", compile.Risk, "x"},
		{"risk: x", compile.Risk, "x"},
		{"_risks_: x", compile.Risk, "x"},
		{"✅ Done: x", compile.Achieved, "x"},
		{"✅ **Done**: x", compile.Achieved, "x"},
		{"**✅ Done:** x", compile.Achieved, "x"},
		{"**Done ✅:** x", compile.Achieved, "x"},
		{"➡️ Next", compile.Next, ""},
		{":white_check_mark: Done: x", compile.Achieved, "x"},
		{"Done :tada: : x", compile.Achieved, "x"},
		{"Done:12: x", compile.Achieved, "12: x"},
		{"⚠️ Risks:", compile.Risk, ""},
		{"[Achieved]: x", compile.Note, ""},
		{"Next, we release", compile.Note, ""},
		{"Next release: 1.2", compile.Note, ""},
		{"Done.", compile.Note, ""},
		{"done with the tests", compile.Note, ""},
		{"Completed. Fixed x", compile.Note, ""},
		{"Completed the migration: it works", compile.Note, ""},
		{"Blocked on infra", compile.Note, ""},
		{"Merged #12: fix", compile.Note, ""},
		{"risky: x", compile.Note, ""},
		{"in-progress: x", compile.Doing, "x"},
		{"_In progress_:", compile.Doing, ""},
		{"Ongoing: x", compile.Doing, "x"},
		{"WIP: x", compile.Doing, "x"},
		{"Work in progress", compile.Doing, ""},
		{"In progress (3):", compile.Doing, ""},
		{"Ongoing work on x", compile.Note, ""},
		{"Finished: x", compile.Achieved, "x"},
		{"Last week:", compile.Achieved, ""},
		{"Last week's achievements", compile.Achieved, ""},
		{"What did we achieve?", compile.Achieved, ""},
		{"What did the team achieve this week", compile.Achieved, ""},
		{"**What did we do?**", compile.Achieved, ""},
		{"What we have done:", compile.Achieved, ""},
		{"What are we working on?", compile.Doing, ""},
		{"What are the goals of next week", compile.Next, ""},
		{"What will we do next week?", compile.Next, ""},
		{"What we plan to do next:", compile.Next, ""},
		{"What is planned?", compile.Next, ""},
		{"Goals of next week", compile.Next, ""},
		{"Next week's plans:", compile.Next, ""},
		{"What blocks us?", compile.Blocker, ""},
		{"What is blocking us?", compile.Blocker, ""},
		{"What are the risks?", compile.Risk, ""},
		{"What did we do to the parser?", compile.Note, ""},
		{"What is a light node?", compile.Note, ""},
		{"This week", compile.Note, ""},
		{"Done-ness: x", compile.Note, ""},
		{"Status: Completed", compile.Note, ""},
		{"next - x", compile.Note, ""},
		{"*next", compile.Next, ""},
		{"next*", compile.Note, ""},
		{"**Next** we release", compile.Note, ""},
		{"https://example.org/next: x", compile.Note, ""},
		{"", compile.Note, ""},
		{"✅", compile.Note, ""},
	} {
		t.Run(c.line, func(t *testing.T) {
			f, isKey := cutKey(c.line)
			if c.kind == compile.Note {
				require.False(t, isKey, "%+v", f)
				return
			}
			require.True(t, isKey)
			require.Equal(t, c.kind, f.kind)
			require.Equal(t, c.value, f.value)
		})
	}
}

// A key without sign counts only where something stands below it.
func TestBareKey(t *testing.T) {
	for line, bare := range map[string]bool{"next": true, "Done": true, "next:": false, "_next_": false, "✅ Done": true} {
		f, isKey := cutKey(line)
		require.True(t, isKey, line)
		require.Equal(t, bare, f.bare, line)
	}
}

func TestIsLabel(t *testing.T) {
	for line, want := range map[string]bool{
		"Ongoing:":             false,
		"In review:":           true,
		"in-review: ":          true,
		"_In review_:":         true,
		"**Highlights:**":      true,
		"Détails:":             true,
		"🚧 Waiting:":           true,
		"Done (all of it):":    true,
		"Next (planned):":      false,
		"Done:":                false,
		"next steps:":          false,
		"What we did lately:":  false,
		"Waiting: x":           false,
		"Waiting":              false,
		"https://example.org:": false,
		":":                    false,
	} {
		require.Equal(t, want, (&reader{}).isLabel(line), line)
	}
}

func TestValuesThatSayNothing(t *testing.T) {
	for _, s := range []string{"", " ", "?", "??", "-", "…", "_?_", "**"} {
		require.True(t, saysNothing(s), s)
	}
	for _, s := range []string{"none", "None.", "n/a", "N/A", "_none_", "nothing", "(none)", "no", "> none"} {
		require.False(t, saysNothing(s), s)
		require.True(t, isDenial(s), s)
	}
	for _, s := range []string{"none of the tests pass", "?x", "no time", "no time at this point"} {
		require.False(t, saysNothing(s) || isDenial(s), s)
	}
}
