package sources

import (
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/waku-org/monthly/compile"
)

// The API's objects, with the fields that are used, as the archive keeps them.
// They are values: what one of them holds is never changed in place, as several
// readings may share it.
type (
	apiRepo struct {
		Name      string    `json:"name"`
		FullName  string    `json:"full_name"`
		URL       string    `json:"html_url"`
		Archived  bool      `json:"archived"`
		Disabled  bool      `json:"disabled"`
		HasIssues bool      `json:"has_issues"`
		CreatedAt time.Time `json:"created_at"`
		PushedAt  time.Time `json:"pushed_at"`
		UpdatedAt time.Time `json:"updated_at"`
		Gone      bool      `json:"gone,omitempty"`  // no longer listed; what was read of it is kept
		Aside     bool      `json:"aside,omitempty"` // the planning repository, if the organisation does not list it
	}
	apiUser struct {
		Login string `json:"login"`
		Type  string `json:"type"`
	}
	apiComment struct {
		ID          int64     `json:"id"`
		NodeID      string    `json:"node_id"`
		URL         string    `json:"html_url"`
		IssueURL    string    `json:"issue_url"`
		Body        string    `json:"body"`
		User        apiUser   `json:"user"`
		Association string    `json:"author_association"`
		CreatedAt   time.Time `json:"created_at"`
		UpdatedAt   time.Time `json:"updated_at"`
		Hidden      bool      `json:"hidden,omitempty"` // by a maintainer; only GraphQL says so
	}
	apiLabel struct {
		Name string `json:"name"`
	}
	apiMilestoneRef struct {
		Number int `json:"number"`
	}
	apiIssue struct {
		Number    int              `json:"number"`
		Title     string           `json:"title"`
		URL       string           `json:"html_url"`
		State     string           `json:"state"`
		Labels    []apiLabel       `json:"labels"`
		Assignees []apiUser        `json:"assignees"`
		Milestone *apiMilestoneRef `json:"milestone"`
		CreatedAt time.Time        `json:"created_at"`
		UpdatedAt time.Time        `json:"updated_at"`
		ClosedAt  *time.Time       `json:"closed_at"`
	}
	apiMilestone struct {
		Number      int        `json:"number"`
		Title       string     `json:"title"`
		URL         string     `json:"html_url"`
		Description string     `json:"description"`
		State       string     `json:"state"`
		DueOn       *time.Time `json:"due_on"`
		ClosedAt    *time.Time `json:"closed_at"`
	}
	// apiEntry is a file or a folder in a repository.
	apiEntry struct {
		Name string
		Type string // "file", "dir" and others
		SHA  string // of its contents
	}
)

// repoName gives the name of a repository that GitHub listed; none if it is not of
// the form owner/name.
func repoName(fullName string) compile.Repo {
	repo, _ := compile.ParseRepo(fullName)
	return repo
}

// issue gives the number of the issue that a comment stands on.
func (c apiComment) issue() int {
	n, _ := strconv.Atoi(path.Base(c.IssueURL))
	return n
}

// plain gives an issue of a repository as the rules know it.
func (i apiIssue) plain(fullName string) compile.Issue {
	issue := compile.Issue{
		Ref:   compile.Ref{Repo: repoName(fullName), Number: i.Number},
		Title: strings.TrimSpace(i.Title), URL: i.URL, State: i.State,
	}
	for _, l := range i.Labels {
		issue.Labels = append(issue.Labels, l.Name)
	}
	for _, u := range i.Assignees {
		issue.Assignees = append(issue.Assignees, u.Login)
	}
	if i.Milestone != nil {
		issue.Milestone = i.Milestone.Number
	}
	if i.ClosedAt != nil {
		issue.Closed = i.ClosedAt.UTC()
	}
	return issue
}

// plain gives a milestone as the rules know it.
func (m apiMilestone) plain() compile.Milestone {
	milestone := compile.Milestone{Number: m.Number, Title: strings.TrimSpace(m.Title), URL: m.URL, State: m.State}
	if m.DueOn != nil {
		milestone.Due = compile.DayOf(*m.DueOn)
	}
	if m.ClosedAt != nil {
		milestone.Closed = m.ClosedAt.UTC()
	}
	return milestone
}
