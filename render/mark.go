package render

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/waku-org/monthly/compile"
)

// IncompleteError is a template that leaves out statements.
type IncompleteError struct {
	Missing, Placed int
	Example         string // text of the first statement that is missing
}

func (e *IncompleteError) Error() string {
	return fmt.Sprintf("the template leaves out %d of %d statements, the first is %q: it must print {{.Quotes}}, all {{.Parts}} and {{.OtherWork}}, {{.Risks}} and {{.Plans}}, with what is folded in them",
		e.Missing, e.Placed, e.Example)
}

// A mark stands behind each statement while the template is filled: the number of the
// statement between two bytes that no safe text holds. So it is known which statements
// a template printed, whatever it did with them.
const markSign = 0

// marks numbers the statements of a report.
type marks struct {
	number map[*compile.Statement]int
	all    []*compile.Statement
}

func (d *draft) newMarks() marks {
	m := marks{number: map[*compile.Statement]int{}}
	for i := range d.Highlights {
		m.add(&d.Highlights[i])
	}
	for t := range d.Told {
		m.add(t.Statement)
	}
	return m
}

func (m *marks) add(st *compile.Statement) {
	if _, known := m.number[st]; known {
		return
	}
	m.number[st] = len(m.all)
	m.all = append(m.all, st)
}

// of gives the mark of a statement; empty for one of another report.
func (m marks) of(st *compile.Statement) string {
	n, found := m.number[st]
	if !found {
		return ""
	}
	return "\x00" + strconv.Itoa(n) + "\x00"
}

// remove takes the marks out of a text. An [IncompleteError] says that it lacks some.
func (m marks) remove(text []byte) ([]byte, error) {
	var out bytes.Buffer
	seen := make([]bool, len(m.all))
	for i, part := range bytes.Split(text, []byte{markSign}) {
		if n, err := strconv.Atoi(string(part)); i%2 == 1 && err == nil && n < len(seen) {
			seen[n] = true
			continue
		}
		out.Write(part)
	}
	lost := IncompleteError{Placed: len(m.all)}
	for n, ok := range seen {
		if ok {
			continue
		}
		if lost.Missing++; lost.Missing == 1 {
			lost.Example = m.all[n].Text
		}
	}
	if lost.Missing > 0 {
		return nil, &lost
	}
	return out.Bytes(), nil
}
