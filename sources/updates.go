package sources

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

// Trust says whose comments count beside those of the organisation's own people
// and of an issue's assignees.
type Trust struct {
	Authors      []string // logins
	Associations []string // GitHub's names: CONTRIBUTOR and the like
}

// trusted are the associations of people who may write in a repository.
var trusted = []string{"OWNER", "MEMBER", "COLLABORATOR"}

// refuses tells why a comment does not count; empty if it does.
func (t Trust) refuses(c apiComment, issue apiIssue) compile.Reason {
	is := func(name string) func(string) bool {
		return func(s string) bool { return strings.EqualFold(s, name) }
	}
	switch {
	case c.Hidden:
		return compile.HiddenOnHost
	case c.User.Type == "Bot" || strings.HasSuffix(c.User.Login, "[bot]"):
		return compile.FromBot
	case slices.ContainsFunc(trusted, is(c.Association)), slices.ContainsFunc(t.Associations, is(c.Association)):
		return ""
	case c.User.Login == "":
		return compile.AccountGone
	case slices.ContainsFunc(t.Authors, is(c.User.Login)),
		slices.ContainsFunc(issue.Assignees, func(u apiUser) bool { return strings.EqualFold(u.Login, c.User.Login) }):
		return ""
	}
	return compile.Untrusted
}

// Updates reads the archive's comments that were created from the first instant
// up to, not including, the second, and that hold the marker. Those that do not
// count are among them with the reason.
func (a *Archive) Updates(from, to time.Time, trust Trust) ([]compile.Update, error) {
	repos, err := a.repos()
	if err != nil {
		return nil, err
	}
	// A repository that was renamed is in the list twice, by its old name as gone.
	slices.SortStableFunc(repos, func(a, b apiRepo) int { return gone(a) - gone(b) })
	seen := map[int64]bool{}
	var updates []compile.Update
	for _, r := range repos {
		comments, err := a.comments(r.FullName)
		if err != nil {
			return nil, err
		}
		issues, err := a.issues(r.FullName)
		if err != nil {
			return nil, err
		}
		for _, c := range comments {
			if c.CreatedAt.Before(from) || !c.CreatedAt.Before(to) || seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			body, isUpdate := outline.IsUpdate(c.Body)
			if !isUpdate {
				continue
			}
			number := c.issue()
			updates = append(updates, readComment(c, body, compile.Ref{Repo: repoName(r.FullName), Number: number},
				trust.refuses(c, issues[number])))
		}
	}
	return updates, nil
}

// gone puts the repositories first that the organisation lists.
func gone(r apiRepo) int {
	if r.Gone || r.Aside {
		return 1
	}
	return 0
}

// readComment reads one update. Of one that does not count no more is kept than
// an excerpt needs.
func readComment(c apiComment, body string, issue compile.Ref, refused compile.Reason) compile.Update {
	u := compile.Update{
		Source: compile.Source{URL: c.URL}, Author: c.User.Login, Date: c.CreatedAt.UTC(), Issue: issue, LeftOut: refused,
	}
	if refused != "" {
		u.Items = []compile.Item{{Kind: compile.Note, Text: body}}
		return u
	}
	u.Items = outline.Comment(body)
	return u
}

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

func (a *Archive) repos() ([]apiRepo, error) {
	var repos []apiRepo
	if err := a.read("repos.json", &repos); err != nil {
		return nil, err
	}
	slices.SortFunc(repos, func(x, y apiRepo) int { return strings.Compare(x.FullName, y.FullName) })
	return repos, nil
}

// comments gives a repository's comments by id.
func (a *Archive) comments(fullName string) ([]apiComment, error) {
	var comments []apiComment
	if err := a.read(path.Join(a.folder(fullName), "comments.json"), &comments); err != nil {
		return nil, err
	}
	slices.SortFunc(comments, func(x, y apiComment) int { return cmp.Compare(x.ID, y.ID) })
	return comments, nil
}

