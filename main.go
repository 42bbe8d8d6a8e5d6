// Monthly compiles the draft of a monthly report from a month of weekly updates:
// the comments that a team leaves on labelled GitHub issues, and its weekly
// Markdown notes.
//
// This file is the command line: it settles what to do, connects the sources,
// the rules and the renderers, and writes what comes out. Only main exits.
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unicode"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"
	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/fixtures"
	"github.com/waku-org/monthly/render"
	"github.com/waku-org/monthly/sources"
)

// Exit codes.
const (
	exitDone       = 0
	exitFailed     = 1 // nothing was written
	exitUsage      = 2 // wrong usage or configuration, nothing was written
	exitIncomplete = 3 // written, but a person must look
)

// world is all that the program takes from its surroundings.
type world struct {
	stdout, stderr io.Writer
	terminal       bool // stderr is one
	getenv         func(string) string
	now            func() time.Time
	transport      http.RoundTripper // nil means the default
	pause          time.Duration     // between attempts of a request; 0 means the default
	timeout        time.Duration     // of an attempt; 0 means the default
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the program at once
	code := run(ctx, os.Args, world{
		stdout: os.Stdout, stderr: os.Stderr, terminal: term.IsTerminal(int(os.Stderr.Fd())),
		getenv: os.Getenv, now: time.Now,
	})
	stop()
	os.Exit(code)
}

// usageError is a wrong command line or configuration.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errIncomplete says that the draft was written although sources are missing.
var errIncomplete = errors.New("sources are missing")

// run runs a command line and gives the exit code.
func run(ctx context.Context, args []string, w world) int {
	err := app(w).RunContext(ctx, args)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errIncomplete):
		return exitIncomplete
	case ctx.Err() != nil:
		fmt.Fprintln(w.stderr, "monthly: interrupted: what was read is kept, run again to go on")
		return exitFailed
	}
	fmt.Fprintln(w.stderr, "monthly: "+oneLine(err.Error()))
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// oneLine makes a message one line without the signs that steer a terminal.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

func app(w world) *cli.App {
	usage := func(_ *cli.Context, err error, _ bool) error { return usageError{err} }
	return &cli.App{
		Name:           "monthly",
		Usage:          "compile the draft of a monthly report from weekly updates",
		Writer:         w.stdout,
		ErrWriter:      w.stderr,
		HideHelp:       true,
		HideVersion:    true,
		Flags:          []cli.Flag{helpFlag()},
		OnUsageError:   usage,
		ExitErrHandler: func(*cli.Context, error) {},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usagef("there is no command %q: see monthly --help", c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{{
			Name:  "compile",
			Usage: "write the draft of a month",
			Description: "Reads the weekly notes and the update comments of a month and writes the draft\n" +
				"of its report. Settings come from flags, then from monthly.yaml, then from\n" +
				"defaults. The token is read from GITHUB_TOKEN or GH_TOKEN. The draft goes to\n" +
				"stdout without --output; the ledger's line and warnings go to stderr.\n\n" +
				"Exit codes: 0 complete, 1 failed and nothing written, 2 wrong usage or\n" +
				"configuration, 3 written with --allow-incomplete though sources are missing.",
			HideHelp:     true,
			OnUsageError: usage,
			Flags:        append(compileFlags(), helpFlag()),
			Action: func(c *cli.Context) error {
				if c.Bool("help") {
					return cli.ShowSubcommandHelp(c)
				}
				if c.Args().Present() {
					return usagef("compile takes no argument %q: see monthly compile --help", c.Args().First())
				}
				s, err := settings(c, w)
				if err != nil {
					return err
				}
				return compileMonth(c.Context, s, w)
			},
		}},
	}
}

// helpFlag makes a flag of its own, as the library's is one variable that runs at
// the same time would share.
func helpFlag() cli.Flag {
	return &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show help", DisableDefaultText: true}
}

func compileFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "month", Value: "last", Usage: "`MONTH` to compile: 2023-09, last or this"},
		&cli.StringFlag{Name: "org", Usage: "`LOGIN` of the GitHub organisation; without it only notes are read"},
		&cli.StringFlag{Name: "planning", Usage: "`OWNER/NAME` of the repository with milestones and epics"},
		&cli.StringFlag{Name: "notes", Usage: "`FOLDER` of the weekly notes, or owner/name:path in a repository"},
		&cli.StringFlag{Name: "output", Usage: "`FILE` of the draft; - is stdout"},
		&cli.StringFlag{Name: "format", Value: "markdown", Usage: "`FORM` of the draft: markdown or json"},
		&cli.StringFlag{Name: "ledger", Usage: "`FILE` for the account of every item, as JSON"},
		&cli.BoolFlag{Name: "offline", Usage: "read only the archive"},
		&cli.BoolFlag{Name: "refresh", Usage: "read anew what is in the archive"},
		&cli.StringFlag{Name: "archive", Usage: "`FOLDER` of the archive"},
		&cli.BoolFlag{Name: "allow-incomplete", Usage: "write the draft though sources are missing, and name them"},
		&cli.DurationFlag{Name: "max-wait", Value: 15 * time.Minute, Usage: "longest `TIME` to wait for a rate limit"},
		&cli.StringFlag{Name: "api-url", Usage: "`URL` of the API of a GitHub Enterprise server (also GITHUB_API_URL)"},
		&cli.StringFlag{Name: "config", Usage: "`FILE` of the configuration (default: monthly.yaml, if there is one)"},
		&cli.BoolFlag{Name: "demo", Usage: "compile the month of an invented organisation that is built in"},
		&cli.BoolFlag{Name: "verbose", Usage: "tell of each request, retry and wait"},
	}
}

