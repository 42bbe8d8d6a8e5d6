// Monthly compiles the draft of a monthly report from a month of weekly updates:
// the comments that a team leaves on labelled GitHub issues, and its weekly
// Markdown notes.
//
// This file is the program: its exit codes, its commands, and for each a short
// function that connects the sources, the rules and the renderers. Only main exits.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/render"
	"github.com/waku-org/monthly/sources"
)

// Exit codes.
const (
	exitDone       = 0
	exitFailed     = 1 // nothing was written
	exitUsage      = 2 // wrong usage or configuration, nothing was written
	exitIncomplete = 3 // written, but a person must look

	exitInterrupted = 130 // by Ctrl-C or SIGTERM, nothing was written
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
	patience       time.Duration     // before a wait is told; 0 means the default
	secrets        *secrets          // that none of the above lets out, see guard
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the program at once
	code := await(ctx, time.Second, func() int {
		return run(ctx, os.Args, world{
			stdout: os.Stdout, stderr: os.Stderr, terminal: term.IsTerminal(int(os.Stderr.Fd())),
			getenv: os.Getenv, now: time.Now,
		})
	})
	stop()
	os.Exit(code)
}

// await gives the code of a run. One that is interrupted and does not end within
// the grace, as somebody does not read what it prints, is given up.
func await(ctx context.Context, grace time.Duration, run func() int) int {
	code := make(chan int, 1)
	go func() { code <- run() }()
	select {
	case c := <-code:
		return c
	case <-ctx.Done():
	}
	select {
	case c := <-code:
		return c
	case <-time.After(grace):
		return exitInterrupted
	}
}

// usageError is a wrong command line or configuration.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func isUsage(err error) bool { return errors.As(err, new(usageError)) }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errIncomplete says that the draft was written although sources are missing.
var errIncomplete = errors.New("sources are missing")

// incompleteError says that nothing was written because sources are missing.
type incompleteError struct{ gaps []sources.Gap }

func (e *incompleteError) Error() string { return strings.Join(texts(e.gaps), "; ") }

// texts gives a line for each source that is missing.
func texts(gaps []sources.Gap) []string {
	var all []string
	for _, g := range gaps {
		all = append(all, g.Error())
	}
	return all
}

// run runs a command line and gives the exit code.
func run(ctx context.Context, args []string, w world) int {
	w = w.guard()
	err := app(w).RunContext(ctx, args)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errIncomplete):
		return exitIncomplete
	case ctx.Err() != nil:
		fmt.Fprintln(w.stderr, "monthly: interrupted: what was read is kept, run again to go on")
		return exitInterrupted
	}
	fmt.Fprintln(w.stderr, "monthly: "+oneLine(withHint(err)))
	if isUsage(err) {
		return exitUsage
	}
	return exitFailed
}

func withHint(err error) string {
	if h := hint(err); h != "" {
		return err.Error() + ": " + h
	}
	return err.Error()
}

// oneLine makes a message one line without the characters that steer a terminal.
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
	return &cli.App{
		Name:           "monthly",
		Usage:          "compile the draft of a monthly report from weekly updates",
		Writer:         w.stdout,
		ErrWriter:      w.stderr,
		HideHelp:       true,
		HideVersion:    true,
		Flags:          []cli.Flag{helpFlag()},
		OnUsageError:   wrongUsage,
		ExitErrHandler: func(*cli.Context, error) {},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				wrong := c.Args().First()
				return usagef("there is no command %q%s", wrong, cmp.Or(didYouMean(wrong, commandsOf(c)), ": see monthly --help"))
			}
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{{
			Name:         "compile",
			Usage:        "write the draft of a month",
			Description:  compileHelp,
			HideHelp:     true,
			OnUsageError: wrongUsage,
			Flags:        append(compileFlags(), helpFlag()),
			Action:       command(w, compileMonth),
		},
			printing("template", "print the built-in template of the draft", w, printTemplate),
			printing("version", "print the version", w, printVersion),
		},
	}
}

// command settles what to do, and does it.
func command(w world, do func(context.Context, job, world) error) cli.ActionFunc {
	return func(c *cli.Context) error {
		if wantsHelp(c) {
			return cli.ShowSubcommandHelp(c)
		}
		if c.Args().Present() {
			return usagef("%s takes no argument %q: see monthly %[1]s --help", c.Command.Name, c.Args().First())
		}
		j, err := settle(c, w)
		if err != nil {
			return err
		}
		return do(c.Context, j, w)
	}
}

