// Package safe makes people's Markdown fit to stand inside a report that is
// published: in a site made with Obsidian and Quartz, and on GitHub.
//
// What people meant stays readable: code, quotes, lists, tables, links and images
// stay what they are. But no text changes the structure around it, pings anyone,
// or runs anything: headings turn bold, raw HTML is escaped, HTML comments vanish,
// open code is closed, mentions become links, and references point into the
// repository in which they were written.
package safe

import (
	"cmp"
	"strings"

	"github.com/waku-org/monthly/render/safe/viewer"
)

// Text says where a text was written, and makes it safe. The zero Text knows
// nothing: its references stay plain, and its wikilinks are shown as code.
type Text struct {
	Web       string          // address of GitHub's pages, without final slash
	Repo      string          // owner/name that "#12" means; empty if unknown
	Base      string          // address of the page from which relative links lead; empty leaves them as they are
	Wikilinks bool            // "[[page]]" is a link of the site that the report is part of
	Logins    map[string]bool // in small letters: those that "@name" links to; any other is text
}

// Blocks gives the blocks of a text, each free of indent and trailing space.
// Joined by blank lines they are one text again.
func (s Text) Blocks(markdown string) []string {
	markdown = visible(markdown)
	if viewer.IsPlain(markdown) {
		return []string{markdown}
	}
	out := s.render(shallow(markdown))
	if !s.harmless(strings.Join(out, "\n\n")) {
		return []string{codeBlock(markdown, "")}
	}
	return out
}

// Line gives a text on one line, without blocks. It may stand between others, in a
// heading, and in bold letters.
func (s Text) Line(markdown string) string {
	markdown = OneLine(markdown)
	if viewer.IsPlain(markdown) {
		return lineEnd(markdown)
	}
	out := lineEnd(lineStarts(s.title(markdown)))
	if !s.harmless(out) {
		return lineCode(markdown)
	}
	return out
}

// Link gives a link with a title that people wrote. Without an address, or with
// one that is not safe, it gives the title alone.
func (s Text) Link(title, url string) string {
	if url == "" || !safeAddress(url) {
		return s.Line(title)
	}
	title = OneLine(title)
	out := cmp.Or(s.linkedTitle(title), s.linkedTitle(literals(url)))
	to := "](" + destination(url) + ")"
	if !s.harmless("[" + out + to) {
		out = lineCode(title)
	}
	return "[" + out + to
}

// OneLine puts a text on one line without runs of spaces and what is not seen.
func OneLine(s string) string { return strings.Join(strings.Fields(visible(s)), " ") }
