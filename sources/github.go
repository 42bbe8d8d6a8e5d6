package sources

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/go-github/v56/github"

	"github.com/waku-org/monthly/compile"
)

// GitHub is access to GitHub. Only this file knows the library behind it. What
// its methods return are the API's objects in our own form, and our own errors.
type GitHub struct {
	Access
	client *github.Client
	now    func() time.Time
	clock  *serverClock
}

// time gives the time by the clock that is behind: this machine's or the server's.
func (g *GitHub) time() time.Time { return g.clock.time(g.now()) }

// NewGitHub prepares access to GitHub; now gives the time.
func NewGitHub(a Access, now func() time.Time) (*GitHub, error) {
	base, err := ParseAPI(a.API)
	if err != nil {
		return nil, err
	}
	if a.Parallel <= 0 {
		a.Parallel = 6
	}
	clock := &serverClock{}
	client := github.NewClient(a.client(base, clock))
	client.BaseURL = base
	client.UserAgent = "monthly"
	return &GitHub{Access: a, client: client, now: now, clock: clock}, nil
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

// listRepos lists an organisation's repositories by name. What the list holds that is
// not a repository is given to broken.
func (g *GitHub) listRepos(ctx context.Context, org string, broken func(json.RawMessage, error)) ([]apiRepo, error) {
	repos, err := walk(ctx, g, listing[apiRepo]{
		path: "orgs/" + org + "/repos", query: url.Values{"sort": {"created"}, "direction": {"asc"}},
		check:  func(r apiRepo, _ bool) error { return checkRepo(r) },
		broken: broken,
	})
	slices.SortFunc(repos, func(a, b apiRepo) int { return strings.Compare(a.FullName, b.FullName) })
	return repos, err
}

// listComments lists a repository's comments that changed since a time, by time
// of creation, up to a page that is enough. With an error come those that were
// listed before it.
func (g *GitHub) listComments(ctx context.Context, fullName string, since time.Time, enough func([]apiComment) bool) ([]apiComment, error) {
	from := &origin{fullName: fullName}
	return walk(ctx, g, listing[apiComment]{
		path:  "repos/" + fullName + "/issues/comments",
		query: url.Values{"sort": {"created"}, "direction": {"asc"}, "since": {timestamp(since)}},
		check: from.checkComment, enough: enough,
	})
}

// listIssueComments lists the comments on an issue that changed since a time.
func (g *GitHub) listIssueComments(ctx context.Context, fullName string, number int, since time.Time) ([]apiComment, error) {
	from := &origin{fullName: fullName}
	return walk(ctx, g, listing[apiComment]{
		path:  fmt.Sprintf("repos/%s/issues/%d/comments", fullName, number),
		query: url.Values{"since": {timestamp(since)}},
		check: func(c apiComment, redirected bool) error {
			if c.issue() != number {
				return fmt.Errorf("the comment %d is on the issue %d, not on %d", c.ID, c.issue(), number)
			}
			return from.checkComment(c, redirected)
		},
	})
}

// listMilestones lists a repository's milestones in every state, by number.
func (g *GitHub) listMilestones(ctx context.Context, fullName string) ([]apiMilestone, error) {
	milestones, err := walk(ctx, g, listing[apiMilestone]{
		path: "repos/" + fullName + "/milestones", query: url.Values{"state": {"all"}}, check: checkMilestone, reorder: true,
	})
	slices.SortFunc(milestones, func(a, b apiMilestone) int { return a.Number - b.Number })
	return milestones, err
}

// listIssues lists a repository's issues in every state that pass a filter, until
// enough were seen.
func (g *GitHub) listIssues(ctx context.Context, fullName string, filter url.Values, enough func([]apiIssue) bool) ([]apiIssue, error) {
	query := url.Values{"state": {"all"}, "sort": {"created"}, "direction": {"asc"}}
	maps.Copy(query, filter)
	var seen []apiIssue
	from := &origin{fullName: fullName}
	return walk(ctx, g, listing[apiIssue]{path: "repos/" + fullName + "/issues", query: query, check: from.checkIssue, enough: func(page []apiIssue) bool {
		seen = append(seen, page...)
		return enough != nil && enough(seen)
	}})
}

// listSubIssues lists the sub-issues of an issue that are in the same repository.
func (g *GitHub) listSubIssues(ctx context.Context, fullName string, number int) ([]apiIssue, error) {
	from := &origin{fullName: fullName}
	return walk(ctx, g, listing[apiIssue]{
		path: fmt.Sprintf("repos/%s/issues/%d/sub_issues", fullName, number), check: from.checkIssue, broken: func(json.RawMessage, error) {},
	})
}

func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// getIssue gets one issue.
func (g *GitHub) getIssue(ctx context.Context, fullName string, number int) (apiIssue, error) {
	a, err := g.get(ctx, fmt.Sprintf("repos/%s/issues/%d", fullName, number))
	if err != nil {
		return apiIssue{}, err
	}
	issue, err := decode[apiIssue](a.body)
	if err == nil {
		from := &origin{fullName: fullName}
		err = from.checkIssue(issue, a.redirected)
	}
	if err != nil {
		return apiIssue{}, &ResponseError{err.Error()}
	}
	page, _ := parsePage(issue.URL)
	if page.Ref != (compile.Ref{Repo: repoName(fullName), Number: number}) {
		if !a.redirected {
			return apiIssue{}, &ResponseError{fmt.Sprintf("it is about the issue %s", page.Ref)}
		}
		return issue, &movedError{page.Ref}
	}
	return issue, nil
}

// response is what the API sends.
type response struct {
	body       json.RawMessage
	next       string // address of the next page; empty if there is none
	redirected bool   // the address is another than was asked for
}

// get gets what the API has at an address, relative or not.
func (g *GitHub) get(ctx context.Context, address string) (response, error) {
	req, err := g.client.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return response{}, err
	}
	var body json.RawMessage
	resp, err := g.client.Do(ctx, req, &body)
	if err != nil {
		return response{}, ownError(err)
	}
	next, err := nextAddress(resp.Header, g.client.BaseURL)
	return response{body, next, resp.Request.URL.Path != req.URL.Path}, err
}

