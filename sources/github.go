package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/go-github/v56/github"
)

// GitHub is access to GitHub. Only this file knows the library behind it. What
// its methods return are the API's objects in our own form, and our own errors.
type GitHub struct {
	Access
	client *github.Client
	now    func() time.Time
}

// NewGitHub prepares access to GitHub; now gives the time.
func NewGitHub(a Access, now func() time.Time) (*GitHub, error) {
	base, err := ParseAPI(a.API)
	if err != nil {
		return nil, err
	}
	if a.Parallel <= 0 {
		a.Parallel = 6
	}
	client := github.NewClient(a.client(base))
	client.BaseURL = base
	client.UserAgent = "monthly"
	return &GitHub{Access: a, client: client, now: now}, nil
}

// ParseAPI reads the address of an API; empty means [DefaultAPI].
func ParseAPI(api string) (*url.URL, error) {
	if api == "" {
		api = DefaultAPI
	}
	u, err := url.Parse(strings.TrimRight(api, "/") + "/")
	if err != nil {
		return nil, fmt.Errorf("the address of the API cannot be read: it must be like %s", DefaultAPI)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return nil, fmt.Errorf("%q is not the address of an API like %s", u.Redacted(), DefaultAPI)
	}
	return u, nil
}

// listRepos lists an organisation's repositories by name.
func (g *GitHub) listRepos(ctx context.Context, org string) ([]apiRepo, error) {
	list, err := everyPage(func(page int) ([]*github.Repository, *github.Response, error) {
		return g.client.Repositories.ListByOrg(ctx, org, &github.RepositoryListByOrgOptions{
			Sort: "full_name", Direction: "asc", ListOptions: github.ListOptions{Page: page, PerPage: 100},
		})
	}, nil)
	var repos []apiRepo
	for _, r := range list {
		repos = append(repos, apiRepo{
			Name: r.GetName(), FullName: r.GetFullName(), URL: r.GetHTMLURL(), Archived: r.GetArchived(), Disabled: r.GetDisabled(),
			HasIssues: r.GetHasIssues(), CreatedAt: r.GetCreatedAt().UTC(), PushedAt: r.GetPushedAt().UTC(), UpdatedAt: r.GetUpdatedAt().UTC(),
		})
	}
	slices.SortFunc(repos, func(a, b apiRepo) int { return strings.Compare(a.FullName, b.FullName) })
	return slices.CompactFunc(repos, func(a, b apiRepo) bool { return a.FullName == b.FullName }), err
}

// listComments lists a repository's comments that changed since a time, by time
// of creation, up to a page that is enough. With an error come those that were
// listed before it.
func (g *GitHub) listComments(ctx context.Context, fullName string, since time.Time, enough func([]apiComment) bool) ([]apiComment, error) {
	owner, name, _ := strings.Cut(fullName, "/")
	var comments []apiComment
	_, err := everyPage(func(page int) ([]*github.IssueComment, *github.Response, error) {
		return g.client.Issues.ListComments(ctx, owner, name, 0, &github.IssueListCommentsOptions{
			Sort: github.String("created"), Direction: github.String("asc"), Since: &since,
			ListOptions: github.ListOptions{Page: page, PerPage: 100},
		})
	}, func(page []*github.IssueComment) bool {
		for _, c := range page {
			comments = append(comments, newComment(c))
		}
		return enough(comments[len(comments)-len(page):])
	})
	return comments, err
}

func newComment(c *github.IssueComment) apiComment {
	return apiComment{
		ID: c.GetID(), NodeID: c.GetNodeID(), URL: c.GetHTMLURL(), IssueURL: c.GetIssueURL(), Body: c.GetBody(),
		User: apiUser{c.GetUser().GetLogin(), c.GetUser().GetType()}, Association: c.GetAuthorAssociation(),
		CreatedAt: c.GetCreatedAt().UTC(), UpdatedAt: c.GetUpdatedAt().UTC(),
	}
}

// listMilestones lists a repository's milestones in every state, by number.
func (g *GitHub) listMilestones(ctx context.Context, fullName string) ([]apiMilestone, error) {
	owner, name, _ := strings.Cut(fullName, "/")
	list, err := everyPage(func(page int) ([]*github.Milestone, *github.Response, error) {
		return g.client.Issues.ListMilestones(ctx, owner, name, &github.MilestoneListOptions{
			State: "all", ListOptions: github.ListOptions{Page: page, PerPage: 100},
		})
	}, nil)
	var milestones []apiMilestone
	for _, m := range list {
		milestones = append(milestones, apiMilestone{
			Number: m.GetNumber(), Title: m.GetTitle(), URL: m.GetHTMLURL(), Description: m.GetDescription(), State: m.GetState(),
			DueOn: timeOf(m.DueOn), ClosedAt: timeOf(m.ClosedAt),
		})
	}
	slices.SortFunc(milestones, func(a, b apiMilestone) int { return a.Number - b.Number })
	return milestones, err
}

// timeOf gives a time in UTC; nil if there is none.
func timeOf(t *github.Timestamp) *time.Time {
	if t == nil || t.IsZero() {
		return nil
	}
	utc := t.UTC()
	return &utc
}

