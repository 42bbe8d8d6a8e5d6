// Package render writes a compiled month: as the Markdown draft that a project
// manager finishes by hand, and as JSON that tools build on.
package render

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render/safe"
)

// DefaultTemplate is the built-in template of the draft, a text/template.
//
//go:embed draft.md.tmpl
var DefaultTemplate string

// Options say what a report alone does not know.
type Options struct {
	Template  string   // text of the template; empty means [DefaultTemplate]
	TitleForm string   // of the draft's title, see [CheckTitle]; empty means [DefaultTitle]
	Web       string   // address of GitHub's pages; empty means https://github.com
	Planning  string   // owner/name of the planning repository; empty if there is none
	NotesPath string   // path of the weekly notes in the site, for their wikilinks
	Missing   []string // sources that could not be read, one line each
	Warnings  []string // what else the reading found, one line each; only in JSON
}

// Markdown writes the draft of a report.
func Markdown(r compile.Report, o Options) ([]byte, error) {
	if o.Template == "" {
		o.Template = DefaultTemplate
	}
	if o.Web == "" {
		o.Web = "https://github.com"
	}
	o.Web = strings.TrimRight(o.Web, "/")
	d := newDraft(r, o)
	t, err := template.New("draft").Funcs(d.funcs()).Parse(o.Template)
	if err != nil {
		return nil, fmt.Errorf("reading the template of the draft: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, d); err != nil {
		return nil, fmt.Errorf("filling the template of the draft: %w", err)
	}
	text, err := d.marks.remove(out.Bytes())
	if err != nil {
		return nil, err
	}
	return tidy(text), nil
}

// draft is what the template sees.
type draft struct {
	compile.Report
	Options
	logins    map[string]bool      // of [compile.Report.Authors], in small letters
	titles    map[[2]string]string // safe titles by title and address
	marks     marks
	footnotes footnotes

	newestWeek compile.Day // in which anything was last said

	// What the report says of its statements, see [draft.weigh].
	plans     map[*compile.Statement]*compile.Plan
	ages      map[*compile.Statement]*compile.Standing
	fulfilled map[*compile.Statement][]*compile.Plan // plans that a statement tells to be done
	settled   map[*compile.Statement]bool            // plans, blockers and risks that are told with another statement
}

func newDraft(r compile.Report, o Options) *draft {
	d := &draft{Report: r, Options: o, logins: loginsOf(r), titles: map[[2]string]string{}}
	d.marks = d.newMarks()
	d.footnotes = d.newFootnotes()
	d.newestWeek = r.NewestWeek()
	d.weigh()
	return d
}

func (d *draft) funcs() template.FuncMap {
	return template.FuncMap{
		"count": count, "total": total, "counts": counts, "items": listItems,
		"listed": listed, "fold": fold, "quote": quote, "join": strings.Join, "lower": strings.ToLower,
		"yaml": safe.YAML, "line": d.line,
	}
}

// safe prepares the text of a statement: bare references mean the repository in
// which it was written, relative links lead from its comment, and wikilinks are
// links only in a note of the site.
func (d *draft) safe(repo compile.Repo, sources []compile.Source) safe.Text {
	text := safe.Text{Web: d.Web, Repo: repo.String(), Logins: d.logins}
	for _, s := range sources {
		text.Wikilinks = text.Wikilinks || s.Note != ""
		text.Base = cmp.Or(text.Base, s.URL)
	}
	return text
}

// loginsOf gives the authors of a report as [safe.Text] asks for them.
func loginsOf(r compile.Report) map[string]bool {
	logins := map[string]bool{}
	for _, a := range r.Authors {
		logins[strings.ToLower(a)] = true
	}
	return logins
}

// DefaultTitle is the form of a title like "2023 September Monthly Waku Report".
const DefaultTitle = "{year} {month_name} Monthly {project} Report"

var inTitle = regexp.MustCompile(`\{[^{}]*\}`)

// CheckTitle reports what a form of titles has in braces that stands for nothing: all but
// {year}, {month} as 2023-09, {month_name} and {project}.
func CheckTitle(form string) error {
	for _, name := range inTitle.FindAllString(form, -1) {
		if !slices.Contains([]string{"{year}", "{month}", "{month_name}", "{project}"}, name) {
			return fmt.Errorf("%s stands for nothing; there are {year}, {month}, {month_name} and {project}", name)
		}
	}
	return nil
}

// Title is the report's title, in the form that the options give.
func (d *draft) Title() string {
	values := strings.NewReplacer(
		"{year}", strconv.Itoa(d.Month.Year), "{month}", d.Month.String(), "{month_name}", d.Month.Month.String(), "{project}", d.Project,
	)
	return safe.OneLine(values.Replace(cmp.Or(d.TitleForm, DefaultTitle)))
}

// Description is the report's description, for those who look for it.
func (d *draft) Description() string { return safe.OneLine("Monthly Report of " + d.Project) }

// LastMod is the day of the newest source, so that reruns agree; without any
// source the month's last day.
func (d *draft) LastMod() string {
	if d.Newest.IsZero() {
		return d.Month.Last().String()
	}
	return compile.DayOf(d.Newest).String()
}

// Tag is the project's name as a tag of the site, without spaces.
func (d *draft) Tag() string {
	return safe.YAML(strings.ReplaceAll(safe.OneLine(d.Project), " ", "-"))
}

// title gives a title with its link.
func (d *draft) title(title, url string) string {
	key := [2]string{title, url}
	t, found := d.titles[key]
	if !found {
		t = safe.Text{Web: d.Web, Logins: d.logins}.Link(title, url)
		d.titles[key] = t
	}
	return t
}

// line gives a title without its link.
func (d *draft) line(title string) string { return d.title(title, "") }

// heading gives a title with its link and, in front, the headings of the notes
// that it stands under.
func (d *draft) heading(area []string, title, url string) string {
	var parts []string
	for _, a := range area {
		parts = append(parts, d.line(a))
	}
	return strings.Join(append(parts, d.title(title, url)), " › ")
}

// count gives a number with its noun: "1 note", "2 notes".
func count(n int, noun string) string {
	return strconv.Itoa(n) + " " + plural(n, noun)
}

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// spoken joins names as in a sentence.
func spoken(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// fence finds a line that begins a block of code, in a list or a quote too.
var fence = regexp.MustCompile("^(?:[ >]|[-+*] |\\d+[.)] )*(`{3,}|~{3,})[^`]*$")

// tidy leaves one blank line between blocks, outside code, and one line feed at
// the end.
func tidy(b []byte) []byte {
	var out bytes.Buffer
	open, blank := "", true
	for line := range bytes.Lines(bytes.TrimSpace(b)) {
		bare := strings.Trim(string(line), " >\n")
		switch {
		case open != "":
			if strings.HasPrefix(bare, open) && strings.Trim(bare, open[:1]) == "" {
				open = ""
			}
		case fence.Match(bytes.TrimRight(line, "\n")):
			open = fence.FindStringSubmatch(strings.TrimRight(string(line), "\n"))[1]
		case len(bytes.TrimSpace(line)) == 0:
			if blank {
				continue
			}
			line = []byte("\n")
		}
		blank = len(line) == 1
		out.Write(line)
	}
	return append(bytes.TrimSpace(out.Bytes()), '\n')
}

// PlanningURL is the planning repository's page; empty if there is none.
func (d *draft) PlanningURL() string {
	if d.Planning == "" {
		return ""
	}
	return d.Web + "/" + path.Clean(d.Planning)
}
