package render

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/waku-org/monthly/compile"
)

// Every kind of the table has words in the draft, and no kind is shown as one that
// it is not: only what is simply told has no word in front.
func TestEveryKindHasWords(t *testing.T) {
	told := map[string]compile.Kind{}
	for _, row := range compile.Kinds {
		w, found := kindTable[row.Kind]
		assert.True(t, found, "no words for %s", row.Kind)
		if isTold := row.Kind == compile.Achieved || row.Kind == compile.Note || row.Kind == compile.Attribute; !isTold {
			assert.NotEmpty(t, w.lead, row.Kind)
			assert.NotContains(t, told, w.lead, "%s is shown as %s", row.Kind, told[w.lead])
			assert.NotEmpty(t, w.count, "%s is not counted", row.Kind)
		}
		told[w.lead] = row.Kind
		assert.Equal(t, w.count != "", strings.Contains(countedKinds(), string(row.Kind)), row.Kind)
		r := skeleton("", aNote)
		r.Milestones[0].Epics[0].Tasks[0].Statements[0].Item = compile.Item{Kind: row.Kind, Text: "these words"}
		out, err := Markdown(r, Options{})
		assert.NoError(t, err)
		assert.Contains(t, string(out), "- "+w.lead+"these words")
	}
	assert.Len(t, kindTable, len(compile.Kinds))
	assert.Equal(t, "*mystery:* ", wordsOf("mystery").lead, "a kind without words is shown by its name")
}

func countedKinds() string {
	var all []string
	for _, k := range counted {
		all = append(all, string(k))
	}
	return strings.Join(all, " ")
}
