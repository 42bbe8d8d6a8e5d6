package safe

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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
	return visible(entities.ReplaceAllStringFunc(escaped.ReplaceAllString(url, "$1"), signOf))
}

// resolve gives the address to which a link leads from where it was written.
func (s Text) resolve(address string) string {
	ref, err := url.Parse(strayPercent(address))
	if s.Base == "" || address == "" || err != nil || ref.IsAbs() {
		return address
	}
	base, err := url.Parse(s.Base)
	if err != nil {
		return address
	}
	return base.ResolveReference(ref).String()
}

var addressSigns = strings.NewReplacer(
	" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "[", "%5B", "]", "%5D", "\\", "%5C",
	"`", "%60", "|", "%7C", "$", "%24", "{", "%7B", "}", "%7D", "\"", "%22", "^", "%5E", "\n", "", "\t", "")

// destination writes an address so that it can stand in the brackets of a link.
func destination(address string) string {
	address = strayPercent(addressSigns.Replace(visible(address)))
	if !strings.Contains(address, ":") {
		address = percents.ReplaceAllStringFunc(address, decodable)
	}
	return entities.ReplaceAllStringFunc(address, func(e string) string {
		if signOf(e) == e {
			return e
		}
		return "&amp;" + e[1:]
	})
}

var (
	strayPercents = regexp.MustCompile(`%(?:[0-9A-Fa-f]{2})?`)
	percents      = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`)
)

// strayPercent encodes each "%" that begins no escape.
func strayPercent(address string) string {
	return strayPercents.ReplaceAllStringFunc(address, func(s string) string {
		if s == "%" {
			return "%25"
		}
		return s
	})
}

// decodable gives a run of escapes so that it means text. A page of the site
// whose name is not UTF-8 cannot be, and a link to it fails the site's build.
func decodable(run string) string {
	if page, err := url.PathUnescape(run); err == nil && utf8.ValidString(page) {
		return run
	}
	return strings.ReplaceAll(run, "%", "%25")
}

const entity = `&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`

var (
	entities    = regexp.MustCompile(entity)
	entityFirst = regexp.MustCompile(`^` + entity)
)

// signOf gives the character that an entity means, or what it was given if it is
// none. An entity ends with a semicolon: "&region=" is a part of an address.
func signOf(entity string) string {
	sign := html.UnescapeString(entity)
	if utf8.RuneCountInString(sign) > 2 { // "&notin;" is one, "&notx;" is not
		return entity
	}
	return sign
}

// entityAt gives the entity at the front of a text; empty if there is none.
func entityAt(s string) string {
	name := entityFirst.FindString(s[:min(len(s), longestEntity)])
	if name == "" || signOf(name) == name {
		return ""
	}
	return name
}

const longestEntity = 34

// calm is an address in which nothing can be taken for anything else, so that it
// may stand in a text as it is.
var calm = regexp.MustCompile(`^(?i:https?://|www\.)[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:[/?#](?:[A-Za-z0-9./?&%+,:;-]|[A-Za-z0-9)][_#=~]|` + round + `)*(?:[A-Za-z0-9/]|` + round + `))?$`)

const round = `\([A-Za-z0-9,-]*\)`

// address makes a token of an address that stands in the text with n bytes: a
// page of GitHub by its short name, any other as it is.
func (l *lexer) address(url string, n int) {
	before, _ := utf8.DecodeLastRuneInString(l.src[:l.pos])
	rest := l.src[l.pos+n:]
	t := l.add(addressToken, n, "")
	t.text, t.url = url, url
	if short := l.shortURL(url); short != "" {
		t.out = short
		return
	}
	if !strings.Contains(url, ":") {
		t.url = "http://" + url
	}
	t.bare = calm.MatchString(url) && !entities.MatchString(url) && strayPercent(url) == url &&
		!unicode.IsLetter(before) && !unicode.IsDigit(before) && ended.MatchString(rest+l.behind)
}

// ended reports whether what stands behind a bare address ends it for all viewers.
var ended = regexp.MustCompile(`^[.,:!?)'"]*\s`)

// trimURL takes off the signs behind an address that belong to the sentence.
func trimURL(url string) string {
	round := strings.Count(url, ")") - strings.Count(url, "(")
	square := strings.Count(url, "]") - strings.Count(url, "[")
	for url != "" {
		switch last := url[len(url)-1]; {
		case strings.IndexByte("?!.,:;*_~'\"`\\", last) >= 0:
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
