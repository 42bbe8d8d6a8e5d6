package render

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// Every kind of the table has words in the draft, and each statement stands in the part
// that is the home of its kind, where no kind is shown as one that it is not.
func TestEveryKindHasAHome(t *testing.T) {
	parts := map[compile.Home]string{compile.Work: "## Key Updates", compile.Risks: "## Perceived Changes", compile.Plans: "### Project"}
	shown := map[string]compile.Kind{}
	for _, row := range compile.Kinds {
		lead, found := leads[row.Kind]
		require.True(t, found, "no words for %s", row.Kind)
		if isTold := row.Kind == compile.Achieved || row.Kind == compile.Note || row.Kind == compile.Attribute; !isTold {
			assert.NotEmpty(t, lead, row.Kind)
			assert.NotContains(t, shown, lead, "%s is shown as %s", row.Kind, shown[lead])
		}
		shown[lead] = row.Kind
		r := skeleton("", aNote)
		r.Milestones[0].Epics[0].Tasks[0].Statements[0].Item = compile.Item{Kind: row.Kind, Text: "these words"}
		out, err := Markdown(r, Options{})
		require.NoError(t, err)
		_, rest, found := strings.Cut(string(out), parts[row.Home]+"")
		require.True(t, found)
		part, _, _ := strings.Cut(rest, "\n## ")
		assert.Contains(t, part, "these words (09-04[^note-0904])", row.Kind)
		if row.Home == compile.Work {
			assert.Contains(t, part, "- "+lead+"these words")
		}
	}
	assert.Len(t, leads, len(compile.Kinds))
	assert.Equal(t, "*mystery:* ", leadOf("mystery"), "a kind without words is shown by its name")
}
