package compile

import "strings"

// Level says what a thing is among the levels of work.
type Level int

// The levels, from the outside in.
const (
	AreaLevel      Level = iota // a team, a repository, a topic: no level of work
	MilestoneLevel              // a goal of the project
	EpicLevel                   // a piece of a milestone
	TaskLevel                   // an issue, a pull request, or a piece of work without either
	WorkLevel                   // other work, by its kind
)

// ID identifies a milestone, an epic, a task, an area or a kind of other work:
// what it is, never where it stands in a report or how it is worded. IDs are
// comparable; no two things of one report share one.
type ID struct {
	Level Level
	Page  string // canonical address of its page; empty if it has none
	Title string // normalised; empty if the page alone identifies it
	Under string // what it is a part of, if that tells it from others of its title
}

// inside names the thing for the IDs of its parts.
func (id ID) inside() string {
	return strings.Join([]string{string(rune('0' + id.Level)), id.Page, id.Title, id.Under}, "\x00")
}
