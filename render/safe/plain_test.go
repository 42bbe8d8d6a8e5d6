package safe

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/render/safe/viewer"
)

// What is not rewritten because it is plain would come out as it is.
func TestPlainTextsStayAsTheyAre(t *testing.T) {
	pieces := []string{"a", "Ze", "0", "12", " ", " ", "-", ".", ",", ";", "(", ")", "'", "\"", "?", "www", "GH", "fixes", "i.", "1)", "---", "..."}
	random, plain := rand.New(rand.NewPCG(3, 4)), 0
	s := Text{Web: "https://github.com", Repo: "team/node", Logins: map[string]bool{"a": true}}
	for range 20_000 {
		var b strings.Builder
		for range 1 + random.IntN(8) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		if text := b.String(); viewer.IsPlain(text) {
			plain++
			require.Equal(t, []string{text}, s.render(text))
			require.Equal(t, text, lineStarts(s.title(text)))
		}
	}
	require.Greater(t, plain, 1_000)
}
