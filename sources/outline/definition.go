package outline

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// definition is a link definition, "[label]: address". Its address is put where
// the label is used.
type definition struct {
	node *ast.LinkReferenceDefinition
	used bool
}

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
		if ref == nil {
			continue
		}
		ref.used = true
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
	if ref := d.refs[normalLabel(string(n.Label))]; ref.node == n && ref.used {
		return ""
	}
	return "[" + string(n.Label) + "](" + safeDestination(string(n.Destination)) + ")"
}
