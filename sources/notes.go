package sources

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"go.abhg.dev/goldmark/frontmatter"

	"github.com/waku-org/monthly/compile"
)

// NoteSet is a folder of weekly notes.
type NoteSet struct {
	Files    []compile.NoteFile // all of them, by date; titles only of those that were read
	Updates  []compile.Update   // of the notes that were asked for, in order of date and line
	Warnings []string           // files that are no notes, and notes that are oddly made
}

var noteName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})\b`)

// NoteFiles lists the weekly notes of a folder: files whose name begins with a
// day, "2023-09-04.md". Other Markdown files are reported, but for those that
// introduce a folder.
func NoteFiles(names []string) (files []compile.NoteFile, warnings []string) {
	for _, name := range names {
		base := strings.TrimSuffix(name, path.Ext(name))
		if ext := strings.ToLower(path.Ext(name)); ext != ".md" && ext != ".markdown" {
			continue
		}
		m := noteName.FindStringSubmatch(base)
		if m == nil {
			if low := strings.ToLower(base); low != "index" && low != "readme" && low != "_index" {
				warnings = append(warnings, fmt.Sprintf("note %s is not read: its name does not begin with a day like 2023-09-04", name))
			}
			continue
		}
		date, err := compile.ParseDay(m[1])
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("note %s is not read: there is no day %s", name, m[1]))
			continue
		}
		if slices.ContainsFunc(files, func(f compile.NoteFile) bool { return f.Name == base }) {
			base = name // two files of one name and two endings
		}
		files = append(files, compile.NoteFile{Date: date, Name: base, File: name})
	}
	slices.SortFunc(files, func(a, b compile.NoteFile) int { return strings.Compare(a.File, b.File) })
	return files, warnings
}

// Notes reads the weekly notes of a folder that are dated from the first day up
// to, not including, the second. It lists the others too, as they all divide
// time into weeks.
func Notes(fsys fs.FS, from, to compile.Day, words compile.Words) (NoteSet, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return NoteSet{}, fmt.Errorf("reading the weekly notes: %w", err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return readNotes(fsys, names, from, to, words)
}

// readNotes reads those of the named notes that are dated in the span.
func readNotes(fsys fs.FS, names []string, from, to compile.Day, words compile.Words) (NoteSet, error) {
	set := NoteSet{}
	set.Files, set.Warnings = NoteFiles(names)
	for i, f := range set.Files {
		if f.Date.Before(from) || !f.Date.Before(to) {
			continue
		}
		data, err := fs.ReadFile(fsys, f.File)
		if err != nil {
			return NoteSet{}, fmt.Errorf("reading the weekly note %s: %w", f.File, err)
		}
		updates, title, warnings := readNote(f, string(data), words)
		set.Files[i].Title = title
		set.Updates = append(set.Updates, updates...)
		set.Warnings = append(set.Warnings, warnings...)
	}
	return set, nil
}

// readNote reads one weekly note.
func readNote(f compile.NoteFile, source string, words compile.Words) (updates []compile.Update, title string, warnings []string) {
	source = clean(source)
	title, body, first, err := cutFrontMatter(source)
	if err != nil {
		warnings = append(warnings, fmt.Sprintf("note %s: %v", f.Name, err))
	}
	o := &outline{document: parseMarkdown(body, first), words: words, title: title, date: f.Date}
	for _, u := range o.read() {
		u.Date = f.Date.Time()
		u.Source.Note = f.Name
		updates = append(updates, *u)
	}
	if title == "" || o.headline != "" && !strings.EqualFold(title, o.headline) {
		title = strings.TrimPrefix(title+" – "+o.headline, " – ")
	}
	return updates, strings.TrimSuffix(title, " – "), warnings
}

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
