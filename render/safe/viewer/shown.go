package viewer

import (
	"bufio"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	render "github.com/yuin/goldmark/renderer/html"
)

// block is what a paragraph, a heading or a cell shows.
type block struct {
	all  string // code and images as one sign each
	runs []run
}

// run is text without markup within, as the nodes are in which the site looks
// for its signs.
type run struct {
	text string
	link bool // it is the text of a link
	last bool // nothing comes behind it in the block
}

// object stands for code and for images, which are not text.
const object = "\uFFFC"

// reader reads the text of a block.
type reader struct {
	src  []byte
	all  strings.Builder
	raw  strings.Builder // of the run that is being read
	runs []run
}

func readBlock(n ast.Node, src []byte) block {
	r := reader{src: src}
	r.children(n, run{})
	if len(r.runs) > 0 && n.LastChild().Kind() == ast.KindText {
		r.runs[len(r.runs)-1].last = true
	}
	return block{r.all.String(), r.runs}
}

// children reads the text below a node; like says of what kind it is.
func (r *reader) children(n ast.Node, like run) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			r.text(t, like)
			continue
		}
		r.end(like)
		switch c := c.(type) {
		case *ast.AutoLink:
			r.raw.Write(c.Label(r.src))
			r.end(run{link: true})
		case *ast.Link:
			r.children(c, run{link: true})
		case *ast.CodeSpan, *ast.Image:
			r.all.WriteString(object)
		default:
			r.children(c, like)
		}
	}
	r.end(like)
}

func (r *reader) text(t *ast.Text, like run) {
	r.raw.Write(t.Segment.Value(r.src))
	switch {
	case t.HardLineBreak():
		r.end(like)
		r.all.WriteByte('\n')
	case t.SoftLineBreak():
		r.raw.WriteByte('\n')
	}
}

// end ends a run of text.
func (r *reader) end(like run) {
	if r.raw.Len() == 0 {
		return
	}
	like.text = meaning(r.raw.String())
	r.raw.Reset()
	r.all.WriteString(like.text)
	r.runs = append(r.runs, like)
}

// meaning gives a text with its escapes and entities resolved.
func meaning(raw string) string {
	var b strings.Builder
	w := bufio.NewWriter(&b)
	render.DefaultWriter.Write(w, []byte(raw))
	_ = w.Flush() // a Builder takes everything
	return html.UnescapeString(b.String())
}