// job is what to do, settled from flags, configuration and defaults.
type job struct {
	sources.Settings
	month           compile.YearMonth
	api             string
	format          string
	offline         bool
	refresh         bool
	demo            bool
	verbose         bool
	allowIncomplete bool
	maxWait         time.Duration
	token           string
	template        string
	web             string // address of GitHub's pages; empty if only notes are read
}

const defaultConfig = "monthly.yaml"

// settings settles what to do.
func settings(c *cli.Context, w world) (job, error) {
	j := job{
		format: c.String("format"), offline: c.Bool("offline"), refresh: c.Bool("refresh"), demo: c.Bool("demo"),
		verbose: c.Bool("verbose"), allowIncomplete: c.Bool("allow-incomplete"), maxWait: c.Duration("max-wait"),
		token: strings.TrimSpace(cmp.Or(w.getenv("GITHUB_TOKEN"), w.getenv("GH_TOKEN"))),
	}
	if err := j.readConfig(c.String("config")); err != nil {
		return job{}, err
	}
	for flag, field := range map[string]*string{
		"org": &j.Org, "planning": &j.Planning, "notes": &j.Notes, "output": &j.Output, "ledger": &j.Ledger, "archive": &j.Archive,
	} {
		if c.IsSet(flag) {
			*field = c.String(flag)
		}
	}
	j.api = cmp.Or(c.String("api-url"), w.getenv("GITHUB_API_URL"))
	var err error
	if j.month, err = parseMonth(c.String("month"), w.now()); err != nil {
		return job{}, err
	}
	if j.demo {
		j.setDemo(c.IsSet("month"))
	}
	return j, j.check()
}

func (j *job) readConfig(name string) error {
	given := name != ""
	if !given {
		name = defaultConfig
	}
	s, err := sources.ReadSettings(name)
	if !given && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return usageError{err}
	}
	j.Settings = s
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
	return m, nil
}

