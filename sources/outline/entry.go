package outline

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// isHead reports whether an item is a header rather than a statement: keys stand
// below it, or it only names what its list is about. inside is the kind of the key
// whose value it is in, if it is in one.
func (r *reader) isHead(item listItem, inside compile.Kind) bool {
	if len(item.rest) == 0 {
		return false
	}
	_, names := r.topicOf(item)
	return names || inside == "" && r.hasKeyBelow(item)
}

// topicOf gives the name of what the list below an item is about, if the item says
// nothing else.
func (r *reader) topicOf(item listItem) (name string, ok bool) {
	if len(item.lines) != 1 || len(item.blocks) > 0 || !isList(item.rest[0]) {
		return "", false
	}
	return r.cutTopic(item.first())
}

// headItem reads an item that is a header: what stands below it is said under it,
// and its fields are over with it.
func (r *reader) headItem(item listItem, inside compile.Kind) {
	name, names := r.topicOf(item)
	r.within(item.line, func() {
		var more listItem
		if names {
			r.topic(r.readHeader(name), item.line)
		} else {
			more = r.openItem(item)
		}
		if r.field = r.field.atTopic(); r.hasKeyBelow(item) {
			r.field = r.field.inEntry()
		}
		r.addItem(compile.Note, more)
		r.below(item, inside)
	})
}

// within reads what stands below a header. Its entries, labels and fields are over
// with it. A label below which nothing is said is left out.
func (r *reader) within(line int, read func()) {
	entries, field, under, said := r.path.entries, r.field, r.under, r.said
	read()
	if len(r.under) > len(under) && r.said == said {
		r.leaveOut(compile.EmptyLabel, r.under[len(under)], line)
	}
	if len(r.path.entries) != len(entries) {
		r.current = nil
	}
	r.path.entries, r.field, r.under = entries, field, under
}

// topic opens a label with a list below it: an entry, or a part of the issue that is
// open.
func (r *reader) topic(h header, line int) {
	if h.URL == "" && !h.explicit && r.path.inIssue() {
		r.under = append(slices.Clip(r.under), h.Title)
		return
	}
	r.nest(h, line)
}

// leadsBehind reports whether an item without a list is only a link, and keys stand
// behind it as deep as it: it is their header.
func (r *reader) leadsBehind(item listItem) bool {
	if !item.isLine() || r.readHeader(item.first()).link != wholeLine {
		return false
	}
	next := item.node.NextSibling()
	if next == nil {
		list, ok := item.node.Parent().NextSibling().(*ast.List)
		if !ok {
			return false
		}
		next = list.FirstChild()
	}
	_, isKey := r.key(r.item(next, ""))
	return isKey
}

// leadItem opens the entry of an item that leads what stands behind it.
func (r *reader) leadItem(item listItem) {
	r.path.lead(r.readHeader(item.first()))
	r.field = r.field.inEntry()
	r.begin(item.line)
}

// openItem opens the entry that the first line of an item names, and returns what
// else the item says before its lists. A line that says more than a name is a
// statement too, where the entry stands.
func (r *reader) openItem(item listItem) (more listItem) {
	h := r.readHeader(item.first())
	more = listItem{lines: item.lines, blocks: item.blocks, line: item.line}
	switch {
	case strings.TrimSpace(item.first()) == "":
	case isUnfilled(item.first()):
		r.leaveOut(whyLeftOut(compile.Note, item.first()), item.first(), item.line)
	case isAttribute(item.first()), isValueLine(item.first(), h):
		r.attributeItem(more)
		return listItem{}
	case h.link == inFront:
		r.addItem(compile.Note, listItem{lines: item.lines, line: item.line})
		more.lines = nil
		h.Title, h.link = cmp.Or(h.text, h.URL), wholeLine
		r.nest(h, item.line)
	default:
		r.topic(h, item.line)
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
