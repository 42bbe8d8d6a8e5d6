package sources

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// What GitHub says of an issue beside what every server says: reasons, parents, types,
// dependencies and fields. A server without them, or with others, is understood
// without.

// optional is a field that may be of another form, and is zero then.
type optional[T any] struct{ is T }

func (o *optional[T]) UnmarshalJSON(data []byte) error {
	var value T
	if json.Unmarshal(data, &value) == nil {
		o.is = value
	}
	return nil
}

func (o optional[T]) MarshalJSON() ([]byte, error) { return json.Marshal(o.is) }

type (
	apiExtras struct {
		StateReason optional[string]               `json:"state_reason,omitzero"`
		PullRequest optional[map[string]any]       `json:"pull_request,omitzero"`
		ParentURL   optional[string]               `json:"parent_issue_url,omitzero"` // in the API
		Type        optional[apiIssueType]         `json:"type,omitzero"`
		SubIssues   optional[apiSubIssues]         `json:"sub_issues_summary,omitzero"`
		Depends     optional[apiDependencies]      `json:"issue_dependencies_summary,omitzero"`
		Fields      optional[[]apiIssueFieldValue] `json:"issue_field_values,omitzero"`
	}
	apiIssueType struct {
		Name string `json:"name"`
	}
	apiSubIssues struct {
		Total     int `json:"total"`
		Completed int `json:"completed"`
	}
	apiDependencies struct {
		BlockedBy int `json:"blocked_by"` // open ones only
	}
	apiIssueFieldValue struct {
		Type  string           `json:"data_type"`
		Name  string           `json:"name"` // some servers say only the field's id
		Value optional[string] `json:"value"`
	}
)

// state gives the state of an issue or a pull request as the rules know it.
func (i apiIssue) state() string {
	if i.State != "closed" {
		return i.State
	}
	merged, isPull := i.PullRequest.is["merged_at"]
	if reason := i.StateReason.is; reason == "not_planned" || reason == "duplicate" || isPull && merged == nil {
		return compile.StateDropped
	}
	return i.State
}

var apiIssueURL = regexp.MustCompile(`/repos/([\w.-]+/[\w.-]+)/issues/(\d{1,9})$`)

// parent gives the issue of which this one is a sub-issue; zero if none.
func (i apiIssue) parent() compile.Ref {
	m := apiIssueURL.FindStringSubmatch(i.ParentURL.is)
	if m == nil {
		return compile.Ref{}
	}
	number, _ := strconv.Atoi(m[2])
	return compile.Ref{Repo: repoName(m[1]), Number: number}
}

func (i apiIssue) progress() compile.Progress {
	s := i.SubIssues.is
	if s.Total <= 0 || s.Completed < 0 || s.Completed > s.Total {
		return compile.Progress{}
	}
	return compile.Progress{Done: s.Completed, All: s.Total}
}

var targetName = regexp.MustCompile(`(?i)target|due|deadline|\bend\b|eta\b|finish`)

// target gives the day on which an issue should be done: that of a date field which is
// called so, else the latest of those without a name, as the others are when work
// begins.
func (i apiIssue) target() compile.Day {
	var day compile.Day
	for _, f := range i.Fields.is {
		value, _, _ := strings.Cut(f.Value.is, "T")
		d, err := compile.ParseDay(value)
		if err != nil || f.Type != "date" || f.Name != "" && !targetName.MatchString(f.Name) {
			continue
		}
		if day.IsZero() || day.Before(d) {
			day = d
		}
	}
	return day
}
