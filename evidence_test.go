package main

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// evidence is what people wrote, against which drafts are checked. It is read
// from notes and archive without any code of the program.
type evidence struct {
	notes    map[string]string   // the month's notes, by name without ending
	others   map[string]string   // notes of other months, by name, with the letters of each line
	comments map[string]comment  // update comments of any month, by address
	titles   string              // of GitHub's issues, milestones and labels: letters only
	pages    map[string]bool     // addresses of GitHub's issues and milestones
	epics    map[string][]string // by address of an issue: those of the epics whose labels it carries
}

// comment is an update on GitHub.
type comment struct {
	repo    string
	id      int64
	body    string // without the marker
	at      time.Time
	trusted bool
}

// evidence reads what the month's sources hold.
func (m month) evidence(t testing.TB) evidence {
	t.Helper()
	e := evidence{
		notes: map[string]string{}, others: map[string]string{},
		comments: map[string]comment{}, pages: map[string]bool{}, epics: map[string][]string{},
	}
	if m.notes != nil {
		files, err := fs.Glob(m.notes, "*.md")
		require.NoError(t, err)
		for _, f := range files {
			data, err := fs.ReadFile(m.notes, f)
			require.NoError(t, err)
			name := strings.TrimSuffix(f, ".md")
			if strings.HasPrefix(f, m.month) {
				e.notes[name] = string(data)
			} else {
				e.others[name] = strings.Join(inBothForms(string(data)), "")
			}
		}
	}
	if m.github != nil {
		e.readGitHub(t, m)
	}
	return e
}

// archived is a repository, an issue, a milestone or a comment of an archive.
type archived struct {
	ID        int64
	Name      string // of a repository
	Number    int    // of an issue or a milestone
	Title     string
	Body      string
	URL       string    `json:"html_url"`
	IssueURL  string    `json:"issue_url"`
	CreatedAt time.Time `json:"created_at"`
	Minimized bool
	Labels    []struct{ Name string }
	Assignees []struct{ Login string }
	User      struct{ Login, Type string }

	Association string `json:"author_association"`
}

func readArchived(t testing.TB, archive fs.FS, name string) (list []archived) {
	t.Helper()
	data, err := fs.ReadFile(archive, name)
	if err == nil {
		require.NoError(t, json.Unmarshal(data, &list), name)
	}
	return list
}

func (e *evidence) readGitHub(t testing.TB, m month) {
	t.Helper()
	carriers := map[string][]string{} // addresses of issues and epics, by label
	for _, repo := range readArchived(t, m.github, "repos.json") {
		issues := readArchived(t, m.github, repo.Name+"/issues.json")
		for _, i := range slices.Concat(issues, readArchived(t, m.github, repo.Name+"/milestones.json")) {
			e.pages[i.URL] = true
			e.titles += letters(plain(i.Title)) + " "
			for _, l := range i.Labels {
				e.titles += letters(l.Name) + " "
				if strings.HasPrefix(l.Name, "E:") {
					carriers[l.Name] = append(carriers[l.Name], i.URL)
				}
			}
		}
		for _, c := range readArchived(t, m.github, repo.Name+"/comments.json") {
			if body, ok := cutMark(c.Body); ok {
				e.comments[c.URL] = comment{repo.Name, c.ID, body, c.CreatedAt, trusted(c, issues)}
			}
		}
	}
	for _, pages := range carriers {
		for _, page := range pages {
			e.epics[page] = append(e.epics[page], slices.DeleteFunc(slices.Clone(pages), func(p string) bool {
				return !strings.Contains(p, "/"+m.planning+"/")
			})...)
		}
	}
}

// trusted reports whether a comment counts: people of the organisation and
// those who are assigned to the issue may speak, bots may not.
func trusted(c archived, issues []archived) bool {
	if c.Minimized || c.User.Type == "Bot" {
		return false
	}
	return slices.Contains([]string{"OWNER", "MEMBER", "COLLABORATOR"}, c.Association) ||
		slices.ContainsFunc(issues, func(i archived) bool {
			return strconv.Itoa(i.Number) == path.Base(c.IssueURL) &&
				slices.ContainsFunc(i.Assignees, func(u struct{ Login string }) bool { return u.Login == c.User.Login })
		})
}

var (
	markLine   = regexp.MustCompile(`(?im)^[ \t#*_]*weekly updates?[*_:]*(?:[ \t]+[\d-]+)?[*_:]*[ \t]*$`)
	fencedText = regexp.MustCompile("(?ms)^```.*?^```")
	template   = regexp.MustCompile(`(?im)^[ \t*_]*weekly report template[*_: \t]*$`)
)

// cutMark takes the marker off an update. Other comments have none outside of
// code; a quoted one does not begin its line.
func cutMark(body string) (rest string, ok bool) {
	body = strings.ReplaceAll(body, "\r\n", "\n")
	if !markLine.MatchString(fencedText.ReplaceAllString(body, "")) {
		return "", false
	}
	return template.ReplaceAllString(markLine.ReplaceAllString(body, ""), ""), true
}
