package outline

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// title is what a note calls itself. That of a comment is nil.
type title struct {
	matter   string      // as the front matter has it; empty if it has none
	day      compile.Day // of the note
	headline string      // the heading of the text that is its title; empty if none is
}

// String gives the title of the front matter and, if that is another, the one of
// the text.
func (t *title) String() string {
	switch {
	case t.matter == "":
		return t.headline
	case t.headline == "" || strings.EqualFold(t.matter, t.headline):
		return t.matter
	}
	return t.matter + " – " + t.headline
}

// repeats reports whether a text is the title of the front matter.
func (t *title) repeats(text string) bool { return t != nil && strings.EqualFold(text, t.matter) }

// isTitle reports whether a heading is the note's own title: the one of its
// front matter, one with the day of the note in it before any text, or the only
// one of the first level, which stands above all others.
func (r *reader) isTitle(n *ast.Heading, h header) bool {
	switch {
	case r.title == nil || h.URL != "" || h.explicit:
		return false
	case r.title.repeats(h.Title):
		return true
	case r.title.headline != "" || len(r.path.headings)+len(r.updates) > 0:
		return false
	}
	day := r.title.day
	return !day.IsZero() && strings.Contains(h.Title, day.String()) || n.Level == 1 && isAbove(n)
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
