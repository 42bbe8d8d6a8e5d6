package render

import (
	"fmt"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// Statuses lists what teams say of whole projects: their word, what has moved, and
// their text below.
func (d *draft) Statuses() []string {
	var lines []string
	for _, s := range d.Report.Statuses {
		lines = append(lines, d.statusLine(s)+d.statusText(s))
	}
	return lines
}

func (d *draft) statusLine(s compile.ProjectStatus) string {
	line := "- " + d.title(s.Title, s.URL) + ":"
	if s.Health != "" {
		line += " **" + d.line(strings.ReplaceAll(string(s.Health), "_", " ")) + "**"
	}
	line += " (" + compile.DayOf(s.Date).Short() + ")"
	switch {
	case !s.From.IsZero():
		line += fmt.Sprintf(", due date moved from %s to %s", s.From, s.Target)
	case !s.Target.IsZero():
		line += ", due " + s.Target.String()
	}
	return line
}

// statusText gives the text of a status update as a list below its line.
func (d *draft) statusText(s compile.ProjectStatus) string {
	text := d.safe(compile.Repo{}, []compile.Source{{URL: s.URL}})
	var b strings.Builder
	for _, item := range s.Items {
		lead := leadOf(item.Kind) + by(text, &compile.Statement{Item: item})
		b.WriteString("\n" + safe.Indent("  - ", "    ", led(lead, text.Blocks(item.Text))) + nested(text, item.Items, "    "))
	}
	return b.String()
}

// epicStanding says how an epic stands on GitHub: when it is due, how many of its
// sub-issues are done, and how many issues block it; empty if GitHub does not say.
func (d *draft) epicStanding(s *compile.Section) string {
	var parts []string
	if !s.Due.IsZero() && s.State == "open" {
		parts = append(parts, "due "+s.Due.String())
	}
	if p := s.Progress; p.All > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s done", p.Done, count(p.All, "sub-issue")))
	}
	if s.BlockedBy > 0 && s.State == "open" {
		parts = append(parts, "blocked by "+count(s.BlockedBy, "open issue"))
	}
	return strings.Join(parts, " · ")
}

// epicState gives what is said in parentheses behind the title of an epic that is no
// longer open.
func epicState(s *compile.Section) string {
	if compile.HasEnded(s.State) {
		return " (" + s.State + ")"
	}
	return ""
}
