package outline

import (
	"slices"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// putBehind takes off the end of an item the lines at the margin that open
// another field: Markdown counts them to the item, who wrote them did not.
func (r *reader) putBehind(item *listItem) {
	i := slices.IndexFunc(item.lines, r.opensAnother)
	if i <= 0 || len(item.blocks)+len(item.rest) > 0 {
		return
	}
	r.behind = append(r.behind, item.lines[i:]...)
	item.lines = item.lines[:i]
}

// opensAnother reports whether a line stands at the margin and is a key, a label
// or bold.
func (r *reader) opensAnother(l sourceLine) bool {
	k, isKey := r.cutKey(l.text)
	return l.loose && (isKey && !k.bare || r.isLabel(l.text) || parseHeader(l.text, compile.Words{}).isEntry())
}

// isBroken reports whether a list goes on behind lines that are not its own.
func (r *reader) isBroken(n *ast.List) bool {
	for item := range r.items(n) {
		if slices.IndexFunc(item.lines, r.opensAnother) > 0 {
			return true
		}
	}
	return false
}

// linesBehind reads the lines that were put behind an item, and returns the block to
// read next, where next is the one behind them.
func (r *reader) linesBehind(next ast.Node) ast.Node {
	lines := r.behind
	r.behind = nil
	return r.lined(lines, next)
}

// cutUpTo takes the items of a list up to one of them off it.
func cutUpTo(n *ast.List, last ast.Node) {
	for isLast := false; !isLast; n.Start++ {
		first := n.FirstChild()
		isLast = first == last
		n.RemoveChild(n, first)
	}
}
