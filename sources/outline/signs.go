package outline

import (
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
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

// cutLabels takes the labels off the end of a line, unless nothing else is on it.
func cutLabels(line string) (rest string, labels []string) {
	rest = line
	for strings.HasSuffix(rest, "}") {
		i := strings.LastIndex(rest, "{")
		if i < 0 || strings.Contains(rest[i:len(rest)-1], "}") {
			break
		}
		labels = append(labels, strings.TrimSpace(rest[i+1:len(rest)-1]))
		rest = strings.TrimRight(rest[:i], ", \t")
	}
	if rest == "" {
		return line, nil
	}
	slices.Reverse(labels)
	return rest, labels
}

var dueSuffix = regexp.MustCompile(`\s*(?:^|\s|[-–—:|(])(?i:due:?\s+)?(\d{4}-\d{2}-\d{2})\)?\s*$`)

// cutDue takes the day off the end of a title.
func cutDue(title string) (rest string, due compile.Day) {
	m := dueSuffix.FindStringSubmatchIndex(title)
	if m == nil {
		return title, compile.Day{}
	}
	due, err := compile.ParseDay(title[m[2]:m[3]])
	if err != nil || due.IsZero() {
		return title, compile.Day{}
	}
	return strings.TrimRight(title[:m[0]], " -–—:|("), due
}