// issues gives a repository's issues by number.
func (a *Archive) issues(fullName string) (map[int]apiIssue, error) {
	var list []apiIssue
	if err := a.read(path.Join(a.folder(fullName), "issues.json"), &list); err != nil {
		return nil, err
	}
	issues := map[int]apiIssue{}
	for _, i := range list {
		issues[i.Number] = i
	}
	return issues, nil
}

// Issues gives all issues of the archive.
func (a *Archive) Issues() ([]compile.Issue, error) {
	repos, err := a.repos()
	if err != nil {
		return nil, err
	}
	var all []compile.Issue
	for _, r := range repos {
		issues, err := a.planIssues(r.FullName)
		if err != nil {
			return nil, err
		}
		all = append(all, issues...)
	}
	return all, nil
}

func (a *Archive) planIssues(fullName string) ([]compile.Issue, error) {
	issues, err := a.issues(fullName)
	if err != nil {
		return nil, err
	}
	var all []compile.Issue
	for _, i := range issues {
		all = append(all, i.plain(fullName))
	}
	return all, nil
}

func (i apiIssue) plain(fullName string) compile.Issue {
	issue := compile.Issue{
		Ref:   compile.Ref{Repo: repoName(fullName), Number: i.Number},
		Title: strings.TrimSpace(i.Title), URL: i.URL, State: i.State,
	}
	for _, l := range i.Labels {
		issue.Labels = append(issue.Labels, l.Name)
	}
	if i.Milestone != nil {
		issue.Milestone = i.Milestone.Number
	}
	if i.ClosedAt != nil {
		issue.Closed = i.ClosedAt.UTC()
	}
	return issue
}

// Roadmap builds the roadmap of the planning repository, owner/name.
func (a *Archive) Roadmap(planning string) (compile.Roadmap, error) {
	if planning == "" {
		return compile.Roadmap{}, nil
	}
	var list []apiMilestone
	if err := a.read(path.Join(a.folder(planning), "milestones.json"), &list); err != nil {
		return compile.Roadmap{}, err
	}
	about := map[int]string{}
	var milestones []compile.Milestone
	for _, m := range list {
		plain := compile.Milestone{Number: m.Number, Title: strings.TrimSpace(m.Title), URL: m.URL, State: m.State}
		if m.DueOn != nil {
			plain.Due = compile.DayOf(*m.DueOn)
		}
		if m.ClosedAt != nil {
			plain.Closed = m.ClosedAt.UTC()
		}
		about[m.Number] = m.Description
		milestones = append(milestones, plain)
	}
	issues, err := a.planIssues(planning)
	if err != nil {
		return compile.Roadmap{}, err
	}
	return compile.NewRoadmap(milestones, about, issues), nil
}

var oldOwner = regexp.MustCompile(`^(https?://[^/]+/)([\w.-]+)(/.*)$`)

// Pages gives the address of GitHub's pages, without final slash, and the owner
// that the organisation's repositories have now, which is another than its login
// when the organisation was renamed.
func (a *Archive) Pages() (web, owner string, err error) {
	repos, err := a.repos()
	if err != nil || len(repos) == 0 {
		return "", a.state.Org, err
	}
	slices.SortStableFunc(repos, func(a, b apiRepo) int { return gone(a) - gone(b) })
	owner, _, found := strings.Cut(repos[0].FullName, "/")
	if !found {
		return "", "", a.damaged("repos.json", fmt.Errorf("the repository %q has no owner", repos[0].FullName))
	}
	web, _ = strings.CutSuffix(repos[0].URL, "/"+repos[0].FullName)
	return web, owner, nil
}

// Rename makes the headings of notes that name the old owner of a repository
// name the new one.
func Rename(updates []compile.Update, old, now string) {
	if strings.EqualFold(old, now) {
		return
	}
	for _, u := range updates {
		for i, h := range u.Path {
			if m := oldOwner.FindStringSubmatch(h.URL); m != nil && strings.EqualFold(m[2], old) {
				u.Path[i].URL = m[1] + now + m[3]
			}
		}
	}
}
