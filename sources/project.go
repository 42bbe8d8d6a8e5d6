// Package sources turns the world into a [compile.Input].
//
// [Reader.Month] does so for one month, in this order:
//
//  1. The weekly notes around the month are read, from a folder or through the
//     archive from a repository. Their days make the calendar, which says where
//     the month's weeks begin and end.
//  2. The archive is brought up to date for these weeks and some days around
//     them: the organisation's repositories, their comments, the roadmap of the
//     planning repository, and the issues that the updates among the comments
//     stand on. What was read after the weeks' end is final and not asked for
//     again. Without GitHub the archive is taken as it is.
//  3. Headings of notes that name a repository by an old name or owner name the new one.
//  4. The updates are read from the archive's comments: who may speak is decided
//     here, and what a comment says is read as an outline, like the notes.
//
// What could not be read is a [Gap], and never silently missing.
package sources

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/waku-org/monthly/compile"
)

// Project says what a run is about, whatever the month.
type Project struct {
	Name     string // in titles; empty: guessed from the notes, else from Org
	Org      string // login of the organisation; empty: only notes are read
	Planning string // owner/name of the planning repository; empty if there is none
	Projects []int  // numbers of the organisation's projects whose status updates are told
	Notes    Folder
	Words    compile.Words // by which notes name their levels
	Trust    Trust
	Renamed  Renames
	ByFriday bool // a week belongs to the month of its Friday, not of its last day
	Refresh  bool // read anew what is in the archive
}

// Reader reads the months of a project.
type Reader struct {
	project Project
	archive *Archive
	github  *GitHub
	now     func() time.Time
	listed  *noteIndex // the notes' folder in a repository; nil if it was not listed yet
}

// NewReader returns a reader that keeps what GitHub said in the archive. Without
// GitHub it reads only the archive; without either, only notes in a folder here.
func NewReader(p Project, a *Archive, g *GitHub, now func() time.Time) *Reader {
	return &Reader{project: p, archive: a, github: g, now: now}
}

// Outcome says how well a month could be read.
type Outcome struct {
	Gaps     []Gap    // sources that are missing: updates may be lost
	Warnings []string // what else a person should know, one line each
	Web      string   // address of GitHub's pages, without final slash; empty if only notes were read
}

// Gap is a source that could not be read.
type Gap struct {
	What string
	Err  error
}

func (g Gap) Error() string { return fmt.Sprintf("%s could not be read: %v", g.What, g.Err) }

// aside is how long before and after a month's weeks comments are read too: a
// comment may stand in the note of the week before or after its own.
const aside = 7 // days

// notesAside is how long before and after a month notes are read: their days
// decide where its weeks begin and end.
const notesAside = 3 * 7 // days

// Month reads what a month is compiled from. It may be called for several months,
// one after the other.
func (r *Reader) Month(ctx context.Context, m compile.YearMonth) (compile.Input, Outcome, error) {
	notes, err := r.notes(ctx, m)
	if err != nil {
		return compile.Input{}, Outcome{}, err
	}
	notes.underTeams()
	r.project.Renamed.apply(notes.updates)
	inferRenames(notes.updates).apply(notes.updates)
	in := r.input(m, notes)
	var outcome Outcome
	if r.project.Org != "" {
		outcome, err = r.organisation(ctx, &in)
	} else {
		err = r.hasNote(in, notes.names)
	}
	if err != nil {
		return compile.Input{}, Outcome{}, err
	}
	outcome.Warnings = append(notes.warnings, outcome.Warnings...)
	outcome.Gaps = append(notes.gaps, outcome.Gaps...)
	return in, outcome, nil
}

// input is what notes alone say of a month.
func (r *Reader) input(m compile.YearMonth, notes noteSet) compile.Input {
	return compile.Input{
		Project:  cmp.Or(r.project.Name, guessName(notes.files, r.project.Org)),
		Month:    m,
		Calendar: compile.NewCalendar(notes.days(), r.project.ByFriday),
		Notes:    notes.files,
		Updates:  slices.Clone(notes.updates),
		Now:      r.now(),
	}
}

// notes reads the weekly notes around a month.
func (r *Reader) notes(ctx context.Context, m compile.YearMonth) (noteSet, error) {
	from, to := m.First().Add(-notesAside), m.Last().Add(1+notesAside)
	switch folder := r.project.Notes; {
	case folder.FS != nil:
		return localNotes(folder.FS, from, to, r.project.Words)
	case folder.Remote != RemoteNotes{}:
		return r.remoteNotes(ctx, m, from, to)
	}
	return noteSet{}, nil
}

