package compile

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Health is the word by which a team says how a project stands. Its value is the name
// under which JSON has it.
type Health string

// The words of GitHub. Another word of a server is a Health too.
const (
	OnTrack  Health = "on_track"
	AtRisk   Health = "at_risk"
	OffTrack Health = "off_track"
	Complete Health = "complete"
	Inactive Health = "inactive"
)

// Status is a status update of a project on GitHub: what the team says of the project as
// a whole.
type Status struct {
	Number int // of the project, in its organisation
	Title  string
	URL    string
	Health Health    // empty if the update does not say
	Items  []Item    // its text
	Start  Day       // zero if the update does not say
	Target Day       // on which the project should be done; zero if the update does not say
	Date   time.Time // UTC: when it was written
	Author string    // login; empty if the account is gone
}

// ProjectStatus is a status update of the month.
type ProjectStatus struct {
	Status
	Week Day // last day of its week
	From Day // target day of the update before it, if this one moved it; else zero
}

// statuses gives the status updates of the month, by project and time, with what has
// changed since the one before. The order of the input does not matter.
func (c *compiler) statuses() []ProjectStatus {
	all := slices.SortedFunc(slices.Values(c.Statuses), func(a, b Status) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), a.Date.Compare(b.Date), strings.Compare(a.URL, b.URL))
	})
	var told []ProjectStatus
	target := map[int]Day{} // that was said last
	for _, s := range all {
		day := DayOf(s.Date)
		status := ProjectStatus{Status: s, Week: c.Calendar.Week(day)}
		if before := target[s.Number]; !s.Target.IsZero() && before != s.Target {
			status.From = before
		}
		target[s.Number] = cmp.Or(s.Target, target[s.Number])
		if c.Calendar.In(c.Month, day) {
			told = append(told, status)
		}
	}
	return told
}
