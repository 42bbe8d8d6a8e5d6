package outline

import (
	"cmp"

	"github.com/waku-org/monthly/compile"
)

// field is what is open while a text is read: the last key gives its kind to all
// that follows, until the field ends. The zero field is none.
//
// When a field begins and ends is said here alone. A method gives the field that
// is open behind what the method is named for.
type field struct {
	kind  compile.Kind // empty if no field is open
	by    opener
	level int  // of the heading that opened it
	inner bool // that heading stands in an entry
	value bool // the value stands behind the key
	list  bool // the value is a list below the key
	wide  bool // text behind the list belongs to the field too
}

// opener is what opened a field.
type opener int

const (
	byHeading opener = iota // a heading that is a key
	byLine                  // a key on a line at the margin
	byItem                  // a key in a list
)

// headingField opens at a heading that is a key and stands below a number of
// entries.
func headingField(kind compile.Kind, level, entries int) field {
	return field{kind: kind, by: byHeading, level: level, inner: entries > 0}
}

// lineField opens at a key at the margin.
func lineField(kind compile.Kind) field { return field{kind: kind, by: byLine} }

// atItemKey opens at a key in a list. Under a heading that is a key it only
// changes the kind.
func (f field) atItemKey(kind compile.Kind) field {
	if f.by == byHeading && f.isOpen() {
		f.kind = kind
		return f
	}
	return field{kind: kind, by: byItem}
}

// withList says that a key has a list below it as its value.
func (f field) withList() field {
	f.list = true
	return f
}

// withValue says that a key in a list has its value behind it.
func (f field) withValue() field {
	f.value = true
	return f
}

func (f field) isOpen() bool { return f.kind != "" }

// loose gives the kind of a statement that has no key of its own.
func (f field) loose() compile.Kind { return cmp.Or(f.kind, compile.Note) }

// atHeading: a heading ends what is open, unless it stands below the heading that
// opened the field.
func (f field) atHeading(level int) field {
	if f.by == byHeading && level > f.level {
		return f
	}
	return field{}
}

// atEntry: a bold line or a link at the margin ends what is open, unless a heading
// above all entries opened it.
func (f field) atEntry() field {
	if f.by == byHeading && !f.inner {
		return f
	}
	return field{}
}

// inEntry: an entry in a list begins without a field, and its fields end with it.
// Behind it the field above goes on.
func (f field) inEntry() field { return field{} }

// atRule: a rule ends what is open, unless a heading opened it.
func (f field) atRule() field { return f.unlessHeading() }

// atLabel: a label that is not a known key, "Postponed:", ends what is open, unless
// a heading opened it.
func (f field) atLabel() field { return f.unlessHeading() }

// atAttribute: "owner: Ada" ends what is open, unless a heading opened it.
func (f field) atAttribute() field { return f.unlessHeading() }

// endsAtValue reports whether any "Word: value" beside the key of the field ends it,
// as the key has its own value.
func (f field) endsAtValue() bool { return f.by == byItem && (f.value || f.list) && f.isOpen() }

// atTopic: a label with a list beside the keys of a list ends what they opened. The
// topics of a line's or a heading's field are a part of it.
func (f field) atTopic() field {
	if f.by == byItem {
		return field{}
	}
	return f
}

func (f field) unlessHeading() field {
	if f.by == byHeading {
		return f
	}
	return field{}
}

// atItemWithList: where keys have lists as values, another item with a list ends
// the field of the one before.
func (f field) atItemWithList() field {
	if f.by == byItem && f.list {
		return field{}
	}
	return f
}

// atText: text at the margin ends the field of a list, as the list is over. If
// another key follows in the same entry, the text and what is behind it belong to
// the field.
func (f field) atText(keyFollows func() bool) field {
	if f.by != byItem || f.wide {
		return f
	}
	if keyFollows() {
		f.wide = true
		return f
	}
	return field{}
}
