package outline

import (
	"regexp"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// keyLine is a line that begins with a known key.
type keyLine struct {
	kind  compile.Kind
	value string // Markdown; may be empty
	bare  bool   // nothing but the key: no colon, no emphasis, no value
}

var (
	// keyPattern takes a line apart: emphasis, the key, emphasis and colon in either
	// order, and the value. The colons are those of keyboards and of input methods.
	keyPattern = regexp.MustCompile(`^` + signs + `([*_]*)\s*` + signs + `([\p{L}'’]+(?:(?:-| | ?[/&] ?)[\p{L}'’]+){0,9})\??(?:\s*(\([^()]*\)))?(?:\s*` + emoji + `|\s+` + shortcode + `)*\s*([*_]*)(?:\s*([:：]))?(?:\s*([*_]*)(\s+|$))?(.*)$`)
	// plainAside is what adds nothing to a key, "Next (planned)", "Done (3)".
	plainAside = regexp.MustCompile(`(?i)^\((?:(?:this|last|next|coming) week|planned|upcoming|so far|\d{1,2})\)$`)
	dash       = regexp.MustCompile(`^[-–—]+(?:\s+|$)`)
)

// cutKey reads the key at the front of a line: "_next_: x", "*next:* x",
// "**Next** - x", "✅ next: x" and the like. A word without colon or emphasis is
// a key only when it stands alone, and is then bare.
func cutKey(line string) (keyLine, bool) { return keyWords{}.cut(line) }

// cut is [cutKey] for a text in which words may mean more than elsewhere.
func (w keyWords) cut(line string) (keyLine, bool) {
	m := keyPattern.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return keyLine{}, false
	}
	open, inner, colon, outer, space, value := m[1], m[4], m[5], m[6], m[7], strings.TrimSpace(m[8])
	if open == "" && inner == "" && colon != "" && outer != "" { // "next: * of the house"
		outer, value = "", outer+space+value
	}
	kind, known := w.kindOf(m[2])
	if !known || open == "" && inner+outer != "" {
		return keyLine{}, false
	}
	if aside := m[3]; aside != "" && !plainAside.MatchString(aside) {
		if value == "" {
			return keyLine{}, false // nothing may be lost
		}
		value = aside + " " + value
	}
	if colon != "" {
		return keyLine{kind: kind, value: closeEmphasis(open, inner+outer, value)}, true
	}
	if value != "" && (open == "" || inner+outer == "" || space == "" || !dash.MatchString(value)) {
		return keyLine{}, false
	}
	return keyLine{kind: kind, value: dash.ReplaceAllString(value, ""), bare: open == ""}, true
}

// closeEmphasis sets right an emphasis that was opened before the key and not
// closed there: it encloses the value too, "**Next: x**", or begins it.
func closeEmphasis(open, closed, value string) string {
	if open == "" || closed != "" || strings.Count(value, open)%2 == 0 {
		return value
	}
	if rest, found := strings.CutPrefix(value, open); found {
		return strings.TrimSpace(rest)
	}
	if rest, found := strings.CutSuffix(value, open); found {
		return rest
	}
	return open + value
}
