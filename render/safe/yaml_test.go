package safe

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

// A scalar means the text it was made from, and nothing else, on its line.
func TestYAML(t *testing.T) {
	for _, s := range []string{
		"", "a b", "y", "No", "on", "~", "null", "1", "0x1f", "1e3", "1:30", "2023-09-04", ".inf", "=", "<<", "-", "- a", "a: b", "a #b", "#b", "'a'", `"a"`,
		`\`, "%a", "@a", "`a`", "!a", "&a", "*a", "[a", "{a", "|", ">", "? a", "---", "...", "ünïcode 👩", "a\U000E0001",
	} {
		line := "key: " + YAML(s)
		var got map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(line), &got), line)
		assert.Equal(t, map[string]any{"key": OneLine(s)}, got)
		assert.NotContains(t, line, "\n")
	}
}
