package compile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Repo names a repository, in lower case as GitHub compares them. The zero Repo
// names none.
type Repo struct{ Owner, Name string }

// ParseRepo reads "owner/name". ok is false if s is not of that form.
func ParseRepo(s string) (r Repo, ok bool) {
	owner, name, found := strings.Cut(strings.ToLower(s), "/")
	if !found || owner == "" || name == "" || strings.Contains(name, "/") {
		return Repo{}, false
	}
	return Repo{owner, name}, true
}

// String gives "owner/name"; "" for none.
func (r Repo) String() string {
	if r == (Repo{}) {
		return ""
	}
	return r.Owner + "/" + r.Name
}

// Ref names an issue or a pull request, which share their numbers. The zero Ref
// names none.
type Ref struct {
	Repo   Repo
	Number int
}

var issueURL = regexp.MustCompile(`^https?://(?:www\.)?[^/\s]+/([\w.-]+/[\w.-]+)/(?:issues|pull|pulls)/(\d+)([/?#].*)?$`)

// ParseRef reads the address of an issue or a pull request, on github.com or
// an enterprise's own host, and whatever part of its page it points at.
func ParseRef(url string) (Ref, bool) {
	m := issueURL.FindStringSubmatch(strings.TrimSpace(url))
	if m == nil {
		return Ref{}, false
	}
	repo, ok := ParseRepo(m[1])
	n, err := strconv.Atoi(m[2])
	if err != nil || !ok {
		return Ref{}, false
	}
	return Ref{repo, n}, true
}

var milestoneURL = regexp.MustCompile(`^https?://(?:www\.)?[^/\s]+/([\w.-]+/[\w.-]+)/milestones?/(\d+)`)

// ParseMilestone reads the address of a milestone's page on GitHub, and gives its
// repository and its number there.
func ParseMilestone(url string) (repo Repo, number int, ok bool) {
	m := milestoneURL.FindStringSubmatch(strings.TrimSpace(url))
	if m == nil {
		return Repo{}, 0, false
	}
	repo, ok = ParseRepo(m[1])
	number, err := strconv.Atoi(m[2])
	if err != nil || !ok {
		return Repo{}, 0, false
	}
	return repo, number, true
}

// String gives "owner/name#12".
func (r Ref) String() string { return fmt.Sprintf("%s#%d", r.Repo, r.Number) }

// address is what links in a text are compared by: an issue and its pull request
// are one, but two comments on it are two places.
func address(url string) string {
	url = strings.TrimRight(strings.TrimSpace(url), "/")
	if ref, ok := ParseRef(url); ok {
		return ref.String() + issueURL.FindStringSubmatch(url)[3]
	}
	return url
}

// fullRef completes a reference as people write it in a repository: "#12" is an
// issue of the repository, "other#12" one of a neighbour.
func fullRef(ref string, repo Repo) string {
	switch known := repo != (Repo{}); {
	case known && strings.HasPrefix(ref, "#"):
		ref = repo.String() + ref
	case known && !strings.Contains(ref, "/"):
		ref = repo.Owner + "/" + ref
	}
	return strings.ToLower(ref)
}

// canonicalURL makes addresses of the same page equal: an issue and its pull
// request, with and without fragment, query or final slash, in any case.
func canonicalURL(url string) string {
	if ref, ok := ParseRef(url); ok {
		return ref.String()
	}
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	return strings.ToLower(strings.TrimRight(strings.TrimSpace(url), "/"))
}
