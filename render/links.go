package render

import (
	"net/url"
	"slices"
	"strings"
)

// NotePages gives the notes of the month in order.
func (d *draft) NotePages() []string {
	var pages []string
	for _, w := range d.Weeks {
		for _, n := range w.Notes {
			pages = append(pages, d.noteLink(n.Name, n.Name))
		}
	}
	return pages
}

// Documents gives the documents to which statements link, each once, with what they are
// about: pages that are neither issues nor code of GitHub.
func (d *draft) Documents() []string {
	var links []string
	seen := map[string]bool{}
	for t := range d.Told {
		for _, link := range d.safe(t.Statement.Repo, t.Statement.Sources).Links(t.Statement.Whole("\n\n")) {
			if key := strings.TrimRight(link.URL, "/"); d.isDocument(link.URL) && !seen[key] {
				seen[key] = true
				title := link.Text
				if title == "" || strings.Contains(title, "://") {
					title = shortAddress(link.URL)
				}
				links = append(links, labelled(d.title(title, link.URL), d.top(t.Where)))
			}
		}
	}
	return links
}

// isDocument reports whether an address is of a page that people read for itself: not of
// an issue, a pull request, a change or a person of GitHub.
func (d *draft) isDocument(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	path := strings.Split(strings.Trim(u.Path, "/"), "/")
	if "https://"+u.Host == d.Web || u.Host == "github.com" {
		return len(path) > 2 && slices.Contains([]string{"blob", "tree", "wiki", "releases", "discussions"}, path[2])
	}
	return path[0] != "" || u.Fragment != "" || u.RawQuery != ""
}

// shortAddress gives an address without its scheme and what is behind its path.
func shortAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	path := u.Path
	if r := []rune(path); len(r) > longestLabel {
		path = string(r[:longestLabel]) + "…"
	}
	return u.Host + strings.TrimRight(path, "/")
}
