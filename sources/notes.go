package sources

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
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
	teams    map[string]string  // by name of a note, as its file names them
}

// days gives the days of all notes.
func (s noteSet) days() []compile.Day {
	var days []compile.Day
	for _, f := range s.files {
		days = append(days, f.Date)
	}
	return days
}

// noteReader reads those notes that are dated from the first day up to, not including,
// the second.
type noteReader struct {
	from, to compile.Day
	words    compile.Words
}

func (r noteReader) wants(day compile.Day) bool { return !day.Before(r.from) && day.Before(r.to) }

// localNotes reads the weekly notes of a folder that are dated from the first day
// up to, not including, the second. It lists the others too, as they all divide
// time into weeks.
func localNotes(fsys fs.FS, from, to compile.Day, words compile.Words) (noteSet, error) {
	names, folders, err := noteNames(fsys)
	if err != nil {
		return noteSet{}, fmt.Errorf("reading the weekly notes: %w", err)
	}
	read := func(name string) ([]byte, error) { return files.ReadIn(fsys, name) }
	r, list := noteReader{from, to, words}, listNames(names)
	set, err := r.read(names, list, read)
	if err != nil {
		return noteSet{}, err
	}
	left := set.readUndated(list.undated, read, r)
	set.sort()
	set.warnings = append(passedOver(append(left, folders...), list.other), set.warnings...)
	return set, nil
}

// noteNames lists the files of a folder and of those in it that stand for a year or a
// month. Other folders that hold Markdown are listed as folders.
func noteNames(fsys fs.FS) (names, folders []string, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
			return err
		case !e.IsDir():
			names = append(names, name)
		case !yearFolder.MatchString(name):
			if found, _ := fs.Glob(fsys, name+"/[0-9]*.md*"); len(found) > 0 {
				folders = append(folders, name+"/")
			}
			return fs.SkipDir
		}
		return nil
	})
	return names, folders, err
}

// read reads those of the named files that are notes dated in the span.
func (r noteReader) read(names []string, list noteList, read func(name string) ([]byte, error)) (noteSet, error) {
	set := noteSet{names: names, teams: list.teams}
	for _, f := range list.files {
		if !r.wants(f.Date) {
			set.files = append(set.files, f)
			continue
		}
		data, err := read(f.File)
		text := ""
		if err == nil {
			text, err = noteText(data)
		}
		if isUnreadable(err) {
			set.files = append(set.files, f)
			set.gaps = append(set.gaps, Gap{"the weekly note " + f.File, err})
			continue
		}
		if err != nil {
			return noteSet{}, fmt.Errorf("reading the weekly note %s: %w", f.File, err)
		}
		if strings.TrimSpace(text) == "" {
			set.warnings = append(set.warnings, fmt.Sprintf("note %s is empty", f.File))
		}
		set.readText(f, text, r)
	}
	set.sort()
	return set, nil
}

// readText adds a note and, if it is wanted, what it says.
func (s *noteSet) readText(f compile.NoteFile, text string, r noteReader) {
	if r.wants(f.Date) {
		note := outline.Note(text, outline.Options{Day: f.Date, Words: r.words})
		f.Title, f.Dated = note.Title, note.Date
		for _, u := range note.Updates {
			u.Source.Note = f.Name
			s.updates = append(s.updates, u)
		}
		for _, problem := range note.Problems {
			s.warnings = append(s.warnings, fmt.Sprintf("note %s, line %d: %s", f.Name, problem.Line, problem.Text))
		}
	}
	s.files = append(s.files, f)
}

// sort puts the notes, and what they say, in order of date.
func (s *noteSet) sort() {
	byDay := func(a, b compile.NoteFile) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.File, b.File))
	}
	slices.SortStableFunc(s.files, byDay)
	slices.SortStableFunc(s.updates, func(a, b compile.Update) int { return a.Date.Compare(b.Date) })
}
