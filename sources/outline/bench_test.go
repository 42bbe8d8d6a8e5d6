package outline

import (
	"strings"
	"testing"
)

// Texts of the greatest length that a comment may have, in shapes whose reading
// must not take more than its share of time.
func BenchmarkLongComments(b *testing.B) {
	for name, text := range map[string]string{
		"paragraphs behind a field": "- next: a\n\n" + strings.Repeat("b c\n\n", 12000),
		"deep list":                 strings.Repeat("- ", 30000) + "a",
		"labels in braces":          strings.Repeat("{a}", 20000),
		"headings":                  strings.Repeat("# a\n", 15000),
		"fields behind items":       "- a\n" + strings.Repeat("next: b\n- c\n", 5000),
		"definitions":               strings.Repeat("[a]: b\n", 8000),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				outlineOfComment("Weekly update\n\n" + text)
			}
		})
	}
}
