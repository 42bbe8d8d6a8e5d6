package sources

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
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
// no token, and nothing but what the API said. Its methods may be called at the
// same time.
type Archive struct {
	fsys   fs.FS
	dir    string
	unlock func()

	mu    sync.Mutex // guards state
	state archiveState
}

type archiveState struct {
	Schema  int      `json:"schema"`
	API     string   `json:"api"`
	Org     string   `json:"org"`
	Windows []window `json:"windows"`
}

// window is a span of time of which comments were read. The times are those at
// which a reading began: what changed since then is not in the archive.
type window struct {
	From     time.Time            `json:"from"`
	To       time.Time            `json:"to"`
	Planning string               `json:"planning"`
	Repos    time.Time            `json:"repos"`    // list of repositories
	Roadmap  time.Time            `json:"roadmap"`  // milestones and epics
	Hidden   time.Time            `json:"hidden"`   // which updates maintainers have hidden
	Comments map[string]time.Time `json:"comments"` // by repository
	Issues   map[string]time.Time `json:"issues"`   // by repository
	Asked    []string             `json:"asked"`    // issues that notes link to, as far as GitHub was asked for them
}

// The API's objects, with the fields that are used.
type (
	apiRepo struct {
		Name      string    `json:"name"`
		FullName  string    `json:"full_name"`
		URL       string    `json:"html_url"`
		Archived  bool      `json:"archived"`
		Disabled  bool      `json:"disabled"`
		HasIssues bool      `json:"has_issues"`
		CreatedAt time.Time `json:"created_at"`
		PushedAt  time.Time `json:"pushed_at"`
		UpdatedAt time.Time `json:"updated_at"`
		Gone      bool      `json:"gone,omitempty"`  // no longer listed; what was read of it is kept
		Aside     bool      `json:"aside,omitempty"` // the planning repository, if the organisation does not list it
	}
	apiUser struct {
		Login string `json:"login"`
		Type  string `json:"type"`
	}
	apiComment struct {
		ID          int64     `json:"id"`
		NodeID      string    `json:"node_id"`
		URL         string    `json:"html_url"`
		IssueURL    string    `json:"issue_url"`
		Body        string    `json:"body"`
		User        apiUser   `json:"user"`
		Association string    `json:"author_association"`
		CreatedAt   time.Time `json:"created_at"`
		UpdatedAt   time.Time `json:"updated_at"`
		Hidden      bool      `json:"hidden,omitempty"` // by a maintainer; GraphQL alone tells
	}
	apiLabel struct {
		Name string `json:"name"`
	}
	apiMilestoneRef struct {
		Number int `json:"number"`
	}
	apiIssue struct {
		Number    int              `json:"number"`
		Title     string           `json:"title"`
		URL       string           `json:"html_url"`
		State     string           `json:"state"`
		Labels    []apiLabel       `json:"labels"`
		Assignees []apiUser        `json:"assignees"`
		Milestone *apiMilestoneRef `json:"milestone"`
		CreatedAt time.Time        `json:"created_at"`
		UpdatedAt time.Time        `json:"updated_at"`
		ClosedAt  *time.Time       `json:"closed_at"`
	}
	apiMilestone struct {
		Number      int        `json:"number"`
		Title       string     `json:"title"`
		URL         string     `json:"html_url"`
		Description string     `json:"description"`
		State       string     `json:"state"`
		DueOn       *time.Time `json:"due_on"`
		ClosedAt    *time.Time `json:"closed_at"`
	}
)

// OpenArchive opens the archive of an organisation in a folder, which it makes
// if need be, and keeps other runs out until it is closed. An archive of another
// organisation, API or layout is an error.
func OpenArchive(dir, api, org string) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("making the archive: %w", err)
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, ".lock")).Lock()
	if err != nil {
		return nil, fmt.Errorf("waiting for the archive %s: %w", dir, err)
	}
	a := &Archive{fsys: os.DirFS(dir), dir: dir, unlock: unlock}
	err = a.load()
	if errors.Is(err, fs.ErrNotExist) {
		a.state = archiveState{Schema: archiveSchema, API: api, Org: org}
		err = nil
	}
	if err == nil && (hostOf(a.state.API) != hostOf(api) || !strings.EqualFold(a.state.Org, org)) {
		err = fmt.Errorf("the archive %s is of %s at %s, not of %s at %s: name another folder with --archive",
			dir, a.state.Org, a.state.API, org, api)
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return a, nil
}

// hostOf gives the host of an address without its port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.ToLower(u.Hostname())
}

// ReadArchive opens an archive that is only read; name is what messages call it.
func ReadArchive(fsys fs.FS, name string) (*Archive, error) {
	a := &Archive{fsys: fsys, dir: name, unlock: func() {}}
	if err := a.load(); err != nil {
		return nil, err
	}
	return a, nil
}

// Close lets other runs use the archive.
func (a *Archive) Close() { a.unlock() }

// Org is the login of the archive's organisation.
func (a *Archive) Org() string { return a.state.Org }

