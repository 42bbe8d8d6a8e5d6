package compile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Ref names an issue or a pull request, which share their numbers. The zero Ref
// names nothing.
type Ref struct {
	Repo   string // owner/name, in lower case as GitHub compares them
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
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return Ref{}, false
	}
	return Ref{Repo: strings.ToLower(m[1]), Number: n}, true
}

// String gives "owner/name#12".
func (r Ref) String() string { return fmt.Sprintf("%s#%d", r.Repo, r.Number) }

// Name gives the repository's name without its owner.
func (r Ref) Name() string {
	_, name, _ := strings.Cut(r.Repo, "/")
	return name
}

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
func fullRef(ref, repo string) string {
	owner, _, known := strings.Cut(repo, "/")
	switch {
	case known && strings.HasPrefix(ref, "#"):
		ref = repo + ref
	case known && !strings.Contains(ref, "/"):
		ref = owner + "/" + ref
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
