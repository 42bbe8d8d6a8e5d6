package compile

import (
	"slices"
	"strings"
)

// kindGroups are the kinds of other work by label, and by the headings that
// notes give them.
var kindGroups = map[string]string{
	"bug": "Bugs", "bugs": "Bugs",
	"enhancement": "Enhancements", "enhancements": "Enhancements", "feature": "Enhancements", "features": "Enhancements",
	"documentation": "Documentation",
	"dependencies":  "Dependencies",
	"test":          "Tests", "tests": "Tests",
}

// OtherTitle is the title of the group of what has no epic, kind or heading.
const OtherTitle = "Other"

// otherTitles are headings that say no more than that no epic is meant.
var otherTitles = map[string]bool{"other work": true, "other": true, "misc": true}

// otherWork finds the group of what belongs to no epic: its kind by label or
// heading, else the area of the notes that it stands in.
func (t *tree) otherWork(labels []string, area []string) *holder {
	var named []string
	for _, a := range area {
		if !otherTitles[normalTitle(a)] {
			named = append(named, a)
		}
	}
	for _, a := range append(slices.Clone(labels), named...) {
		if kind := kindGroups[normalTitle(a)]; kind != "" {
			return t.group(ID{Level: WorkLevel, Title: kind}, kind, nil, otherWork)
		}
	}
	if len(named) == 0 {
		return t.group(ID{Level: WorkLevel}, OtherTitle, nil, restOfWork)
	}
	last := len(named) - 1
	return t.group(ID{Level: AreaLevel, Title: normalTitle(strings.Join(named, " › "))}, named[last], named[:last], otherWork)
}

func (t *tree) group(id ID, title string, area []string, class int) *holder {
	return t.hold(id, class, func(h *holder) { h.section = &Section{Title: title, Area: area} })
}

// isGroup reports whether the holder is a group of other work, not a milestone or
// an epic.
func (h *holder) isGroup() bool { return h.id.Level == AreaLevel || h.id.Level == WorkLevel }
