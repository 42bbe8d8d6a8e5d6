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
		if !isMarked(line) {
			return line
		}
		return tooDeep.ReplaceAllString(line, `$1\$2`) // the rest is text then
	})
}

// isMarked reports whether a line has as many signs of quotes and lists as are too
// deep.
func isMarked(line string) bool {
	n := 0
	for i := 0; i < len(line) && n < deepest; i++ {
		if strings.IndexByte("->+*.)", line[i]) >= 0 {
			n++
		}
	}
	return n == deepest
}

var toggle = regexp.MustCompile(`(?i)</?(?:details|summary)(?:\s[^<>\n]*)?>`)

// toggles removes the tags that hide a part of a text, outside code: what they
// hide is Markdown like the rest.
func toggles(s string) string {
	if !strings.Contains(s, "<") || !toggle.MatchString(s) {
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
	romanOne  = regexp.MustCompile(`^\s*[iI][.)]\s+\S`)
	uniBullet = regexp.MustCompile(`^(\s*)[•●▪◦‣·]\s*(\S.*)$`)
)

// bullets turns "i." "ii." and "•" at the front of lines into list markers of
// the same width, outside code.
func bullets(s string) string {
	isRoman := holdsRomanOne(s)
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

// holdsRomanOne reports whether a line begins with "i.", as a list does.
func holdsRomanOne(s string) bool {
	for line := range strings.Lines(s) {
		if i := strings.TrimLeft(line, " \t"); i != "" && i[0]|0x20 == 'i' && romanOne.MatchString(line) {
			return true
		}
	}
	return false
}

// fenceOf gives the fence of code that a line begins with; empty if it does not.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " \t\f\v")
	for _, fence := range []string{"```", "~~~"} {
		if strings.HasPrefix(line, fence) {
			return fence
		}
	}
	return ""
}

// outsideCode changes the lines of a text that are not between code fences.
func outsideCode(s string, change func(line string) string) string {
	lines := strings.Split(s, "\n")
	open := ""
	for i, line := range lines {
		fence := fenceOf(line)
		switch {
		case fence == "" && open == "":
			lines[i] = change(line)
		case open == "":
			open = fence
		case open == fence:
			open = ""
		}
	}
	return strings.Join(lines, "\n")
}