// listIssues lists a repository's issues in every state, with a label if one is
// given, that changed since a time if it is not zero, until enough were seen.
func (g *GitHub) listIssues(ctx context.Context, fullName, label string, since time.Time, enough func([]apiIssue) bool) ([]apiIssue, error) {
	owner, name, _ := strings.Cut(fullName, "/")
	o := github.IssueListByRepoOptions{State: "all", Sort: "created", Direction: "asc", Since: since}
	if label != "" {
		o.Labels = []string{label}
	}
	var issues []apiIssue
	_, err := everyPage(func(page int) ([]*github.Issue, *github.Response, error) {
		o.ListOptions = github.ListOptions{Page: page, PerPage: 100}
		return g.client.Issues.ListByRepo(ctx, owner, name, &o)
	}, func(page []*github.Issue) bool {
		for _, i := range page {
			issues = append(issues, newIssue(i))
		}
		return enough != nil && enough(issues)
	})
	return issues, err
}

func newIssue(i *github.Issue) apiIssue {
	issue := apiIssue{
		Number: i.GetNumber(), Title: i.GetTitle(), URL: i.GetHTMLURL(), State: i.GetState(),
		CreatedAt: i.GetCreatedAt().UTC(), UpdatedAt: i.GetUpdatedAt().UTC(), ClosedAt: timeOf(i.ClosedAt),
		Labels: []apiLabel{}, Assignees: []apiUser{},
	}
	for _, l := range i.Labels {
		issue.Labels = append(issue.Labels, apiLabel{l.GetName()})
	}
	for _, u := range i.Assignees {
		issue.Assignees = append(issue.Assignees, apiUser{u.GetLogin(), u.GetType()})
	}
	if i.Milestone != nil {
		issue.Milestone = &apiMilestoneRef{i.Milestone.GetNumber()}
	}
	return issue
}

// getIssue gets one issue.
func (g *GitHub) getIssue(ctx context.Context, fullName string, number int) (apiIssue, error) {
	owner, name, _ := strings.Cut(fullName, "/")
	i, _, err := g.client.Issues.Get(ctx, owner, name, number)
	if err != nil {
		return apiIssue{}, ownError(err)
	}
	return newIssue(i), nil
}

// listFolder lists a folder of a repository.
func (g *GitHub) listFolder(ctx context.Context, fullName, folder string) ([]apiEntry, error) {
	owner, name, _ := strings.Cut(fullName, "/")
	file, list, _, err := g.client.Repositories.GetContents(ctx, owner, name, folder, nil)
	if err != nil {
		return nil, ownError(err)
	}
	if file != nil {
		return nil, errors.New("it is a file, not a folder")
	}
	var entries []apiEntry
	for _, e := range list {
		entries = append(entries, apiEntry{Name: e.GetName(), Type: e.GetType(), SHA: e.GetSHA()})
	}
	return entries, nil
}

// readFile reads a file of a repository.
func (g *GitHub) readFile(ctx context.Context, fullName, file string) (string, error) {
	owner, name, _ := strings.Cut(fullName, "/")
	f, _, _, err := g.client.Repositories.GetContents(ctx, owner, name, file, nil)
	if err != nil {
		return "", ownError(err)
	}
	if f == nil {
		return "", errors.New("it is not a file")
	}
	return f.GetContent()
}

// hiddenQuery asks which comments maintainers have hidden, which REST does not
// say.
const hiddenQuery = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id isMinimized } } }`

// askHidden notes for each comment that GitHub knows whether it is hidden, by its
// node id.
func (g *GitHub) askHidden(ctx context.Context, ids []string, hidden map[string]bool) error {
	address := "graphql"
	if base, found := strings.CutSuffix(g.client.BaseURL.Path, "/api/v3/"); found {
		address = base + "/api/graphql"
	}
	req, err := g.client.NewRequest(http.MethodPost, address, map[string]any{
		"query": hiddenQuery, "variables": map[string]any{"ids": ids},
	})
	if err != nil {
		return err
	}
	var answer struct {
		Data struct {
			Nodes []*struct {
				IsMinimized bool `json:"isMinimized"`
			} `json:"nodes"`
		} `json:"data"`
		Errors []json.RawMessage `json:"errors"`
	}
	_, err = g.client.Do(ctx, req, &answer)
	var otherForm *json.UnmarshalTypeError
	switch nodes := answer.Data.Nodes; {
	case errors.As(err, &otherForm) || err == nil && len(nodes) == 0 && len(answer.Errors) == 0:
		return errNoGraphQL
	case err != nil:
		return ownError(err)
	case len(nodes) != len(ids):
		return errIncomplete
	}
	for i, n := range answer.Data.Nodes {
		if n != nil {
			hidden[ids[i]] = n.IsMinimized
		}
	}
	return nil
}

// everyPage lists all pages, up to one that is enough. On an error it returns
// what was listed before.
func everyPage[T any](list func(page int) ([]T, *github.Response, error), enough func([]T) bool) ([]T, error) {
	var all []T
	for page := 1; page != 0; {
		items, resp, err := list(page)
		if err != nil {
			return all, ownError(err)
		}
		all = append(all, items...)
		if len(items) > 0 && enough != nil && enough(items) {
			break
		}
		page = resp.NextPage
	}
	return all, nil
}

// ownError turns an error of the library into one of ours, without its request.
func ownError(err error) error {
	var token *tokenError
	var limit *LimitError
	var redirect *redirectError
	var refused *github.ErrorResponse
	var request *url.Error
	switch {
	case errors.As(err, &token):
		return token
	case errors.As(err, &limit):
		return limit
	case errors.As(err, &redirect):
		return redirect
	case errors.As(err, &refused) && refused.Response != nil:
		return &StatusError{refused.Response.StatusCode, strings.TrimSpace(refused.Message)}
	case errors.As(err, &request):
		return &networkError{request.Err}
	}
	return err
}
