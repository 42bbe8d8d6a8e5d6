package safe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/waku-org/monthly/render/safe/safetest"
	"github.com/waku-org/monthly/render/safe/viewer"
)

// A hostile text becomes nothing but text wherever it is written, and is never
// shown as code because the rewriting failed.
func TestHostileTexts(t *testing.T) {
	note := Text{Web: "https://github.com", Wikilinks: true}
	for _, h := range safetest.Hostile() {
		before := fallbacks.Load()
		blocks := strings.Join(comment.Blocks(h.Text), "\n\n")
		outs := []string{blocks, comment.Line(h.Text), comment.Link(h.Text, "https://x.io")}
		for _, out := range outs {
			assert.Empty(t, viewer.Troubles(out), "%s: %q\n%q", h.Name, h.Text, out)
		}
		ofNote := strings.Join(note.Blocks(h.Text), "\n\n")
		assert.True(t, note.harmless(ofNote), "%s: %q\n%q", h.Name, h.Text, ofNote)
		assert.Equal(t, before, fallbacks.Load(), "%s is shown as code: %q", h.Name, h.Text)
		assert.Empty(t, safetest.Hides(safetest.Shown(blocks), h.Visible), "%s: %q\n%q", h.Name, h.Text, blocks)
	}
}
