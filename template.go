package main

import (
	"context"
	"fmt"
	"time"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/render"
	"github.com/waku-org/monthly/sources"
)

// readTemplate reads the text of the draft's template.
func (j *job) readTemplate() error {
	if j.Template == "" {
		return nil
	}
	text, err := files.Read(j.Template)
	if err != nil {
		return usagef("template: %w", err)
	}
	j.template = string(text)
	return nil
}

// tryTemplate reports a template that cannot be filled, or that leaves out
// statements, before anything is read: it fills it with the demo's month, which has
// statements in all places.
func (j *job) tryTemplate(ctx context.Context) error {
	if j.Template == "" || j.format != "markdown" {
		return nil
	}
	report, err := demoReport(ctx)
	if err != nil {
		return err
	}
	if _, err := render.Markdown(report, render.Options{Template: j.template}); err != nil {
		return usageError{fmt.Errorf("template %s, tried on the demo: %w", j.Template, err)}
	}
	return nil
}

// demoReport compiles the month of the demo.
func demoReport(ctx context.Context) (compile.Report, error) {
	demo := job{demo: true}
	demo.becomeDemo(false)
	archive, err := demo.openArchive(ctx)
	if err != nil {
		return compile.Report{}, err
	}
	defer archive.Close()
	in, _, err := sources.NewReader(demo.project(), archive, nil, time.Now).Month(ctx, demo.month)
	if err != nil {
		return compile.Report{}, err
	}
	return compile.Month(in, nil)
}