// hasNote reports a month without any note, where nothing else is read.
func (r *Reader) hasNote(in compile.Input, names []string) error {
	if slices.ContainsFunc(in.Calendar.Weeks(in.Month), in.Calendar.HasNote) {
		return nil
	}
	if len(in.Notes) == 0 {
		return fmt.Errorf("there are no weekly notes in %s, whose names begin with a day, like 2023-09-04.md: it holds %s", r.project.Notes.Name, some(names))
	}
	first, last := in.Notes[0].Name, in.Notes[len(in.Notes)-1].Name
	return &NoNoteError{Month: in.Month, Folder: r.project.Notes.Name, Count: len(in.Notes), First: first, Last: last}
}

// some names some of many files.
func some(names []string) string {
	const most = 5
	switch {
	case len(names) == 0:
		return "no file"
	case len(names) > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}

// organisation adds the month's comments, with their issues and the roadmap.
func (r *Reader) organisation(ctx context.Context, in *compile.Input) (Outcome, error) {
	first, end := in.Calendar.Window(in.Month)
	around := span{first.Add(-aside).Time(), end.Add(aside).Time()}
	outcome, err := r.update(ctx, around, in)
	if err != nil {
		return Outcome{}, err
	}
	var owner string
	if outcome.Web, owner, err = r.archive.pages(); err != nil {
		return Outcome{}, err
	}
	if !strings.EqualFold(r.archive.state.Org, owner) {
		Renames{r.archive.state.Org: owner}.apply(in.Updates)
	}
	renameMoved(in.Updates, r.archive.moved(), outcome.Web)
	comments, err := r.archive.updates(around, r.project.Trust)
	if err != nil {
		return Outcome{}, err
	}
	in.Updates = append(in.Updates, comments...)
	if in.Statuses, err = r.archive.statuses(r.project.Projects); err != nil {
		outcome.Warnings = append(outcome.Warnings, fmt.Sprintf("the status updates of the projects are missing: %v", err))
	}
	if in.Heard, err = r.archive.heard(first.Time(), r.project.Trust); err != nil {
		return Outcome{}, err
	}
	if in.Issues, err = r.archive.allIssues(); err != nil {
		return Outcome{}, err
	}
	in.Roadmap, err = r.archive.roadmap(r.project.Planning, r.project.Words)
	return outcome, err
}

// update brings the archive up to date for a span or, without GitHub, says what it
// lacks.
func (r *Reader) update(ctx context.Context, around span, in *compile.Input) (Outcome, error) {
	if r.github != nil {
		first, end := in.Calendar.Window(in.Month)
		return r.github.read(ctx, r.archive, request{
			span: around, planning: r.project.Planning, words: r.project.Words, refresh: r.project.Refresh,
			projects: r.project.Projects,
			wanted:   linked(in.Updates, span{first.Time(), end.Time()}),
		})
	}
	outcome, ok, err := r.archive.held(around, r.project.Planning)
	if err == nil && !ok {
		err = &NotArchivedError{What: fmt.Sprintf("the comments of %s", in.Month)}
	}
	return outcome, err
}

// linked gives the issues to which the entries of a span's notes link, each once.
func linked(noted []compile.Update, s span) []compile.Ref {
	var refs []compile.Ref
	for _, u := range noted {
		if !s.holds(u.Date) {
			continue
		}
		for _, h := range u.Path {
			if ref, ok := compile.ParseRef(h.URL); ok && !slices.Contains(refs, ref) {
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

var weeklyTitle = regexp.MustCompile(`(?i)^\W*\d{4}[-/.]\d{2}[-/.]\d{2}[\s:–-]+([^<>{}\[\]]+?)\s+(?:weekly|update)\b`)

// guessName guesses a project's name from the titles of its notes,
// "2023-09-04 Waku weekly", else from its organisation.
func guessName(notes []compile.NoteFile, org string) string {
	for _, n := range slices.Backward(notes) {
		if m := weeklyTitle.FindStringSubmatch(n.Title); m != nil {
			return m[1]
		}
	}
	name, _, _ := strings.Cut(org, "-")
	if name == "" {
		return "Project"
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
