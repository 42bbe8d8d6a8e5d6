package outline

import (
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// Comment reads the statements of a comment that is an update, in the order of
// its text, without the marker as [Updates] finds it. All of it is one
// update: its headers only say what its statements stand under. What is hidden in it,
// and what a mail program added, are items that are left out, behind the others.
func Comment(body string) []compile.Item {
	body, mail := cutMail(body)
	body, hidden := cutHidden(body, hiddenInComments)
	r := reader{document: parse(body, 1), readHeader: commentHeader}
	var items []compile.Item
	for _, part := range r.read() {
		items = append(items, partItems(part)...)
	}
	return slices.Concat(items, remains(hidden, compile.Hidden), remains(mail, compile.MailRemains))
}

// commentHeader reads a line as a header of a comment, which is only a title: its
// words and links do not lead to a milestone. A link by itself is a statement.
func commentHeader(line string) header {
	h := parseHeader(line, compile.Words{})
	title, _ := boldLine(strings.TrimSpace(line))
	return header{Heading: compile.Heading{Title: title}, bold: h.isEntry() && h.URL == ""}
}

// partItems gives the statements below a header of a comment, each with what it
// stands under. A header by itself is a statement.
func partItems(part compile.Update) []compile.Item {
	var titles []string
	for _, h := range part.Path {
		titles = append(titles, h.Title)
	}
	under := strings.Join(titles, " › ")
	if len(part.Items) == 0 {
		return []compile.Item{{Kind: compile.Note, Text: "**" + under + "**"}}
	}
	for i := range part.Items {
		part.Items[i].Under = strings.Trim(under+" › "+part.Items[i].Under, " ›")
	}
	dropLines(part.Items)
	return part.Items
}

// dropLines forgets the lines of a comment's statements, which lead nowhere.
func dropLines(items []compile.Item) {
	for i := range items {
		items[i].Line = 0
		dropLines(items[i].Items)
	}
}
