package sources

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/waku-org/monthly/compile"
)

// The names of notes begin with a day, "2023-09-04.md", "2023_09_04-ops.md",
// "20230904.mdx"; folders may stand for the year and the month, "2023/09/04.md".
var (
	noteName   = regexp.MustCompile(`^(\d{4})(?:[-_./](\d{1,2})[-_./](\d{1,2})|(\d{2})(\d{2}))([^\d].*)?$`)
	yearFolder = regexp.MustCompile(`^\d{4}(?:[-_.]?\d{2})?(?:/\d{1,2})?$`)
)

// Endings of files that hold Markdown, and of others that people write notes in.
var (
	markdownEndings = []string{".md", ".markdown", ".mdx"}
	otherEndings    = []string{".txt", ".text", ".org", ".rst", ".adoc", ".rtf", ".docx", ".odt", ".html"}
)

// noteList is what the names of the files in a folder say.
type noteList struct {
	files   []compile.NoteFile // the notes, by date and name
	teams   map[string]string  // by name of a note: the team that its file is named for; empty if it is not
	undated []string           // Markdown whose name does not begin with a day that there is
	other   []string           // what else looks like a note, and is not Markdown
}

// listNames finds the notes among files, which are named by their path in the folder.
// Files that introduce a folder are not notes.
func listNames(names []string) noteList {
	list := noteList{teams: map[string]string{}}
	for _, name := range names {
		ending := strings.ToLower(path.Ext(name))
		bare := strings.TrimSuffix(name, path.Ext(name))
		day, rest, dated := noteDay(bare)
		switch {
		case slices.Contains(otherEndings, ending) && dated:
			list.other = append(list.other, name)
		case !slices.Contains(markdownEndings, ending) || isIntroduction(bare):
		case !dated:
			list.undated = append(list.undated, name)
		default:
			list.add(day, rest, name)
		}
	}
	slices.SortFunc(list.files, func(a, b compile.NoteFile) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.File, b.File))
	})
	return list
}

// add adds a note. Its name begins with the day, and no other note has it.
func (l *noteList) add(day compile.Day, rest, file string) {
	name := day.String() + rest
	if _, taken := l.teams[name]; taken {
		name = day.String() + " " + strings.ReplaceAll(file, "/", " ")
		if strings.HasPrefix(file, day.String()) {
			name = file // two files of one name and two endings
		}
	}
	l.teams[name] = teamIn(rest)
	l.files = append(l.files, compile.NoteFile{Date: day, Name: name, File: file})
}

// noteDay gives the day with which the path of a note begins, and what is behind it.
// Of a folder only year and month count.
func noteDay(bare string) (day compile.Day, rest string, ok bool) {
	if dir, base := path.Split(bare); dir != "" {
		if !yearFolder.MatchString(strings.TrimSuffix(dir, "/")) {
			return compile.Day{}, "", false
		}
		if day, rest, ok = noteDay(base); ok {
			return day, rest, ok
		}
	}
	m := noteName.FindStringSubmatch(bare)
	if m == nil {
		return compile.Day{}, "", false
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2] + m[4])
	date, _ := strconv.Atoi(m[3] + m[5])
	day = compile.Day{Year: year, Month: time.Month(month), Day: date}
	return day, m[6], year > 0 && compile.DayOf(day.Time()) == day
}

// isIntroduction reports whether a file introduces its folder.
func isIntroduction(bare string) bool {
	return slices.Contains([]string{"index", "readme", "_index", "template"}, strings.ToLower(path.Base(bare)))
}

// plainWords in the name of a file name no team.
var plainWords = []string{"weekly", "week", "update", "updates", "report", "note", "notes", "status", "team", "sync", "standup", "meeting", "minutes", "progress"}

// teamIn gives the team in what stands behind the day of a note's name, "-ops". A
// number, "-2", tells two notes apart and names no team.
func teamIn(rest string) string {
	words := strings.FieldsFunc(rest, func(c rune) bool { return strings.ContainsRune("-_. ", c) })
	words = slices.DeleteFunc(words, func(w string) bool {
		return slices.Contains(plainWords, strings.ToLower(w)) || !strings.ContainsFunc(w, unicode.IsLetter)
	})
	return strings.Join(words, " ")
}

// passedOver says once which files were not read as notes.
func passedOver(undated, other []string) []string {
	var warnings []string
	if len(undated) > 0 {
		warnings = append(warnings, fmt.Sprintf("not read, as no name begins with a day like 2023-09-04: %s", strings.Join(undated, ", ")))
	}
	if len(other) > 0 {
		warnings = append(warnings, fmt.Sprintf("not read, as they are not Markdown: %s", strings.Join(other, ", ")))
	}
	return warnings
}
