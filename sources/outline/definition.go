package outline

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// definition is a link definition, "[label]: address". Its address is put where
// the label is used.
type definition struct {
	node *ast.LinkReferenceDefinition
	uses int
	kept bool // its uses would make the text far longer: it stays a link of its own
}

// longer is by how many times its own length the definitions of links may make a
// text longer.
const longer = 4

func (r *definition) used() bool { return r.uses > 0 && !r.kept }

// cost is by how many bytes the uses make the text longer.
func (r *definition) cost() int { return r.uses * len(r.node.Destination) }

// define gathers the link definitions, of which the first of a label counts, and
// finds those that are used.
func (d *document) define() {
	d.walk(func(n ast.Node) {
		if ref, ok := n.(*ast.LinkReferenceDefinition); ok {
			if label := normalLabel(string(ref.Label)); d.refs[label] == nil {
				d.refs[label] = &definition{node: ref}
			}
		}
	})
	if len(d.refs) == 0 {
		return
	}
	d.walk(func(n ast.Node) {
		switch n.Kind() {
		case ast.KindHeading, ast.KindParagraph, ast.KindTextBlock:
			d.lines(n)
		}
	})
	d.keepCostly()
}

// keepCostly keeps those definitions where they are whose uses together would make
// the text longer than it may become.
func (d *document) keepCostly() {
	room := longer * len(d.source)
	for _, r := range slices.SortedFunc(maps.Values(d.refs), func(a, b *definition) int {
		return cmp.Or(a.cost()-b.cost(), a.node.Pos()-b.node.Pos())
	}) {
		if room -= r.cost(); room < 0 {
			r.kept = true
		}
	}
}

var refLink = regexp.MustCompile(`(!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\])(?:\[([^\[\]]*)\])?`)

// inline puts the addresses of link definitions into the links that use them,
// as a text must not depend on lines elsewhere.
func (d *document) inline(s string) string {
	if len(d.refs) == 0 {
		return s
	}
	var b strings.Builder
	last := 0
	for _, m := range refLink.FindAllStringSubmatchIndex(s, -1) {
		if m[1] < len(s) && (s[m[1]] == '(' || s[m[1]] == ':') {
			continue
		}
		label := s[m[4]:m[5]]
		if m[6] >= 0 && m[7] > m[6] {
			label = s[m[6]:m[7]]
		}
		ref := d.refs[normalLabel(label)]
		if ref == nil || ref.kept {
			continue
		}
		ref.uses++
		b.WriteString(s[last:m[3]] + "(" + safeDestination(string(ref.node.Destination)) + ")")
		last = m[1]
	}
	return b.String() + s[last:]
}

func safeDestination(dest string) string {
	if strings.ContainsAny(dest, " ()<>") {
		return "<" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(dest) + ">"
	}
	return dest
}

func normalLabel(label string) string {
	return strings.ToLower(strings.Join(strings.Fields(label), " "))
}

// unused gives a link definition as a link when nothing uses it: then it was
// meant to be read.
func (d *document) unused(n *ast.LinkReferenceDefinition) string {
	if ref := d.refs[normalLabel(string(n.Label))]; ref.node == n && ref.used() {
		return ""
	}
	return "[" + string(n.Label) + "](" + safeDestination(string(n.Destination)) + ")"
}