// setDemo points the job at the demo, whatever is configured.
func (j *job) setDemo(monthGiven bool) {
	j.Settings = sources.Settings{
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
	remote, isRemote := sources.ParseRemoteNotes(j.Notes)
	switch {
	case j.format != "markdown" && j.format != "json":
		return usagef("--format: %q is neither markdown nor json", j.format)
	case j.MonthOf != "" && j.MonthOf != "note" && j.MonthOf != "friday":
		return usagef("month_of: %q is neither note nor friday", j.MonthOf)
	case j.Org == "" && j.Notes == "" && !j.demo:
		return usagef("there is nothing to read: give --notes, --org or both, or try --demo")
	case j.Org != "" && !login.MatchString(j.Org):
		return usagef("--org: %q is no login of an organisation", j.Org)
	case j.Planning != "" && !fullName.MatchString(j.Planning):
		return usagef("--planning: %q is no repository like waku-org/pm", j.Planning)
	case j.Planning != "" && j.Org == "":
		return usagef("--planning takes --org too, as the roadmap is read with the organisation's comments")
	case j.Ledger != "" && j.file(j.Ledger) == j.file(j.Output):
		return usagef("--ledger and --output are the same file %s", j.file(j.Output))
	case j.offline && j.refresh:
		return usagef("--offline and --refresh exclude each other")
	case isRemote && !fullName.MatchString(remote.Repo):
		return usagef("--notes: %q is no repository like waku-org/site:content/updates", j.Notes)
	}
	if j.Notes != "" && !isRemote && !j.demo {
		info, err := os.Stat(j.Notes)
		if err != nil {
			return usagef("--notes: there is no folder %s", j.Notes)
		}
		if !info.IsDir() {
			return usagef("--notes: %s is no folder", j.Notes)
		}
	}
	if _, err := sources.ParseAPI(j.api); err != nil {
		return usageError{err}
	}
	if j.Template != "" {
		text, err := os.ReadFile(j.Template)
		if err != nil {
			return usagef("template: %w", err)
		}
		j.template = string(text)
	}
	return nil
}

// aside is how long before and after a month's weeks comments and notes are read
// too: a comment may stand in the note of the week before or after its own.
const aside = 7 * 24 * time.Hour

// notesAside is how long before and after a month notes are read: their days
// decide where its weeks begin and end.
const notesAside = 3 * 7 * 24 * time.Hour

// compileMonth does the main job: read, compile, render, write.
func compileMonth(ctx context.Context, j job, w world) error {
	in, gaps, warnings, err := j.read(ctx, w)
	if err != nil {
		return err
	}
	if len(gaps) > 0 && !j.allowIncomplete {
		return incomplete(gaps)
	}
	report, err := compile.Month(in)
	if err != nil {
		return err
	}
	draft, err := j.render(report, gaps)
	if err != nil {
		return err
	}
	ledger, err := render.Ledger(report.Ledger)
	if err != nil {
		return err
	}
	if err := j.write(draft, ledger, w); err != nil {
		return err
	}
	fmt.Fprintln(w.stderr, report.Ledger)
	for _, line := range slices.Concat(leftOut(report.Ledger), warnings, report.Warnings) {
		fmt.Fprintln(w.stderr, "warning: "+oneLine(line))
	}
	if report.Ledger.Read == 0 {
		fmt.Fprintf(w.stderr, "warning: no update of %s was found\n", j.month)
	}
	for _, g := range gaps {
		fmt.Fprintln(w.stderr, "warning: incomplete: "+oneLine(g.Error()))
	}
	if len(gaps) > 0 {
		return errIncomplete
	}
	return nil
}

func incomplete(gaps []sources.Gap) error {
	var all []string
	for _, g := range gaps {
		all = append(all, g.Error())
	}
	return fmt.Errorf("%s: nothing is written; --allow-incomplete writes the draft without", strings.Join(all, "; "))
}

// leftOut counts what is left out by reason.
func leftOut(l compile.Ledger) []string {
	reasons := map[string]int{}
	for _, o := range l.LeftOut {
		reasons[o.Reason]++
	}
	var lines []string
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		lines = append(lines, fmt.Sprintf("%d left out: %s", reasons[reason], reason))
	}
	return lines
}

