package render

// People lists, as short labels, the statements that may speak of people who come, go or
// are sought.
func (d *draft) People() []string {
	var labels []string
	for t := range d.Told {
		if t.Statement.SpeaksOfPeople() {
			labels = append(labels, labelled(d.quoted(t.Statement), d.top(t.Where), string(t.Statement.Kind)))
		}
	}
	return labels
}

// FirstReports names those who reported for the first time since the archive began.
func (d *draft) FirstReports() []string {
	var names []string
	for _, login := range d.Reporters {
		names = append(names, d.title(login, d.Web+"/"+login))
	}
	return names
}

// Quotes gives the notes' own summaries of the weeks, an item of a list for each
// statement, with the week in which it was said.
func (d *draft) Quotes() []string {
	var items []string
	for i := range d.Highlights {
		items = append(items, d.item(&d.Highlights[i], "", ""))
	}
	return items
}