func (a *Archive) load() error {
	data, err := fs.ReadFile(a.fsys, "archive.json")
	if err != nil {
		return fmt.Errorf("reading the archive: %w", err)
	}
	if err := json.Unmarshal(data, &a.state); err != nil {
		return a.damaged("archive.json", err)
	}
	if a.state.Schema != archiveSchema {
		return fmt.Errorf("the archive %s has layout %d, this program reads layout %d: remove it, or name another folder with --archive",
			a.dir, a.state.Schema, archiveSchema)
	}
	return nil
}

func (a *Archive) damaged(file string, err error) error {
	return fmt.Errorf("the archive's file %s is damaged (%v): remove the folder %s to read all anew", path.Join(a.dir, file), err, a.dir)
}

// read reads a file of the archive into v. A file that is missing reads as
// nothing.
func (a *Archive) read(file string, v any) error {
	data, err := fs.ReadFile(a.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the archive: %w", err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return a.damaged(file, err)
	}
	return nil
}

// write replaces a file of the archive at once.
func (a *Archive) write(file string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return fmt.Errorf("writing the archive's %s: %w", file, err)
	}
	return WriteFile(filepath.Join(a.dir, filepath.FromSlash(file)), append(data, '\n'))
}

// WriteFile replaces a file at once, so that a run that is cut off leaves the
// old one or the new one. It makes the folder if need be, and follows links.
func WriteFile(name string, data []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".monthly-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// folder names the folder of a repository.
func (a *Archive) folder(fullName string) string {
	owner, name, _ := strings.Cut(fullName, "/")
	if strings.EqualFold(owner, a.state.Org) {
		return name
	}
	return fullName
}

// window gives the record of a window, and makes it if need be.
func (a *Archive) window(from, to time.Time, planning string) window {
	a.mu.Lock()
	defer a.mu.Unlock()
	i := a.find(from, to, planning)
	if i < 0 {
		return window{From: from, To: to, Planning: planning, Comments: map[string]time.Time{}, Issues: map[string]time.Time{}}
	}
	return a.state.Windows[i].clone()
}

func (a *Archive) find(from, to time.Time, planning string) int {
	return slices.IndexFunc(a.state.Windows, func(w window) bool {
		return w.From.Equal(from) && w.To.Equal(to) && strings.EqualFold(w.Planning, planning)
	})
}

func (w window) clone() window {
	for _, m := range []*map[string]time.Time{&w.Comments, &w.Issues} {
		copied := map[string]time.Time{}
		for k, v := range *m {
			copied[k] = v
		}
		*m = copied
	}
	w.Asked = slices.Clone(w.Asked)
	return w
}

// record keeps the state of a window.
func (a *Archive) record(w window) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := a.find(w.From, w.To, w.Planning); i >= 0 {
		a.state.Windows[i] = w.clone()
	} else {
		a.state.Windows = append(a.state.Windows, w.clone())
	}
	slices.SortFunc(a.state.Windows, func(x, y window) int {
		return cmp.Or(x.From.Compare(y.From), x.To.Compare(y.To), strings.Compare(x.Planning, y.Planning))
	})
	return a.write("archive.json", a.state)
}

// Missing tells which sources of a window the archive does not hold, however long
// ago it was read, and warns if that was before the window's end. ok is false if
// it holds nothing of the window.
func (a *Archive) Missing(from, to time.Time, planning string) (held Outcome, ok bool, err error) {
	repos, err := a.repos()
	if err != nil {
		return Outcome{}, false, err
	}
	for _, w := range a.windowsAround(from, to) {
		missing := w.missing(active(repos, w.From, w.To), planning)
		if ok && len(missing) >= len(held.Gaps) {
			continue
		}
		held, ok = Outcome{Gaps: missing}, true
		if w.Repos.Before(to) {
			held.Warnings = []string{fmt.Sprintf("the archive was read on %s: what was said since is not in it", w.Repos.Format(time.DateOnly))}
		}
	}
	return held, ok, nil
}

func (a *Archive) windowsAround(from, to time.Time) []window {
	a.mu.Lock()
	defer a.mu.Unlock()
	var around []window
	for _, w := range a.state.Windows {
		if !w.From.After(from) && !w.To.Before(to) && !w.Repos.IsZero() {
			around = append(around, w.clone())
		}
	}
	return around
}

var errNotRead = errors.New("it was not read yet")

func (w window) missing(repos []apiRepo, planning string) []Gap {
	var gaps []Gap
	if planning != "" && (w.Roadmap.IsZero() || !strings.EqualFold(w.Planning, planning)) {
		gaps = append(gaps, Gap{"the planning repository " + planning, errNotRead})
	}
	for _, r := range repos {
		if w.Comments[r.FullName].IsZero() || w.Issues[r.FullName].IsZero() {
			gaps = append(gaps, Gap{"the repository " + r.FullName, errNotRead})
		}
	}
	return gaps
}

// final reports whether all of a window was read after its end. Which comments
// are hidden only those are told who log in.
func (w window) final(repos []apiRepo, anonymous bool) bool {
	if w.Repos.Before(w.To) || w.Roadmap.Before(w.To) || !anonymous && w.Hidden.Before(w.To) {
		return false
	}
	for _, r := range repos {
		if w.Comments[r.FullName].Before(w.To) || w.Issues[r.FullName].Before(w.To) {
			return false
		}
	}
	return true
}
