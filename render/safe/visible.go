package safe

import (
	"strings"
	"unicode"
)

// fillers are letters and marks that show as nothing.
var fillers = map[rune]bool{'\u034F': true, '\u115F': true, '\u1160': true, '\u3164': true, '\uFFA0': true, '\u2800': true}

// visible drops the characters that are not seen but change how text is read:
// directions, zero widths, controls. Every line ends with a line feed.
func visible(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.Contains(s, "\r") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	last := rune(0)
	return strings.Map(func(r rune) rune {
		before := last
		last = r
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u2028', r == '\u2029', r == '\u0085', r == '\v', r == '\f':
			return ' '
		case r == '\u200C' || r == '\u200D': // joins emoji, and letters of some scripts
			if before >= 0x0590 {
				return r
			}
			return -1
		case unicode.IsControl(r), fillers[r], r >= '\U000E0000' && r <= '\U000E0FFF':
			return -1
		case unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r):
			return -1
		}
		return r
	}, s)
}
