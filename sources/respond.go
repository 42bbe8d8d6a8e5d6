package sources

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// What GitHub sends is compared with what was asked for before anything of it is
// kept, and before a name of it becomes a path.

// decode reads an element of a list, or an object.
func decode[T any](raw json.RawMessage) (item T, err error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil || fields == nil {
		return item, fmt.Errorf("it is not an object: %s", excerpt(raw))
	}
	if err := json.Unmarshal(raw, &item); err != nil {
		return item, fmt.Errorf("it is of another form: %w", err)
	}
	return item, lacks(fields, requiredOf(item))
}

// requiredOf names the fields without which an object says nothing.
func requiredOf(item any) []string {
	switch item.(type) {
	case apiComment:
		return []string{"id", "html_url", "issue_url", "body", "user", "author_association", "created_at", "updated_at"}
	case apiIssue:
		return []string{"number", "title", "html_url", "state"}
	case apiMilestone:
		return []string{"number", "title", "state"}
	}
	return nil
}

func lacks(fields map[string]json.RawMessage, required []string) error {
	for _, name := range required {
		value, has := fields[name]
		if !has || string(value) == "null" && name != "user" { // of an account that was deleted
			return fmt.Errorf("it has no %s", name)
		}
	}
	return nil
}

// excerpt gives the beginning of what GitHub sent.
func excerpt(raw []byte) string {
	const most = 40
	if len(raw) > most {
		return fmt.Sprintf("%q…", raw[:most])
	}
	return fmt.Sprintf("%q", raw)
}

// origin checks that the elements of a list are of the repository that was asked. If
// GitHub redirects, as the repository has a new name, the first element says which.
type origin struct {
	fullName string
	moved    bool
}

func (o *origin) check(is compile.Repo, redirected bool) error {
	if strings.EqualFold(is.String(), o.fullName) {
		return nil
	}
	if redirected && !o.moved {
		o.fullName, o.moved = is.String(), true
		return nil
	}
	return fmt.Errorf("it is of %q, not of %s", is.String(), o.fullName)
}

// checkComment reports a comment that is not one of the repository's.
func (o *origin) checkComment(c apiComment, redirected bool) error {
	page, ok := parsePage(c.URL)
	switch {
	case c.ID < 0:
		return fmt.Errorf("the comment has the id %d", c.ID)
	case c.CreatedAt.IsZero() || c.UpdatedAt.IsZero():
		return errors.New("the comment has no time")
	case !ok || page.fragment != "issuecomment-"+strconv.FormatInt(c.ID, 10):
		return fmt.Errorf("the comment %d has the address %q", c.ID, c.URL)
	case !strings.HasSuffix(strings.ToLower(c.IssueURL), strings.ToLower("/repos/"+page.Repo.String()+"/issues/"+strconv.Itoa(page.Number))):
		return fmt.Errorf("the comment %d is on %q, but its address is %q", c.ID, c.IssueURL, c.URL)
	}
	return o.check(page.Repo, redirected)
}

// checkIssue reports an issue that is not one of the repository's.
func (o *origin) checkIssue(i apiIssue, redirected bool) error {
	page, ok := parsePage(i.URL)
	switch {
	case !ok || i.Number <= 0 || page.Number != i.Number:
		return fmt.Errorf("the issue %d has the address %q", i.Number, i.URL)
	case i.State != "open" && i.State != "closed":
		return fmt.Errorf("the issue %d is %q", i.Number, i.State)
	}
	return o.check(page.Repo, redirected)
}

func checkMilestone(m apiMilestone, _ bool) error {
	u, err := url.Parse(m.URL)
	switch {
	case m.Number <= 0:
		return fmt.Errorf("the milestone has the number %d", m.Number)
	case err != nil || m.URL != "" && path.Base(u.Path) != strconv.Itoa(m.Number):
		return fmt.Errorf("the milestone %d has the address %q", m.Number, m.URL)
	case m.State != "open" && m.State != "closed":
		return fmt.Errorf("the milestone %d is %q", m.Number, m.State)
	}
	return nil
}

// page is the address of an issue or of a comment on it.
type page struct {
	compile.Ref
	fragment string
}

// pagePath matches owner, name and number of an issue or a pull request.
var pagePath = regexp.MustCompile(`^(?:/[^/]+)*?/([^/]+)/([^/]+)/(?:issues|pull)/(\d{1,9})$`)

// parsePage reads the address of an issue, or of a comment on it.
func parsePage(address string) (page, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return page{}, false
	}
	m := pagePath.FindStringSubmatch(u.Path)
	if m == nil {
		return page{}, false
	}
	repo, ok := compile.ParseRepo(m[1] + "/" + m[2])
	number, _ := strconv.Atoi(m[3])
	return page{compile.Ref{Repo: repo, Number: number}, u.Fragment}, ok && number > 0
}

// fullNameForm matches the full names of repositories.
var fullNameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+$`)

// checkRepo reports a repository whose names are not ones that GitHub gives.
func checkRepo(r apiRepo) error {
	_, name, _ := strings.Cut(r.FullName, "/")
	switch {
	case !fullNameForm.MatchString(r.FullName) || name != r.Name || strings.Trim(name, ".") == "":
		return fmt.Errorf("it is not the name of a repository: %q, %q", r.FullName, r.Name)
	case r.URL != "" && !strings.HasSuffix(strings.ToLower(r.URL), strings.ToLower("/"+r.FullName)):
		return fmt.Errorf("its address is %q", r.URL)
	}
	return nil
}

// checkEntry reports an entry of a folder whose name cannot be one of a file.
func checkEntry(e apiEntry) error {
	if e.Name == "" || e.Name != path.Base(e.Name) || e.Name == "." || e.Name == ".." || strings.ContainsAny(e.Name, "\\\x00") {
		return fmt.Errorf("it is not the name of a file: %q", e.Name)
	}
	return nil
}