// read gathers what the month is compiled from, and says what is missing.
func (j *job) read(ctx context.Context, w world) (compile.Input, []sources.Gap, []string, error) {
	r := &reader{job: j, world: w}
	defer r.close()
	if err := r.open(); err != nil {
		return compile.Input{}, nil, nil, err
	}
	set, err := r.notes(ctx)
	if err != nil {
		return compile.Input{}, nil, nil, err
	}
	var days []time.Time
	for _, f := range set.Files {
		days = append(days, f.Date)
	}
	in := compile.Input{
		Project: j.Project, Month: j.month, Calendar: compile.NewCalendar(days, j.MonthOf == "friday"),
		Notes: set.Files, Updates: set.Updates, Similar: similar, Now: w.now(),
	}
	if in.Project == "" {
		in.Project = projectName(set.Files, j.Org)
	}
	var outcome sources.Outcome
	if j.Org != "" {
		if outcome, err = r.github(ctx, &in); err != nil {
			return compile.Input{}, nil, nil, err
		}
	} else if err := j.hasNotes(in); err != nil {
		return compile.Input{}, nil, nil, err
	}
	return in, outcome.Gaps, append(set.Warnings, outcome.Warnings...), nil
}

// similar rates texts by the groups of three letters that they share.
func similar(a, b string) float64 { return strutil.Similarity(a, b, dice) }

var dice = &metrics.SorensenDice{NgramSize: 3}

// hasNotes reports a month without any note when nothing else is read.
func (j *job) hasNotes(in compile.Input) error {
	for _, week := range in.Calendar.Weeks(in.Month) {
		if in.Calendar.HasNote(week) {
			return nil
		}
	}
	if len(in.Notes) == 0 {
		return fmt.Errorf("there are no weekly notes in %s: their names begin with a day, like 2023-09-04.md", j.Notes)
	}
	first, last := in.Notes[0].Name, in.Notes[len(in.Notes)-1].Name
	return fmt.Errorf("there is no weekly note of %s in %s, only %d from %s to %s: check --month", in.Month, j.Notes, len(in.Notes), first, last)
}

var weeklyTitle = regexp.MustCompile(`(?i)^\W*\d{4}-\d{2}-\d{2}\W+(.+?)\s+(?:weekly|update)\b`)

// projectName guesses the project's name from the titles of its notes,
// "2023-09-04 Waku weekly", else from the organisation.
func projectName(notes []compile.NoteFile, org string) string {
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

// reader reads the sources of a job.
type reader struct {
	*job
	world
	archive *sources.Archive
	client  *sources.GitHub
	mu      sync.Mutex // guards stderr while requests are told of
}

// open opens the archive, and GitHub unless the run is offline.
func (r *reader) open() error {
	if r.demo {
		var err error
		r.archive, err = sources.ReadArchive(fixtures.Demo.Archive(), "of the demo")
		return err
	}
	remote, isRemote := sources.ParseRemoteNotes(r.Notes)
	if r.Org == "" && !isRemote {
		return nil
	}
	owner, _, _ := strings.Cut(remote.Repo, "/")
	org := cmp.Or(r.Org, owner)
	api, err := sources.ParseAPI(r.api)
	if err != nil {
		return usageError{err}
	}
	dir := r.Archive
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return usagef("there is no folder for the archive: name one with --archive")
		}
		dir = filepath.Join(cache, "monthly", strings.ReplaceAll(api.Host, ":", "_"), strings.ToLower(org))
	}
	if r.offline {
		r.archive, err = openOffline(dir, org)
		return err
	}
	if r.archive, err = sources.OpenArchive(dir, api.String(), org); err != nil {
		return err
	}
	access := sources.Access{API: r.api, MaxWait: r.maxWait, Transport: r.transport, Pause: r.pause, Timeout: r.timeout}
	if r.verbose {
		access.Log = r.tell
	}
	if access.Token, err = r.login(access); err != nil {
		return usageError{err}
	}
	r.client, err = sources.NewGitHub(access, r.now)
	return err
}

