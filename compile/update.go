package compile

import (
	"iter"
	"strings"
	"time"
)

// Update is one report by one person on one task, epic or milestone: a comment
// that holds the marker, or the same entry in a weekly note.
type Update struct {
	Source Source
	Author string    // login of the comment's author; empty for a note
	Date   time.Time // UTC: when the comment was created, or midnight of the note's day

	// Dated is the day that the marker of a comment names; zero if it names none. It
	// decides the week.
	Dated Day

	// Issue is what a comment stands on; the zero Ref for a note, whose Path
	// tells its subject.
	Issue Ref
	// Path leads from the outermost heading of a note to the entry, which may
	// be a heading too; empty for a comment.
	Path []Heading
	// Labels are those that a note writes behind its entry, "{E:name}".
	Labels []string

	// Summary says that the update is a note's own summary of its week, and not on
	// any piece of work. Its Path has the headings inside of the summary.
	Summary bool

	// Items are in the order of the text. An update without items names its
	// subject and says nothing on it.
	Items []Item
	// LeftOut is the reason why nothing of the update may be told, as with an
	// author who is not trusted. Empty means that it counts.
	LeftOut Reason
}

// fromNote reports whether the update is an entry of a weekly note, and not a
// comment.
func (u Update) fromNote() bool { return u.Source.Note != "" }

// leaves counts the items of the update as the ledger does. A comment without any
// is one that has to be accounted for; an entry of a note without any only names
// its subject.
func (u Update) leaves() int {
	if len(u.Items) == 0 && !u.fromNote() {
		return 1
	}
	n := 0
	for range allLeaves(u.Items) {
		n++
	}
	return n
}

// Item is one statement of an update.
type Item struct {
	Kind   Kind
	By     string // who says it, as written above it: "@ada", or the team of its note; empty if neither says
	Under  string // heading that it stands under inside a comment, or inside a note's entry on an issue; else empty
	Text   string // Markdown as it was written, without list marker and indent
	Marker string // "1." and the like in a numbered list; empty for a bullet
	Line   int    // in the note, from 1; 0 in a comment
	Items  []Item // the list nested in the statement; its kinds mean nothing

	// LeftOut is the reason why the item is not a statement. Empty means that it is.
	LeftOut Reason
}

// Whole joins the text of the item and of the list nested in it, each behind what stands
// between.
func (i Item) Whole(between string) string {
	var b strings.Builder
	b.WriteString(i.Text)
	for _, sub := range i.Items {
		b.WriteString(between)
		b.WriteString(sub.Whole(between))
	}
	return b.String()
}

// leaves counts the items of the list below the item, or the item itself if there
// is none.
func (i Item) leaves() int {
	n := 0
	for range allLeaves([]Item{i}) {
		n++
	}
	return n
}

// allLeaves gives the items that have no list below them, in order.
func allLeaves(items []Item) iter.Seq[Item] {
	return func(yield func(Item) bool) { eachLeaf(items, yield) }
}

func eachLeaf(items []Item, yield func(Item) bool) bool {
	for _, i := range items {
		if len(i.Items) > 0 && !eachLeaf(i.Items, yield) || len(i.Items) == 0 && !yield(i) {
			return false
		}
	}
	return true
}

// Source is where a statement was read.
type Source struct {
	URL  string // of the comment; empty for a note
	Note string // name of the weekly note, which begins with its day; empty for a comment
	Line int    // in the note, from 1
	Week Day    // last day of the week in which it counts; set by [Month]
}

// Heading is one step of the path to a note's entry.
type Heading struct {
	Level Level
	Title string // Markdown, without "Milestone:" and the like
	URL   string // empty when the heading has no link of its own
	Due   Day    // behind a milestone's title; zero if none
}

// Issue is what GitHub knows of a task, an epic or a milestone's tracking issue.
type Issue struct {
	Ref       Ref
	Title     string
	URL       string
	State     string // "open", "closed" or [StateDropped]
	Labels    []string
	Type      string    // as "Epic"; empty if it has none
	Parent    Ref       // of which it is a sub-issue; zero if none
	Progress  Progress  // of its own sub-issues
	BlockedBy int       // open issues that block it
	Target    Day       // on which it should be done; zero if none is set
	Assignees []string  // their logins
	Milestone int       // number of its GitHub milestone; 0 if none
	Closed    time.Time // UTC; zero while open
}

// NoteFile is a weekly note as a file, whatever it says.
type NoteFile struct {
	Date  Day    // from the file's name
	Name  string // without ending: "2023-09-04"
	File  string // its path in the folder, with its ending
	Title string // as the note calls itself; empty if it does not
	Dated Day    // in its front matter; zero if it is not dated there
}
