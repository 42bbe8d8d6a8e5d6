package outline

import (
	"regexp"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// keys are the words that begin a field of an update, in lower case.
var keys = map[string]compile.Kind{
	"achieved": compile.Achieved, "achievement": compile.Achieved, "achievements": compile.Achieved,
	"accomplished": compile.Achieved, "completed": compile.Achieved, "done": compile.Achieved, "merged": compile.Achieved,
	"next": compile.Next, "next step": compile.Next, "next steps": compile.Next, "next week": compile.Next,
	"next up": compile.Next, "up next": compile.Next, "what's next": compile.Next, "what is next": compile.Next,
	"blocker": compile.Blocker, "blockers": compile.Blocker, "blocking": compile.Blocker,
	"blocked": compile.Blocker, "blocked by": compile.Blocker, "blocked on": compile.Blocker,
	"risk": compile.Risk, "risks": compile.Risk,
}

var (
	// keyPattern takes a line apart: emphasis, the key, emphasis and colon in either
	// order, and the value. The colons are those of keyboards and of input methods.
	keyPattern = regexp.MustCompile(`^` + signs + `([*_]*)\s*` + signs + `([\p{L}'’]+(?:(?: | ?[/&] ?)[\p{L}'’]+){0,4})\??(?:\s*(\([^()]*\)))?(?:\s*` + emoji + `|\s+` + shortcode + `)*\s*([*_]*)(?:\s*([:：]))?(?:\s*([*_]*)(\s+|$))?(.*)$`)
	// plainAside is what adds nothing to a key, "Next (planned)", "Done (3)".
	plainAside = regexp.MustCompile(`(?i)^\((?:(?:this|last|next|coming) week|planned|upcoming|so far|\d{1,2})\)$`)
	dash       = regexp.MustCompile(`^[-–—]+(?:\s+|$)`)
	keyJoint   = regexp.MustCompile(` ?[/&] ?| and `)
)

// keyLine is a line that begins with a known key.
type keyLine struct {
	kind  compile.Kind
	value string // Markdown; may be empty
	bare  bool   // nothing but the key: no colon, no emphasis, no value
}

// cutKey reads the key at the front of a line: "_next_: x", "*next:* x",
// "**Next** - x", "✅ next: x" and the like. A word without colon or emphasis is
// a key only when it stands alone, and is then bare.
func cutKey(line string) (keyLine, bool) {
	m := keyPattern.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return keyLine{}, false
	}
	open, inner, colon, outer, space, value := m[1], m[4], m[5], m[6], m[7], strings.TrimSpace(m[8])
	kind, known := kindOf(m[2])
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

// kindOf gives the kind that a key stands for. Of several, "Blockers & risks",
// the first counts.
func kindOf(key string) (kind compile.Kind, known bool) {
	key = strings.ReplaceAll(strings.ToLower(key), "’", "'")
	key = strings.TrimSuffix(strings.TrimSuffix(key, " this week"), " last week")
	for _, word := range keyJoint.Split(key, -1) {
		k, known := keys[word]
		if !known {
			return "", false
		}
		if kind == "" {
			kind = k
		}
	}
	return kind, true
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

var labelLine = regexp.MustCompile(`^` + signs + `[*_]*\p{L}[\p{L}-]*(?: [\p{L}-]+)?(?: \([^()]*\))?[*_]*\s*[:：]\s*[*_]*$`)

// isLabel reports whether a line is a word or two, perhaps an aside, and a colon:
// a key that is not known, like "In progress:".
func isLabel(line string) bool {
	line = strings.TrimSpace(line)
	if !labelLine.MatchString(line) {
		return false
	}
	_, known := cutKey(line)
	return !known
}
