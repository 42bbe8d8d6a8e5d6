package outline

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// A row is a rule on what ends a field.
func TestField(t *testing.T) {
	const next, done = compile.Next, compile.Achieved
	yes, no := func() bool { return true }, func() bool { return false }
	unasked := func() bool { panic("asked for the key that follows") }
	ofHeading, inEntry, ofLine := headingField(next, 3, 0), headingField(next, 3, 2), lineField(next)
	ofItem := field{}.atItemKey(next)
	for _, c := range []struct {
		rule string
		got  field
		want compile.Kind
	}{
		{"without a key, a statement is a note", field{}, compile.Note},
		{"a key gives its kind", ofLine, next},

		{"a heading's field ends at a heading of its level", ofHeading.atHeading(3), compile.Note},
		{"a heading's field ends at a heading above it", ofHeading.atHeading(2), compile.Note},
		{"a heading's field holds for the headings below it", ofHeading.atHeading(4), next},
		{"a line's field ends at any heading", ofLine.atHeading(6), compile.Note},
		{"a list's field ends at any heading", ofItem.atHeading(6), compile.Note},

		{"a heading's field holds for the entries below it", ofHeading.atEntry(), next},
		{"the field of a heading in an entry ends with the entry", inEntry.atEntry(), compile.Note},
		{"a line's field ends at an entry", ofLine.atEntry(), compile.Note},
		{"a list's field ends at an entry", ofItem.atEntry(), compile.Note},

		{"a heading's field holds across a rule", ofHeading.atRule(), next},
		{"a line's field ends at a rule", ofLine.atRule(), compile.Note},
		{"a list's field ends at a rule", ofItem.atRule(), compile.Note},

		{"a heading's field holds across a label", ofHeading.atLabel(), next},
		{"a line's field ends at a label", ofLine.atLabel(), compile.Note},
		{"a list's field ends at a label", ofItem.atLabel(), compile.Note},

		{"a key in a list takes the place of another", ofItem.atItemKey(done), done},
		{"a key in a list takes the place of a line's", ofLine.atItemKey(done), done},
		{"a key in a list under a heading's field changes the kind", ofHeading.atItemKey(done), done},
		{"and goes on to the end of the heading's", ofHeading.atItemKey(done).atRule(), done},
		{"and not further", ofHeading.atItemKey(done).atHeading(3), compile.Note},
		{"a heading's field that has ended leaves nothing to a list's", ofHeading.atHeading(1).atItemKey(done).atRule(), compile.Note},

		{"an item with a list ends a field that has one", ofItem.withList().atItemWithList(), compile.Note},
		{"an item with a list belongs to a field with a value in its line", ofItem.atItemWithList(), next},
		{"an item with a list belongs to a line's field", ofLine.atItemWithList(), next},

		{"text ends the field of the list above it", ofItem.atText(no), compile.Note},
		{"text belongs to the list's field if another key follows", ofItem.atText(yes), next},
		{"what follows is asked for once", ofItem.atText(yes).atText(unasked), next},
		{"text belongs to a line's field", ofLine.atText(unasked), next},
		{"text belongs to a heading's field", ofHeading.atText(unasked), next},
	} {
		t.Run(c.rule, func(t *testing.T) { require.Equal(t, c.want, c.got.loose()) })
	}
}
