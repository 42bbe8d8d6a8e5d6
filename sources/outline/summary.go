package outline

import (
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

var (
	summaryTitle = regexp.MustCompile(`(?i)^(?:highlights?|summary|tl[;:]?\s?dr|recap|in short|in brief)$`)
	// summaryWords may stand beside these without a meaning of their own.
	summaryWords = wordSet("the this last our my team teams week week's weeks weekly of for in key main top major high-level executive general short brief quick overall project update updates monthly month")
	scopeOfCode  = regexp.MustCompile(`^(?:[\w-]+:)+`)
)

// isSummary reports whether a title is that of the team's own summary of the week:
// "Highlights", "Summary of week 27", "`team:highlights`".
func isSummary(title string) bool {
	words := strings.Fields(cutDates(title, compile.Day{}).rest)
	words = slices.DeleteFunc(words, func(w string) bool {
		w = strings.ToLower(strings.Trim(w, "*_`:.,()-–—’'"))
		return w == "" || summaryWords[strings.ReplaceAll(w, "’", "'")]
	})
	name := strings.Trim(strings.Join(words, " "), "*_`:.,()-–—")
	return summaryTitle.MatchString(scopeOfCode.ReplaceAllString(name, ""))
}

// isSummary reports whether what stands at the path belongs to a summary of the week
// and not to that of a piece of work.
func (p *path) isSummary() bool {
	for _, h := range p.headers() {
		if h.summary {
			return true
		}
		if h.Level != compile.AreaLevel {
			return false
		}
	}
	return false
}

// endLead ends what a note says above its first heading. If that is no more than free
// text, perhaps under labels, it is a summary of the week.
func (r *reader) endLead() {
	lead := r.updates[min(r.before, len(r.updates)):]
	if r.opening && !slices.ContainsFunc(lead, func(u *compile.Update) bool { return !isLead(u) }) {
		for _, u := range lead {
			u.Summary = true
		}
	}
	r.opening = false
}

// isLead reports whether an update may stand above the first heading: it is on no piece
// of work that has a page, and says nothing in a field.
func isLead(u *compile.Update) bool {
	onWork := slices.ContainsFunc(u.Path, func(h compile.Heading) bool {
		return h.URL != "" || h.Level == compile.MilestoneLevel || h.Level == compile.EpicLevel
	})
	return !onWork && isFreeText(u.Items)
}

// filled gives an update. A heading in a summary that nothing stands below is a label.
func filled(u compile.Update) compile.Update {
	if n := len(u.Path); u.Summary && len(u.Items) == 0 {
		u.Items = []compile.Item{{Kind: compile.Note, Text: u.Path[n-1].Title, Line: u.Source.Line, LeftOut: compile.EmptyLabel}}
		u.Path = u.Path[:n-1]
	}
	return u
}

func isFreeText(items []compile.Item) bool {
	said := slices.DeleteFunc(slices.Clone(items), func(i compile.Item) bool { return i.LeftOut != "" || i.Kind == compile.Attribute })
	return !slices.ContainsFunc(said, func(i compile.Item) bool { return i.Kind != compile.Note })
}
