package sources

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// The archive keeps each object as the JSON that GitHub sent, whole: a later version
// of the program may read from a month that is over what this one does not look at.
// What the program itself knows of an object stands beside, so that it is never
// mistaken for GitHub's.

// listLayout is the layout of a list in the archive. Layout 1 was an array of objects
// with the fields that were used then, and the marks among them.
const listLayout = 2

// list is a file of the archive with objects of GitHub.
type list[T any] struct {
	Layout int              `json:"layout"`
	Marks  map[string]marks `json:"marks,omitempty"` // by key of the object
	Said   []T              `json:"said"`
}

// marks are what the program knows of an object beside what GitHub said.
type marks struct {
	Hidden  bool     `json:"hidden,omitempty"`  // a comment that a maintainer has hidden, as GraphQL says
	Gone    bool     `json:"gone,omitempty"`    // a repository that is no longer listed
	Aside   bool     `json:"aside,omitempty"`   // a planning repository that the organisation does not list
	Without []string `json:"without,omitempty"` // labels and types that an issue has lost since it was read
}

func (m marks) isZero() bool { return !m.Hidden && !m.Gone && !m.Aside && len(m.Without) == 0 }

// archived is one of GitHub's, as the archive keeps it.
type archived[T any] interface {
	*T
	json.Marshaler
	key() string // in its list
	mark(marks)
	marks() marks
}

// encodeList writes a list with a line for each object.
func encodeList[T any, P archived[T]](objects []T) ([]byte, error) {
	marked := map[string]marks{}
	var b bytes.Buffer
	for i := range objects {
		o := P(&objects[i])
		if m := o.marks(); !m.isZero() {
			marked[o.key()] = m
		}
		said, err := o.MarshalJSON() // called here, as the library would escape what it gives
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s\n%s", separator(i), said)
	}
	head, err := json.Marshal(list[T]{Layout: listLayout, Marks: marked})
	if err != nil {
		return nil, err
	}
	head = bytes.TrimSuffix(head, []byte("null}"))
	return slices.Concat(head, []byte("["), b.Bytes(), []byte("\n]}\n")), nil
}

// equalLists reports whether two lists are the same in the archive.
func equalLists[T any, P archived[T]](x, y []T) bool {
	return slices.EqualFunc(x, y, func(a, b T) bool {
		said, err := P(&a).MarshalJSON()
		other, err2 := P(&b).MarshalJSON()
		return err == nil && err2 == nil && bytes.Equal(said, other) && reflect.DeepEqual(P(&a).marks(), P(&b).marks())
	})
}

func separator(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// decodeList reads a list of either layout.
func decodeList[T any, P archived[T]](data []byte) ([]T, error) {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		return decodeLayout1[T, P](data)
	}
	var l list[T]
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, err
	}
	if l.Layout != listLayout {
		return nil, fmt.Errorf("it has layout %d, but this program reads layouts 1 and %d", l.Layout, listLayout)
	}
	for i := range l.Said {
		o := P(&l.Said[i])
		o.mark(l.Marks[o.key()])
	}
	return l.Said, nil
}

func decodeLayout1[T any, P archived[T]](data []byte) ([]T, error) {
	var objects []T
	var marked []marks
	if err := cmp.Or(json.Unmarshal(data, &objects), json.Unmarshal(data, &marked)); err != nil {
		return nil, err
	}
	for i := range objects {
		P(&objects[i]).mark(marked[i])
	}
	return objects, nil
}

// said is the JSON of an object as GitHub sent it, without space between its parts;
// empty for an object that the program made.
type said string

// keep decodes the JSON of an object, and keeps it.
func (s *said) keep(data []byte, fields any) error {
	if err := json.Unmarshal(data, fields); err != nil {
		return err
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, data); err != nil {
		return err
	}
	*s = said(compact.String())
	return nil
}

// orElse gives the JSON of an object as GitHub sent it, else that of its fields.
func (s said) orElse(fields any) ([]byte, error) {
	if s != "" {
		return []byte(s), nil
	}
	return json.Marshal(fields)
}

func (r *apiRepo) UnmarshalJSON(data []byte) error {
	type fields apiRepo
	return r.said.keep(data, (*fields)(r))
}

func (r apiRepo) MarshalJSON() ([]byte, error) {
	type fields apiRepo
	return r.said.orElse(fields(r))
}

func (r *apiRepo) mark(m marks) { r.Gone, r.Aside = m.Gone, m.Aside }
func (r *apiRepo) marks() marks { return marks{Gone: r.Gone, Aside: r.Aside} }

func (c *apiComment) UnmarshalJSON(data []byte) error {
	type fields apiComment
	err := c.said.keep(data, (*fields)(c))
	c.CreatedAt, c.UpdatedAt = c.CreatedAt.UTC(), c.UpdatedAt.UTC()
	return err
}

func (c apiComment) MarshalJSON() ([]byte, error) {
	type fields apiComment
	return c.said.orElse(fields(c))
}

func (c *apiComment) mark(m marks) { c.Hidden = m.Hidden }
func (c *apiComment) marks() marks { return marks{Hidden: c.Hidden} }

func (i *apiIssue) UnmarshalJSON(data []byte) error {
	type fields apiIssue
	return i.said.keep(data, (*fields)(i))
}

func (i apiIssue) MarshalJSON() ([]byte, error) {
	type fields apiIssue
	return i.said.orElse(fields(i))
}

func (i *apiIssue) mark(m marks) { *i = i.withoutWords(m.Without) }
func (i *apiIssue) marks() marks { return marks{Without: i.without} }

func (m *apiMilestone) UnmarshalJSON(data []byte) error {
	type fields apiMilestone
	return m.said.keep(data, (*fields)(m))
}

func (m apiMilestone) MarshalJSON() ([]byte, error) {
	type fields apiMilestone
	return m.said.orElse(fields(m))
}

func (m *apiMilestone) mark(marks)   {}
func (m *apiMilestone) marks() marks { return marks{} }
