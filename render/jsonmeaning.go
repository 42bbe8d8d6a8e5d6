package render

import (
	"slices"

	"github.com/waku-org/monthly/compile"
)

// What the month means, in the JSON form. Statements are named by the ids of their
// sources: the address of a comment, or the day and line of a note, "2023-09-04:12".
type (
	// jsonPlan is what became of a *next* statement of the month, or of the month before.
	jsonPlan struct {
		ID      string          `json:"id"`  // the first source
		IDs     []string        `json:"ids"` // all sources
		Verdict compile.Verdict `json:"verdict" jsonschema:"enum=done,enum=told,enum=repeated,enum=none"`
		By      []string        `json:"by"`               // of what tells of it, or says it again
		How     string          `json:"how"`              // how that was found; empty if it was not
		Since   string          `json:"since"`            // week in which it was first said, in any wording
		Earlier []string        `json:"earlier"`          // of earlier wordings
		Text    string          `json:"text"`             // Markdown
		Before  bool            `json:"before,omitempty"` // said last month, and open when this one began
		Later   bool            `json:"later,omitempty"`  // a later wording goes on with it
	}
	// jsonStanding is a blocker or a risk in its newest wording.
	jsonStanding struct {
		First    string          `json:"first"` // the first source of the first wording
		IDs      []string        `json:"ids"`   // all sources of all wordings
		Kind     compile.Kind    `json:"kind" jsonschema:"enum=blocker,enum=risk"`
		Verdict  compile.Verdict `json:"verdict" jsonschema:"enum=cleared,enum=standing,enum=dropped"`
		Since    string          `json:"since"` // first and last week in which it was said
		Last     string          `json:"last"`
		Reworded string          `json:"reworded,omitempty"` // week of the newest wording, if there are others
		By       []string        `json:"by"`                 // of what says that it is over; while it stands, of where it was said again
		How      string          `json:"how,omitempty"`      // how it was found to be over
		Text     string          `json:"text"`               // Markdown
		Before   bool            `json:"before,omitempty"`   // not said this month
	}
	// jsonQuiet is a milestone, an epic or an area without a word.
	jsonQuiet struct {
		Milestone string   `json:"milestone,omitempty"` // title
		Title     string   `json:"title"`
		Area      []string `json:"area,omitempty"` // headings above it in the notes
		URL       string   `json:"url"`
		Last      string   `json:"last"`     // week of the last word; empty if unknown
		Weeks     int      `json:"weeks"`    // since then; 0 if unknown
		Promised  []string `json:"promised"` // of the plans of that week
		SaidSo    bool     `json:"said_so"`  // a note says that there is nothing to say
	}
)

func jsonOfPlan(p compile.Plan) jsonPlan {
	ids := idsOf(p.Told)
	return jsonPlan{
		ID: ids[0], IDs: ids, Verdict: p.Verdict, By: idsAfter(p), How: p.How, Since: p.Since.String(), Earlier: idsOf(p.Earlier...),
		Text: asMarkdown(p.Statement.Item), Before: p.Before, Later: p.Continued,
	}
}

// idsAfter gives the ids of what tells of a plan; of the plan itself, said again, those
// of later weeks.
func idsAfter(p compile.Plan) []string {
	all := []string{}
	for _, t := range p.By {
		for _, s := range t.Statement.Sources {
			if t.Statement != p.Statement || s.Week.After(p.Statement.Weeks[0]) {
				all = append(all, s.Text())
			}
		}
	}
	return all
}

func jsonOfStanding(s compile.Standing) jsonStanding {
	ids := append(idsOf(s.Earlier...), idsOf(s.Told)...)
	by := idsOf(s.By...)
	if s.Verdict == compile.StillSaid {
		by = ids[1:]
	}
	return jsonStanding{
		First: ids[0], IDs: ids, Kind: s.Statement.Kind, Verdict: s.Verdict, Since: s.Since.String(), Last: s.Last.String(),
		Reworded: s.Reworded.String(), By: by, How: s.How, Text: asMarkdown(s.Statement.Item), Before: s.Before,
	}
}

func jsonOfQuiet(q compile.Quiet) jsonQuiet {
	out := jsonQuiet{Last: q.Last.String(), Weeks: q.Weeks, Promised: idsOf(q.Promised...), SaidSo: q.SaidNothing}
	if q.Section != nil {
		out.Title, out.URL, out.Area = q.Section.Title, q.Section.URL, q.Section.Area
	}
	if q.Milestone != nil && q.Section == nil {
		out.Title, out.URL = q.Milestone.Title, q.Milestone.URL
	} else if q.Milestone != nil {
		out.Milestone = q.Milestone.Title
	}
	return out
}

// idsOf gives the ids of the sources of statements, those of each by week.
func idsOf(all ...compile.Told) []string {
	ids := []string{}
	for _, t := range all {
		sources := slices.Clone(t.Statement.Sources)
		slices.SortStableFunc(sources, func(a, b compile.Source) int { return a.Week.Compare(b.Week) })
		for _, s := range sources {
			ids = append(ids, s.Text())
		}
	}
	return ids
}
