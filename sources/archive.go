package sources

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/sources/outline"
)

// archiveSchema is the version of the archive's layout that is written. Layout 1 is
// read too, and stays as it is file by file until something in it changes.
const archiveSchema = 2

// Archive is the local copy of what GitHub said: the JSON of its REST API as it was
// sent, so that it can be read without a network, by later versions of the program
// too, sent along with a bug report, and served by a fake GitHub.
//
//	archive.json              schema, API, organisation, and what was read when
//	journal.jsonl             what has changed in that since
//	repos.json                the organisation's repositories
//	statuses.json             status updates of its projects
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
	fsys  fs.FS
	root  *os.Root // nil if the archive is only read
	dir   string   // for messages
	close func()

	files     memo[string, contents]       // by path
	parts     memo[string, []outline.Part] // by the text of a comment
	updatesIn func(comment string) []outline.Part
	marks     memo[string, bool] // of strangers' comments, by their text

	mu      sync.Mutex // guards what is below
	state   archiveState
	journal journal
}

// contents is what a file of the archive holds.
type contents struct {
	value any
	err   error
}

// OpenArchive opens the archive of an organisation in a folder, which it makes if
// need be, and keeps other runs out until it is closed. It waits for another run
// until the context ends. An archive of another organisation, API or layout is an [OtherArchiveError], and
// so is a folder with files of somebody's own.
func OpenArchive(ctx context.Context, dir, api, org string) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("making the archive: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the archive: %w", err)
	}
	a := newArchive(root.FS(), dir)
	a.root, a.close = root, func() { root.Close() }
	if err := a.open(ctx, api, org); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// open locks the archive and loads what it says about itself, or begins it.
func (a *Archive) open(ctx context.Context, api, org string) error {
	if err := a.checkOwn(); err != nil {
		return err
	}
	unlock, err := files.Lock(ctx, a.root, ".lock")
	if err != nil {
		return fmt.Errorf("waiting for the archive %s: %w", a.dir, err)
	}
	a.close = func() { unlock(); a.root.Close() }
	err = a.load()
	if errors.Is(err, fs.ErrNotExist) {
		a.state = archiveState{API: api, Org: org}
		return a.takeUp() // before all else, as it says whose folder this is
	}
	if err == nil && (hostOf(a.state.API) != hostOf(api) || !strings.EqualFold(a.state.Org, org)) {
		err = &OtherArchiveError{a.dir, fmt.Sprintf("is of %s at %s, not of %s at %s", a.state.Org, a.state.API, org, api)}
	}
	if err == nil && a.state.Schema < archiveSchema {
		err = a.takeUp() // before a file of the new layout is written, which older versions cannot read
	}
	return err
}

// mayLieAround matches names of files that a folder may hold before it
// is an archive.
var mayLieAround = regexp.MustCompile(`^\.(lock|gitignore|gitkeep|monthly-.*)$`)

// checkOwn reports a folder that holds files, but is not an archive.
func (a *Archive) checkOwn() error {
	if _, err := fs.Stat(a.fsys, stateFile); err == nil {
		return nil
	}
	entries, err := fs.ReadDir(a.fsys, ".")
	if err != nil {
		return fmt.Errorf("opening the archive: %w", err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !mayLieAround.MatchString(e.Name()) {
			return &OtherArchiveError{a.dir, fmt.Sprintf("is a folder that holds something else: %s", e.Name())}
		}
	}
	return nil
}

// ReadArchive opens the archive of an organisation that is only read; name is what
// messages call it. If there is none the error is a [NotArchivedError], one of
// another organisation or layout is an [OtherArchiveError].
func ReadArchive(fsys fs.FS, name, org string) (*Archive, error) {
	a := newArchive(fsys, name)
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

// ReadArchiveIn is [ReadArchive] for a folder, whose links may not lead out of it.
func ReadArchiveIn(dir, org string) (*Archive, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &NotArchivedError{Dir: dir}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the archive: %w", err)
	}
	a, err := ReadArchive(root.FS(), dir, org)
	if err != nil {
		root.Close()
		return nil, err
	}
	a.close = func() { root.Close() }
	return a, nil
}

func newArchive(fsys fs.FS, name string) *Archive {
	return &Archive{fsys: fsys, dir: name, close: func() {}, updatesIn: outline.Updates}
}

// Close lets other runs use the archive.
func (a *Archive) Close() {
	a.closeJournal()
	a.close()
}

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
	data, err := a.data(stateFile)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &a.state); err != nil {
		return &DamagedError{a.dir, stateFile, err.Error()}
	}
	if a.state.Schema < 1 || a.state.Schema > archiveSchema {
		return &OtherArchiveError{a.dir, fmt.Sprintf("has layout %d, but this program reads layouts 1 to %d", a.state.Schema, archiveSchema)}
	}
	a.journal.base = len(data)
	return a.readJournal()
}

