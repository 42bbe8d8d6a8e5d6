package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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
	repos, err := everyPage(pages[apiRepo](ctx, g, "orgs/"+org+"/repos", url.Values{"sort": {"full_name"}, "direction": {"asc"}}), nil)
	slices.SortFunc(repos, func(a, b apiRepo) int { return strings.Compare(a.FullName, b.FullName) })
	return slices.CompactFunc(repos, func(a, b apiRepo) bool { return a.FullName == b.FullName }), err
}

// listComments lists a repository's comments that changed since a time, by time
// of creation, up to a page that is enough. With an error come those that were
// listed before it.
func (g *GitHub) listComments(ctx context.Context, fullName string, since time.Time, enough func([]apiComment) bool) ([]apiComment, error) {
	return everyPage(pages[apiComment](ctx, g, "repos/"+fullName+"/issues/comments", url.Values{
		"sort": {"created"}, "direction": {"asc"}, "since": {since.UTC().Format(time.RFC3339)},
	}), enough)
}

// listMilestones lists a repository's milestones in every state, by number.
func (g *GitHub) listMilestones(ctx context.Context, fullName string) ([]apiMilestone, error) {
	milestones, err := everyPage(pages[apiMilestone](ctx, g, "repos/"+fullName+"/milestones", url.Values{"state": {"all"}}), nil)
	slices.SortFunc(milestones, func(a, b apiMilestone) int { return a.Number - b.Number })
	return milestones, err
}

// listIssues lists a repository's issues in every state, with a label if one is
// given, that changed since a time if it is not zero, until enough were seen.
func (g *GitHub) listIssues(ctx context.Context, fullName, label string, since time.Time, enough func([]apiIssue) bool) ([]apiIssue, error) {
	query := url.Values{"state": {"all"}, "sort": {"created"}, "direction": {"asc"}}
	if label != "" {
		query.Set("labels", label)
	}
	if !since.IsZero() {
		query.Set("since", since.UTC().Format(time.RFC3339))
	}
	var seen []apiIssue
	return everyPage(pages[apiIssue](ctx, g, "repos/"+fullName+"/issues", query), func(page []apiIssue) bool {
		seen = append(seen, page...)
		return enough != nil && enough(seen)
	})
}

// pages gives a way to get the pages of a list.
func pages[T any](ctx context.Context, g *GitHub, path string, query url.Values) func(int) ([]T, *github.Response, error) {
	return func(page int) (items []T, resp *github.Response, err error) {
		query := maps.Clone(query)
		query.Set("per_page", "100")
		query.Set("page", strconv.Itoa(page))
		resp, err = g.get(ctx, path+"?"+query.Encode(), &items)
		return items, resp, err
	}
}

// get gets what the API has under a path, as it sends it.
func (g *GitHub) get(ctx context.Context, path string, v any) (*github.Response, error) {
	req, err := g.client.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	return g.client.Do(ctx, req, v)
}

// getIssue gets one issue.
func (g *GitHub) getIssue(ctx context.Context, fullName string, number int) (apiIssue, error) {
	var issue apiIssue
	if _, err := g.get(ctx, fmt.Sprintf("repos/%s/issues/%d", fullName, number), &issue); err != nil {
		return apiIssue{}, ownError(err)
	}
	return issue, nil
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
