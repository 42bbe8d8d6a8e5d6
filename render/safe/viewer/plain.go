package viewer

import "strings"

// IsPlain reports whether every viewer shows a text as it stands, as one paragraph
// of one line that means nothing but its words. It knows only the simplest such
// texts, at a small part of what reading them costs.
func IsPlain(markdown string) bool {
	if markdown == "" || !isLetter(markdown[0]) || strings.HasSuffix(markdown, " ") {
		return false
	}
	for i := range len(markdown) {
		c := markdown[i]
		switch {
		case isLetter(c), c >= '0' && c <= '9':
		case c == '-' && !isOneOf(markdown[i-1], "Hh"): // "GH-12"
		case c == '.' && !strings.HasSuffix(strings.ToLower(markdown[max(0, i-3):i]), "www"):
		case c == ' ' && markdown[i-1] != ' ':
		case isOneOf(c, ",;()'\"?"):
		default:
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isOneOf(c byte, signs string) bool { return strings.IndexByte(signs, c) >= 0 }
