package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

// statusQuery asks for the newest status updates of a project, which REST does not
// have.
const statusQuery = `query($org: String!, $number: Int!, $after: String) { organization(login: $org) { projectV2(number: $number) {
  statusUpdates(first: 50, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
    pageInfo { hasNextPage endCursor }
    nodes { id status body startDate targetDate createdAt creator { login } project { number title url } } } } } }`

// statusFile is the file of the archive with the status updates of all projects.
const statusFile = "statuses.json"

// apiStatus is a status update of a project.
type apiStatus struct {
	ID         string    `json:"id"`
	Status     string    `json:"status"` // "ON_TRACK" and the like; may be null
	Body       string    `json:"body"`
	StartDate  string    `json:"startDate"`
	TargetDate string    `json:"targetDate"`
	CreatedAt  time.Time `json:"createdAt"`
	Creator    *apiUser  `json:"creator"`
	Project    struct {
		Number int    `json:"number"`
		Title  string `json:"title"`
		URL    string `json:"url"`
	} `json:"project"`

	said said
}

func (s *apiStatus) UnmarshalJSON(data []byte) error {
	type fields apiStatus
	err := s.said.keep(data, (*fields)(s))
	s.CreatedAt = s.CreatedAt.UTC()
	return err
}

func (s apiStatus) MarshalJSON() ([]byte, error) {
	type fields apiStatus
	return s.said.orElse(fields(s))
}

func (s *apiStatus) key() string  { return s.ID }
func (s *apiStatus) mark(marks)   {}
func (s *apiStatus) marks() marks { return marks{} }

// plain gives a status update as the rules know it.
func (s apiStatus) plain() compile.Status {
	status := compile.Status{
		Number: s.Project.Number, Title: strings.TrimSpace(s.Project.Title), URL: s.Project.URL,
		Health: compile.Health(strings.ToLower(s.Status)), Items: outline.Comment(s.Body), Date: s.CreatedAt,
	}
	status.Start, _ = compile.ParseDay(s.StartDate)
	status.Target, _ = compile.ParseDay(s.TargetDate)
	if s.Creator != nil {
		status.Author = s.Creator.Login
	}
	return status
}

// statuses gives the status updates of some projects.
func (a *Archive) statuses(projects []int) ([]compile.Status, error) {
	list, err := readList[apiStatus](a, statusFile)
	var all []compile.Status
	for _, s := range list {
		if slices.Contains(projects, s.Project.Number) {
			all = append(all, s.plain())
		}
	}
	return all, err
}

// readProjects reads the status updates of the projects. What GitHub does not answer is
// a warning and not a gap, as with [reading.readHidden].
func (rd *reading) readProjects(ctx context.Context) error {
	for _, number := range rd.unreadProjects() {
		start := rd.time()
		fresh, err := rd.listStatuses(ctx, number)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			if err := rd.keepStatuses(number, fresh); err != nil {
				return err
			}
		} else {
			rd.warn(fmt.Sprintf("GitHub does not say how project %d stands: %v", number, err))
		}
		if err != nil && !retryIsPointless(err) && !errors.Is(err, errNoProject) {
			continue
		}
		if err := rd.recorded(func(w *window) { w.Projects[number] = start }); err != nil {
			return err
		}
	}
	return nil
}

// unreadProjects gives the projects that were not read after the span's end. GitHub
// answers only those who log in.
func (rd *reading) unreadProjects() []int {
	rd.mu.Lock()
	defer rd.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(rd.projects), func(n int) bool {
		return rd.Token == nil || !rd.window.Projects[n].Before(rd.To)
	})
}

// keepStatuses puts fresh status updates of a project into the archive, in place of
// those that it has of the same time.
func (rd *reading) keepStatuses(number int, fresh []apiStatus) error {
	list, err := readList[apiStatus](rd.archive, statusFile)
	if damaged := (*DamagedError)(nil); err != nil && !errors.As(err, &damaged) {
		return err
	}
	if len(fresh) > 0 {
		oldest := fresh[len(fresh)-1].CreatedAt
		list = slices.DeleteFunc(slices.Clone(list), func(s apiStatus) bool { return s.Project.Number == number && !s.CreatedAt.Before(oldest) })
	}
	list = append(slices.Clip(list), fresh...)
	slices.SortFunc(list, func(x, y apiStatus) int { return strings.Compare(x.ID, y.ID) })
	return writeList(rd.archive, statusFile, list)
}

// errNoProject is an organisation without such a project.
var errNoProject = errors.New("there is no such project that this token may see")

// statusPage is what [statusQuery] answers.
type statusPage struct {
	Organization *struct {
		Project *struct {
			Updates *struct {
				PageInfo struct {
					HasNextPage bool   `json:"hasNextPage"`
					EndCursor   string `json:"endCursor"`
				} `json:"pageInfo"`
				Nodes []*apiStatus `json:"nodes"`
			} `json:"statusUpdates"`
		} `json:"projectV2"`
	} `json:"organization"`
}

// listStatuses lists a project's status updates, the newest first, up to one that is
// older than the span.
func (rd *reading) listStatuses(ctx context.Context, number int) ([]apiStatus, error) {
	variables := map[string]any{"org": rd.archive.state.Org, "number": number}
	var all []apiStatus
	for range maxPages {
		var page statusPage
		if err := rd.ask(ctx, statusQuery, variables, &page); err != nil {
			return nil, err
		}
		if page.Organization == nil || page.Organization.Project == nil {
			return nil, errNoProject
		}
		updates := page.Organization.Project.Updates
		if updates == nil {
			return nil, errIncomplete
		}
		for _, s := range updates.Nodes {
			if s == nil || s.ID == "" || s.CreatedAt.IsZero() || s.Project.Number != number {
				return nil, errIncomplete
			}
			all = append(all, *s)
		}
		if !updates.PageInfo.HasNextPage || len(updates.Nodes) == 0 || all[len(all)-1].CreatedAt.Before(rd.From) {
			return all, nil
		}
		if variables["after"] == updates.PageInfo.EndCursor {
			return nil, errIncomplete
		}
		variables["after"] = updates.PageInfo.EndCursor
	}
	return nil, errIncomplete
}

// ask asks a question in GraphQL. An answer with errors is incomplete, unless it says
// only that what was asked for is not there.
func (g *GitHub) ask(ctx context.Context, query string, variables map[string]any, data any) error {
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors []struct {
			Type string `json:"type"`
		} `json:"errors"`
	}
	err := g.graphQL(ctx, query, variables, &answer)
	switch {
	case err == nil && answer.Data == nil && len(answer.Errors) == 0:
		return errNoGraphQL
	case err != nil:
		return err
	case len(answer.Errors) > 0 && answer.Errors[0].Type != "NOT_FOUND", answer.Data == nil:
		return errIncomplete
	}
	if json.Unmarshal(answer.Data, data) != nil {
		return errIncomplete
	}
	return nil
}
