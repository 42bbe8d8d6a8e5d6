package sources

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// linkForm matches a link of a Link header: its address and its parameters. An
// address may hold commas and semicolons.
var linkForm = regexp.MustCompile(`<([^>]*)>([^<]*)`)

// relForm matches the parameter that says what a link leads to.
var relForm = regexp.MustCompile(`(?i);\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))`)

// nextAddress gives the address of the page that follows, as it stands in the Link
// header; empty if there is none. One that leads away from the API, where a token
// would go along, is an error, and so is one that cannot be read, as the list does
// not end there.
func nextAddress(header http.Header, api *url.URL) (string, error) {
	links := strings.Join(header.Values("Link"), ", ")
	for _, m := range linkForm.FindAllStringSubmatch(links, -1) {
		if !leadsToNext(m[2]) {
			continue
		}
		u, err := api.Parse(m[1])
		if err != nil || m[1] == "" {
			return "", &ResponseError{"the address of its next page cannot be read"}
		}
		if !sameOrigin(u, api) || u.User != nil {
			return "", &ResponseError{fmt.Sprintf("its next page is on another host, %s://%s", u.Scheme, u.Host)}
		}
		return u.String(), nil
	}
	if leadsToNext(links) {
		return "", &ResponseError{"the address of its next page cannot be read"}
	}
	return "", nil
}

// leadsToNext reports whether the parameters of a link say that it is the next page.
func leadsToNext(parameters string) bool {
	return slices.ContainsFunc(relForm.FindAllStringSubmatch(parameters, -1), func(m []string) bool {
		return slices.Contains(strings.Fields(strings.ToLower(m[1]+" "+m[2])), "next")
	})
}
