package outline

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A text that is twice as long costs about twice as much, whatever it repeats. The cost
// is counted in allocations, which do not depend on the machine; but for those of pools,
// which are emptied at any time, and for which some are granted to each repetition.
func TestCostGrowsInProportion(t *testing.T) {
	const times, granted = 400, 10
	for _, part := range []string{
		"- a\nb:\n", "a:\n- b\n", "- a\n**b**\n", "- a\nnext: b\n", "next:\n- a\n", "- a\n- b\nc:\n", "- a\n  - b\nc:\n", "  - a\nb:\n- c\n",
		"[a](b", "[", "*a_", "`", "<a ", "- a\n  - b\n", "a\n\n", "- [a](https://github.com/o/r/issues/1)\n", "@a:\n- b\n", "[a]: b\n", "<!--", "%%", "> a\n", "# a\n## b\n",
	} {
		cost := func(times int) float64 {
			text := strings.Repeat(part, times)
			return testing.AllocsPerRun(1, func() {
				Note(text, Options{Day: day})
				for _, update := range Updates(marked + text) {
					Comment(update.Body)
				}
			})
		}
		assert.Less(t, cost(2*times), 3*cost(times)+2*times*granted, "%q", part)
	}
}
