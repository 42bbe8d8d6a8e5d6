package sources

import (
	"fmt"
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

var ownedPage = regexp.MustCompile(`^(https?://[^/]+/)([\w.-]+)(/.*)$`)

// rename makes the headings of notes that name the old owner of a repository name
// the new one.
func rename(noted []compile.Update, old, now string) {
	if strings.EqualFold(old, now) {
		return
	}
	for _, u := range noted {
		for i, h := range u.Path {
			if m := ownedPage.FindStringSubmatch(h.URL); m != nil && strings.EqualFold(m[2], old) {
				u.Path[i].URL = m[1] + now + m[3]
			}
		}
	}
}
