package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/fixtures"
	"github.com/waku-org/monthly/render"
	"github.com/waku-org/monthly/sources"
)

// helpFlag makes a flag of its own, as the library's is one variable that runs at
// the same time would share.
func helpFlag() cli.Flag {
	return &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show help", DisableDefaultText: true}
}

func wantsHelp(c *cli.Context) bool { return c.Bool("help") }

const compileHelp = `Reads the weekly notes and the update comments of a month and writes the
draft of its report. Settings come from flags, then from monthly.yaml, then
from defaults. The token is read from GITHUB_TOKEN or GH_TOKEN. The draft
goes to stdout without --output; the ledger's line and warnings go to stderr.

Exit codes: 0 complete, 1 failed and nothing written, 2 wrong usage or
configuration, 3 written with --allow-incomplete though sources are missing,
130 interrupted and nothing written.`

func compileFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "month", Value: "last", Usage: "`MONTH`: 2023-09, last or this"},
		&cli.StringFlag{Name: "org", Usage: "`LOGIN` of the organisation; else only notes are read"},
		&cli.StringFlag{Name: "planning", Usage: "repository with milestones and epics, `OWNER/NAME`"},
		&cli.StringFlag{Name: "notes", Usage: "`FOLDER` of the weekly notes, or owner/name:path"},
		&cli.StringFlag{Name: "output", Usage: "`FILE` of the draft; - is stdout"},
		&cli.StringFlag{Name: "format", Value: "markdown", Usage: "`FORM`: markdown or json"},
		&cli.StringFlag{Name: "ledger", Usage: "`FILE` for the account of every item, as JSON"},
		flagOf("offline", "read only the archive"),
		flagOf("refresh", "read anew what is in the archive"),
		&cli.StringFlag{Name: "archive", Usage: "`FOLDER` of the archive"},
		flagOf("allow-incomplete", "write the draft though sources are missing"),
		&cli.DurationFlag{Name: "max-wait", Value: 15 * time.Minute, Usage: "longest `TIME` to wait for a rate limit"},
		&cli.StringFlag{Name: "api-url", Usage: "`URL` of an Enterprise server's API; or GITHUB_API_URL"},
		&cli.StringFlag{Name: "config", Usage: "`FILE` of the configuration; else monthly.yaml"},
		flagOf("demo", "compile the built-in month of an invented organisation"),
		flagOf("verbose", "log each request, retry and wait"),
	}
}

func flagOf(name, usage string) cli.Flag {
	return &cli.BoolFlag{Name: name, Usage: usage, DisableDefaultText: true}
}

// job is what to do, settled from flags, configuration, environment and defaults.
type job struct {
	config
	month           compile.YearMonth
	api             string
	format          string
	offline         bool
	refresh         bool
	demo            bool
	verbose         bool
	allowIncomplete bool
	maxWait         time.Duration
	getenv          func(string) string
	template        string // text
}

// settle settles what to do.
func settle(c *cli.Context, w world) (job, error) {
	j := job{
		format: c.String("format"), offline: c.Bool("offline"), refresh: c.Bool("refresh"), demo: c.Bool("demo"),
		verbose: c.Bool("verbose"), allowIncomplete: c.Bool("allow-incomplete"), maxWait: c.Duration("max-wait"),
		api: cmp.Or(c.String("api-url"), w.getenv("GITHUB_API_URL")), getenv: w.getenv,
	}
	if err := j.configure(c.String("config")); err != nil {
		return job{}, err
	}
	for flag, field := range map[string]*string{
		"org": &j.Org, "planning": &j.Planning, "notes": &j.Notes, "output": &j.Output, "ledger": &j.Ledger, "archive": &j.Archive,
	} {
		if c.IsSet(flag) {
			*field = c.String(flag)
		}
	}
	var err error
	if j.month, err = parseMonth(c.String("month"), w.now()); err != nil {
		return job{}, err
	}
	if j.demo {
		j.becomeDemo(c.IsSet("month"))
	}
	if err := j.check(); err != nil {
		return job{}, err
	}
	return j, j.readTemplate()
}

// configure reads the configuration from the named file, else from the one that
// is there by default, if any.
func (j *job) configure(name string) error {
	read, err := readConfig(cmp.Or(name, defaultConfig))
	if name == "" && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return usageError{err}
	}
	j.config = read
	return nil
}

