package safe

import (
	"regexp"
	"strconv"
	"strings"
)

// Indent puts first before the first line of a text and rest before the others.
func Indent(first, rest, s string) string {
	bare := strings.TrimRight(rest, " ")
	var b strings.Builder
	b.WriteString(first)
	for i, l := range strings.Split(s, "\n") {
		switch {
		case i == 0:
		case l == "":
			b.WriteString("\n" + bare)
		default:
			b.WriteString("\n" + rest)
		}
		b.WriteString(l)
	}
	return b.String()
}

var (
	lineStart  = regexp.MustCompile("^(?:[-+*](?:\\s|$)|#{1,6}(?:\\s|$)|>|~{3}|=+\\s*$|[-_*](?:[ \t]*[-_*]){2,}\\s*$|-+\\s*$|\\[(?:[^\\]\\\\]|\\\\.)+\\]:|:::|\\+\\+\\+)")
	numberMark = regexp.MustCompile(`^(\d{1,9})([.)](?:\s|$))`)
	interrupts = regexp.MustCompile(`^(?:[-+*]|1[.)]) \S`)
)

// Interrupts reports whether a block is a list that may follow a paragraph without
// a blank line.
func Interrupts(block string) bool { return interrupts.MatchString(block) }

// lineStarts escapes what would open a block at the front of a paragraph's line,
// and drops lines of which nothing is left.
func lineStarts(s string) string {
	var lines []string
	for _, l := range strings.Split(s, "\n") {
		hard := strings.HasSuffix(l, "  ")
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if lineStart.MatchString(strings.ReplaceAll(l, joiner, "")) {
			l = "\\" + l
		} else {
			l = numberMark.ReplaceAllString(l, `$1\$2`)
		}
		if hard {
			l += "  "
		}
		lines = append(lines, l)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// lineEnd escapes what would end a heading, or close an issue that is named behind
// the line.
func lineEnd(s string) string {
	if closingEnd.MatchString(tail(s)) {
		return s + joiner
	}
	if !strings.HasSuffix(s, "#") {
		return s
	}
	return headingEnd.ReplaceAllString(s, `$1\$2`)
}

var headingEnd = regexp.MustCompile(`(^|\s)(#+)$`)

// Deepest is how many quotes and lists may be nested in one line.
const Deepest = 16

var marks = regexp.MustCompile(`^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$))){` + strconv.Itoa(Deepest) + `}[ \t]*`)

// shallow takes the meaning off quotes and lists that are nested deeper than
// anyone means.
func shallow(markdown string) string {
	lines := strings.Split(markdown, "\n")
	for i, l := range lines {
		if m := marks.FindString(l); m != "" && len(m) < len(l) {
			lines[i] = m + lineStarts(l[len(m):])
		}
	}
	return strings.Join(lines, "\n")
}

// IsParagraph reports whether text may be put before and behind a block.
func IsParagraph(block string) bool {
	for _, l := range strings.Split(block, "\n") {
		if isDelimiterRow(l) {
			return false
		}
	}
	return !blockStart.MatchString(block)
}

var blockStart = regexp.MustCompile("^(?:`{3,}[^`\n]*(?:\n|$)|>|[-+*] |\\d+[.)] )")
