package sources

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
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
	note := outline.Note(source, outline.Options{Day: f.Date, Words: words})
	for _, u := range note.Updates {
		u.Source.Note = f.Name
		updates = append(updates, u)
	}
	for _, problem := range note.Problems {
		warnings = append(warnings, fmt.Sprintf("note %s, line %d: %s", f.Name, problem.Line, problem.Text))
	}
	return updates, note.Title, warnings
}
