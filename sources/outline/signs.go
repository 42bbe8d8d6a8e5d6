package outline

import (
	"regexp"
	"strings"
)

// signs are emoji and the like, which decorate a line and say nothing.
const (
	emoji     = `[\p{So}\x{1F3FB}-\x{1F3FF}\x{2190}-\x{21FF}\x{200D}\x{20E3}\x{FE0F}]`
	shortcode = `:[a-z+-][a-z0-9_+-]*:`
	signs     = `(?:(?:` + emoji + `|` + shortcode + `)\s*)*`
)

// emphasis are the signs and spaces around words that are set off.
const emphasis = "*_ \t"

// listMark is what begins an item of a list.
var listMark = regexp.MustCompile(`^(?:[-+*]|\d+[.)])\s+`)

// boldLine takes the signs off a line that is bold as a whole.
func boldLine(line string) (inner string, isBold bool) {
	for _, sign := range []string{"**", "__"} {
		inner, found := strings.CutPrefix(line, sign)
		if !found {
			continue
		}
		if inner, found = strings.CutSuffix(inner, sign); found && inner != "" && !strings.Contains(inner, sign) {
			return strings.TrimSpace(inner), true
		}
	}
	return line, false
}

// codeLine takes the signs off a title that is code as a whole, "`nomos:`", with
// the colon at its end.
func codeLine(line string) string {
	inner, found := strings.CutPrefix(line, "`")
	if inner, closed := strings.CutSuffix(inner, "`"); found && closed && inner != "" && !strings.Contains(inner, "`") {
		return strings.TrimSuffix(strings.TrimSpace(inner), ":")
	}
	return line
}