func parseMonth(s string, now time.Time) (compile.YearMonth, error) {
	switch s {
	case "this":
		return compile.MonthOf(now), nil
	case "last":
		return compile.MonthOf(now).Add(-1), nil
	}
	m, err := compile.ParseMonth(s)
	if err != nil {
		return compile.YearMonth{}, usagef("--month: %w, nor last or this", err)
	}
	if compile.DayOf(now).Add(1).Before(m.First()) { // a day more, as it may have begun where people are
		return compile.YearMonth{}, usagef("--month: %s is in the future", m)
	}
	return m, nil
}

// becomeDemo points the job at the demo, whatever is configured.
func (j *job) becomeDemo(monthGiven bool) {
	j.config = config{
		Project: fixtures.Demo.Project, Org: fixtures.Demo.Org, Planning: fixtures.Demo.Planning,
		NotesPath: fixtures.Demo.NotesPath, Output: j.Output, Ledger: j.Ledger,
	}
	j.offline = true
	if !monthGiven {
		j.month, _ = compile.ParseMonth(fixtures.Demo.Month)
	}
}

var (
	login    = regexp.MustCompile(`^[A-Za-z\d][A-Za-z\d_-]*$`)
	fullName = regexp.MustCompile(`^[A-Za-z\d][A-Za-z\d_-]*/[\w.-]+$`)
)

// check reports settings that cannot be right.
func (j *job) check() error {
	switch {
	case j.format != "markdown" && j.format != "json":
		return usagef("--format: %q is neither markdown nor json", j.format)
	case j.MonthOf != "" && j.MonthOf != "note" && j.MonthOf != "friday":
		return usagef("month_of: %q is neither note nor friday", j.MonthOf)
	case j.Org == "" && j.Notes == "" && !j.demo:
		return usagef("there is nothing to read: give --notes, --org or both, or try --demo")
	case j.Org != "" && !login.MatchString(j.Org):
		return usagef("--org: %q is not an organisation's login", j.Org)
	case j.Planning != "" && !fullName.MatchString(j.Planning):
		return usagef("--planning: %q is not a repository like waku-org/pm", j.Planning)
	case j.Planning != "" && j.Org == "":
		return usagef("--planning needs --org, as the roadmap is read with the organisation's comments")
	case len(j.Projects) > 0 && j.Org == "":
		return usagef("projects needs org, whose projects they are")
	case slices.ContainsFunc(j.Projects, func(n int) bool { return n <= 0 }):
		return usagef("projects: give the numbers in the addresses of the projects, like 7 in https://github.com/orgs/waku-org/projects/7")
	case j.Ledger != "" && j.file(j.Ledger) == j.file(j.Output):
		return errOneFile(cmp.Or(j.file(j.Output), "stdout"))
	case j.offline && j.refresh:
		return usagef("--offline and --refresh exclude each other")
	}
	if _, err := sources.ParseAPI(j.api); err != nil {
		return usageError{err}
	}
	if err := render.CheckTitle(j.Title); err != nil {
		return usagef("title: %w", err)
	}
	return cmp.Or(j.checkRenamed(), j.checkNotes())
}

// checkRenamed reports renames that are not from owner to owner, or from repository to
// repository.
func (j *job) checkRenamed() error {
	for _, old := range slices.Sorted(maps.Keys(j.Renamed)) {
		now := j.Renamed[old]
		if !(login.MatchString(old) && login.MatchString(now)) && !(fullName.MatchString(old) && fullName.MatchString(now)) {
			return usagef("renamed: %q: %q is not from owner to owner, nor from owner/name to owner/name", old, now)
		}
	}
	return nil
}

func errOneFile(name string) error {
	return usagef("--ledger and --output are the same file: %s", name)
}

// checkNotes reports a folder of notes that cannot be there.
func (j *job) checkNotes() error {
	if j.Notes == "" || j.demo {
		return nil
	}
	if remote, ok := sources.ParseRemoteNotes(j.Notes); ok {
		if !fullName.MatchString(remote.Repo) {
			return usagef("--notes: %q is not a repository like waku-org/site:content/updates", j.Notes)
		}
		return nil
	}
	info, err := os.Stat(j.Notes)
	if err != nil {
		return usagef("--notes: there is no folder %s", j.Notes)
	}
	if !info.IsDir() {
		return usagef("--notes: %s is not a folder", j.Notes)
	}
	return nil
}

