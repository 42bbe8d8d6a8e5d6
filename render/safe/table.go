package safe

import (
	"slices"
	"strings"
)

// paragraph gives a paragraph or, cell by cell, a table.
func (s Text) paragraph(raw string) string {
	lines := strings.Split(raw, "\n")
	head := slices.IndexFunc(lines, isDelimiterRow) - 1
	if head < 0 {
		return lineStarts(s.inline(raw))
	}
	before := s.inline(strings.Join(lines[:head], "\n"))
	columns := strings.Count(strings.Trim(lines[head+1], "| \t"), "|") + 1
	lines[head] = s.row(lines[head])
	for i, l := range lines[head+2:] {
		lines[head+2+i] = s.row(folded(l, columns))
	}
	return lineStarts(before + "\n" + strings.Join(lines[head:], "\n"))
}

// isDelimiterRow reports whether a line makes the one above it the head of a
// table.
func isDelimiterRow(line string) bool {
	return strings.Contains(line, "-") && strings.ContainsAny(line, "|:") && strings.Trim(line, "-|: \t") == ""
}

// folded puts what stands behind the last column of a table, where no viewer shows
// it, into that column.
func folded(row string, columns int) string {
	row = strings.TrimSpace(row)
	var b strings.Builder
	for i := 0; i < len(row); i++ {
		switch {
		case row[i] == '\\' && i+1 < len(row):
			b.WriteByte('\\')
			i++
		case row[i] != '|' || i == 0 || i == len(row)-1:
		case columns > 1:
			columns--
		default:
			b.WriteByte('\\')
		}
		b.WriteByte(row[i])
	}
	return b.String()
}

// row gives a row of a table. Its cells end at each "|" without an escape, be it
// in code or not, and nothing reaches from one into the next.
func (s Text) row(line string) string {
	var b strings.Builder
	start := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			b.WriteString(s.cell(line[start:i]) + "|")
			start = i + 1
		}
	}
	return b.String() + s.cell(line[start:])
}

func (s Text) cell(markdown string) string {
	return Cell(s.span(strings.ReplaceAll(markdown, `\|`, "|"), "|"))
}

// Cell escapes a text for a cell of a table.
func Cell(s string) string { return cellSigns.Replace(s) }

var cellSigns = strings.NewReplacer(`\\|`, `\\&#124;`, `\\`, `\\`, `\|`, `\|`, "|", `\|`)
