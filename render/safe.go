package render

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// safe makes people's Markdown fit to stand inside a report. What they meant
// stays readable: code, quotes, lists, links and images stay what they are. But
// no text changes the structure around it, pings anyone, or runs anything:
// headings turn bold, raw HTML is escaped, HTML comments vanish, open code is
// closed, mentions become links, and references point into the repository in
// which they were written.
type safe struct {
	web   string // address of GitHub's pages, without final slash
	repo  string // owner/name that "#12" means; empty if unknown
	wikis bool   // "[[page]]" is a link of the site that the report is part of
}

// blocks gives the blocks of a text, each free of indent and trailing space.
func (s safe) blocks(markdown string) []string {
	markdown = visible(markdown)
	out := s.render(markdown)
	if !harmless(strings.Join(out, "\n\n")) {
		return []string{escapeAll(markdown)}
	}
	return out
}

func (s safe) render(markdown string) []string {
	src := []byte(markdown)
	root := goldmark.DefaultParser().Parse(text.NewReader(src))
	return s.children(root, src)
}

func (s safe) children(n ast.Node, src []byte) []string {
	var out []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		for _, b := range s.block(c, src) {
			if b != "" {
				out = append(out, b)
			}
		}
	}
	return out
}

func (s safe) block(n ast.Node, src []byte) []string {
	switch n := n.(type) {
	case *ast.Heading:
		t := strings.Join(strings.Fields(s.inline(rawLines(n, src))), " ")
		if t == "" {
			return nil
		}
		return []string{"**" + strings.ReplaceAll(t, "**", "") + "**"}
	case *ast.FencedCodeBlock:
		info := ""
		if n.Info != nil {
			info = strings.Map(infoRune, string(n.Info.Segment.Value(src)))
		}
		return []string{codeBlock(rawLines(n, src), info)}
	case *ast.CodeBlock:
		return []string{codeBlock(rawLines(n, src), "")}
	case *ast.HTMLBlock:
		raw := rawLines(n, src)
		if n.HasClosure() {
			raw += string(n.ClosureLine.Value(src))
		}
		return s.html(raw)
	case *ast.Blockquote:
		// "[!note]" at the front is escaped like every bracket: a quote is no callout.
		return []string{indent("> ", "> ", strings.Join(s.children(n, src), "\n\n"))}
	case *ast.List:
		return []string{s.list(n, src)}
	case *ast.ThematicBreak:
		return nil
	}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return []string{lineStarts(s.inline(rawLines(n, src)))}
	}
	return s.children(n, src)
}

func infoRune(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-+_#.", r) {
		return r
	}
	return -1
}

func rawLines(n ast.Node, src []byte) string {
	var b strings.Builder
	for _, seg := range n.Lines().Sliced(0, n.Lines().Len()) {
		b.Write(seg.Value(src))
	}
	return b.String()
}

var htmlComment = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`)

// html gives a block of HTML as text.
func (s safe) html(raw string) []string {
	var lines []string
	for _, l := range strings.Split(htmlComment.ReplaceAllString(raw, ""), "\n") {
		lines = append(lines, strings.TrimSpace(l))
	}
	t := strings.TrimSpace(strings.Join(lines, "\n"))
	if t == "" {
		return nil
	}
	return []string{lineStarts(s.inline(t))}
}

func (s safe) list(n *ast.List, src []byte) string {
	var items []string
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
		}
		number++
		body := strings.Join(s.children(c, src), "\n\n")
		if body == "" {
			continue
		}
		items = append(items, indent(mark, strings.Repeat(" ", len(mark)), body))
	}
	return strings.Join(items, "\n")
}

func codeBlock(code, info string) string {
	code = strings.TrimRight(code, "\n")
	mark := "```"
	for strings.Contains(code, mark) {
		mark += "`"
	}
	return mark + info + "\n" + code + "\n" + mark
}

// indent puts first before the first line of a text and rest before the others.
func indent(first, rest, s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		switch {
		case i == 0:
			lines[i] = first + l
		case l == "" && strings.TrimSpace(rest) == "":
		default:
			lines[i] = strings.TrimRight(rest, " ") + l
			if l != "" {
				lines[i] = rest + l
			}
		}
	}
	return strings.Join(lines, "\n")
}

