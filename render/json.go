package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// Schema is the version of the JSON form. A change that breaks its readers
// raises it.
const Schema = 1

// The JSON form of a report. Texts are Markdown as people wrote it, not made
// safe to publish; a list nested in a statement is part of its text.
type (
	jsonReport struct {
		Schema     int             `json:"schema"`
		Project    string          `json:"project"`
		Month      string          `json:"month"`
		Weeks      []string        `json:"weeks"`              // last days, YYYY-MM-DD, ascending
		Highlights []jsonItem      `json:"highlights"`         // the notes' own summaries of the weeks
		Statuses   []jsonStatus    `json:"statuses,omitempty"` // status updates of projects on GitHub
		Milestones []jsonMilestone `json:"milestones"`
		Other      []jsonSection   `json:"other"` // epics without a milestone, then groups
		Ledger     jsonLedger      `json:"ledger"`
		Findings   []jsonFinding   `json:"findings"` // what a person should look at
		Plans      []jsonPlan      `json:"plans"`
		Standing   []jsonStanding  `json:"standing"`
		Silent     []jsonQuiet     `json:"silent"`
		Reporters  []string        `json:"reporters"`  // logins of those who reported for the first time
		HasBefore  bool            `json:"has_before"` // last month was at hand
	}
	jsonFinding struct {
		Rule  compile.Rule `json:"rule"`
		Place string       `json:"place"`
		What  string       `json:"what"`
		Do    string       `json:"do"`
	}
	// jsonStatus is a status update of a project.
	jsonStatus struct {
		Project string         `json:"project"` // title
		URL     string         `json:"url"`     // of the project
		Health  compile.Health `json:"health"`  // "on_track", "at_risk", "off_track", "complete", "inactive"; empty if it does not say
		Date    string         `json:"date"`    // on which it was written
		Week    string         `json:"week"`    // last day of its week
		Author  string         `json:"author,omitempty"`
		Start   string         `json:"start,omitempty"`
		Target  string         `json:"target,omitempty"` // day on which the project should be done
		From    string         `json:"from,omitempty"`   // target of the update before, if this one moved it
		Texts   []string       `json:"texts"`            // its statements, Markdown
	}
	jsonMilestone struct {
		Title string        `json:"title"`
		URL   string        `json:"url"`
		Due   string        `json:"due"`   // YYYY-MM-DD; empty if none is set
		State string        `json:"state"` // "open", "closed", or "dropped": closed and not done
		Area  []string      `json:"area,omitempty"`
		Items []jsonItem    `json:"items"`
		Tasks []jsonTask    `json:"tasks"`
		Epics []jsonSection `json:"epics"`
		Also  []string      `json:"also,omitempty"` // addresses, or titles, of tasks and epics that a note has here and that are told under another
	}
	jsonSection struct {
		Title string     `json:"title"`
		URL   string     `json:"url"`
		Label string     `json:"label"`
		State string     `json:"state"` // as that of a milestone
		Due   string     `json:"due,omitempty"`
		Sub   *jsonSub   `json:"sub_issues,omitempty"`
		Block int        `json:"blocked_by,omitempty"` // open issues that block it
		Group bool       `json:"group,omitempty"`      // other work, not an epic
		Area  []string   `json:"area,omitempty"`       // headings of the notes above it
		Also  []string   `json:"also"`                 // addresses of its tasks that are told elsewhere
		Items []jsonItem `json:"items"`
		Tasks []jsonTask `json:"tasks"`
	}
	jsonSub struct {
		Done int `json:"done"`
		All  int `json:"all"`
	}
	jsonTask struct {
		Title string     `json:"title"`
		URL   string     `json:"url"`
		Repo  string     `json:"repo"`                 // owner/name; empty if it has no page
		State string     `json:"state"`                // as that of a milestone
		Block int        `json:"blocked_by,omitempty"` // open issues that block it
		Area  []string   `json:"area,omitempty"`
		Items []jsonItem `json:"items"`
	}
	jsonItem struct {
		Kind    compile.Kind `json:"kind"`
		By      string       `json:"by,omitempty"` // who says it, if the text says so
		Text    string       `json:"text"`
		Weeks   []string     `json:"weeks"`
		Sources []jsonSource `json:"sources"`
	}
	jsonSource struct {
		URL  string `json:"url,omitempty"`
		Note string `json:"note,omitempty"`
		Line int    `json:"line,omitempty"`
	}
	jsonLedger struct {
		Read     int           `json:"read"`
		Placed   int           `json:"placed"`
		Merged   int           `json:"merged"`
		LeftOut  []jsonLeftOut `json:"left_out"`
		Missing  []string      `json:"missing,omitempty"`  // sources that could not be read
		Warnings []string      `json:"warnings,omitempty"` // what else the reading found
		Findings []jsonFinding `json:"findings,omitempty"` // only in a ledger of its own; what a person should look at
	}
	jsonLeftOut struct {
		Source  string `json:"source"` // a comment's address, or a note's day and line
		Author  string `json:"author,omitempty"`
		Reason  string `json:"reason"`
		Excerpt string `json:"excerpt"`
	}
)