// openOffline opens an archive to read it only.
func openOffline(dir, org string) (*sources.Archive, error) {
	archive, err := sources.ReadArchive(os.DirFS(dir), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no archive in %s: run once without --offline", dir)
	}
	if err == nil && !strings.EqualFold(archive.Org(), org) {
		return nil, fmt.Errorf("the archive %s is of %s, not of %s: name another folder with --archive", dir, archive.Org(), org)
	}
	return archive, err
}

// tell writes a line to stderr, whole, though several may come at once.
func (r *reader) tell(line string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, _ = io.WriteString(r.stderr, line+"\n")
}

// login settles how requests are authorised: as a GitHub App if one is named, in
// the configuration or in the environment, else by a token, else not at all.
func (r *reader) login(access sources.Access) (sources.TokenSource, error) {
	app, key := r.App, r.getenv("MONTHLY_APP_KEY")
	for name, field := range map[string]*int64{"MONTHLY_APP_ID": &app.ID, "MONTHLY_APP_INSTALLATION": &app.Installation} {
		if s := r.getenv(name); s != "" {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%s is no number", name)
			}
			*field = n
		}
	}
	if app == (sources.AppLogin{}) && key == "" {
		return sources.Token(r.token), nil
	}
	if key == "" && app.Key != "" {
		data, err := os.ReadFile(app.Key)
		if err != nil {
			return nil, fmt.Errorf("the private key of the GitHub App: %w", err)
		}
		key = string(data)
	}
	return sources.AppToken(access, app, []byte(key))
}

func (r *reader) close() {
	if r.archive != nil {
		r.archive.Close()
	}
}

// notes reads the weekly notes around the month.
func (r *reader) notes(ctx context.Context) (sources.NoteSet, error) {
	from, to := r.month.First().Add(-notesAside), r.month.Add(1).First().Add(notesAside)
	words := compile.Words{Milestone: r.Words.Milestone, Epic: r.Words.Epic}
	if r.demo {
		return sources.Notes(fixtures.Demo.Notes(), from, to, words)
	}
	if r.Notes == "" {
		return sources.NoteSet{}, nil
	}
	if remote, ok := sources.ParseRemoteNotes(r.Notes); ok {
		remote.Refresh = r.refresh
		if !r.offline {
			if err := r.client.ReadNotes(ctx, r.archive, remote, from, to); err != nil {
				return sources.NoteSet{}, err
			}
		}
		return r.archive.Notes(remote, from, to, words)
	}
	return sources.Notes(os.DirFS(r.Notes), from, to, words)
}

// github reads the month's comments with their issues and the roadmap.
func (r *reader) github(ctx context.Context, in *compile.Input) (sources.Outcome, error) {
	from, to := in.Calendar.Window(in.Month)
	from, to = from.Add(-aside), to.Add(aside)
	var outcome sources.Outcome
	var err error
	if !r.offline {
		if outcome, err = r.fetch(ctx, from, to, linked(in.Updates, from.Add(aside), to.Add(-aside))); err != nil {
			return sources.Outcome{}, err
		}
	} else {
		var held bool
		if outcome, held, err = r.archive.Missing(from, to, r.Planning); err != nil {
			return sources.Outcome{}, err
		}
		if !held {
			return sources.Outcome{}, fmt.Errorf("the archive does not hold the comments of %s: run once without --offline", in.Month)
		}
	}
	var owner string
	if r.web, owner, err = r.archive.Pages(); err != nil {
		return sources.Outcome{}, err
	}
	sources.Rename(in.Updates, r.archive.Org(), owner)
	trust := sources.Trust{Authors: r.Trust.Authors, Associations: r.Trust.Associations}
	comments, err := r.archive.Updates(from, to, trust)
	if err != nil {
		return sources.Outcome{}, err
	}
	in.Updates = append(in.Updates, comments...)
	if in.Issues, err = r.archive.Issues(); err != nil {
		return sources.Outcome{}, err
	}
	in.Roadmap, err = r.archive.Roadmap(r.Planning)
	return outcome, err
}

