package outline

import (
	"slices"
	"strings"
	"unicode"

	"github.com/waku-org/monthly/compile"
)

// begin begins the update of the path.
func (r *reader) begin(line int) {
	r.current = r.path.update(line)
	r.updates = append(r.updates, r.current)
}

// add adds a statement to the update of the path. One without words is none, and
// one that says nothing is an item that is left out.
func (r *reader) add(item compile.Item) {
	if len(item.Items) == 0 {
		if item.Kind != compile.Note && saysNothing(item.Text) {
			return
		}
		item.LeftOut = whyLeftOut(item.Kind, item.Text)
	}
	r.put(item)
}

// leaveOut adds an item that is not a statement.
func (r *reader) leaveOut(reason compile.Reason, text string, line int) {
	if strings.ContainsFunc(text, isWordRune) || reason == compile.EmptyLink {
		r.put(compile.Item{Kind: compile.Note, Text: text, Line: line, LeftOut: reason})
	}
}

func isWordRune(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

func (r *reader) put(item compile.Item) {
	if r.current == nil {
		r.begin(item.Line)
	}
	item.By, item.Under = r.speaker.by, strings.Join(r.under, " › ")
	r.current.Items = append(r.current.Items, item)
	r.said++
}

// leadsOn reports whether an update is only a heading on the way to the next one.
func (r *reader) leadsOn(i int) bool {
	path := r.updates[i].Path
	if len(r.updates[i].Items) > 0 || i+1 == len(r.updates) {
		return false
	}
	next := r.updates[i+1].Path
	return len(next) > len(path) && slices.EqualFunc(next[:len(path)], path, sameHeading)
}

func sameHeading(a, b compile.Heading) bool { return a.Title == b.Title && a.URL == b.URL }
