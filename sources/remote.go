package sources

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/waku-org/monthly/compile"
)

// RemoteNotes names a folder of weekly notes in a repository. The zero RemoteNotes
// names none.
type RemoteNotes struct {
	Repo string // owner/name
	Path string // of the folder, without slashes around it
}

// ParseRemoteNotes reads "owner/name:path/of/folder". ok is false if s is not of
// that form, and may be the path of a folder here.
func ParseRemoteNotes(s string) (notes RemoteNotes, ok bool) {
	repo, folder, found := strings.Cut(s, ":")
	if !found || strings.Count(repo, "/") != 1 || strings.HasPrefix(repo, ".") || strings.HasPrefix(repo, "/") {
		return RemoteNotes{}, false
	}
	return RemoteNotes{Repo: repo, Path: strings.Trim(path.Clean("/"+folder), "/")}, true
}

// String gives "owner/name:path/of/folder".
func (n RemoteNotes) String() string { return n.Repo + ":" + n.Path }

// noteIndex is the list of a remote folder's files, as the archive keeps it.
type noteIndex struct {
	Read  time.Time     `json:"read"` // when the folder was listed; zero in old archives
	Files []indexedNote `json:"files"`
}

type indexedNote struct {
	Name string `json:"name"`
	SHA  string `json:"sha"`            // of the file's contents, as the API lists it
	Have string `json:"have,omitempty"` // of the contents that the archive holds
}

// isCurrent reports whether the archive holds a note as it was listed.
func (n indexedNote) isCurrent() bool { return n.Have == n.SHA }

// isDated reports whether a file is a note that is dated in a span.
func (n indexedNote) isDated(from, to compile.Day) bool {
	dated := listNames([]string{n.Name}).files
	return len(dated) == 1 && !dated[0].Date.Before(from) && dated[0].Date.Before(to)
}

// noteFile names a file of a remote folder in the archive.
func (a *Archive) noteFile(n RemoteNotes, name string) string {
	return a.file(n.Repo, path.Join("contents", n.Path, name))
}

func (a *Archive) noteIndex(n RemoteNotes) (noteIndex, error) {
	return read[noteIndex](a, a.noteFile(n, "index.json"))
}

// remoteNotes brings the archive's copy of the notes around a month up to date, and
// reads it. A late note may come at any time, so the folder is listed also when the
// month is over; but if GitHub cannot be asked then, and all was read after the
// month's end, the archive's notes are used with a warning.
func (r *Reader) remoteNotes(ctx context.Context, m compile.YearMonth, from, to compile.Day) (noteSet, error) {
	n := r.project.Notes.Remote
	var warnings []string
	if r.github != nil {
		err := r.listNotes(ctx, n)
		if err == nil {
			err = r.updateNotes(ctx, n, from, to)
		} else if index, unread := r.archive.noteIndex(n); unread == nil && isUnreachable(ctx, err) && index.isFinal(m, from, to) {
			warnings = append(warnings, fmt.Sprintf("%v: those that were read on %s are used", err, index.Read.UTC().Format(time.DateOnly)))
			err = nil
		}
		if err != nil {
			return noteSet{}, err
		}
	}
	set, err := r.archive.notes(n, from, to, r.project.Words)
	set.warnings = append(warnings, set.warnings...)
	return set, err
}

// isFinal reports whether all notes around a month were read after its end.
func (i noteIndex) isFinal(m compile.YearMonth, from, to compile.Day) bool {
	return !i.Read.Before(m.Last().Add(1+aside).Time()) && !slices.ContainsFunc(i.Files, func(f indexedNote) bool {
		return f.isDated(from, to) && !f.isCurrent()
	})
}

// maxEntries is how many entries of a folder GitHub lists.
const maxEntries = 1000

// listNotes lists the files of a remote folder once a run, with what the archive
// holds of them.
func (r *Reader) listNotes(ctx context.Context, n RemoteNotes) error {
	if r.listed != nil {
		return nil
	}
	index := noteIndex{Read: r.now()}
	entries, err := r.github.listFolder(ctx, n.Repo, n.Path)
	switch {
	case status(err) == http.StatusNotFound:
		return &NoFolderError{n}
	case err != nil:
		return fmt.Errorf("listing the weekly notes %s: %w", n, err)
	case len(entries) >= maxEntries:
		return fmt.Errorf("the folder %s holds more files than GitHub lists: read the notes from a checkout", n)
	}
	var old noteIndex
	if !r.project.Refresh {
		damaged := (*DamagedError)(nil)
		if old, err = r.archive.noteIndex(n); err != nil && !errors.As(err, &damaged) {
			return err
		}
	}
	for _, e := range entries {
		if e.Type == "file" {
			index.Files = append(index.Files, r.archive.indexed(n, e, old))
		}
	}
	r.listed = &index
	return nil
}

// updateNotes brings the archive's copy of the listed notes up to date: one request
// for each note dated in the span that is new or was changed.
func (r *Reader) updateNotes(ctx context.Context, n RemoteNotes, from, to compile.Day) error {
	for i, f := range r.listed.Files {
		if !f.isDated(from, to) || f.isCurrent() {
			continue
		}
		text, err := r.github.readFile(ctx, n.Repo, path.Join(n.Path, f.Name))
		if err != nil {
			return fmt.Errorf("reading the weekly note %s of %s: %w", f.Name, n.Repo, err)
		}
		if err := r.archive.writeText(r.archive.noteFile(n, f.Name), []byte(text)); err != nil {
			return err
		}
		r.listed.Files[i].Have = f.SHA
	}
	index := noteIndex{Read: r.listed.Read, Files: slices.Clone(r.listed.Files)}
	if err := write(r.archive, r.archive.noteFile(n, "index.json"), index); err != nil {
		return err
	}
	return r.archive.save()
}

// indexed gives a file of a remote folder with what the archive holds of it.
func (a *Archive) indexed(n RemoteNotes, e apiEntry, old noteIndex) indexedNote {
	note := indexedNote{Name: path.Base(e.Name), SHA: e.SHA}
	i := slices.IndexFunc(old.Files, func(f indexedNote) bool { return f.Name == note.Name })
	if i >= 0 && a.has(a.noteFile(n, note.Name)) {
		note.Have = old.Files[i].Have
	}
	return note
}

// notes reads remote notes from the archive, as [localNotes] does from a folder. A
// note of the span that the archive does not hold is an error.
func (a *Archive) notes(n RemoteNotes, from, to compile.Day, words compile.Words) (noteSet, error) {
	index, err := a.noteIndex(n)
	if err != nil {
		return noteSet{}, err
	}
	if index.Read.IsZero() && len(index.Files) == 0 {
		return noteSet{}, &NotArchivedError{What: fmt.Sprintf("weekly notes of %s", n)}
	}
	var names []string
	for _, f := range index.Files {
		names = append(names, f.Name)
	}
	list := listNames(names)
	set, err := noteReader{from, to, words}.read(names, list, func(name string) ([]byte, error) { return a.text(a.noteFile(n, name)) })
	set.warnings = append(passedOver(list.undated, list.other), set.warnings...)
	if damaged := (*DamagedError)(nil); errors.Is(err, fs.ErrNotExist) || errors.As(err, &damaged) {
		err = &NotArchivedError{What: fmt.Sprintf("all weekly notes of %s around the month", n)}
	}
	return set, err
}
