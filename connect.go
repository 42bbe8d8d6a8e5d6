package main

import (
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/schollz/progressbar/v3"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/fixtures"
	"github.com/waku-org/monthly/sources"
)

// connect gives a reader of the job's sources, and what to call when all is read.
func connect(ctx context.Context, j job, w world) (reader *sources.Reader, done func(), err error) {
	waits := &waits{w: w}
	over := waits.soon("another run that uses the archive of " + j.archiveOwner())
	archive, err := j.openArchive(ctx)
	over()
	if err != nil {
		return nil, nil, err
	}
	bar := &progress{w: w, what: "reading " + j.archiveOwner()}
	done = func() {
		bar.finish()
		if archive != nil {
			archive.Close()
		}
	}
	github, err := j.openGitHub(w, bar, waits)
	if err != nil {
		done()
		return nil, nil, err
	}
	return sources.NewReader(j.project(), archive, github, w.now), done, nil
}

// project gives what the sources need to know of the job.
func (j *job) project() sources.Project {
	p := sources.Project{
		Name: j.Project, Org: j.Org, Planning: j.Planning, Projects: j.Projects, Words: compile.Words(j.Words),
		Trust: sources.Trust(j.Trust), Renamed: j.Renamed,
		ByFriday: j.MonthOf == "friday", Refresh: j.refresh,
	}
	if j.demo {
		p.Notes = sources.Folder{Name: "the demo", FS: fixtures.Demo.Notes()}
	} else if j.Notes != "" {
		p.Notes = sources.NotesFolder(j.Notes)
	}
	return p
}

// openArchive opens the archive; nil if the job needs none.
func (j *job) openArchive(ctx context.Context) (*sources.Archive, error) {
	if j.demo {
		return sources.ReadArchive(fixtures.Demo.Archive(), "of the demo", fixtures.Demo.Org)
	}
	owner := j.archiveOwner()
	if owner == "" {
		return nil, nil
	}
	dir, err := j.archiveDir()
	if err != nil {
		return nil, err
	}
	if j.offline {
		return sources.ReadArchiveIn(dir, owner)
	}
	api, err := sources.ParseAPI(j.api)
	if err != nil {
		return nil, usageError{err}
	}
	return sources.OpenArchive(ctx, dir, api.String(), owner)
}

// openGitHub prepares access to GitHub; nil if the job needs none.
func (j *job) openGitHub(w world, bar *progress, waits *waits) (*sources.GitHub, error) {
	if j.offline || j.archiveOwner() == "" {
		return nil, nil
	}
	access := sources.Access{API: j.api, MaxWait: j.maxWait, Transport: w.transport, Pause: w.pause, Timeout: w.timeout,
		Waiting: waits.until, Patience: cmp.Or(w.patience, patience)}
	if j.verbose {
		access.Log = lines(w.stderr)
	}
	if w.terminal {
		access.Progress = bar.show
	}
	var err error
	if access.Token, err = j.login(w, access); err != nil {
		return nil, err
	}
	return sources.NewGitHub(access, w.now)
}

// archiveOwner gives the login whose archive is read: the organisation, else the
// owner of the repository that holds the notes; empty if nothing is archived.
func (j *job) archiveOwner() string {
	remote, _ := sources.ParseRemoteNotes(j.Notes)
	owner, _, _ := strings.Cut(remote.Repo, "/")
	return cmp.Or(j.Org, owner)
}

// archiveDir gives the folder of the archive.
func (j *job) archiveDir() (string, error) {
	if j.Archive != "" {
		return j.Archive, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", usageError{errNoArchiveDir}
	}
	api, err := sources.ParseAPI(j.api)
	if err != nil {
		return "", usageError{err}
	}
	return filepath.Join(cache, "monthly", strings.ReplaceAll(api.Host, ":", "_"), strings.ToLower(j.archiveOwner())), nil
}

// login settles how requests are authorised: as a GitHub App if one is named, in
// the configuration or in the environment, else by a token, else not at all.
func (j *job) login(w world, access sources.Access) (sources.TokenSource, error) {
	app := sources.App{ID: j.App.ID, Installation: j.App.Installation, Key: []byte(j.getenv("MONTHLY_APP_KEY"))}
	for name, field := range map[string]*int64{"MONTHLY_APP_ID": &app.ID, "MONTHLY_APP_INSTALLATION": &app.Installation} {
		if s := j.getenv(name); s != "" {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return nil, usagef("%s is not a number", name)
			}
			*field = n
		}
	}
	if app.ID == 0 && app.Installation == 0 && j.App.Key == "" && len(app.Key) == 0 {
		return sources.Token(j.token()), nil
	}
	if len(app.Key) == 0 && j.App.Key != "" {
		var err error
		if app.Key, err = files.Read(j.App.Key); err != nil {
			return nil, usagef("the private key of the GitHub App: %w", err)
		}
		w.secrets.add(string(app.Key))
	}
	token, err := sources.AppToken(access, app)
	if err != nil {
		return nil, usageError{err}
	}
	return token, nil
}

func (j *job) token() string {
	return strings.TrimSpace(cmp.Or(j.getenv("GITHUB_TOKEN"), j.getenv("GH_TOKEN")))
}

// isAnonymous reports whether GitHub is asked without a login.
func (j *job) isAnonymous() bool {
	asApp := j.App.ID != 0 || j.getenv("MONTHLY_APP_ID") != ""
	return !j.offline && j.archiveOwner() != "" && j.token() == "" && !asApp
}

// lines writes whole lines, though several may come at once.
func lines(w io.Writer) func(string) {
	var mu sync.Mutex
	return func(line string) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = io.WriteString(w, line+"\n")
	}
}

// progress shows on stderr how far a reading is.
type progress struct {
	w    world
	what string
	bar  *progressbar.ProgressBar // nil before the first step and after the last
}

func (p *progress) show(done, all int) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions(all, progressbar.OptionSetWriter(p.w.stderr), progressbar.OptionSetDescription(p.what),
			progressbar.OptionClearOnFinish(), progressbar.OptionShowCount())
	}
	_ = p.bar.Set(done)
	if done == all {
		p.finish()
	}
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
}
