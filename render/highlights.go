package render

import "github.com/waku-org/monthly/render/safe"

// Quotes gives the notes' own summaries of the weeks as quotations, a block of lines
// for each statement, with the week in which it was said.
func (d *draft) Quotes() []string {
	var quotes []string
	for _, st := range d.Highlights {
		quotes = append(quotes, safe.Indent("> ", "> ", d.statement(st)))
	}
	return quotes
}