func (r *reader) fetch(ctx context.Context, from, to time.Time, wanted []compile.Ref) (sources.Outcome, error) {
	req := sources.Request{From: from, To: to, Planning: r.Planning, Refresh: r.refresh, Wanted: wanted}
	if r.terminal {
		bar := progressbar.NewOptions(1, progressbar.OptionSetWriter(r.stderr), progressbar.OptionSetDescription("reading "+r.Org),
			progressbar.OptionClearOnFinish(), progressbar.OptionShowCount())
		req.Progress = func(done, all int) {
			bar.ChangeMax(all)
			_ = bar.Set(done)
		}
		defer func() { _ = bar.Finish() }()
	}
	return r.client.Read(ctx, r.archive, req)
}

// linked gives the issues to which the entries of a span's notes link.
func linked(noted []compile.Update, from, to time.Time) []compile.Ref {
	var refs []compile.Ref
	seen := map[compile.Ref]bool{}
	for _, u := range noted {
		if u.Date.Before(from) || !u.Date.Before(to) {
			continue
		}
		for _, h := range u.Path {
			if ref, ok := compile.ParseRef(h.URL); ok && !seen[ref] {
				seen[ref] = true
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

// render gives the draft in the form that was asked for.
func (j *job) render(report compile.Report, gaps []sources.Gap) ([]byte, error) {
	if j.format == "json" {
		return render.JSON(report)
	}
	o := render.Options{Template: j.template, Web: j.web, Planning: j.Planning, NotesPath: j.notesPath()}
	for _, g := range gaps {
		o.Missing = append(o.Missing, g.Error())
	}
	return render.Markdown(report, o)
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

// write writes the ledger and the draft.
func (j *job) write(draft, ledger []byte, w world) error {
	if j.Ledger != "" {
		if err := writeLedger(j.file(j.Ledger), ledger); err != nil {
			return fmt.Errorf("writing the ledger: %w", err)
		}
	}
	if j.Output != "" && j.Output != "-" {
		if err := writeDraft(j.file(j.Output), draft); err != nil {
			return fmt.Errorf("writing the draft: %w", err)
		}
	} else if _, err := w.stdout.Write(draft); err != nil {
		return fmt.Errorf("writing the draft: %w", err)
	}
	return nil
}

// file puts the month into a file's name.
func (j *job) file(name string) string {
	return filepath.Clean(strings.ReplaceAll(name, "{month}", j.month.String()))
}

// writeLedger replaces a ledger, and nothing else.
func writeLedger(name string, ledger []byte) error {
	now, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(now) > 0 && !(json.Valid(now) && bytes.Contains(now, []byte(`"left_out"`))) {
		return fmt.Errorf("%s is no ledger and is left as it is: name another file with --ledger", name)
	}
	return sources.WriteFile(name, ledger)
}

// writeDraft writes the draft, and beside it in .monthly what was generated, now
// and before, so that the next run knows whether a person has edited the draft,
// even if this one is cut off. An edited draft is never replaced.
func writeDraft(name string, draft []byte) error {
	base := filepath.Join(filepath.Dir(name), ".monthly", filepath.Base(name))
	now, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(now) > 0 && !bytes.Equal(now, draft) && !generated(now, base) && !generated(now, base+".before") {
		return fmt.Errorf("%s holds a person's words and is left as it is: name another file with --output", name)
	}
	if len(now) > 0 {
		if err := sources.WriteFile(base+".before", now); err != nil {
			return err
		}
	}
	if err := sources.WriteFile(base, draft); err != nil {
		return err
	}
	return sources.WriteFile(name, draft)
}

// generated reports whether a text is the one that was kept in a file.
func generated(text []byte, kept string) bool {
	data, err := os.ReadFile(kept)
	return err == nil && bytes.Equal(text, data)
}
