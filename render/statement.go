package render

import (
	"fmt"
	"path"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// statementOf gives a statement as an item of a list, with its nested list below
// it and links to its sources at the end of its text.
func (d *draft) statementOf(st compile.Statement) string {
	text := d.safe(st.Repo, st.Sources)
	blocks := text.Blocks(st.Text)
	links := d.sources(st)
	if n := len(blocks); n > 0 && safe.IsParagraph(blocks[n-1]) {
		blocks[n-1] += " " + links
	} else {
		blocks = append(blocks, links)
	}
	if lead := lead(text, st); safe.IsParagraph(blocks[0]) {
		blocks[0] = lead + blocks[0]
	} else if lead != "" {
		blocks = append([]string{strings.TrimSpace(lead)}, blocks...)
	}
	item := safe.Indent("- ", "  ", strings.Join(blocks, "\n\n"))
	return item + nested(text, st.Items, "  ")
}

// lead names what is not simply done or told.
func lead(text safe.Text, st compile.Statement) string {
	w := wordsOf(st.Kind)
	s := w.lead
	if w.since != "" && len(st.Weeks) > 1 {
		s = fmt.Sprintf(w.since, st.Weeks[0].Short())
	}
	if st.By != "" {
		s += "*" + text.Line(st.By) + ":* "
	}
	if st.Under != "" {
		s += "*" + text.Line(strings.ReplaceAll(st.Under, "*", "")) + ":* "
	}
	return s
}

// nested gives the list below a statement, each item behind the prefix. What is
// nested deeper than anyone means stands as deep as what is above it.
func nested(text safe.Text, items []compile.Item, prefix string) string {
	var b strings.Builder
	for i, item := range items {
		mark := "- "
		if item.Marker != "" {
			mark = item.Marker + " "
		}
		pad := strings.Repeat(" ", len(mark))
		body := safe.Indent(mark, pad, strings.Join(text.Blocks(item.Text), "\n\n"))
		if body == mark && len(item.Items) == 0 {
			continue
		}
		if i == 0 && !safe.Interrupts(body) {
			b.WriteString("\n")
		}
		b.WriteString("\n" + safe.Indent(prefix, prefix, strings.TrimRight(body, " ")))
		if len(prefix) > 4*safe.Deepest {
			pad = ""
		}
		b.WriteString(nested(text, item.Items, prefix+pad))
	}
	return b.String()
}

// sources gives the links to where a statement was said, by week: the note's
// page, and the comment.
func (d *draft) sources(st compile.Statement) string {
	var links []string
	for _, week := range st.Weeks {
		label, notes := week.Short(), map[string]bool{}
		for _, s := range st.Sources {
			if s.Week == week && s.Note != "" && !notes[s.Note] {
				links = append(links, d.noteLink(s.Note, label))
				notes[s.Note] = true
			}
		}
		if len(notes) > 0 {
			label = "comment"
		}
		for _, s := range st.Sources {
			if s.Week == week && s.URL != "" {
				links = append(links, d.title(label, s.URL))
			}
		}
	}
	return "(" + strings.Join(links, ", ") + ")"
}

// noteLink links the page of a weekly note in the site.
func (d *draft) noteLink(name, label string) string {
	page := d.pageOf(name)
	if d.NotesPath != "" {
		page = d.NotesPath + "/" + page
	}
	return "[[" + wikiText(page) + "|" + wikiText(label) + "]]"
}

// pageOf gives the page of a note in its folder.
func (d *draft) pageOf(name string) string {
	for _, w := range d.Weeks {
		for _, n := range w.Notes {
			if n.Name == name && n.File != "" {
				return strings.TrimSuffix(n.File, path.Ext(n.File))
			}
		}
	}
	return name
}

func wikiText(s string) string {
	return strings.NewReplacer("[", "(", "]", ")", "|", "-", "\n", " ").Replace(s)
}