// listFolder lists a folder of a repository.
func (g *GitHub) listFolder(ctx context.Context, fullName, folder string) ([]apiEntry, error) {
	a, err := g.get(ctx, contentsPath(fullName, folder))
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("{")) {
		return nil, errors.New("it is a file, not a folder")
	}
	var entries []apiEntry
	if err := json.Unmarshal(a.body, &entries); err != nil {
		return nil, &ResponseError{"it is not a list of files"}
	}
	for _, e := range entries {
		if err := checkEntry(e); err != nil {
			return nil, &ResponseError{err.Error()}
		}
	}
	return entries, nil
}

func contentsPath(fullName, file string) string {
	return "repos/" + fullName + "/contents/" + (&url.URL{Path: file}).EscapedPath()
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

// graphQL asks a question in GraphQL. A response of another form than its answers have
// is one of a server that knows no GraphQL.
func (g *GitHub) graphQL(ctx context.Context, text string, variables map[string]any, answer any) error {
	address := "graphql"
	if base, found := strings.CutSuffix(g.client.BaseURL.Path, "/api/v3/"); found {
		address = base + "/api/graphql"
	}
	req, err := g.client.NewRequest(http.MethodPost, address, map[string]any{"query": text, "variables": variables})
	if err != nil {
		return err
	}
	_, err = g.client.Do(ctx, req, answer)
	if otherForm := (*json.UnmarshalTypeError)(nil); errors.As(err, &otherForm) {
		return errNoGraphQL
	}
	return ownError(err)
}

// ownError turns an error of the library into one of ours, without its request.
func ownError(err error) error {
	var token *tokenError
	var limit *LimitError
	var redirect *redirectError
	var refused *github.ErrorResponse
	var request *url.Error
	var unusable *ResponseError
	var form *json.UnmarshalTypeError
	switch {
	case errors.As(err, &unusable):
		return unusable
	case errors.As(err, &form):
		return &ResponseError{"it is of another form: " + form.Error()}
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
