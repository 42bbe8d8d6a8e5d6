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
)

// Text says where a text was written, and makes it safe. The zero Text knows
// nothing: its references stay plain, and its wikilinks are shown as code.
type Text struct {
	Web       string // address of GitHub's pages, without final slash
	Repo      string // owner/name that "#12" means; empty if unknown
	Wikilinks bool   // "[[page]]" is a link of the site that the report is part of
}

// Blocks gives the blocks of a text, each free of indent and trailing space.
// Joined by blank lines they are one text again.
func (s Text) Blocks(markdown string) []string {
	markdown = visible(markdown)
	out := s.render(shallow(markdown))
	if !harmless(strings.Join(out, "\n\n")) {
		fallbacks.Add(1)
		return []string{codeBlock(markdown, "")}
	}
	return out
}

// Line gives a text on one line, without blocks.
func (s Text) Line(markdown string) string {
	return lineStarts(s.titleText(OneLine(markdown), false))
}

// Link gives a link with a title that people wrote. Without an address, or with
// one that is not safe, it gives the title alone.
func (s Text) Link(title, url string) string {
	if url == "" || !safeAddress(url) {
		return s.Line(title)
	}
	return "[" + cmp.Or(s.titleText(OneLine(title), true), literals(url)) + "](" + destination(url) + ")"
}

// OneLine puts a text on one line without runs of spaces and what is not seen.
func OneLine(s string) string { return strings.Join(strings.Fields(visible(s)), " ") }
