package render

import (
	"fmt"
	"strings"

	"github.com/waku-org/monthly/render/safe"
)

// listed writes groups, each under its name in bold letters.
func listed(all []Group) string {
	var parts []string
	for _, g := range all {
		if g.Name != "" {
			parts = append(parts, "**"+g.Name+"**")
		}
		parts = append(parts, strings.Join(g.Items, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// listItems writes names as a list.
func listItems(names []string) string { return "- " + strings.Join(names, "\n- ") }

// fold makes a callout of a type of Obsidian that is folded; GitHub shows a quotation.
func fold(kind, title, body string) string {
	return "> [!" + kind + "]- " + title + "\n" + safe.Indent("> ", "> ", body)
}

// quote puts lines into the callout above.
func quote(lines []string) string { return safe.Indent("> ", "> ", strings.Join(lines, "\n")) }

// total counts the items of groups.
func total(all []Group) int {
	n := 0
	for _, g := range all {
		n += len(g.Items)
	}
	return n
}

// counts names groups with the number of their items: "Chores 2, Bugs 1".
func counts(all []Group) string {
	var parts []string
	for _, g := range all {
		name := g.Name
		if name == "" {
			name = "of no kind"
		}
		parts = append(parts, fmt.Sprintf("%s %d", name, len(g.Items)))
	}
	return strings.Join(parts, ", ")
}