// compileMonth does the main job: read, compile, render, write.
func compileMonth(ctx context.Context, j job, w world) error {
	out := outputs{j.file(j.Output), j.file(j.Ledger), w.stdout}
	if err := out.check(); err != nil {
		return err
	}
	if err := j.tryTemplate(ctx); err != nil {
		return err
	}
	in, before, outcome, err := read(ctx, j, w)
	if err != nil {
		return err
	}
	report, err := compile.Month(in, before)
	if err != nil {
		return err
	}
	o := options(j, outcome)
	draft, err := draftOf(j, report, o)
	if err != nil {
		return err
	}
	ledger, err := render.Ledger(report, o)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	over := (&waits{w: w}).soon("another run that writes " + out.where())
	err = out.write(ctx, w.secrets.mask(draft), w.secrets.mask(ledger))
	over()
	if err != nil {
		return err
	}
	outcome.Warnings = append(outcome.Warnings, j.doubts(in, outcome)...)
	summarise(w.stderr, report, outcome)
	if out.draft != "" {
		fmt.Fprintln(w.stderr, "the draft is in "+oneLine(out.draft))
	}
	if len(outcome.Gaps) > 0 {
		return errIncomplete
	}
	return nil
}

// read reads the job's month, and compiles the month before it if it is at hand.
// Sources that are missing are an error unless the job allows them to be.
func read(ctx context.Context, j job, w world) (in compile.Input, before *compile.Report, outcome sources.Outcome, err error) {
	reader, done, err := connect(ctx, j, w)
	if err != nil {
		return in, nil, outcome, err
	}
	defer done()
	in, outcome, err = reader.Month(ctx, j.month)
	if err == nil && len(outcome.Gaps) > 0 && !j.allowIncomplete {
		err = &incompleteError{outcome.Gaps}
	}
	if err != nil && j.isAnonymous() && wantsToken(err) {
		err = &anonymousError{err}
	}
	if err != nil {
		return in, nil, outcome, err
	}
	before, err = lastMonth(ctx, j, reader)
	if err != nil && ctx.Err() == nil {
		outcome.Warnings = append(outcome.Warnings, fmt.Sprintf("the month before could not be read: %v", err))
		err = nil
	}
	return in, before, outcome, err
}

// lastMonth compiles the month before the job's; nil if it is not at hand.
func lastMonth(ctx context.Context, j job, reader *sources.Reader) (*compile.Report, error) {
	in, err := reader.Before(ctx, j.month)
	if err != nil || in == nil {
		return nil, err
	}
	before, err := compile.Month(*in, nil)
	return &before, err
}

// options gives what the renderers need beside the report.
func options(j job, outcome sources.Outcome) render.Options {
	return render.Options{
		Template: j.template, TitleForm: j.Title, Web: outcome.Web, Planning: j.Planning, NotesPath: j.notesPath(),
		Missing: texts(outcome.Gaps), Warnings: outcome.Warnings,
	}
}

// draftOf gives the draft in the form that was asked for.
func draftOf(j job, report compile.Report, o render.Options) ([]byte, error) {
	if j.format == "json" {
		return render.JSON(report, o)
	}
	return render.Markdown(report, o)
}

// summarise writes the ledger's line, and then what a person should know.
func summarise(stderr io.Writer, report compile.Report, outcome sources.Outcome) {
	fmt.Fprintln(stderr, report.Ledger)
	warnings := slices.Concat(leftOut(report.Ledger), outcome.Warnings, findings(report.Findings))
	if report.Ledger.Read == 0 {
		warnings = append(warnings, fmt.Sprintf("no update of %s was found", report.Month))
	}
	warnings = append(warnings, admission(report)...)
	for _, missing := range texts(outcome.Gaps) {
		warnings = append(warnings, "incomplete: "+missing)
	}
	for _, line := range warnings {
		fmt.Fprintln(stderr, "warning: "+oneLine(line))
	}
}

func findings(all []compile.Finding) []string {
	var lines []string
	for _, f := range all {
		lines = append(lines, f.String())
	}
	return lines
}

// leftOut counts what is left out by reason.
func leftOut(l compile.Ledger) []string {
	reasons := map[compile.Reason]int{}
	for _, o := range l.LeftOut {
		reasons[o.Reason]++
	}
	var lines []string
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		lines = append(lines, fmt.Sprintf("%d left out: %s", reasons[reason], reason))
	}
	return lines
}
