package compile

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
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

// ParseRef reads the address of an issue or a pull request, on github.com or
// an enterprise's own host, and whatever part of its page it points at.
func ParseRef(url string) (Ref, bool) {
	ref, _, ok := splitRef(url)
	return ref, ok
}

// splitRef also gives what stands behind the number, "#issuecomment-1".
func splitRef(url string) (ref Ref, rest string, ok bool) {
	p, ok := splitPage(url)
	if !ok || p.section != "issues" && p.section != "pull" && p.section != "pulls" {
		return Ref{}, "", false
	}
	if p.rest != "" && !strings.ContainsAny(p.rest[:1], "/?#") {
		return Ref{}, "", false
	}
	return Ref{p.repo, p.number}, p.rest, true
}

// ParseMilestone reads the address of a milestone's page on GitHub, and gives its
// repository and its number there.
func ParseMilestone(url string) (repo Repo, number int, ok bool) {
	p, ok := splitPage(url)
	if !ok || p.section != "milestone" && p.section != "milestones" {
		return Repo{}, 0, false
	}
	return p.repo, p.number, true
}

// page is the address of a numbered page of a repository.
type page struct {
	repo    Repo
	section string // "issues"
	number  int
	rest    string // behind the number
}

// splitPage takes the address of a numbered page to pieces.
func splitPage(url string) (p page, ok bool) {
	path, found := strings.CutPrefix(strings.TrimSpace(url), "https://")
	if !found {
		path, found = strings.CutPrefix(path, "http://")
	}
	parts := strings.SplitN(path, "/", 5)
	if !found || len(parts) < 5 || parts[0] == "" || strings.ContainsFunc(parts[0], unicode.IsSpace) {
		return page{}, false
	}
	digits := strings.TrimLeft(parts[4], "0123456789")
	number, err := strconv.Atoi(parts[4][:len(parts[4])-len(digits)])
	if err != nil || !isName(parts[1]) || !isName(parts[2]) {
		return page{}, false
	}
	return page{Repo{strings.ToLower(parts[1]), strings.ToLower(parts[2])}, parts[3], number, digits}, true
}

// isName reports whether s may be the name of an owner or a repository.
func isName(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '.' || r == '-')
	})
}

// String gives "owner/name#12".
func (r Ref) String() string { return fmt.Sprintf("%s#%d", r.Repo, r.Number) }

// address is what links in a text are compared by: an issue and its pull request
// are one, but two comments on it are two places.
func address(url string) string {
	url = strings.TrimRight(strings.TrimSpace(url), "/")
	if ref, rest, ok := splitRef(url); ok {
		return ref.String() + rest
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
// request, with and without fragment, query or final slash, in any case. A page of
// the site that the notes are in is known by its name, whatever its folder.
func canonicalURL(url string) string {
	if ref, ok := ParseRef(url); ok {
		return ref.String()
	}
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	url = strings.ToLower(strings.TrimRight(strings.TrimSpace(url), "/"))
	if !strings.Contains(url, "://") {
		url = url[strings.LastIndex(url, "/")+1:]
		url = strings.TrimSuffix(strings.TrimSuffix(url, ".md"), ".mdx")
	}
	return url
}