// file puts the month into a file's name. Stdout is "".
func (j *job) file(name string) string {
	if name == "" || name == "-" {
		return ""
	}
	return filepath.Clean(strings.ReplaceAll(name, "{month}", j.month.String()))
}

// notesPath gives the path of the notes in the site: the configured one, else
// the last two folders, as in content/waku/updates.
func (j *job) notesPath() string {
	if j.NotesPath != "" || j.Notes == "" {
		return strings.Trim(j.NotesPath, "/")
	}
	dir := ""
	if remote, ok := sources.ParseRemoteNotes(j.Notes); ok {
		dir = remote.Path
	} else if abs, err := filepath.Abs(j.Notes); err == nil {
		dir = filepath.ToSlash(abs)
	}
	parts := strings.Split(strings.Trim(dir, "/"), "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}

// errNoArchiveDir is a surrounding without a folder for what may be kept.
var errNoArchiveDir = errors.New("there is no folder for the archive")

const noToken = "no token is set in GITHUB_TOKEN or GH_TOKEN"

// anonymousError is a refusal of GitHub to who is not logged in.
type anonymousError struct{ err error }

func (e *anonymousError) Error() string { return e.err.Error() }
func (e *anonymousError) Unwrap() error { return e.err }

// wantsToken reports whether an error may be one only for who is not logged in.
func wantsToken(err error) bool {
	if incomplete := (*incompleteError)(nil); errors.As(err, &incomplete) {
		return slices.ContainsFunc(incomplete.gaps, func(g sources.Gap) bool { return wantsToken(g.Err) })
	}
	return errors.As(err, new(*sources.LimitError)) || errors.As(err, new(*sources.StatusError)) ||
		errors.As(err, new(*sources.NoOrganisationError)) || errors.As(err, new(*sources.NoFolderError))
}

// doubts gives settings that are probably not what was meant, by what was read.
func (j *job) doubts(in compile.Input, outcome sources.Outcome) []string {
	var lines []string
	if j.Planning != "" && len(in.Roadmap.Milestones) == 0 {
		lines = append(lines, fmt.Sprintf("the planning repository %s has no milestones: check --planning", j.Planning))
	}
	if j.isAnonymous() && wantsToken(&incompleteError{outcome.Gaps}) {
		lines = append(lines, noToken)
	}
	return lines
}

// hint says what to do about an error, with the names of flags; empty if the error
// says so itself.
func hint(outer error) string {
	if errors.Is(outer, errNoArchiveDir) {
		return "name one with --archive"
	}
	var anonymous *anonymousError
	if errors.As(outer, &anonymous) {
		return strings.TrimPrefix(hint(anonymous.err)+"; "+noToken, "; ")
	}
	switch err := innermost(outer).(type) {
	case *sources.LimitError:
		return "what was read is kept: run again after that, or wait for it with --max-wait"
	case *sources.StatusError:
		if err.RefusesToken() {
			return "check GITHUB_TOKEN or GH_TOKEN"
		}
	case *sources.NoOrganisationError:
		return "check --org"
	case *sources.NoFolderError:
		return "check --notes"
	case *sources.NoNoteError:
		return "check --month"
	case *sources.NotArchivedError:
		return "run once without --offline"
	case *sources.OtherArchiveError:
		return "name another folder with --archive"
	case *incompleteError:
		return "nothing was written; use --allow-incomplete to write the draft anyway"
	case *files.KindError:
		if !isUsage(outer) {
			return "nothing was read or written; name a regular file; a draft goes to stdout with --output -"
		}
	case *editedError:
		return "name another file with --output"
	case *notLedgerError:
		return "name another file with --ledger"
	}
	return ""
}

// innermost gives the error at the end of a chain of wrapped ones.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// admission gives the line of the configuration that admits those whose updates are
// left out, where more are left out than count.
func admission(r compile.Report) []string {
	if !slices.ContainsFunc(r.Findings, func(f compile.Finding) bool { return f.Rule == compile.Outsiders }) {
		return nil
	}
	var authors []string
	for _, o := range r.Ledger.LeftOut {
		if o.Reason == compile.Untrusted && !slices.Contains(authors, o.Author) {
			authors = append(authors, o.Author)
		}
	}
	slices.Sort(authors)
	return []string{"to trust them write in " + defaultConfig + ": trust: {authors: [" + strings.Join(authors, ", ") + "]}"}
}
