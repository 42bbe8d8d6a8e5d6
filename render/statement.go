package render

import (
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// item gives a statement as an item of a list: what leads it, its text with its weeks,
// what stands behind it, and its nested list below.
func (d *draft) item(st *compile.Statement, lead, behind string) string {
	text := d.safe(st.Repo, st.Sources)
	blocks := text.Blocks(st.Text)
	end := d.weeks(st) + d.marks.of(st)
	if behind != "" {
		end += " " + behind
	}
	if n := len(blocks); n > 0 && safe.IsParagraph(blocks[n-1]) {
		blocks[n-1] += " " + end
	} else {
		blocks = append(blocks, end)
	}
	return safe.Indent("- ", "  ", led(lead+by(text, st), blocks)) + nested(text, st.Items, "  ")
}

// led joins blocks behind a lead: on the line of the first if that is a paragraph.
func led(lead string, blocks []string) string {
	if len(blocks) > 0 && safe.IsParagraph(blocks[0]) {
		blocks[0] = lead + blocks[0]
	} else if lead != "" {
		blocks = append([]string{strings.TrimSpace(lead)}, blocks...)
	}
	return strings.Join(blocks, "\n\n")
}

// by names who says a statement, and what it stands under in its comment.
func by(text safe.Text, st *compile.Statement) string {
	s := ""
	if st.By != "" {
		s += "*" + text.Line(st.By) + ":* "
	}
	if st.Under != "" {
		s += "*" + text.Line(strings.ReplaceAll(st.Under, "*", "")) + ":* "
	}
	return s
}

// isLine reports whether an item is one line, so that it can stand behind others.
func isLine(item string) bool { return !strings.Contains(item, "\n") }

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

// work gives a statement on work with the plans that it fulfils.
func (d *draft) work(st *compile.Statement) string {
	lead := leadOf(st.Kind)
	if st.Finishes() {
		lead = "✓ " + lead
	}
	behind, below := "", ""
	for _, p := range d.fulfilled[st] {
		plan := d.item(p.Statement, "*Planned:* ", "")
		if inSameWords(p.Statement, st) {
			behind += " *Planned* " + d.weeks(p.Statement) + d.marks.of(p.Statement)
		} else if isLine(plan) {
			behind += " " + strings.TrimPrefix(plan, "- ")
		} else {
			below += "\n" + safe.Indent("  ", "  ", plan)
		}
	}
	return d.item(st, lead, strings.TrimSpace(behind)) + below
}

// inSameWords reports whether two statements read the same, whatever they link to.
func inSameWords(a, b *compile.Statement) bool {
	words := func(st *compile.Statement) string {
		text := safe.Text{}
		s := text.Plain(st.Whole("\n\n"))
		return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " "))
	}
	return a.By == b.By && a.Under == b.Under && words(a) == words(b)
}

// headed gives what is said of a thing: behind its name if it is one line, else as a list
// below.
func headed(name string, items []string) string {
	if name == "" {
		return strings.Join(items, "\n")
	}
	if len(items) == 1 && isLine(items[0]) {
		return fmt.Sprintf("- %s: %s", strings.TrimRight(name, ": "), strings.TrimPrefix(items[0], "- "))
	}
	return "- " + name + "\n" + safe.Indent("  ", "  ", strings.Join(items, "\n"))
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
