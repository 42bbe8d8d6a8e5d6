package render

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// IncompleteError is a template that leaves out statements.
type IncompleteError struct {
	Missing, Placed int
	Example         string // text of the first statement that is missing
}

func (e *IncompleteError) Error() string {
	return fmt.Sprintf("the template leaves out %d of %d statements, the first is %q: it must print the {{.Quotes}}, and each {{statement}} of every milestone, epic, task and group",
		e.Missing, e.Placed, e.Example)
}

// complete reports the statements of the report that do not stand in the draft,
// whatever the template did with them.
func (d *draft) complete(out []byte) error {
	lines := map[string]bool{}
	for line := range bytes.Lines(out) {
		lines[withoutMarks(string(line))] = true
	}
	lost := IncompleteError{}
	for st := range d.allTold {
		lost.Placed++
		text, written := d.written[keyOf(st)]
		first, _, _ := strings.Cut(text, "\n")
		if written && (lines[withoutMarks(first)] || bytes.Contains(out, []byte(withoutMarks(first)))) {
			continue
		}
		if lost.Missing++; lost.Missing == 1 {
			lost.Example = st.Text
		}
	}
	if lost.Missing > 0 {
		return &lost
	}
	return nil
}

// allTold gives the highlights, and then all other statements of the report.
func (d *draft) allTold(yield func(compile.Statement) bool) {
	for _, st := range d.Highlights {
		if !yield(st) {
			return
		}
	}
	for _, st := range d.All {
		if !yield(st) {
			return
		}
	}
}

// withoutMarks takes off a line what depends on where a template puts it.
func withoutMarks(line string) string { return strings.Trim(line, " \t\n>-") }

// statement is [draft.statementOf] as templates call it.
func (d *draft) statement(st compile.Statement) string {
	text := d.statementOf(st)
	d.written[keyOf(st)] = text
	return text
}

// keyOf distinguishes a statement from all others of a report.
func keyOf(st compile.Statement) string {
	return fmt.Sprint(st.Kind, st.By, st.Under, st.Text, st.Sources)
}