// visible drops the characters that are not seen but change how text is read:
// directions, zero widths, controls.
func visible(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u200B', r == '\u2060', r == '\uFEFF', r == '\u200E', r == '\u200F', r == '\u061C',
			r >= '\u202A' && r <= '\u202E', r >= '\u2061' && r <= '\u2069', r >= '\U000E0000' && r <= '\U000E007F':
			return -1
		case r == '\u2028', r == '\u2029', r == '\u0085':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

var (
	lineStart  = regexp.MustCompile("^(?:[-+*](?:\\s|$)|#{1,6}(?:\\s|$)|>|`{3}|~{3}|=+\\s*$|[-_*](?:[ \t]*[-_*]){2,}\\s*$|-+\\s*$|\\[[^\\]]+\\]:|:::|\\+\\+\\+)")
	numberMark = regexp.MustCompile(`^(\d{1,9})([.)](?:\s|$))`)
)

// lineStarts escapes what would open a block at the front of a paragraph's line.
func lineStarts(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, l := range lines {
		hard := strings.HasSuffix(l, "  ") && i < len(lines)-1
		l = strings.TrimSpace(l)
		if lineStart.MatchString(l) {
			l = "\\" + l
		} else {
			l = numberMark.ReplaceAllString(l, `$1\$2`)
		}
		if hard && l != "" {
			l += "  "
		}
		lines[i] = l
	}
	return strings.Join(lines, "\n")
}

// harmless reports whether a text parses to nothing that it must not hold. It is
// the last line of defence: the rewriting above must never need it.
func harmless(markdown string) bool {
	ok := true
	src := []byte(markdown)
	root := goldmark.DefaultParser().Parse(text.NewReader(src))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.HTMLBlock, *ast.RawHTML, *ast.Heading, *ast.ThematicBreak, *ast.LinkReferenceDefinition:
			ok = false
		case *ast.Link:
			ok = ok && safeAddress(string(n.Destination))
		case *ast.Image:
			ok = ok && safeAddress(string(n.Destination))
		}
		if !ok {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return ok
}

const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// escapeAll gives a text on one line in which no character has a meaning.
func escapeAll(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if r < 128 && strings.ContainsRune(punctuation, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

var address = regexp.MustCompile(`^(?i:https?://|mailto:)|^[^:\\\s]*$`)

// safeAddress reports whether a link may lead there: to the web, to a mailbox,
// or to a page of the same site.
func safeAddress(url string) bool {
	url = html.UnescapeString(url)
	return address.MatchString(url) && !strings.ContainsFunc(url, unicode.IsControl)
}

// reference gives the address of an issue or pull request.
func (s safe) reference(repo, number string) string {
	return s.web + "/" + repo + "/issues/" + number
}

// fullRepo completes the name of a repository with the owner of the present one.
func (s safe) fullRepo(name string) string {
	if name == "" || strings.Contains(name, "/") {
		if name == "" {
			return s.repo
		}
		return name
	}
	owner, _, found := strings.Cut(s.repo, "/")
	if !found {
		return ""
	}
	return owner + "/" + name
}

var githubPage = regexp.MustCompile(`^https?://[^/]+/([\w.-]+)/([\w.-]+)/(issues|pull|pulls|discussions|commit)/([0-9a-fA-F]+)(?:/[\w/]*)?(#[\w-]+)?(?:\?\S*)?$`)

// shortURL names a page of GitHub as people do: "nwaku#2011".
func (s safe) shortURL(url string) string {
	m := githubPage.FindStringSubmatch(url)
	if m == nil || !strings.HasPrefix(strings.ToLower(url), strings.ToLower(s.web)+"/") {
		return ""
	}
	if m[3] == "commit" {
		return m[2] + "@" + m[4][:min(len(m[4]), 7)]
	}
	if _, err := strconv.Atoi(m[4]); err != nil {
		return ""
	}
	return m[2] + "#" + m[4]
}

// line gives a text on one line, without blocks.
func (s safe) line(markdown string) string {
	return lineStarts(s.inline(strings.Join(strings.Fields(visible(markdown)), " ")))
}

// link gives a link with a title that people wrote; without address the title.
func (s safe) link(title, url string) string {
	if url == "" || !safeAddress(url) {
		return s.line(title)
	}
	title = strings.Join(strings.Fields(visible(title)), " ")
	return "[" + s.linkText(title) + "](" + destination(url) + ")"
}

func destination(url string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\\", "%5C", "\n", "").Replace(url)
}
