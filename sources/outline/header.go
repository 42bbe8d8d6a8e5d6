package outline

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// header is a line of a note that names what the text below it is about: a
// heading, a bold line, or a line that is but a link.
type header struct {
	compile.Heading
	explicit bool     // its role was given by a word, "Milestone: X"
	linked   bool     // the whole line is one link
	bold     bool     // the whole line is bold
	text     string   // of the link, without what stands behind it
	tag      string   // "[web] " in front of it
	aside    bool     // its link is but a part of the line
	labels   []string // "{E:name}" behind it
}

var (
	linkLead     = regexp.MustCompile(`^` + signs + `(\d+(?:\.\d+)*[.):]?\s+)?(\[[\w. -]+\]\s+)?`)
	dueSuffix    = regexp.MustCompile(`\s*(?:^|\s|[-–—:|(])(?i:due:?\s+)?(\d{4}-\d{2}-\d{2})\)?\s*$`)
	boldLink     = regexp.MustCompile(`^\*\*(\[[^*]*\]\([^()\s]*\))\*\*`)
	inlineLink   = regexp.MustCompile(`\[([^\[\]]*)\]\(([^()\s]*)\)`)
	milestoneURL = regexp.MustCompile(`^https?://[^/\s]+/([\w.-]+/[\w.-]+)/milestones?/\d+`)
)

// parseHeader reads a line as a header; its role is settled by the [path], if no word settles it.
func parseHeader(line string, words compile.Words) header {
	var h header
	line = strings.TrimSpace(line)
	line, h.labels = cutLabels(line)
	line, h.bold = cutBold(strings.TrimSpace(line))
	line = cutCode(line)
	role, rest, explicit := compile.SplitRole(line, words)
	if explicit && role != compile.TaskRole {
		h.Role, h.explicit, line = role, true, rest
	}
	lead := linkLead.FindStringSubmatch(line)
	link := boldLink.ReplaceAllString(line[len(lead[0]):], "$1")
	text, url, n := compile.CutLink(link)
	if n == 0 || strings.HasPrefix(link, "!") {
		h.Title = line
		if h.explicit {
			h.Title, h.Due = cutDue(line)
		}
		if strings.HasPrefix(line, "http") && !strings.Contains(line, " ") && repoOf(line) != "" {
			h.URL, h.linked = line, true
		}
		h.readAside()
		return h
	}
	h.text, h.tag, h.URL = strings.TrimSpace(text), lead[2], url
	suffix, due := cutDue(link[n:])
	h.Due, h.linked = due, strings.TrimSpace(link[n:]) == ""
	h.Title = strings.TrimSpace(lead[1] + strings.TrimSpace(text) + " " + strings.TrimSpace(suffix))
	if role, rest, found := compile.SplitRole(h.Title, words); found && role != compile.TaskRole {
		h.Role, h.explicit, h.Title = role, true, rest
	}
	if milestoneURL.MatchString(h.URL) && !h.explicit {
		h.Role, h.explicit = compile.MilestoneRole, true
	}
	h.Title = cmp.Or(h.Title, h.URL, line)
	if _, repo, _ := strings.Cut(repoOf(h.URL), "/"); h.tag != "" && !strings.EqualFold(strings.Trim(h.tag, "[] "), repo) {
		h.Title = h.tag + h.Title
	}
	return h
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

// readAside takes the address of a header from the one link in it that leads to
// an issue or a milestone, "Docs ([#7](…))".
func (h *header) readAside() {
	links := inlineLink.FindAllStringSubmatchIndex(h.Title, -1)
	if len(links) != 1 {
		return
	}
	m := links[0]
	if url := h.Title[m[4]:m[5]]; repoOf(url) != "" {
		h.URL, h.aside = url, true
		h.Title = strings.ReplaceAll(h.Title[:m[0]]+h.Title[m[2]:m[3]]+h.Title[m[1]:], "**", "")
	}
}

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

// repo gives the repository of the page that a header leads to; empty if it leads
// to none, or the link is only a part of it.
func (h header) repo() string {
	if h.aside {
		return ""
	}
	return repoOf(h.URL)
}

// repoOf gives owner/name of the repository that a page of GitHub belongs to,
// in lower case; empty if it is no issue, pull request or milestone.
func repoOf(url string) string {
	if ref, ok := compile.ParseRef(url); ok {
		return ref.Repo.String()
	}
	if m := milestoneURL.FindStringSubmatch(url); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}
