package outline

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// header is a line that names what the text below it is about: a heading, a bold
// line, or a line that is only a link.
type header struct {
	compile.Heading
	explicit bool      // a word or the page of a milestone gave the level, "Milestone: X"
	bold     bool      // the whole line is bold
	link     linkPlace // where the link to URL stands
	text     string    // of a link at the front
	labels   []string  // "{E:name}" behind the title
	leads    bool      // what stands behind it in a list, not below it
	summary  bool      // what stands below it is the team's own summary of the week
}

// linkPlace is where a header has its link.
type linkPlace int

const (
	noLink    linkPlace = iota
	wholeLine           // nothing else is on the line
	inFront             // text stands behind it
	aside               // text stands before it, "Docs ([#7](…))"
)

// parseHeader reads a line as a header. A level that no word gives is settled by the
// [path].
func parseHeader(line string, words compile.Words) header {
	var h header
	line, h.labels = cutLabels(strings.TrimSpace(line))
	line, h.bold = boldLine(strings.TrimSpace(line))
	line = h.takeLevel(codeLine(line), words)
	if !h.readLink(line, words) {
		h.readTitle(line)
	}
	return h
}

// takeLevel takes the word for a level of work off a title. Tasks need no word.
func (h *header) takeLevel(title string, words compile.Words) (rest string) {
	level, rest, found := compile.SplitLevel(title, words)
	if !found || level == compile.TaskLevel {
		return title
	}
	h.Level, h.explicit = level, true
	return rest
}

// linkLead is what may stand before the link of a header: signs, a number, and the
// name of a repository or a team, "[web] ".
var linkLead = regexp.MustCompile(`^` + signs + `(\d+(?:\.\d+)*[.):]?\s+)?(\[[\w. -]+\]\s+)?`)

// readLink reads a line that begins with a link, "1. [web] [Docs](…) - 2024-05-31".
func (h *header) readLink(line string, words compile.Words) bool {
	lead := linkLead.FindStringSubmatch(line)
	text, url, more, found := cutLink(line[len(lead[0]):])
	if !found {
		return false
	}
	h.text, h.URL = strings.TrimSpace(text), url
	switch {
	case strings.TrimSpace(more) == "":
		h.link = wholeLine
	case url != "":
		h.link = inFront
	}
	more, h.Due = cutDue(more)
	h.Title = h.takeLevel(strings.TrimSpace(lead[1]+h.text+" "+strings.TrimSpace(more)), words)
	if _, _, isMilestone := compile.ParseMilestone(url); isMilestone && !h.explicit {
		h.Level, h.explicit = compile.MilestoneLevel, true
	}
	h.Title = cmp.Or(h.Title, url, line)
	if tag := lead[2]; !strings.EqualFold(strings.Trim(tag, "[] "), repoOf(url).Name) {
		h.Title = tag + h.Title
	}
	return true
}

// cutLink reads the link that a line begins with, which may be bold.
func cutLink(line string) (text, url, more string, found bool) {
	plain, isBold := strings.CutPrefix(line, "**")
	text, url, n := compile.CutLink(plain)
	if n == 0 || strings.HasPrefix(plain, "!") {
		return "", "", "", false
	}
	more, found = plain[n:], true
	if isBold {
		more, found = strings.CutPrefix(more, "**")
	}
	return text, url, more, found
}

// readTitle reads a line that does not begin with a link.
func (h *header) readTitle(line string) {
	h.Title = line
	if h.explicit {
		h.Title, h.Due = cutDue(line)
	}
	if repoOf(line) != (compile.Repo{}) && !strings.ContainsAny(line, " \t") {
		h.URL, h.link = line, wholeLine
	}
	h.readAside()
}

// readAside takes the address of a header from the one link in it, if that leads to
// an issue or a milestone.
func (h *header) readAside() {
	end := strings.Index(h.Title, "](")
	if end < 0 || end != strings.LastIndex(h.Title, "](") {
		return
	}
	start := strings.LastIndex(h.Title[:end], "[")
	if start < 0 {
		return
	}
	text, url, n := compile.CutLink(h.Title[start:])
	if repoOf(url) == (compile.Repo{}) {
		return
	}
	h.URL, h.link = url, aside
	h.Title = strings.ReplaceAll(h.Title[:start]+text+h.Title[start+n:], "**", "")
}

// isEntry reports whether a line of its own opens an entry: it is bold, and not a
// label for what follows in the same entry.
func (h header) isEntry() bool {
	return h.bold && !strings.HasSuffix(h.Title, ":") && (h.link == noLink || h.link == wholeLine)
}

// repo gives the repository of the page that a header is a link to, if it is one.
func (h header) repo() compile.Repo {
	if h.link == aside {
		return compile.Repo{}
	}
	return repoOf(h.URL)
}

// repoOf gives the repository that a page of GitHub belongs to; none if it is not
// an issue, a pull request or a milestone.
func repoOf(url string) compile.Repo {
	if ref, ok := compile.ParseRef(url); ok {
		return ref.Repo
	}
	repo, _, _ := compile.ParseMilestone(url)
	return repo
}
