package render

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// A name is a link if its bearer wrote a comment of the report, and a relative
// link leads from the comment in which it was written.
func TestNamesAndRelativeLinks(t *testing.T) {
	r := skeleton("thanks @Known and @stranger, see [a](../b.md)", compile.Source{URL: "https://github.com/a/b/issues/1#issuecomment-2"})
	r.Authors = []string{"known"}
	draft, err := Markdown(r, Options{})
	require.NoError(t, err)
	require.Contains(t, string(draft), "thanks [@Known](https://github.com/Known) and @\u2060stranger, see [a](https://github.com/a/b/b.md)")
}