// JSON writes a report in the form that tools build on. Of the options it takes what
// is missing and the warnings.
func JSON(r compile.Report, o Options) ([]byte, error) {
	out := jsonReport{
		Schema: Schema, Project: r.Project, Month: r.Month.String(),
		Weeks:      each(r.Weeks, func(w compile.Week) string { return w.End.String() }),
		Highlights: each(r.Highlights, jsonOfItem),
		Milestones: each(r.Milestones, func(m compile.MilestoneReport) jsonMilestone {
			return jsonMilestone{
				Title: m.Title, URL: m.URL, Due: m.Due.String(), State: m.State, Area: m.Area,
				Items: each(m.Statements, jsonOfItem), Tasks: each(m.Tasks, jsonOfTask), Epics: each(m.Epics, jsonOfSection),
				Also: each(m.Also, func(m compile.Mention) string { return cmp.Or(m.Task.URL, m.Task.Title) }),
			}
		}),
		Statuses: each(r.Statuses, jsonOfStatus),
		Other:    each(r.Other, jsonOfSection),
		Ledger:   jsonOfLedger(r.Ledger, o),
		Findings: each(r.Findings, jsonOfFinding),
		Plans:    each(r.Plans, jsonOfPlan), Standing: each(r.Standing, jsonOfStanding), Silent: each(r.Silent, jsonOfQuiet),
		Reporters: append([]string{}, r.Reporters...), HasBefore: r.HasBefore,
	}
	return marshal(out)
}

// Ledger writes the account of a month as JSON: every item that is left out, and what
// is missing, warned of and found.
func Ledger(r compile.Report, o Options) ([]byte, error) {
	l := jsonOfLedger(r.Ledger, o)
	l.Findings = each(r.Findings, jsonOfFinding)
	return marshal(l)
}

func jsonOfFinding(f compile.Finding) jsonFinding {
	return jsonFinding{f.Rule, f.Place, f.What, f.Do}
}

// IsLedger reports whether a text is a ledger as [Ledger] writes it, and nothing
// else.
func IsLedger(text []byte) bool {
	var keys map[string]json.RawMessage
	if json.Unmarshal(text, &keys) != nil {
		return false
	}
	for _, key := range []string{"read", "placed", "merged", "left_out"} {
		if _, ok := keys[key]; !ok {
			return false
		}
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(&jsonLedger{}) == nil
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	return b.Bytes(), nil
}

// each converts a list, none into an empty one.
func each[T, U any](all []T, convert func(T) U) []U {
	out := make([]U, 0, len(all))
	for _, v := range all {
		out = append(out, convert(v))
	}
	return out
}

func jsonOfSection(s compile.Section) jsonSection {
	return jsonSection{
		Title: s.Title, URL: s.URL, Label: s.Label, State: s.State, Group: s.IsGroup(), Area: s.Area,
		Due: s.Due.String(), Sub: jsonOfProgress(s.Progress), Block: s.BlockedBy,
		Also:  each(s.Also, func(m compile.Mention) string { return m.Task.URL }),
		Items: each(s.Statements, jsonOfItem), Tasks: each(s.Tasks, jsonOfTask),
	}
}

func jsonOfProgress(p compile.Progress) *jsonSub {
	if p == (compile.Progress{}) {
		return nil
	}
	return &jsonSub{p.Done, p.All}
}

func jsonOfStatus(s compile.ProjectStatus) jsonStatus {
	return jsonStatus{
		Project: s.Title, URL: s.URL, Health: s.Health, Author: s.Author, Date: compile.DayOf(s.Date).String(), Week: s.Week.String(),
		Start: s.Start.String(), Target: s.Target.String(), From: s.From.String(), Texts: each(s.Items, asMarkdown),
	}
}

func jsonOfTask(t compile.Task) jsonTask {
	return jsonTask{
		Title: t.Title, URL: t.URL, Repo: t.Ref.Repo.String(), State: t.State, Block: t.BlockedBy, Area: t.Area,
		Items: each(t.Statements, jsonOfItem),
	}
}

func jsonOfItem(st compile.Statement) jsonItem {
	text := asMarkdown(st.Item)
	if st.Under != "" {
		text = st.Under + ": " + text
	}
	return jsonItem{
		Kind: st.Kind, By: st.By, Text: text, Weeks: each(st.Weeks, compile.Day.String),
		Sources: each(st.Sources, func(s compile.Source) jsonSource { return jsonSource{s.URL, s.Note, s.Line} }),
	}
}

// asMarkdown gives a statement with the list nested in it, as Markdown.
func asMarkdown(item compile.Item) string {
	var b strings.Builder
	b.WriteString(item.Text)
	for _, sub := range item.Items {
		mark := "- "
		if sub.Marker != "" {
			mark = sub.Marker + " "
		}
		b.WriteString("\n" + safe.Indent(mark, strings.Repeat(" ", len(mark)), asMarkdown(sub)))
	}
	return b.String()
}

func jsonOfLedger(l compile.Ledger, o Options) jsonLedger {
	return jsonLedger{
		Missing: o.Missing, Warnings: o.Warnings,
		Read: l.Read, Placed: l.Placed, Merged: l.Merged,
		LeftOut: each(l.LeftOut, func(o compile.LeftOut) jsonLeftOut {
			return jsonLeftOut{Source: o.Source.Text(), Author: o.Author, Reason: string(o.Reason), Excerpt: o.Excerpt}
		}),
	}
}
