package safe

// A Link is a link of a text.
type Link struct {
	Text string // what is shown; empty for an address that is shown as it is
	URL  string
}

// Links gives the links that people wrote in a text, in order: those with a title, and
// bare addresses. An image is none.
func (s Text) Links(markdown string) []Link {
	var all []Link
	markdown = visible(markdown)
	tokens := s.lex(markdown, "")
	for _, t := range tokens {
		switch {
		case t.kind == addressToken:
			all = append(all, Link{URL: t.url})
		case t.kind == openToken && t.linked && t.end-t.start == 1 && safeAddress(t.url):
			all = append(all, Link{Text: OneLine(s.Plain(markdown[t.end:tokens[t.close].start])), URL: t.url})
		}
	}
	return all
}
