package outline

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// isEntry reports whether an item is a header rather than a statement: keys stand
// below it, or it names an epic.
func (r *reader) isEntry(item listItem) bool { return r.hasKeyBelow(item) || r.namesEpic(item) }

// entryItem reads an item that is a header: its fields stand below it, and are
// over with it. Text that the header does not hold stands there too.
func (r *reader) entryItem(item listItem) {
	entries, above := r.path.entries, r.field
	more := r.openItem(item)
	r.field = field{}
	r.addItem(compile.Note, more)
	r.below(item, "")
	r.path.entries, r.field, r.current = entries, above, nil
}

// openItem opens the entry that the first line of an item names, and returns what
// else the item says before its lists. A line that says more than a name is a
// statement too, where the entry stands.
func (r *reader) openItem(item listItem) (more listItem) {
	h := r.readHeader(item.first())
	more = listItem{lines: item.lines, blocks: item.blocks, line: item.line}
	switch {
	case strings.TrimSpace(item.first()) == "":
	case isValueLine(item.first(), h):
		r.addItem(compile.Note, more)
		return listItem{}
	case h.link == inFront:
		r.addItem(compile.Note, listItem{lines: item.lines, line: item.line})
		more.lines = nil
		h.Title, h.link = cmp.Or(h.text, h.URL), wholeLine
		r.nest(h, item.line)
	default:
		r.nest(h, item.line)
	}
	more.lines = more.lines[min(1, len(more.lines)):]
	return more
}

var valueLine = regexp.MustCompile(`^[*_]*[[:alpha:]][[:alpha:] -]*[*_]*:[*_]*\s+\S+`)

// isValueLine reports whether a line above fields is itself one of a kind that
// is not known, "Project: https://…", and not a title. A title may hold a colon too,
// "feat: x", so that only an address or a single word counts as value.
func isValueLine(line string, h header) bool {
	if h.URL != "" || h.explicit || !valueLine.MatchString(line) {
		return false
	}
	_, value, _ := strings.Cut(line, ":")
	value = strings.Trim(value, "*_ ")
	return strings.HasPrefix(value, "http") || !strings.Contains(value, " ") && !strings.HasPrefix(strings.ToLower(line), "feat")
}

// hasKeyBelow reports whether keys stand in the lists nested in an item, at any
// depth.
func (r *reader) hasKeyBelow(item listItem) bool {
	known, found := r.keyBelow[item.node]
	if found {
		return known
	}
	has := slices.ContainsFunc(item.rest, func(b ast.Node) bool {
		list, ok := b.(*ast.List)
		return ok && r.hasKeyWithin(list)
	})
	if r.keyBelow == nil {
		r.keyBelow = map[ast.Node]bool{}
	}
	r.keyBelow[item.node] = has
	return has
}

func (r *reader) hasKeyWithin(n *ast.List) bool {
	if r.hasKey(n) {
		return true
	}
	for item := range r.items(n) {
		if r.hasKeyBelow(item) {
			return true
		}
	}
	return false
}

// namesEpic reports whether an item outside a field is only a link to an epic of the
// milestone above it, with a list below it.
func (r *reader) namesEpic(item listItem) bool {
	if r.field.kind != "" || len(item.lines) != 1 || len(item.rest) == 0 {
		return false
	}
	if n := len(r.path.entries); n > 0 && r.path.entries[n-1].Level != compile.MilestoneLevel {
		return false
	}
	h := r.readHeader(item.first())
	return h.link == wholeLine && r.path.entryLevel(h) == compile.EpicLevel
}
