package compile

import "slices"

// quotes is what the notes say on a task, by week and folded text.
type quotes map[Day]map[string][]plain

// newQuotes collects the words of all notes, by the task that they are about.
func newQuotes(all []entry) map[Ref]quotes {
	words := map[Ref]quotes{}
	for _, e := range all {
		if !e.fromNote() || len(e.Path) == 0 {
			continue
		}
		ref, ok := ParseRef(e.Path[len(e.Path)-1].URL)
		if !ok {
			continue
		}
		if words[ref] == nil {
			words[ref] = quotes{}
		}
		words[ref].add(DayOf(e.Date), e.texts)
	}
	return words
}

func (q quotes) add(week Day, texts []text) {
	if q[week] == nil {
		q[week] = map[string][]plain{}
	}
	for _, t := range texts {
		q[week][t.text] = append(q[week][t.text], t.plain)
	}
}

// hasAll reports whether the note of a week has all that a comment says.
func (q quotes) hasAll(week Day, comment []text) bool {
	return !slices.ContainsFunc(comment, func(t text) bool {
		return !slices.ContainsFunc(q[week][t.text], t.sameWords)
	})
}

// day gives the day by which an update counts.
func (u Update) day() Day {
	if !u.Dated.IsZero() {
		return u.Dated
	}
	return DayOf(u.Date)
}

// weekOf decides the week of an update: that of its day, except for a comment
// that stands as it is in the note of the week before or after, and not in the
// note of its own. Such a comment came late, or early.
func (c *compiler) weekOf(e entry, notes quotes) Day {
	own := c.Calendar.Week(e.day())
	if e.fromNote() || len(e.Items) == 0 || len(notes) == 0 || notes.hasAll(own, e.texts) {
		return own
	}
	for _, other := range []Day{c.Calendar.before(own), c.Calendar.Week(own.Add(1))} {
		if notes.hasAll(other, e.texts) {
			return other
		}
	}
	return own
}
