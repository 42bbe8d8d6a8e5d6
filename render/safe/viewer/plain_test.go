package viewer

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIsPlain(t *testing.T) {
	for text, want := range map[string]bool{
		"Merged the first of three, see below.": true,
		"it's (almost) done; is it?":            true,
		"":                                      false,
		"1. not a list":                         false,
		"- a list":                              false,
		"two\nlines":                            false,
		"two  spaces":                           false,
		"a space behind ":                       false,
		"see www.example.org":                   false,
		"see GH-12":                             false,
		"an_underscore":                         false,
		"https://example.org":                   false,
		"caf\u00e9":                             false,
	} {
		require.Equal(t, want, IsPlain(text), text)
	}
}

// What is plain has no troubles when it is read, whatever stands side by side.
func TestPlainTextsHaveNoTroubles(t *testing.T) {
	pieces := []string{"a", "Z", "0", "12", " ", "-", ".", ",", ";", "(", ")", "'", "\"", "?", "www", "GH", "http", "fixes", "x", "i.", "1)", "---", "...", "mailto", "ftp"}
	random, plain := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		var b strings.Builder
		for range 1 + random.IntN(8) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		if IsPlain(b.String()) {
			plain++
			require.Empty(t, read(b.String()), b.String())
		}
	}
	require.Greater(t, plain, 1_000)
}
