package compile

import (
	"slices"
	"strings"
)

// highlights gives what the notes of the month say in their own summaries of the
// weeks, in order. Each is told as it was said, and merged with nothing.
func (c *compiler) highlights() []Statement {
	slices.SortFunc(c.summaries, compareEntries)
	var all []Statement
	for _, e := range c.summaries {
		for _, item := range e.Items {
			item.Under = strings.Trim(strings.Join(append(above(e.Path), item.Under), " › "), " ›")
			all = append(all, Statement{Item: item, Weeks: []Day{e.week}, Sources: []Source{e.at(item)}, Repo: e.repo()})
		}
	}
	return all
}
