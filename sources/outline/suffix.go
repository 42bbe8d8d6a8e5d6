package outline

import (
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

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
