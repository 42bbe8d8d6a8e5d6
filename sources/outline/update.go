package outline

import (
	"slices"

	"github.com/waku-org/monthly/compile"
)

// begin begins the update of the path.
func (r *reader) begin(line int) {
	r.current = r.path.update(line)
	r.updates = append(r.updates, r.current)
}

// add adds a statement to the update of the path. One that says nothing of its
// kind is none, and one that says "none" is a note.
func (r *reader) add(item compile.Item) {
	if item.Kind != compile.Note && len(item.Items) == 0 {
		if saysNothing(item.Text) {
			return
		}
		if deniesAll(item.Text) {
			item.Kind, item.Text = compile.Note, string(item.Kind)+": "+item.Text
		}
	}
	if r.current == nil {
		r.begin(item.Line)
	}
	r.current.Items = append(r.current.Items, item)
}

// leadsOn reports whether an update is only a heading on the way to the next one.
func (r *reader) leadsOn(i int) bool {
	path := r.updates[i].Path
	if len(r.updates[i].Items) > 0 || i+1 == len(r.updates) {
		return false
	}
	next := r.updates[i+1].Path
	return len(next) > len(path) && slices.EqualFunc(next[:len(path)], path, sameHeading)
}

func sameHeading(a, b compile.Heading) bool { return a.Title == b.Title && a.URL == b.URL }
