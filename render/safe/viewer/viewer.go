// Package viewer reads Markdown as the programs do in which a report is seen, and
// lists what became of it there that text which people wrote must never become.
//
// Three viewers look: one that reads CommonMark, one that reads GitHub's tables
// and the like, and one that does what only GitHub and the site do: GitHub takes
// a bare address up to the next space, backslashes and all, and finds mentions
// and references in what is shown; the site looks for its own signs in what is
// shown, when escapes and entities mean something no more.
package viewer

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Kind says what people's text became.
type Kind string

// The kinds of trouble.
const (
	HTML       Kind = "raw HTML"
	Heading    Kind = "a heading"
	Rule       Kind = "a thematic break"
	Definition Kind = "a link definition"
	Footnote   Kind = "a footnote"
	Address    Kind = "an address that may run or break something"
	Swallowed  Kind = "an address that swallows escapes"
	Highlight  Kind = "a highlight of the site"
	Hidden     Kind = "hidden text of the site"
	Template   Kind = "a template"
	Tag        Kind = "a tag of the site"
	Page       Kind = "a wikilink"
	Embed      Kind = "an embedded page"
	Anchor     Kind = "an anchor of the site"
	Callout    Kind = "a callout"
	Formula    Kind = "a formula"
	Mention    Kind = "a mention"
	Reference  Kind = "a reference of GitHub"
	Closing    Kind = "a keyword that closes an issue"
)

// Trouble is one thing that people's text became.
type Trouble struct {
	Kind Kind
	Text string // where, as it is shown
}

func (t Trouble) String() string { return fmt.Sprintf("%s: %q", t.Kind, t.Text) }

var (
	commonMark = goldmark.DefaultParser()
	gitHub     = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	site       = newSite()
)

// Troubles lists what a Markdown text became that people's text must never
// become, in the order in which the viewers find it; a thing may be listed more
// than once. A text without troubles is harmless.
func Troubles(markdown string) []Trouble {
	if IsPlain(markdown) {
		return nil
	}
	return read(markdown)
}

// read reads a text as every viewer does.
func read(markdown string) []Trouble {
	src := []byte(markdown)
	l := &look{src: src}
	for _, p := range []parser.Parser{commonMark, gitHub} {
		l.blocks(p.Parse(text.NewReader(src)))
	}
	root := site.Parse(text.NewReader(src))
	l.blocks(root)
	l.source(markdown)
	l.shown(root)
	return l.troubles
}

// look gathers what is found in a text.
type look struct {
	src      []byte
	troubles []Trouble
}

func (l *look) found(kind Kind, text string) {
	l.troubles = append(l.troubles, Trouble{kind, excerpt(text)})
}

// excerpt gives the front of a text.
func excerpt(s string) string {
	const most = 60
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strings.ToValidUTF8(s, "")
}

// blocks looks for what changes the structure around a text, runs, or leads
// where no link may lead.
func (l *look) blocks(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			l.found(HTML, string(n.Lines().Value(l.src)))
		case *ast.RawHTML:
			l.found(HTML, string(n.Segments.Value(l.src)))
		case *ast.Heading:
			l.found(Heading, string(n.Lines().Value(l.src)))
		case *ast.ThematicBreak:
			l.found(Rule, "")
		case *ast.LinkReferenceDefinition:
			l.found(Definition, string(n.Label))
		case *extast.Footnote:
			l.found(Footnote, string(n.Ref))
		case *ast.Link:
			l.address(string(n.Destination))
		case *ast.Image:
			l.address(string(n.Destination))
		case *ast.AutoLink:
			l.autoLink(n)
		case *formula:
			l.found(Formula, "$")
		}
		return ast.WalkContinue, nil
	})
}

func (l *look) autoLink(n *ast.AutoLink) {
	label := string(n.Label(l.src))
	if strings.ContainsAny(label, "\\`") {
		l.found(Swallowed, label)
	}
	if n.AutoLinkType == ast.AutoLinkURL {
		l.address(string(n.URL(l.src)))
	}
}

var (
	goodAddress = regexp.MustCompile(`^(?i:https?://|mailto:)|^[^:\\\s]*$`)
	absolute    = regexp.MustCompile(`^[A-Za-z][A-Za-z\d+.-]*:`)
)

// address judges where a link leads: to the web, to a mailbox, or to a page of
// the site, whose build fails at a page that is not written in UTF-8.
func (l *look) address(to string) {
	meant := html.UnescapeString(to)
	if !goodAddress.MatchString(to) || !goodAddress.MatchString(meant) || strings.ContainsFunc(to, unicode.IsControl) {
		l.found(Address, to)
		return
	}
	if absolute.MatchString(to) {
		return
	}
	if page, err := url.PathUnescape(to); err != nil || !utf8.ValidString(page) {
		l.found(Address, to)
	}
}
