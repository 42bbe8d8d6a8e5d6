package compile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// plain is a text without its Markdown: what two texts are compared by.
type plain struct {
	team string   // "nwaku" of "[nwaku] added tests"; a box that is ticked or not
	text string   // lower case, single spaces, no markup, no addresses
	refs []string // addresses and full references, sorted, each once
	key  string   // all of it: the same for texts that say the same
}

var (
	wikilink   = regexp.MustCompile(`\[\[(?:[^\]|]*\|)?([^\]]+)\]\]`)
	linkTarget = regexp.MustCompile(`^\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)`)
	bareURL    = regexp.MustCompile(`<?https?://[^\s<>]+>?`)
	numberRef  = regexp.MustCompile(`(?:[\w.-]+/)?[\w.-]*#\d+\b`)
	wholeRef   = regexp.MustCompile(`^(?:[\w.-]+/)?[\w.-]*#\d+$`)
	lineMark   = regexp.MustCompile(`(?m)^\s*(?:(?:[-+*]|\d+[.)]|[ivx]+[.)]|#{1,6}|>)\s+)+`)
	teamTag    = regexp.MustCompile(`^\[([\w .-]+)\]\s+(\S)`)
)

// plainText takes the Markdown off a text that was written in a repository.
func plainText(markdown string, repo Repo) plain {
	var p plain
	s := cutLineMarks(markdown)
	if m := teamTag.FindStringSubmatch(s); m != nil {
		p.team = strings.ToLower(m[1])
		s = teamTag.ReplaceAllString(s, "$2")
	}
	s, p.refs = cutLinks(s)
	if strings.Contains(s, "#") {
		s = numberRef.ReplaceAllStringFunc(s, func(ref string) string {
			p.refs = append(p.refs, fullRef(ref, repo))
			return " "
		})
	}
	slices.Sort(p.refs)
	p.refs = slices.Compact(p.refs)
	p.text = foldText(s)
	p.key = p.team + "] " + p.text + " " + strings.Join(p.refs, " ")
	return p
}

// cutLineMarks takes off what begins lists, headings and quotes.
func cutLineMarks(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "\n") || s != "" && strings.ContainsAny(s[:1], "-+*#>0123456789ivx") {
		s = strings.TrimSpace(lineMark.ReplaceAllString(s, ""))
	}
	return s
}

// cutLinks replaces links by their texts, and gives the addresses.
func cutLinks(s string) (rest string, addresses []string) {
	if strings.Contains(s, "[[") {
		s = wikilink.ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "](") {
		s, addresses = cutInline(s)
	}
	if !strings.Contains(s, "://") {
		return s, addresses
	}
	s = bareURL.ReplaceAllStringFunc(s, func(url string) string {
		addresses = append(addresses, address(strings.Trim(url, "<>.,;:!?)*_'\"")))
		return " "
	})
	return s, addresses
}

// cutInline replaces "[text](address)" by its text. What looks like "repo#12" in
// place of a text says no more than the address.
func cutInline(s string) (rest string, addresses []string) {
	var b strings.Builder
	ends, skip := brackets(s), map[int]int{} // from the bracket that closes a text to behind the address
	for i := 0; i < len(s); i++ {
		if n, found := skip[i]; found {
			i = n - 1
			continue
		}
		open := i
		if s[i] == '!' {
			open++
		}
		end, found := ends[open]
		var target []string
		if found {
			target = linkTarget.FindStringSubmatch(s[end+1:])
		}
		if target == nil {
			b.WriteByte(s[i])
			continue
		}
		addresses = append(addresses, address(target[1]))
		skip[end] = end + 1 + len(target[0])
		if i = open; wholeRef.MatchString(s[open+1 : end]) {
			i = end - 1
		}
	}
	return b.String(), addresses
}

// brackets finds the bracket that closes each one before a link's address.
func brackets(s string) map[int]int {
	ends := map[int]int{}
	var open []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			open = append(open, i)
		case ']':
			if n := len(open); n > 0 {
				if strings.HasPrefix(s[i+1:], "(") {
					ends[open[n-1]] = i
				}
				open = open[:n-1]
			}
		}
	}
	return ends
}

// CutLink reads the link or image at the start of s, which is n bytes long.
func CutLink(s string) (text, url string, n int) {
	start := 0
	if strings.HasPrefix(s, "![") {
		start = 1
	} else if !strings.HasPrefix(s, "[") {
		return "", "", 0
	}
	if !strings.Contains(s, "](") {
		return "", "", 0 // at once, however many brackets there are
	}
	depth := 0
	for i := start; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth > 0 {
				continue
			}
			m := linkTarget.FindStringSubmatch(s[i+1:])
			if m == nil {
				return "", "", 0
			}
			return s[start+1 : i], m[1], i + 1 + len(m[0])
		}
	}
	return "", "", 0
}

// foldText drops markup signs and folds case, quotes, dashes and spaces.
func foldText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '*', '`', '~', '\\':
			return -1
		case '‘', '’', '“', '”', '"', '\'':
			return -1
		case '–', '—', '‐', '‑':
			return '-'
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
	fields := strings.Fields(s)
	kept := fields[:0]
	for _, f := range fields {
		f = strings.Trim(f, "_")
		if f = strings.TrimRight(f, ".,;:!"); f != "" && f != "-" {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, " ")
}
