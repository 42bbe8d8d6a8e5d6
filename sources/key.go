package sources

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
	"blocker": compile.Blocker, "blockers": compile.Blocker, "blocking": compile.Blocker,
	"blocked": compile.Blocker, "blocked by": compile.Blocker, "blocked on": compile.Blocker,
	"risk": compile.Risk, "risks": compile.Risk,
}

// keyLine takes a line apart: emphasis, the key, emphasis and colon in either
// order, and the value. The colons are those of keyboards and of input methods.
var keyLine = regexp.MustCompile(`^([*_]*)\s*([[:alpha:]]+(?:[ ][[:alpha:]]+)?)\s*([*_]*)\s*([:：]?)\s*([*_]*)(?:\s+|$)(.*)$`)

// field is a line of an update that begins with a known key.
type field struct {
	kind  compile.Kind
	value string // Markdown; may be empty
	bare  bool   // nothing but the key: no colon, no emphasis, no value
}

// cutKey reads the key at the front of a line: "_next_: x", "*next:* x",
// "**Next** x", "next: x" and the like. A word without colon or emphasis is a
// key only when it stands alone, and is then bare.
func cutKey(line string) (field, bool) {
	line = strings.TrimSpace(line)
	m := keyLine.FindStringSubmatch(line)
	if m == nil {
		// A value may follow the colon without a space: "_next_:x".
		m = keyLine.FindStringSubmatch(spaceAfterColon(line))
	}
	if m == nil {
		return field{}, false
	}
	kind, known := keys[strings.ToLower(m[2])]
	open, inner, colon, outer, value := m[1], m[3], m[4], m[5], m[6]
	if !known || open == "" && inner+outer != "" {
		return field{}, false
	}
	f := field{kind: kind, value: strings.TrimSpace(value)}
	if colon != "" {
		f.value = closeEmphasis(open, inner+outer, f.value)
		return f, true
	}
	if f.value != "" && (open == "" || inner == "" || !strings.HasPrefix(f.value, "-") && !strings.HasPrefix(f.value, "–")) {
		return field{}, false
	}
	f.value = strings.TrimSpace(strings.TrimLeft(f.value, "-–"))
	f.bare = open == ""
	return f, true
}

func spaceAfterColon(line string) string {
	before, after, found := strings.Cut(line, ":")
	if !found || len(before) > 30 {
		return line
	}
	return before + ": " + after
}

// closeEmphasis removes the end of an emphasis that was opened before the key
// and encloses the value too: "**Next: x**".
func closeEmphasis(open, closed, value string) string {
	if open == "" || closed != "" || strings.Count(value, open)%2 == 0 {
		return value
	}
	return strings.TrimSuffix(value, open)
}

// emptyValues say that there is nothing to say; a blocker "none" is no blocker.
var emptyValues = map[string]bool{"none": true, "n/a": true, "na": true, "nothing": true, "no": true, "nil": true, "-": true, "/": true}

// saysNothing reports whether a value is empty or but a question mark.
func saysNothing(value string) bool {
	return strings.Trim(value, "?…-–—*_. \t\n") == ""
}

// deniesAll reports whether a value says that there is nothing of its kind.
func deniesAll(value string) bool {
	return emptyValues[strings.ToLower(strings.Trim(value, "*_. \t\n()"))]
}

var labelLine = regexp.MustCompile(`^[*_]*[[:alpha:]][[:alpha:]-]*(?: [[:alpha:]-]+)?[*_]*\s*:\s*[*_]*$`)

// isLabel reports whether a line is a word or two and a colon: a field that is
// no known key, like "In progress:".
func isLabel(line string) bool {
	line = strings.TrimSpace(line)
	if !labelLine.MatchString(line) {
		return false
	}
	_, known := cutKey(line)
	return !known
}
