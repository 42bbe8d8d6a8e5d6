package outline

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/waku-org/monthly/compile"
)

// frontMatter is a note taken apart: the title that its settings give, and the
// text behind them.
type frontMatter struct {
	title    string
	date     compile.Day // zero if it is not dated
	body     string
	first    int // number of the body's first line
	problems []Problem
}

// matterFormat is a language in which people write front matter.
type matterFormat struct {
	fence   string                                   // the line above and below
	setting *regexp.Regexp                           // found in the settings, not in text between two rules
	title   func(settings string) (string, *Problem) // settings begin on line 2
}

var matterFormats = []matterFormat{
	{"---", regexp.MustCompile(`(?m)^[\w-]+[ \t]*:(?:\s|$)`), yamlTitle},
	{"+++", regexp.MustCompile(`(?m)^[\w-]+[ \t]*=`), tomlTitle},
}

// dateSetting is found in the settings of both languages.
var dateSetting = regexp.MustCompile(`(?m)^date[ \t]*[:=][ \t]*["']?(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`)

// cutFrontMatter takes the front matter off a note. A fence that is never closed
// is not front matter, and neither is text without a setting between two rules:
// all of the note is body then.
func cutFrontMatter(source string) frontMatter {
	for _, f := range matterFormats {
		if head, rest, _ := strings.Cut(source, "\n"); isFence(head, f.fence) {
			return f.cut(source, rest)
		}
	}
	return frontMatter{body: source, first: 1}
}

func isFence(line, fence string) bool { return strings.TrimRight(line, " \t") == fence }

// cut splits a note whose first line is a fence. rest is what follows that line.
func (f matterFormat) cut(source, rest string) frontMatter {
	whole := frontMatter{body: source, first: 1}
	settings, body, closed := f.closing(rest)
	if !closed {
		whole.problems = []Problem{{1, fmt.Sprintf("the front matter is not closed by a line %s, so all of the note was read as text", f.fence)}}
		return whole
	}
	if strings.TrimSpace(settings) != "" && !f.setting.MatchString(settings) {
		return whole
	}
	m := frontMatter{body: body, first: 3 + strings.Count(settings, "\n")}
	title, problem := f.title(settings)
	if problem != nil {
		m.problems = []Problem{*problem}
	}
	m.title = strings.TrimSpace(title)
	if date := dateSetting.FindStringSubmatch(settings); date != nil {
		m.date = cutDates(date[1], compile.Day{}).last
	}
	return m
}

// closing splits what follows the upper fence at the lower one.
func (f matterFormat) closing(rest string) (settings, body string, closed bool) {
	at := 0
	for line := range strings.Lines(rest) {
		if isFence(strings.TrimSuffix(line, "\n"), f.fence) {
			return rest[:at], rest[at+len(line):], true
		}
		at += len(line)
	}
	return "", "", false
}

func yamlTitle(settings string) (string, *Problem) {
	var matter struct {
		Title string `yaml:"title"`
	}
	err := yaml.Unmarshal([]byte("\n"+settings), &matter) // the fence counts as a line
	if err == nil {
		return matter.Title, nil
	}
	line, message := 1, err.Error()
	if bad := (*yaml.LoadError)(nil); errors.As(err, &bad) {
		line, message = bad.Mark.Line, bad.Message
	}
	return "", &Problem{line, "the front matter cannot be read: " + strings.Join(strings.Fields(message), " ")}
}

var (
	tomlTable   = regexp.MustCompile(`(?m)^\[[\w."' -]+\][ \t]*$`)
	tomlSetting = regexp.MustCompile(`(?m)^title[ \t]*=[ \t]*(?:("(?:[^"\\\n]|\\.)*")|'([^'\n]*)')`)
)

// tomlTitle reads only the title, which stands on a line above all tables.
func tomlTitle(settings string) (string, *Problem) {
	if table := tomlTable.FindStringIndex(settings); table != nil {
		settings = settings[:table[0]]
	}
	m := tomlSetting.FindStringSubmatch(settings)
	if m == nil {
		return "", nil
	}
	if title, err := strconv.Unquote(m[1]); err == nil {
		return title, nil
	}
	return m[2], nil
}
