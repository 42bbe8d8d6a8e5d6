package sources

import (
	"regexp"
	"strings"
	"time"

	"github.com/waku-org/monthly/compile"
)

// header is a line of a note that names what the text below it is about: a
// heading, a bold line, or a line that is but a link.
type header struct {
	compile.Heading
	explicit bool     // its role was given by a word, "Milestone: X"
	linked   bool     // the whole line is one link
	bold     bool     // the whole line is bold
	tag      string   // "[nwaku] " in front of a link
	labels   []string // "{E:name}" behind it
}

var (
	trailingLabel = regexp.MustCompile(`\s*,?\s*\{([^{}]*)\}\s*$`)
	repoTag       = regexp.MustCompile(`^\[[\w. -]+\]\s+`)
	dueSuffix     = regexp.MustCompile(`^\s*[-–—:|(]*\s*(?:due:?\s+)?(\d{4}-\d{2}-\d{2})\)?\s*$`)
	milestoneURL  = regexp.MustCompile(`^https?://[^/\s]+/([\w.-]+/[\w.-]+)/milestones?/\d+`)
)

// parseHeader reads a line as a header; its role is settled by [outline.role].
func parseHeader(line string, words compile.Words) header {
	var h header
	line = strings.TrimSpace(line)
	for {
		m := trailingLabel.FindStringSubmatchIndex(line)
		if m == nil {
			break
		}
		h.labels = append([]string{strings.TrimSpace(line[m[2]:m[3]])}, h.labels...)
		line = line[:m[0]]
	}
	line, h.bold = cutBold(strings.TrimSpace(line))
	line = cutCode(line)
	role, rest, explicit := compile.SplitRole(line, words)
	if explicit && role != compile.TaskRole {
		h.Role, h.explicit, line = role, true, rest
	}
	h.tag = repoTag.FindString(line)
	text, url, n := compile.CutLink(line[len(h.tag):])
	if n == 0 || strings.HasPrefix(line[len(h.tag):], "!") {
		h.tag, h.Title = "", line
		return h
	}
	h.URL = url
	suffix := line[len(h.tag)+n:]
	h.Title = strings.TrimSpace(text)
	h.linked = strings.TrimSpace(suffix) == ""
	if m := dueSuffix.FindStringSubmatch(suffix); m != nil {
		h.Due, _ = time.Parse(compile.DateLayout, m[1])
	} else if suffix = strings.TrimSpace(suffix); suffix != "" {
		h.Title += " " + suffix
	}
	if role, rest, found := compile.SplitRole(h.Title, words); found && role != compile.TaskRole {
		h.Role, h.explicit, h.Title = role, true, rest
	}
	if milestoneURL.MatchString(h.URL) && !h.explicit {
		h.Role, h.explicit = compile.MilestoneRole, true
	}
	if h.Title == "" {
		h.Title = h.URL
	}
	return h
}

// cutBold takes the signs off a line that is bold as a whole.
func cutBold(line string) (string, bool) {
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

// cutCode takes the signs off a title that is code as a whole, "`nomos:`", with
// the colon at its end.
func cutCode(line string) string {
	inner, found := strings.CutPrefix(line, "`")
	if inner, closed := strings.CutSuffix(inner, "`"); found && closed && inner != "" && !strings.Contains(inner, "`") {
		return strings.TrimSuffix(strings.TrimSpace(inner), ":")
	}
	return line
}

// isEntry reports whether a line of its own opens an entry: it is bold, and no
// label for what follows in the same entry.
func (h header) isEntry() bool {
	return h.bold && !strings.HasSuffix(h.Title, ":") && (h.URL == "" || h.linked)
}

// repoOf gives owner/name of the repository that a page of GitHub belongs to,
// in lower case; empty if it is no issue, pull request or milestone.
func repoOf(url string) string {
	if ref, ok := compile.ParseRef(url); ok {
		return ref.Repo
	}
	if m := milestoneURL.FindStringSubmatch(url); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}
