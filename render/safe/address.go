package safe

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

var webAddress = regexp.MustCompile(`^(?i:https?://|mailto:)|^[^:\\\s]*$`)

// safeAddress reports whether a link may lead there: to the web, to a mailbox,
// or to a page of the same site. An address that hides its scheme behind
// entities is read as a browser reads it.
func safeAddress(url string) bool {
	return webAddress.MatchString(url) && webAddress.MatchString(html.UnescapeString(url)) &&
		!strings.ContainsFunc(url, unicode.IsControl)
}

var escaped = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// meant gives the address that Markdown means, without its escapes and entities.
func meant(url string) string {
	return visible(html.UnescapeString(escaped.ReplaceAllString(url, "$1")))
}

var addressSigns = strings.NewReplacer(
	" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "[", "%5B", "]", "%5D", "\\", "%5C",
	"`", "%60", "|", "%7C", "$", "%24", "{", "%7B", "}", "%7D", "\"", "%22", "\n", "", "\t", "")

var doublePercent = regexp.MustCompile(`%+%`)

// destination writes an address so that it can stand in the brackets of a link.
func destination(url string) string {
	url = doublePercent.ReplaceAllStringFunc(addressSigns.Replace(visible(url)), func(run string) string {
		return strings.Repeat("%25", len(run)-1) + "%"
	})
	return plainEntities(url)
}

var entity = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
var entities = regexp.MustCompile(strings.TrimPrefix(entity.String(), "^"))

// entityAt gives the entity at the front of a text; empty if there is none.
func entityAt(s string) string {
	name := entity.FindString(s)
	if html.UnescapeString(name) == name {
		return ""
	}
	return name
}

// plainEntities lets what looks like an entity mean itself.
func plainEntities(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return entities.ReplaceAllStringFunc(s, func(e string) string { return "&amp;" + e[1:] })
}

// emphatic finds signs in an address that Markdown could read as emphasis.
var emphatic = regexp.MustCompile(`[*~]|_(?:[^A-Za-z0-9]|$)|[^A-Za-z0-9]_`)

// bare writes an address that stands in the text: a page of GitHub by its short
// name, any other as it is.
func (s Text) bare(url string) string {
	url = meant(url)
	if !safeAddress(url) {
		return literals(url)
	}
	if short := s.shortURL(url); short != "" {
		return "[" + short + "](" + destination(url) + ")"
	}
	url = strings.NewReplacer("%28", "(", "%29", ")").Replace(destination(url))
	if emphatic.MatchString(url) || strings.HasPrefix(strings.ToLower(url), "mailto:") {
		return "<" + url + ">"
	}
	return url
}

// trimURL takes off the signs behind an address that belong to the sentence.
func trimURL(url string) string {
	round := strings.Count(url, ")") - strings.Count(url, "(")
	square := strings.Count(url, "]") - strings.Count(url, "[")
	for url != "" {
		switch last := url[len(url)-1]; {
		case strings.IndexByte("?!.,:;*_~'\"`", last) >= 0:
		case last == ')' && round > 0:
			round--
		case last == ']' && square > 0:
			square--
		default:
			return url
		}
		url = url[:len(url)-1]
	}
	return url
}

// reference gives the address of an issue or pull request.
func (s Text) reference(repo, number string) string {
	return s.Web + "/" + repo + "/issues/" + number
}

// fullRepo completes the name of a repository with the owner of the present
// one; it is empty if that is not known.
func (s Text) fullRepo(name string) string {
	if name == "" {
		return s.Repo
	}
	if strings.Contains(name, "/") {
		return name
	}
	owner, _, found := strings.Cut(s.Repo, "/")
	if !found {
		return ""
	}
	return owner + "/" + name
}

var githubPage = regexp.MustCompile(`^https?://[^/]+/([\w.-]+)/([\w.-]+)/(issues|pull|pulls|discussions|commit)/([0-9a-fA-F]+)(?:/[\w/]*)?(?:\?[^\s#]*)?(#[\w-]+)?$`)

// shortURL names a page of GitHub as people do, "nwaku#2011"; it is empty for
// other pages.
func (s Text) shortURL(url string) string {
	if len(url) < len(s.Web) || !strings.EqualFold(url[:len(s.Web)], s.Web) {
		return ""
	}
	m := githubPage.FindStringSubmatch(url)
	if m == nil {
		return ""
	}
	if m[3] == "commit" {
		return m[2] + "@" + m[4][:min(len(m[4]), 7)]
	}
	if _, err := strconv.Atoi(m[4]); err != nil {
		return ""
	}
	return m[2] + "#" + m[4]
}
