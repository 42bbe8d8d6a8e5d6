package compile

import (
	"fmt"
	"time"
)

// Report is the compiled month, in the order in which it is told.
type Report struct {
	Project    string
	Month      YearMonth
	Weeks      []Week
	Highlights []Statement       // what the notes say in their own summaries of the weeks, in order; not in All
	Milestones []MilestoneReport // as the newest note has them, then by due date
	Other      []Section         // epics without a milestone, then groups of other work
	Statuses   []ProjectStatus   // what teams say of whole projects; not in All
	Ledger     Ledger
	Findings   []Finding // what a person should look at
	Newest     time.Time // UTC: of the newest source told; zero if there is none
	Authors    []string  // logins that GitHub knows: of the trusted authors of comments, of other months too, and of assignees; sorted

	Plans     []Plan     // this month's, in the order of the report, then those open since last month
	Standing  []Standing // blockers and risks likewise, those of one wording that continues another once
	Silent    []Quiet    // in the order of the report
	Reporters []string   // logins of those who reported for the first time since the archive began, sorted
	HasBefore bool       // last month was compiled with it
}

// Week is one week of the month.
type Week struct {
	End     Day // its last day, by which it is named
	Notes   []NoteFile
	Future  bool // has not ended yet
	Updates int  // statements said in it
}

// MilestoneReport is a milestone with all that was said under it.
type MilestoneReport struct {
	Milestone
	Area       []string    // headings above it in the notes, outermost first
	Finished   bool        // closed as done in the weeks of the month
	Dropped    bool        // closed in the weeks of the month, and not done
	PastDue    bool        // open though it was due
	Statements []Statement // on the milestone itself
	Tasks      []Task      // of the milestone itself
	Epics      []Section   // those open in the month, and those with an update
	Also       []Mention   // tasks and epics that a note has under this milestone, and that are told under another

	closedEpics, allEpics int // of the roadmap
}

// Section is an epic, or a group of work that belongs to none.
type Section struct {
	Title      string
	URL        string // empty if it has no page
	Label      string // "E:name"; empty if unknown
	State      string // "open", "closed" or [StateDropped]; empty if unknown
	Closed     time.Time
	Due        Day       // zero if none is set
	Progress   Progress  // of its sub-issues on GitHub
	BlockedBy  int       // open issues that block it
	Level      Level     // an epic, or a group of other work: by heading of the notes, or by kind
	Finished   bool      // closed as done in the weeks of the month
	Dropped    bool      // closed in the weeks of the month, and not done
	PastDue    bool      // open though it was due
	Silent     bool      // an open epic without an update
	Area       []string  // headings above it in the notes, outermost first
	Also       []Mention // tasks of this epic that are told under another
	Statements []Statement
	Tasks      []Task
}

// IsGroup reports whether the section is a group of other work, not an epic.
func (s *Section) IsGroup() bool { return s.Level != EpicLevel }

// Mention names a task or an epic where it is not told.
type Mention struct {
	Task  Task   // without statements; of an epic, its title, address and state
	Under string // title of the epic, group or milestone where it is told
}

// Task is an issue, a pull request, or a piece of work that has neither.
type Task struct {
	Ref        Ref // zero if it has no page
	Title      string
	URL        string
	State      string    // "open", "closed" or [StateDropped]; empty if unknown
	Closed     time.Time // zero while it is open, or if that is unknown
	Finished   bool      // closed in the weeks of the month
	BlockedBy  int       // open issues that block it
	Area       []string  // headings above it in the notes, outermost first
	Statements []Statement
}

// Statement is an item as it is told: once, with all weeks and places in which
// it was said.
type Statement struct {
	Item
	Weeks   []Day    // in which it was said, ascending, each once
	Sources []Source // notes before comments, in order of time
	Repo    Repo     // that bare references in the text mean; zero if unknown
}

// First gives the week in which the statement was first said; zero if it has none.
func (s *Statement) First() Day {
	if len(s.Weeks) == 0 {
		return Day{}
	}
	return s.Weeks[0]
}

// Last gives the week in which the statement was last said; zero if it has none.
func (s *Statement) Last() Day {
	if len(s.Weeks) == 0 {
		return Day{}
	}
	return s.Weeks[len(s.Weeks)-1]
}

// Text gives a source as the ledger names it: the comment's address, or the
// note's day and line.
func (s Source) Text() string {
	if s.URL != "" {
		return s.URL
	}
	return fmt.Sprintf("%s:%d", s.Note, s.Line)
}

// EpicCount counts the epics that the roadmap has under the milestone, whether or
// not they are in the report, and those of them that are closed. An epic that was
// dropped does not count.
func (m *MilestoneReport) EpicCount() (closed, total int) { return m.closedEpics, m.allEpics }

func (m *MilestoneReport) countEpic(state string) {
	switch state {
	case StateDropped: // nobody waits for it
	case closed:
		m.closedEpics++
		fallthrough
	default:
		m.allEpics++
	}
}

// Empty reports whether nothing was said on the milestone or any part of it.
func (m *MilestoneReport) Empty() bool {
	return m.all(func(Told) bool { return false })
}

// Empty reports whether nothing was said on the section.
func (s *Section) Empty() bool {
	return s.all(nil, func(Told) bool { return false })
}

// Where is the place of a statement in a report.
type Where struct {
	Milestone *MilestoneReport // nil outside of all milestones
	Section   *Section         // nil for what is on the milestone itself
	Task      *Task            // nil for what is on the milestone, epic or group itself
}

// Told is a statement at its place in a report, which it points into.
type Told struct {
	Where
	Statement *Statement
}

// All calls yield with each statement of the report, in order.
func (r Report) All(yield func(Where, Statement) bool) {
	r.Told(func(t Told) bool { return yield(t.Where, *t.Statement) })
}

// Told calls yield with each statement of the report at its place, in order.
func (r Report) Told(yield func(Told) bool) {
	for i := range r.Milestones {
		if !r.Milestones[i].all(yield) {
			return
		}
	}
	for i := range r.Other {
		if !r.Other[i].all(nil, yield) {
			return
		}
	}
}

func (m *MilestoneReport) all(yield func(Told) bool) bool {
	if !each(Where{Milestone: m}, m.Statements, m.Tasks, yield) {
		return false
	}
	for i := range m.Epics {
		if !m.Epics[i].all(m, yield) {
			return false
		}
	}
	return true
}

func (s *Section) all(m *MilestoneReport, yield func(Told) bool) bool {
	return each(Where{Milestone: m, Section: s}, s.Statements, s.Tasks, yield)
}

func each(at Where, direct []Statement, tasks []Task, yield func(Told) bool) bool {
	for i := range direct {
		if !yield(Told{at, &direct[i]}) {
			return false
		}
	}
	for i := range tasks {
		at.Task = &tasks[i]
		for j := range tasks[i].Statements {
			if !yield(Told{at, &tasks[i].Statements[j]}) {
				return false
			}
		}
	}
	return true
}
