package sources

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/sources/outline"
)

// Folder is where a project keeps its weekly notes. The zero Folder is nowhere.
type Folder struct {
	Name   string      // for messages
	FS     fs.FS       // a folder here; nil if it is in a repository
	Remote RemoteNotes // a folder in a repository; zero if it is here
}

// NotesFolder reads the path of a folder, or "owner/name:path" of one in a
// repository. A link may not lead out of a folder here.
func NotesFolder(s string) Folder {
	if remote, ok := ParseRemoteNotes(s); ok {
		return Folder{Name: s, Remote: remote}
	}
	if root, err := os.OpenRoot(s); err == nil {
		return Folder{Name: s, FS: root.FS()}
	}
	return Folder{Name: s, FS: os.DirFS(s)}
}

// noteSet is what was read of a folder of weekly notes.
type noteSet struct {
	names    []string           // of all files, notes or not
	files    []compile.NoteFile // all of them, by date; titles only of those that were read
	updates  []compile.Update   // of the notes that were asked for, in order of date and line
	warnings []string           // files that are not notes, and notes that are oddly made
	gaps     []Gap              // notes that were asked for and are not text
}

// days gives the days of all notes.
func (s noteSet) days() []compile.Day {
	var days []compile.Day
	for _, f := range s.files {
		days = append(days, f.Date)
	}
	return days
}

var noteName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})\b`)

// noteFiles lists the weekly notes among files: those whose name begins with a
// day, "2023-09-04.md". Other Markdown files are warned of, except those that
// introduce a folder.
func noteFiles(names []string) (files []compile.NoteFile, warnings []string) {
	for _, name := range names {
		base := strings.TrimSuffix(name, path.Ext(name))
		if ext := strings.ToLower(path.Ext(name)); ext != ".md" && ext != ".markdown" {
			continue
		}
		date, err := noteDay(base)
		if err != nil && !slices.Contains([]string{"index", "readme", "_index"}, strings.ToLower(base)) {
			warnings = append(warnings, fmt.Sprintf("note %s is not read: %v", name, err))
		}
		if err != nil {
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

// noteDay gives the day with which the name of a note begins.
func noteDay(name string) (compile.Day, error) {
	m := noteName.FindStringSubmatch(name)
	if m == nil {
		return compile.Day{}, errors.New("its name does not begin with a day like 2023-09-04")
	}
	day, err := compile.ParseDay(m[1])
	if err != nil {
		return compile.Day{}, fmt.Errorf("there is no day %s", m[1])
	}
	return day, nil
}

// localNotes reads the weekly notes of a folder that are dated from the first day
// up to, not including, the second. It lists the others too, as they all divide
// time into weeks.
func localNotes(fsys fs.FS, from, to compile.Day, words compile.Words) (noteSet, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return noteSet{}, fmt.Errorf("reading the weekly notes: %w", err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return readNotes(names, func(name string) ([]byte, error) { return files.ReadIn(fsys, name) }, from, to, words)
}

// readNotes reads those of the named files that are notes dated in the span.
func readNotes(names []string, read func(name string) ([]byte, error), from, to compile.Day, words compile.Words) (noteSet, error) {
	set := noteSet{names: names}
	set.files, set.warnings = noteFiles(names)
	for i, f := range set.files {
		if f.Date.Before(from) || !f.Date.Before(to) {
			continue
		}
		data, err := read(f.File)
		text := ""
		if err == nil {
			text, err = noteText(data)
		}
		if isUnreadable(err) {
			set.gaps = append(set.gaps, Gap{"the weekly note " + f.File, err})
			continue
		}
		if err != nil {
			return noteSet{}, fmt.Errorf("reading the weekly note %s: %w", f.File, err)
		}
		if strings.TrimSpace(text) == "" {
			set.warnings = append(set.warnings, fmt.Sprintf("note %s is empty", f.File))
		}
		updates, title, warnings := readNote(f, text, words)
		set.files[i].Title = title
		set.updates = append(set.updates, updates...)
		set.warnings = append(set.warnings, warnings...)
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
