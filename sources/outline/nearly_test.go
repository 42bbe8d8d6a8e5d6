package outline

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearlyUpdate(t *testing.T) {
	const fields = "\n\n- achieved: x\n- next: y"
	for _, line := range []string{
		"Weekly status update", "**Weekly Report**", "Status update:", "**Week 45 update**", "Biweekly Update:", "Update for the week:",
		"`Weekly Update`", "[Weekly Update](https://example.org)", "Here is my weekly update:", "__Weekly report__",
	} {
		require.True(t, IsNearlyUpdate(line+fields), line)
		require.False(t, IsNearlyUpdate(line+"\n\nand some talk"), line)
	}
	for name, comment := range map[string]string{
		"an update":     "**Weekly Update**" + fields,
		"no marker":     "TL;DR:" + fields,
		"a sentence":    "I shall not be able to write the weekly update before Monday, sorry" + fields,
		"in a quote":    "> Weekly report" + fields,
		"hidden":        "<!-- weekly report -->" + fields,
		"fields of two": "- done: the weekly report",
	} {
		require.False(t, IsNearlyUpdate(comment), name)
	}
}
