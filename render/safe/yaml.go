package safe

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// YAML gives a YAML scalar on one line that means a text, without runs of spaces
// and what is not seen.
func YAML(s string) string {
	out, err := yaml.Marshal(OneLine(s))
	if err != nil {
		panic(err) // a string can always be written
	}
	return strings.TrimSuffix(string(out), "\n")
}
