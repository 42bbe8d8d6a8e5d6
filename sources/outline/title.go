package outline

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// title is what a note calls itself. That of a comment is nil.
type title struct {
	matter    string      // as the front matter has it; empty if it has none
	day       compile.Day // of the note
	headlines []string    // of the text, in order: those that are titles of the note
}

// String gives the title of the front matter and, if they are others, those of the
// text.
func (t *title) String() string {
	all := []string{}
	for _, s := range append([]string{t.matter}, t.headlines...) {
		if s != "" && !containsFold(all, s) {
			all = append(all, s)
		}
	}
	return strings.Join(all, " – ")
}

func containsFold(all []string, s string) bool {
	for _, other := range all {
		if strings.EqualFold(other, s) {
			return true
		}
	}
	return false
}

// repeats reports whether a text is the title of the front matter.
func (t *title) repeats(text string) bool { return t != nil && strings.EqualFold(text, t.matter) }

// isTitle reports whether a heading is the note's own title: the one of its front
// matter, one that dates the note, or the only one of the first level, which stands
// above all others and before any text.
func (r *reader) isTitle(n *ast.Heading, h header) bool {
	switch {
	case r.title == nil || h.URL != "" || h.explicit:
		return false
	case r.title.repeats(h.Title) || r.title.isDated(h.Title):
		return true
	}
	return len(r.title.headlines)+len(r.path.headings)+len(r.updates) == 0 && n.Level == 1 && isAbove(n)
}

// newTitle begins what stands below a title of the note, which is a part of no path.
func (r *reader) newTitle(level int, text string) {
	r.endLead()
	r.leave(level)
	r.path.entries, r.current = nil, nil
	r.field, r.opening, r.before = field{}, true, len(r.updates)
	r.title.headlines = append(r.title.headlines, text)
}

// isTitleLine reports whether a bold line dates the note.
func (r *reader) isTitleLine(line string) bool {
	inner, isBold := boldLine(strings.TrimSpace(line))
	return isBold && r.title != nil && r.title.isDated(inner)
}

// isAbove reports whether other headings follow, all of lower levels.
func isAbove(n *ast.Heading) bool {
	others := false
	for c := n.NextSibling(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok {
			if h.Level <= n.Level {
				return false
			}
			others = true
		}
	}
	return others
}

// maxName is how many words of its own a heading has at most that dates its note,
// "Vac 2024/05/06".
const maxName = 3

var (
	// noteWords say of a heading that it is the title of a note, and what for.
	noteWords = wordSet(`weekly week weeks update updates report reports note notes log status progress meeting sync standup call minutes team the of for
		to from until on in and ending starting beginning w/e w/c`)
	// workWords say that a heading dates a piece of work, and not the note.
	workWords = wordSet("milestone milestones deliverable epic release testnet mainnet devnet launch deadline due eta target version")
)

// isDated reports whether a heading holds a day or a week, and little else: the note
// is what it dates. With a name beside it, it must be the first title, and its date
// near the day of the note and not one at which something is due.
func (t *title) isDated(heading string) bool {
	d := cutDates(heading, t.day)
	if !d.dated {
		return false
	}
	names := nameWords(d.rest)
	if len(names) == 0 {
		return true
	}
	for _, name := range names {
		if workWords[strings.ToLower(name)] {
			return false
		}
	}
	return len(t.headlines) == 0 && len(names) <= maxName && !d.last.IsZero() && apart(d.last, t.day) <= 2*7 && !d.last.After(t.day.Add(1))
}

// nameWords gives the words of a heading that name something else than a note.
func nameWords(s string) []string {
	var names []string
	for _, word := range strings.Fields(s) {
		if word = strings.Trim(word, "*_`()[]{}|:;,.!?-–—/#&+"); word != "" && !noteWords[strings.ToLower(word)] {
			names = append(names, word)
		}
	}
	return names
}
