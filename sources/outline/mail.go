package outline

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// replyHeader says whose mail is quoted below it, in the languages of mail programs.
	replyHeader = regexp.MustCompile(`(?i)^(?:on|am|le|el|op|il)\s.{4,200}\s?(?:wrote|schrieb.{0,80}|a écrit|escribió|schreef|ha scritto)\s?:\s*$`)
	headerStart = regexp.MustCompile(`(?i)^(?:on|am|le|el|op|il)\s.*\d`)
	forwarded   = regexp.MustCompile(`(?i)^[-_ ]{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine)\s*[-_ ]{2,}$`)
	mailFooter  = regexp.MustCompile(`(?i)^(?:(?:[—–-]+\s*)?reply to this email directly\b.*|sent from my \w+.*|get outlook for \w+.*|you are receiving this because .*)$`)
)

// cutMail takes out of a comment that was sent by mail what the mail program added:
// the header of the mail that it answers with the quote behind it, what follows the
// sign of a signature, and the footer. Line feeds stay.
func cutMail(s string) (rest string, parts []string) {
	lines := strings.Split(s, "\n")
	inCode := false
	for i := range lines {
		inCode = inCode != (fenceOf(lines[i]) != "")
		n := mailRemains(lines[i:])
		if n == 0 || inCode {
			continue
		}
		parts = append(parts, strings.Join(lines[i:i+n], "\n"))
		for k := range n {
			lines[i+k] = ""
		}
	}
	if len(parts) == 0 {
		return s, nil
	}
	return strings.Join(lines, "\n"), parts
}

// mailRemains counts the lines at the front that a mail program added.
func mailRemains(lines []string) int {
	switch line := lines[0]; {
	case line == "-- ":
		return beforeMarker(lines)
	case forwarded.MatchString(strings.TrimSpace(line)):
		return beforeMarker(lines)
	case mailFooter.MatchString(strings.TrimSpace(line)):
		return 1
	}
	for head := 1; head <= min(3, len(lines)); head++ {
		if isReplyHeader(lines[:head]) {
			if n := quoted(lines[head:]); n > 0 {
				return head + n
			}
		}
	}
	return 0
}

// isReplyHeader reports whether lines are the header of a mail, which may be wrapped.
func isReplyHeader(lines []string) bool {
	head := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	return headerStart.MatchString(strings.TrimSpace(lines[0])) && replyHeader.MatchString(head)
}

// quoted counts the lines of the quote that lines begin with, behind blank ones.
func quoted(lines []string) int {
	n := 0
	for i, l := range lines {
		switch l = strings.TrimSpace(l); {
		case strings.HasPrefix(l, ">"):
			n = i + 1
		case l != "":
			return n
		}
	}
	return n
}

// beforeMarker counts the lines up to the next marker of an update.
func beforeMarker(lines []string) int {
	i := slices.IndexFunc(lines[1:], func(l string) bool {
		_, _, found := cutWords(l)
		return found
	})
	if i < 0 {
		return len(lines)
	}
	return i + 1
}
