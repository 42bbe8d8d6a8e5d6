package sources

import (
	"fmt"
	"path"
	"strings"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/sources/outline"
)

// readUndated reads files whose names do not begin with a day that there is: one that
// has several weeks as sections is a note for each, and one whose name is a slip of the
// pen is of the day that it names inside. It returns those that are neither.
func (s *noteSet) readUndated(undated []string, read func(name string) ([]byte, error), r noteReader) (left []string) {
	for _, name := range undated {
		data, err := read(name)
		if err != nil {
			left = append(left, name)
			continue
		}
		text, err := noteText(data)
		bare := strings.TrimSuffix(path.Base(name), path.Ext(name))
		switch sections := outline.Sections(text); {
		case err != nil:
			left = append(left, name)
		case len(sections) > 1:
			for _, section := range sections {
				s.readText(compile.NoteFile{Date: section.Day, Name: section.Day.String() + " " + bare, File: name}, section.Text, r)
			}
		case noteName.MatchString(bare):
			left = append(left, s.readMisdated(name, bare, text, r)...)
		default:
			left = append(left, name)
		}
	}
	return left
}

// readMisdated reads a note whose name begins with a day that there is not.
func (s *noteSet) readMisdated(name, bare, text string, r noteReader) (left []string) {
	day := outline.Note(text, outline.Options{Words: r.words}).OwnDay()
	if day.IsZero() {
		s.warnings = append(s.warnings, fmt.Sprintf("note %s is not read: there is no such day, and it names no other", name))
		return nil
	}
	s.warnings = append(s.warnings, fmt.Sprintf("note %s: there is no such day, so it was read as of %s, which it names inside: rename it", name, day))
	s.readText(compile.NoteFile{Date: day, Name: day.String() + " (" + bare + ")", File: name}, text, r)
	return nil
}
