package compile

import (
	"cmp"
	"slices"
)

// joinMoved joins what notes say in the same words at one place in some weeks and at
// another in others, unless one note has it at both. It is told where most weeks have
// it, else where the newest has it, and under a milestone or an epic before other work.
func (c *compiler) joinMoved() {
	for _, same := range c.tree.sameWords() {
		if len(same) < 2 || shareNote(same) {
			continue
		}
		stays := slices.MaxFunc(same, compareLocated)
		for _, s := range same {
			if s.statement != stays.statement && s.mayLeave() {
				c.account.merged += s.leaves()
				stays.take(s.statement)
				s.leave()
			}
		}
	}
}

// located is a statement where it stands. Its task is nil if it stands on the holder
// itself.
type located struct {
	*statement
	home
}

// sameWords gives the statements that only notes say, and nobody by chance, grouped by
// their kind and words, in the order of the tree.
func (t *tree) sameWords() [][]located {
	type wording struct {
		kind Kind
		key  string
	}
	var groups [][]located
	at := map[wording]int{}
	t.eachStatement(func(s located) {
		if len(s.text.text) < distinctText || slices.ContainsFunc(s.Sources, func(src Source) bool { return src.Note == "" }) {
			return
		}
		key := wording{s.Kind, s.text.key}
		i, found := at[key]
		if !found {
			i = len(groups)
			at[key], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], s)
	})
	return groups
}

func (t *tree) eachStatement(visit func(located)) {
	for _, h := range t.list {
		for _, s := range h.said {
			visit(located{s, home{h, nil}})
		}
		for _, task := range h.tasks {
			for _, s := range task.said {
				visit(located{s, home{h, task}})
			}
		}
	}
}

// shareNote reports whether one note has two of the statements.
func shareNote(all []located) bool {
	first := map[string]*statement{} // by note
	for _, l := range all {
		for _, src := range l.Sources {
			if s := first[src.Note]; s != nil && s != l.statement {
				return true
			}
			first[src.Note] = l.statement
		}
	}
	return false
}

func compareLocated(a, b located) int {
	return cmp.Or(groupLast(a.holder)-groupLast(b.holder), len(a.Weeks)-len(b.Weeks),
		slices.MaxFunc(a.Weeks, Day.Compare).Compare(slices.MaxFunc(b.Weeks, Day.Compare)))
}

// mayLeave reports whether something else keeps the title under which a statement stands.
func (l located) mayLeave() bool {
	if l.task != nil {
		return len(l.task.said) > 1
	}
	return len(l.holder.said)+len(l.holder.tasks) > 1
}

// leave takes the statement from its place.
func (l located) leave() {
	from := &l.holder.said
	if l.task != nil {
		from = &l.task.said
	}
	*from = slices.DeleteFunc(*from, func(s *statement) bool { return s == l.statement })
}
