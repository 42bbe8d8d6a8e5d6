package outline

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A text that is twice as long costs about twice as much, whatever it repeats. The cost
// is counted in allocations, which do not depend on the machine.
func TestCostGrowsInProportion(t *testing.T) {
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
		assert.Less(t, cost(800), 3*cost(400), "%q", part)
	}
}
