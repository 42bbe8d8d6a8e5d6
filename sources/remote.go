package sources

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// RemoteNotes names a folder of weekly notes in a repository.
type RemoteNotes struct {
	Repo string // owner/name
	Path string // of the folder, without slashes around it

	Refresh bool // read anew what is in the archive
}

// ParseRemoteNotes reads "owner/name:path/of/folder". ok is false if s is no
// such thing, but the path of a folder here.
func ParseRemoteNotes(s string) (notes RemoteNotes, ok bool) {
	repo, folder, found := strings.Cut(s, ":")
	if !found || strings.Count(repo, "/") != 1 || strings.HasPrefix(repo, ".") || strings.HasPrefix(repo, "/") {
		return RemoteNotes{}, false
	}
	return RemoteNotes{Repo: repo, Path: strings.Trim(path.Clean("/"+folder), "/")}, true
}

// noteIndex is the list of a remote folder's files, as the archive keeps it.
type noteIndex struct {
	Files []noteFile `json:"files"`
}

type noteFile struct {
	Name string `json:"name"`
	SHA  string `json:"sha"`            // of the file's content, as the API lists it
	Have string `json:"have,omitempty"` // of the content that the archive holds
}

func (a *Archive) notesFolder(n RemoteNotes) string {
	return path.Join(a.folder(n.Repo), "contents", n.Path)
}

// ReadNotes brings the archive's copy of the weekly notes up to date: one list,
// and one request for each note dated in the span that is new or was changed.
func (g *GitHub) ReadNotes(ctx context.Context, a *Archive, n RemoteNotes, from, to compile.Day) error {
	owner, name, _ := strings.Cut(n.Repo, "/")
	_, list, _, err := g.client.Repositories.GetContents(ctx, owner, name, n.Path, nil)
	if err != nil {
		if status(err) == http.StatusNotFound {
			return fmt.Errorf("there is no folder %s in %s that this token may see: check --notes", n.Path, n.Repo)
		}
		return fmt.Errorf("listing the weekly notes %s:%s: %w", n.Repo, n.Path, plainError(err))
	}
	if len(list) >= 1000 {
		return fmt.Errorf("the folder %s:%s holds more files than GitHub lists: read the notes from a checkout", n.Repo, n.Path)
	}
	var old, index noteIndex
	if !n.Refresh {
		if err := a.read(path.Join(a.notesFolder(n), "index.json"), &old); err != nil {
			return err
		}
	}
	for _, f := range list {
		if f.GetType() != "file" {
			continue
		}
		file := noteFile{Name: path.Base(f.GetName()), SHA: f.GetSHA()}
		if i := slices.IndexFunc(old.Files, func(o noteFile) bool { return o.Name == file.Name }); i >= 0 && a.holds(n, file) {
			file.Have = old.Files[i].Have
		}
		dated, _ := NoteFiles([]string{file.Name})
		if len(dated) == 1 && file.Have != file.SHA && !dated[0].Date.Before(from) && dated[0].Date.Before(to) {
			if err := g.readNote(ctx, a, n, file); err != nil {
				return err
			}
			file.Have = file.SHA
		}
		index.Files = append(index.Files, file)
	}
	return a.write(path.Join(a.notesFolder(n), "index.json"), index)
}

// holds reports whether the archive has a note's file.
func (a *Archive) holds(n RemoteNotes, f noteFile) bool {
	_, err := fs.Stat(a.fsys, path.Join(a.notesFolder(n), f.Name))
	return err == nil
}

func (g *GitHub) readNote(ctx context.Context, a *Archive, n RemoteNotes, f noteFile) error {
	owner, name, _ := strings.Cut(n.Repo, "/")
	file, _, _, err := g.client.Repositories.GetContents(ctx, owner, name, path.Join(n.Path, f.Name), nil)
	if err != nil {
		return fmt.Errorf("reading the weekly note %s of %s: %w", f.Name, n.Repo, plainError(err))
	}
	if file == nil {
		return fmt.Errorf("reading the weekly note %s of %s: it is no file", f.Name, n.Repo)
	}
	text, err := file.GetContent()
	if err != nil {
		return fmt.Errorf("reading the weekly note %s of %s: %w", f.Name, n.Repo, err)
	}
	return WriteFile(filepath.Join(a.dir, filepath.FromSlash(path.Join(a.notesFolder(n), f.Name))), []byte(text))
}

// Notes reads remote weekly notes from the archive, as [Notes] does from a
// folder. A note of the span that the archive does not hold is an error.
func (a *Archive) Notes(n RemoteNotes, from, to compile.Day, words compile.Words) (NoteSet, error) {
	var index noteIndex
	if err := a.read(path.Join(a.notesFolder(n), "index.json"), &index); err != nil {
		return NoteSet{}, err
	}
	if len(index.Files) == 0 {
		return NoteSet{}, fmt.Errorf("the archive holds no weekly notes of %s:%s: run once without --offline", n.Repo, n.Path)
	}
	folder, err := fs.Sub(a.fsys, a.notesFolder(n))
	if err != nil {
		return NoteSet{}, fmt.Errorf("reading the archive: %w", err)
	}
	var names []string
	for _, f := range index.Files {
		names = append(names, f.Name)
	}
	set, err := readNotes(folder, names, from, to, words)
	if errors.Is(err, fs.ErrNotExist) {
		return NoteSet{}, fmt.Errorf("%w: the archive does not hold it, run once without --offline", err)
	}
	return set, err
}
