package outline

import (
	"slices"

	"github.com/yuin/goldmark/ast"
)

// keyAhead reports whether another key follows in the same entry.
func (r *reader) keyAhead(n ast.Node) bool {
	for ; n != nil; n = n.NextSibling() {
		switch b := n.(type) {
		case *ast.Heading:
			return false
		case *ast.List:
			if r.hasKey(b) {
				return true
			}
		case *ast.Paragraph:
			for _, l := range r.lines(b) {
				if r.opensEntry(l.text, b.NextSibling()) {
					return false
				}
				if _, isKey := r.cutKey(l.text); isKey {
					return true
				}
			}
		}
	}
	return false
}

// opensEntry reports whether a line at the margin opens an entry: a bold line,
// or one that is only a link, with a list or a field below it.
func (r *reader) opensEntry(line string, next ast.Node) bool {
	h := r.readHeader(line)
	return h.isEntry() || h.link == wholeLine && (len(h.labels) > 0 || r.isBody(next))
}

// isBody reports whether a block can only be the body of a header above it.
func (r *reader) isBody(n ast.Node) bool {
	switch b := n.(type) {
	case *ast.List:
		return true
	case *ast.Paragraph:
		_, isKey := r.cutKey(r.lines(b)[0].text)
		return isKey
	}
	return false
}

// isTextAfter reports whether a block can be what a label announces.
func (r *reader) isTextAfter(n ast.Node) bool {
	switch b := n.(type) {
	case nil, *ast.Heading, *ast.ThematicBreak:
		return false
	case *ast.List:
		return true
	case *ast.Paragraph:
		return !slices.ContainsFunc(r.lines(b), func(l sourceLine) bool {
			_, isKey := r.cutKey(l.text)
			return isKey || r.isLabel(l.text) || r.opensEntry(l.text, b.NextSibling())
		})
	}
	return r.copy(n) != ""
}

func isList(n ast.Node) bool {
	_, ok := n.(*ast.List)
	return ok
}
