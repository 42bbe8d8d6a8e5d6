package outline

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMarker(t *testing.T) {
	for _, c := range []struct {
		name, comment string
		body          string // "-" when the comment is no update
	}{
		{"bold", "**Weekly Update**\n- next: x", "\n- next: x"},
		{"bold by other signs", "__Weekly Update__\n- next: x", "\n- next: x"},
		{"slanted", "_Weekly Update_ (4 Mar)\n- next: x", "\n- next: x"},
		{"other spaces", "Weekly\u00a0Update\n- next: x", "\n- next: x"},
		{"bar", "Weekly Update | Mar 4\n- next: x", "\n- next: x"},
		{"week of ISO 8601", "**Weekly Update (2024-W10)**\n- next: x", "\n- next: x"},
		{"remark behind the date", "**Weekly Update, 4.3.2024 (without the shop)**\nx", "(without the shop)\nx"},
		{"plain", "Weekly update\n- next: x", "\n- next: x"},
		{"upper case", "WEEKLY UPDATE\n- next: x", "\n- next: x"},
		{"plural", "**Weekly Updates**\n- next: x", "\n- next: x"},
		{"colon inside", "**Weekly Update:**\n- next: x", "\n- next: x"},
		{"colon outside", "**Weekly Update**:\n- next: x", "\n- next: x"},
		{"heading", "## Weekly Update\n- next: x", "\n- next: x"},
		{"underlined heading", "Weekly Update\n---\n- next: x", "\n---\n- next: x"},
		{"date behind it", "**Weekly Update 2024-03-04**\n\nx", "\n\nx"},
		{"date in words", "Weekly update for the week of March 4th, 2024\n\nx", "\n\nx"},
		{"date in brackets", "### Weekly Update (4 Mar)\n\nx", "\n\nx"},
		{"hyphen between the words", "**Weekly-update**\n\nx", "\n\nx"},
		{"emoji before it", "📅 **Weekly Update**\n\nx", "\n\nx"},
		{"emoji behind it", "**Weekly Update** 🚀\n\nx", "\n\nx"},
		{"text behind the colon", "Weekly update: did x", "did x"},
		{"text behind the bold colon", "**Weekly update:** did x", "did x"},
		{"greeting before it", "Hello all,\n\n**Weekly Update**\n\nx", "Hello all,\n\n\n\nx"},
		{"greeting on the line before", "Hello all\n**Weekly Update**\nx", "Hello all\n\nx"},
		{"pasted template line", "Weekly Report Template\n\n**Weekly Update**\n\nx", "\n\n\n\nx"},
		{"byte order mark", "\uFEFF**Weekly Update**\nx", "\nx"},
		{"CRLF", "**Weekly Update**\r\n\r\n- next: x\r\n", "\n\n- next: x\n"},
		{"blank lines before it", "\n\n  **Weekly Update**\nx", "\n\n\nx"},
		{"list straight under it", "**Weekly Update**\n- x\n- y", "\n- x\n- y"},
		{"in a list", "- **Weekly Update**\n- x", "\n- x"},
		{"by whom", "**Weekly Update by Ada**\nx", "by Ada\nx"},
		{"nothing else", "**Weekly Update**", ""},
		{"in a quote", "> **Weekly Update**\n> - next: x\n\nThanks", "-"},
		{"in fenced code", "```\nWeekly Update\n```", "-"},
		{"in indented code", "Use this:\n\n    Weekly Update\n", "-"},
		{"in an HTML comment", "<!-- \nWeekly Update\n-->\nx", "-"},
		{"chat", "weekly updates are late", "-"},
		{"chat with a question", "Weekly update?", "-"},
		{"chat in the middle", "Please add a weekly update", "-"},
		{"reminder", "Weekly update please!", "-"},
		{"reminder of a day", "Weekly updates for Friday are due", "-"},
		{"bold chat", "**Weekly update is missing**", "-"},
		{"other words", "Weekly meeting", "-"},
		{"no word of it", "x", "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := Updates(c.comment)
			if c.body == "-" {
				require.Empty(t, parts)
				return
			}
			require.Len(t, parts, 1)
			require.Equal(t, c.body, parts[0].Body)
		})
	}
}
