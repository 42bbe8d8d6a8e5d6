package outline

import "github.com/yuin/goldmark/ast"

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
			lines := r.lines(b)
			for i, l := range lines {
				if r.opensEntry(l.text, lines[i+1:], b.NextSibling()) {
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

// opensEntry reports whether a line at the margin opens an entry: a bold line with
// something below it, or one that is only a link, with a list or a field below it.
func (r *reader) opensEntry(line string, below []sourceLine, next ast.Node) bool {
	h := r.readHeader(line)
	if h.link == wholeLine && (len(h.labels) > 0 || h.bold || len(below) == 0 && r.isBody(next)) {
		return true
	}
	return h.isEntry() && (h.explicit || len(h.labels) > 0 || r.hasBelow(below, next))
}

// hasBelow reports whether something stands below a bold line that it can be the
// header of. What only other bold lines and headings follow is said in bold.
func (r *reader) hasBelow(below []sourceLine, next ast.Node) bool {
	if len(below) > 0 {
		return !r.readHeader(below[0].text).isEntry()
	}
	switch b := next.(type) {
	case nil, *ast.ThematicBreak:
		return false
	case *ast.Heading:
		return r.isKeyLine(r.join(b))
	case *ast.Paragraph:
		h := r.readHeader(r.lines(b)[0].text)
		return !h.isEntry() && (h.link != wholeLine || b.Lines().Len() > 1)
	}
	return true
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
		lines := r.lines(b)
		for i, l := range lines {
			if r.isKeyLine(l.text) || r.isLabel(l.text) || r.opensEntry(l.text, lines[i+1:], b.NextSibling()) {
				return false
			}
		}
		return true
	}
	return r.copy(n) != ""
}

func isList(n ast.Node) bool {
	_, ok := n.(*ast.List)
	return ok
}
