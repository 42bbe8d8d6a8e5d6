package safe

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/waku-org/monthly/render/safe/viewer"
)

var fallbacks atomic.Int64

// Fallbacks counts the texts that had to be shown as code because their rewriting
// was not harmless, since the program began. Tests hold that it stays zero.
func Fallbacks() int64 { return fallbacks.Load() }

// harmless reports whether a text became nothing that it must not be in any
// viewer. It is the last line of defence: the rewriting must never need it.
func (s Text) harmless(markdown string) bool {
	bad := slices.ContainsFunc(viewer.Troubles(markdown), func(t viewer.Trouble) bool {
		return !s.Wikilinks || t.Kind != viewer.Page
	})
	if bad {
		fallbacks.Add(1)
	}
	return !bad
}

// lineCode shows a line as code, whatever it holds.
func lineCode(line string) string {
	return noDefinition(codeSpan("`" + strings.ReplaceAll(line, "`", "'") + "`"))
}
