package sources

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/waku-org/monthly/sources/outline"
)

// archiveSchema is the version of the archive's layout.
const archiveSchema = 1

// Archive is the local copy of what GitHub said: JSON files in the form of its
// REST API, with the fields that are used, so that they can be read without a
// network, sent along with a bug report, and served by a fake GitHub.
//
//	archive.json              schema, API, organisation, and what was read when
//	repos.json                the organisation's repositories
//	<repo>/comments.json      issue comments of the windows that were read, by id
//	<repo>/issues.json        issues that updates stand on; of the planning
//	                          repository those labelled epic and milestone too
//	<repo>/milestones.json    milestones of the planning repository
//	<repo>/contents/<path>/   weekly notes, with the names of all of them in
//	                          index.json
//
// A repository of another owner has the folder <owner>/<repo>. The archive holds
// no token, and only what the API said. Each file is read from disk once in the
// life of an Archive, which belongs to one run. Its methods may be called at the
// same time.
type Archive struct {
	fsys   fs.FS
	dir    string
	unlock func()

	files    memo[string, contents] // by path
	marks    memo[string, mark]     // by the text of a comment
	isUpdate func(comment string) (body string, ok bool)

	mu      sync.Mutex // guards what is below
	state   archiveState
	unsaved bool // the state has changed since archive.json was written
}

type archiveState struct {
	Schema  int      `json:"schema"`
	API     string   `json:"api"`
	Org     string   `json:"org"`
	Windows []window `json:"windows"`
	// Files are the checksums of all files, by path. An archive of a former version
	// lacks those that were not written since.
	Files map[string]string `json:"files,omitempty"`
}

// contents is what a file of the archive holds.
type contents struct {
	value any
	err   error
}

// OpenArchive opens the archive of an organisation in a folder, which it makes if
// need be, and keeps other runs out until it is closed. An archive of another
// organisation, API or layout is an [OtherArchiveError].
func OpenArchive(dir, api, org string) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("making the archive: %w", err)
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, ".lock")).Lock()
	if err != nil {
		return nil, fmt.Errorf("waiting for the archive %s: %w", dir, err)
	}
	a := newArchive(os.DirFS(dir), dir, unlock)
	err = a.load()
	if errors.Is(err, fs.ErrNotExist) {
		a.state, err = archiveState{Schema: archiveSchema, API: api, Org: org}, nil
	}
	if err == nil && (hostOf(a.state.API) != hostOf(api) || !strings.EqualFold(a.state.Org, org)) {
		err = &OtherArchiveError{dir, fmt.Sprintf("is of %s at %s, not of %s at %s", a.state.Org, a.state.API, org, api)}
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return a, nil
}

// ReadArchive opens the archive of an organisation that is only read; name is what
// messages call it. If there is none the error is a [NotArchivedError], one of
// another organisation or layout is an [OtherArchiveError].
func ReadArchive(fsys fs.FS, name, org string) (*Archive, error) {
	a := newArchive(fsys, name, func() {})
	if err := a.load(); errors.Is(err, fs.ErrNotExist) {
		return nil, &NotArchivedError{Dir: name}
	} else if err != nil {
		return nil, err
	}
	if !strings.EqualFold(a.state.Org, org) {
		return nil, &OtherArchiveError{name, fmt.Sprintf("is of %s, not of %s", a.state.Org, org)}
	}
	return a, nil
}

func newArchive(fsys fs.FS, name string, unlock func()) *Archive {
	return &Archive{fsys: fsys, dir: name, unlock: unlock, isUpdate: outline.IsUpdate}
}

// Close lets other runs use the archive.
func (a *Archive) Close() { a.unlock() }

// hostOf gives the host of an address without its port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.ToLower(u.Hostname())
}

// load reads what the archive says about itself.
func (a *Archive) load() error {
	if err := a.decode("archive.json", &a.state); err != nil {
		return err
	}
	if a.state.Schema != archiveSchema {
		return &OtherArchiveError{a.dir, fmt.Sprintf("has layout %d, but this program reads layout %d", a.state.Schema, archiveSchema)}
	}
	return nil
}

// decode reads a file of the archive from disk.
func (a *Archive) decode(file string, v any) error {
	data, err := fs.ReadFile(a.fsys, file)
	if err := a.verify(file, data, err); err != nil {
		return fmt.Errorf("reading the archive: %w", err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return &DamagedError{a.dir, file, err.Error()}
	}
	return nil
}

// read gives what a file of the archive holds; a missing one reads as the zero T.
// All callers share the value and change nothing in it.
func read[T any](a *Archive, file string) (T, error) {
	c := a.files.get(file, func() contents {
		var v T
		err := a.decode(file, &v)
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return contents{v, err}
	})
	return c.value.(T), c.err
}

// write replaces a file of the archive at once. The value is the archive's from
// then on.
func write[T any](a *Archive, file string, v T) error {
	data, err := a.writeJSON(file, v)
	if err != nil {
		return err
	}
	a.wrote(file, data)
	a.files.set(file, contents{value: v})
	return nil
}

func (a *Archive) writeJSON(file string, v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return nil, fmt.Errorf("writing the archive's %s: %w", file, err)
	}
	data = append(data, '\n')
	return data, WriteFile(a.onDisk(file), data)
}

// onDisk gives the path of a file of the archive for the operating system.
func (a *Archive) onDisk(file string) string { return filepath.Join(a.dir, filepath.FromSlash(file)) }

// file names a file of a repository.
func (a *Archive) file(fullName, name string) string {
	owner, repo, _ := strings.Cut(fullName, "/")
	if strings.EqualFold(owner, a.state.Org) {
		return path.Join(repo, name)
	}
	return path.Join(fullName, name)
}

// text gives the bytes of a file of the archive that is not JSON. A missing one is
// an error.
func (a *Archive) text(file string) ([]byte, error) {
	c := a.files.get(file, func() contents {
		data, err := fs.ReadFile(a.fsys, file)
		return contents{data, a.verify(file, data, err)}
	})
	return c.value.([]byte), c.err
}

// writeText replaces a file of the archive that is not JSON.
func (a *Archive) writeText(file string, text []byte) error {
	if err := WriteFile(a.onDisk(file), text); err != nil {
		return err
	}
	a.wrote(file, text)
	a.files.set(file, contents{value: text})
	return nil
}

// has reports whether the archive has a file that is not damaged.
func (a *Archive) has(file string) bool {
	_, err := a.text(file)
	return err == nil
}
