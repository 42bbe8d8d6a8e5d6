package sources

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// pages gives the address of GitHub's pages, without final slash, and the owner
// that the organisation's repositories have now. After the organisation was
// renamed that is another than its login here.
func (a *Archive) pages() (web, owner string, err error) {
	repos, err := a.repos()
	if err != nil || len(repos) == 0 {
		return "", a.state.Org, err
	}
	slices.SortStableFunc(repos, listedFirst)
	owner, _, found := strings.Cut(repos[0].FullName, "/")
	if !found {
		return "", "", &DamagedError{a.dir, reposFile, fmt.Sprintf("the repository %q has no owner", repos[0].FullName)}
	}
	web, _ = strings.CutSuffix(repos[0].URL, "/"+repos[0].FullName)
	return web, owner, nil
}

// Renames gives owners and repositories the names that they have now, by those that
// they had: "old-owner": "new-owner", "owner/old-name": "owner/new-name".
type Renames map[string]string

var ownedPage = regexp.MustCompile(`^(https?://[^/]+/)([\w.-]+)(/([\w.-]+))?(/.*)?$`)

// now gives an address as it reads today.
func (r Renames) now(url string) string {
	for range r { // each name may have changed several times
		m := ownedPage.FindStringSubmatch(url)
		if m == nil {
			return url
		}
		host, owner, repo, rest := m[1], m[2], m[4], m[5]
		if now, found := r.get(owner + "/" + repo); found && repo != "" {
			url = host + now + rest
		} else if now, found := r.get(owner); found {
			url = host + now + m[3] + rest
		} else {
			return url
		}
	}
	return url
}

// get finds a name, in any case.
func (r Renames) get(name string) (now string, found bool) {
	for _, old := range slices.Sorted(maps.Keys(r)) {
		if now = r[old]; strings.EqualFold(old, name) && !strings.EqualFold(now, name) {
			return now, true
		}
	}
	return "", false
}

// apply makes the headings of notes that name an old address name the new one.
func (r Renames) apply(noted []compile.Update) {
	for _, u := range noted {
		for i, h := range u.Path {
			u.Path[i].URL = r.now(h.URL)
		}
	}
}