// data reads a file of the archive from disk.
func (a *Archive) data(file string) ([]byte, error) {
	data, err := files.ReadIn(a.fsys, file)
	if err := a.verify(file, data, err); err != nil {
		return nil, fmt.Errorf("reading the archive: %w", err)
	}
	return data, nil
}

// readList gives the objects in a file of the archive; a missing one reads as none.
// All callers share the list and change nothing in it.
func readList[T any, P archived[T]](a *Archive, file string) ([]T, error) {
	return read(a, file, decodeList[T, P])
}

// writeList replaces a list of the archive at once, if it has changed. It is the
// archive's from then on.
func writeList[T any, P archived[T]](a *Archive, file string, objects []T) error {
	if old, err := readList[T, P](a, file); err == nil && equalLists[T, P](old, objects) {
		return nil
	}
	return write(a, file, objects, encodeList[T, P])
}

// read gives what a file of the archive holds; a missing one reads as the zero T.
func read[T any](a *Archive, file string, decode func([]byte) (T, error)) (T, error) {
	c := a.files.get(file, func() contents {
		var v T
		data, err := a.data(file)
		if err == nil {
			if v, err = decode(data); err != nil {
				err = &DamagedError{a.dir, file, err.Error()}
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return contents{v, err}
	})
	return c.value.(T), c.err
}

// write replaces a file of the archive at once. The value is the archive's from
// then on.
func write[T any](a *Archive, file string, v T, encode func(T) ([]byte, error)) error {
	data, err := encode(v)
	if err != nil {
		return fmt.Errorf("writing the archive's %s: %w", file, err)
	}
	if err := a.writeFile(file, data); err != nil {
		return err
	}
	a.files.set(file, contents{value: v})
	return nil
}

func indented[T any](v T) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", " ")
	return append(data, '\n'), err
}

// writeFile replaces a file of the archive, and notes its checksum.
func (a *Archive) writeFile(file string, data []byte) error {
	if err := a.replace(file, data); err != nil {
		return err
	}
	return a.change(change{File: file, Sum: checksum(data)})
}

func (a *Archive) replace(file string, data []byte) error {
	if err := files.Replace(a.root, filepath.FromSlash(file), data); err != nil {
		return fmt.Errorf("writing the archive: %w", err)
	}
	return nil
}

// file names a file of a repository.
func (a *Archive) file(fullName, name string) string { return a.state.file(fullName, name) }

func (s *archiveState) file(fullName, name string) string {
	owner, repo, _ := strings.Cut(fullName, "/")
	if strings.EqualFold(owner, s.Org) {
		return path.Join(folder(repo), name)
	}
	return path.Join(folder(owner), folder(repo), name)
}

var plainName = regexp.MustCompile(`^[\w-][\w.-]*$`)

// folder gives the name of the folder for a name of GitHub. One that is not a plain
// name, or that of a file of the archive, gets another, which no name of GitHub is.
func folder(name string) string {
	isFile := slices.ContainsFunc(archiveFiles, func(file string) bool { return strings.EqualFold(name, file) })
	if plainName.MatchString(name) && !isFile {
		return name
	}
	return "@" + hex.EncodeToString([]byte(name))
}

// archiveFiles are the files that stand beside the folders of the archive.
var archiveFiles = append([]string{stateFile, journalFile, statusFile, reposFile}, filesOf...)

// text gives the bytes of a file of the archive that is not JSON. A missing one is
// an error.
func (a *Archive) text(file string) ([]byte, error) {
	c := a.files.get(file, func() contents {
		data, err := files.ReadIn(a.fsys, file)
		return contents{data, a.verify(file, data, err)}
	})
	return c.value.([]byte), c.err
}

// writeText replaces a file of the archive that is not JSON.
func (a *Archive) writeText(file string, text []byte) error {
	if err := a.writeFile(file, text); err != nil {
		return err
	}
	a.files.set(file, contents{value: text})
	return nil
}

// has reports whether the archive has a file that is not damaged.
func (a *Archive) has(file string) bool {
	_, err := a.text(file)
	return err == nil
}
