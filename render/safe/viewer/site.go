package viewer

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// source looks for what the site takes out of a text before it is parsed.
func (l *look) source(markdown string) {
	if _, hidden, found := strings.Cut(markdown, "%%"); found {
		l.found(Hidden, hidden)
	}
	if _, template, found := strings.Cut(markdown, "<%"); found {
		l.found(Template, template)
	}
	for _, callout := range calloutLine.FindAllString(markdown, -1) {
		l.found(Callout, callout)
	}
}

var calloutLine = regexp.MustCompile(`(?m)^> *\[!\w+\|?.*?\]`)

// shown looks through what each block shows.
func (l *look) shown(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if entering && n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeInline {
			l.block(n)
		}
		return ast.WalkContinue, nil
	})
}

func (l *look) block(n ast.Node) {
	b := readBlock(n, l.src)
	l.match(b.all, inBlocks)
	for _, r := range b.runs {
		l.run(r)
	}
	if quote, ok := n.Parent().(*ast.Blockquote); ok && quote.FirstChild() == n && strings.HasPrefix(b.all, "[!") {
		l.found(Callout, b.all)
	}
}

func (l *look) run(r run) {
	l.match(r.text, inRuns)
	if !r.link {
		l.match(r.text, outsideLinks)
	}
	if r.last {
		l.match(r.text, atEnd)
	}
}

// sign is what a viewer looks for in text.
type sign struct {
	kind    Kind
	pattern *regexp.Regexp
}

// The signs, by where they are looked for. Where the site needs two of a sign,
// one is a trouble already, as the other may stand in the text of somebody else.
var (
	inBlocks = []sign{
		{Highlight, regexp.MustCompile(`==`)},
		{Hidden, regexp.MustCompile(`%%`)},
		{Embed, regexp.MustCompile(`!\[\[`)},
		{Page, regexp.MustCompile(`\[\[`)},
		{Closing, regexp.MustCompile(`(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?::\s*|\s+)(?:(?:[\w.-]+/)?[\w.-]*#\d|GH-\d|https?://\S+/(?:issues|pull)/\d)`)},
	}
	inRuns       = []sign{{Tag, regexp.MustCompile(`(?:^|\s)#[0-9` + tagSigns + `]*[` + tagSigns + `]`)}}
	outsideLinks = []sign{
		{Mention, regexp.MustCompile(`(?:^|[^A-Za-z0-9])@[A-Za-z0-9]`)},
		{Reference, regexp.MustCompile(`#\d|\bGH-\d`)},
	}
	atEnd = []sign{{Anchor, regexp.MustCompile(`\^[-_A-Za-z0-9]+$`)}}
)

// tagSigns are letters, marks and emoji.
const tagSigns = `-_/\pL\pM\p{So}\x{200D}\x{2190}-\x{21FF}\x{1F3FB}-\x{1F3FF}`

func (l *look) match(text string, signs []sign) {
	for _, s := range signs {
		if at := s.pattern.FindStringIndex(text); at != nil {
			l.found(s.kind, text[max(0, at[0]-10):])
		}
	}
}
