package outline

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"go.abhg.dev/goldmark/frontmatter"
)

var (
	fenceLine = regexp.MustCompile(`(?m)^---[ \t]*(?:\n|\z)`)
	setting   = regexp.MustCompile(`(?m)^[\w-]+[ \t]*:(?:\s|$)`)
)

// cutFrontMatter splits a note into its title and its body, whose first line has
// the given number. A fence that is never closed is no front matter, and neither
// is text without a setting between two rules: all of the note is body then.
func cutFrontMatter(source string) (title, body string, first int, err error) {
	fences := fenceLine.FindAllStringIndex(source, 2)
	if len(fences) == 0 || fences[0][0] > 0 {
		return "", source, 1, nil
	}
	if len(fences) == 1 {
		return "", source, 1, fmt.Errorf("the front matter is not closed by a line ---, so all of the note was read as text")
	}
	head := source[fences[0][1]:fences[1][0]]
	if strings.TrimSpace(head) != "" && !setting.MatchString(head) {
		return "", source, 1, nil
	}
	head = "---\n" + head + "---\n"
	body = source[fences[1][1]:]
	first = 1 + strings.Count(head, "\n")
	ctx := parser.NewContext()
	goldmark.New(goldmark.WithExtensions(&frontmatter.Extender{})).Parser().Parse(text.NewReader([]byte(head)), parser.WithContext(ctx))
	var matter struct {
		Title string `yaml:"title"`
	}
	if data := frontmatter.Get(ctx); data != nil {
		if err := data.Decode(&matter); err != nil {
			return "", body, first, fmt.Errorf("the front matter cannot be read: %s", strings.Join(strings.Fields(err.Error()), " "))
		}
	}
	return strings.TrimSpace(matter.Title), body, first, nil
}
