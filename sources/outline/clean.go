package outline

import (
	"regexp"
	"strconv"
	"strings"
)

// clean makes a text fit to parse: UTF-8, line feeds, no byte order mark, and
// list markers that people use but Markdown does not know.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.TrimPrefix(s, "\uFEFF")
	s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return shallow(bullets(toggles(s)))
}

// deepest is how many quotes and lists may begin in one line.
const deepest = 16

var tooDeep = regexp.MustCompile(`^((?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$))){` + strconv.Itoa(deepest) + `}[ \t]*\d{0,9})([->+*.)])`)

// shallow takes the meaning off quotes and lists that are nested deeper than anyone
// means, as each costs as much as all that are around it.
func shallow(s string) string {
	return outsideCode(s, func(line string) string {
		if len(line) < deepest {
			return line
		}
		return tooDeep.ReplaceAllString(line, `$1\$2`) // the rest is text then
	})
}

var toggle = regexp.MustCompile(`(?i)</?(?:details|summary)(?:\s[^<>\n]*)?>`)

// toggles removes the tags that hide a part of a text, outside code: what they
// hide is Markdown like the rest.
func toggles(s string) string {
	if !toggle.MatchString(s) {
		return s
	}
	return outsideCode(s, func(line string) string {
		if !toggle.MatchString(line) {
			return line
		}
		return strings.TrimRight(toggle.ReplaceAllString(line, ""), " \t")
	})
}

var (
	roman     = regexp.MustCompile(`^(\s*)((?i:i{1,3}|iv|v|vi{1,3}|ix|xi{0,3}))[.)](\s+)(\S.*)$`)
	romanOne  = regexp.MustCompile(`(?im)^\s*i[.)]\s+\S`)
	uniBullet = regexp.MustCompile(`^(\s*)[•●▪◦‣·]\s*(\S.*)$`)
	fence     = regexp.MustCompile("^\\s*(```|~~~)")
)

// bullets turns "i." "ii." and "•" at the front of lines into list markers of
// the same width, outside code.
func bullets(s string) string {
	isRoman := romanOne.MatchString(s)
	if !isRoman && !strings.ContainsAny(s, "•●▪◦‣·") {
		return s
	}
	return outsideCode(s, func(line string) string {
		if m := roman.FindStringSubmatch(line); m != nil && isRoman {
			return m[1] + "-" + strings.Repeat(" ", min(len(m[2])+len(m[3]), 4)) + m[4]
		}
		return uniBullet.ReplaceAllString(line, "$1- $2")
	})
}

// outsideCode changes the lines of a text that are not between code fences.
func outsideCode(s string, change func(line string) string) string {
	lines := strings.Split(s, "\n")
	open := ""
	for i, line := range lines {
		m := fence.FindStringSubmatch(line)
		switch {
		case m == nil && open == "":
			lines[i] = change(line)
		case m != nil && open == "":
			open = m[1]
		case m != nil && open == m[1]:
			open = ""
		}
	}
	return strings.Join(lines, "\n")
}
