package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/waku-org/monthly/files"
	"github.com/waku-org/monthly/render"
)

// editedError is a draft that holds a person's words.
type editedError struct{ file string }

func (e *editedError) Error() string {
	return e.file + " holds a person's words and is left as it is"
}

// notLedgerError is a file in the place of a ledger that is something else.
type notLedgerError struct{ file string }

func (e *notLedgerError) Error() string {
	return e.file + " is not a ledger and is left as it is"
}

// outputs are the places of what a run writes.
type outputs struct {
	draft  string // file; empty: stdout
	ledger string // file; empty: none
	stdout io.Writer
}

// kept is the folder beside a draft that holds what was generated. It is committed
// with the draft.
const kept = ".monthly"

// draftFiles are a draft and, in the folder kept beside it, what was generated, now
// and before. So the next run knows whether a person has edited the draft, even if
// this one is cut off.
type draftFiles struct {
	path                     string
	draft, generated, before *files.File
}

// lookAtDraft looks at a draft and what is kept of it. One that a person has
// edited is an [editedError].
func lookAtDraft(path string) (*draftFiles, error) {
	draft, err := files.Look(path)
	if err != nil {
		return nil, fmt.Errorf("writing the draft: %w", err)
	}
	d := &draftFiles{path: path, draft: draft}
	if d.generated, err = draft.Beside(kept, draft.Name()); err == nil {
		d.before, err = draft.Beside(kept, draft.Name()+".before")
	}
	if err == nil && d.isEdited() {
		err = &editedError{path}
	}
	if err != nil {
		draft.Close()
		return nil, fmt.Errorf("writing the draft: %w", err)
	}
	return d, nil
}

// isEdited reports whether the draft is not as it was generated.
func (d *draftFiles) isEdited() bool {
	now := string(d.draft.Data)
	return now != "" && now != string(d.generated.Data) && now != string(d.before.Data)
}

// prepare prepares what a draft and its companions are to hold, the draft last.
func (d *draftFiles) prepare(draft []byte) (replacements, error) {
	var all replacements
	if len(d.draft.Data) > 0 {
		if err := all.add(d.before, d.draft.Data); err != nil {
			return all, err
		}
	}
	if err := all.add(d.generated, draft); err != nil {
		return all, err
	}
	return all, all.add(d.draft, draft)
}

// replacements are files that wait to take their names, one after the other.
type replacements []*files.Replacement

func (all *replacements) add(f *files.File, data []byte) error {
	r, err := f.Prepare(data)
	if err == nil {
		*all = append(*all, r)
	}
	return err
}

func (all replacements) discard() {
	for _, r := range all {
		r.Discard()
	}
}

func (all replacements) commit() error {
	for _, r := range all {
		if err := r.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// lookAtLedger looks at a ledger; nil without a path. A file that is something
// else is a [notLedgerError].
func lookAtLedger(path string) (*files.File, error) {
	if path == "" {
		return nil, nil
	}
	f, err := files.Look(path)
	if err == nil && len(f.Data) > 0 && !render.IsLedger(f.Data) {
		f.Close()
		err = &notLedgerError{path}
	}
	if err != nil {
		return nil, fmt.Errorf("writing the ledger: %w", err)
	}
	return f, nil
}

// check reports, before anything is read, what could not be written: a place that
// is not a file, a draft that is edited, a ledger that is none.
func (o outputs) check() error {
	ledger, err := lookAtLedger(o.ledger)
	if err != nil {
		return err
	}
	if ledger != nil {
		defer ledger.Close()
		if err := ledger.Check(); err != nil {
			return fmt.Errorf("writing the ledger: %w", err)
		}
	}
	if o.draft == "" {
		return nil
	}
	d, err := lookAtDraft(o.draft)
	if err != nil {
		return err
	}
	defer d.draft.Close()
	if ledger != nil && ledger.SameAs(d.draft) {
		return errOneFile(o.draft)
	}
	if err := errors.Join(d.draft.Check(), d.generated.Check()); err != nil {
		return fmt.Errorf("writing the draft: %w", err)
	}
	return nil
}

// write writes the draft, and then the ledger. Both are prepared before either is
// written, so that an error means, unless it says otherwise, that neither was.
func (o outputs) write(ctx context.Context, draft, ledger []byte) error {
	file, err := lookAtLedger(o.ledger)
	if err != nil {
		return err
	}
	var last replacements
	defer func() { last.discard() }()
	if file != nil {
		defer file.Close()
		if err := last.add(file, ledger); err != nil {
			return fmt.Errorf("writing the ledger: %w", err)
		}
	}
	if err := o.writeDraft(ctx, draft); err != nil {
		return err
	}
	if err := last.commit(); err != nil {
		return fmt.Errorf("writing the ledger, after the draft was written to %s: %w", o.where(), err)
	}
	return nil
}

// where names the place of the draft.
func (o outputs) where() string {
	if o.draft == "" {
		return "stdout"
	}
	return o.draft
}

// writeDraft writes the draft. Of two runs at once, one waits for the other.
func (o outputs) writeDraft(ctx context.Context, draft []byte) error {
	if o.draft == "" {
		if _, err := o.stdout.Write(draft); err != nil {
			return fmt.Errorf("writing the draft: %w", err)
		}
		return nil
	}
	unlock, err := lockDraft(ctx, o.draft)
	if err != nil {
		return fmt.Errorf("writing the draft: %w", err)
	}
	defer unlock()
	d, err := lookAtDraft(o.draft)
	if err != nil {
		return err
	}
	defer d.draft.Close()
	all, err := d.prepare(draft)
	defer all.discard()
	if err == nil {
		err = all.commit()
	}
	if changed := (*files.ChangedError)(nil); errors.As(err, &changed) {
		err = &editedError{o.draft}
	}
	if err != nil {
		return fmt.Errorf("writing the draft: %w", err)
	}
	return nil
}

// lockDraft keeps other runs away from a draft and what is kept of it.
func lockDraft(ctx context.Context, path string) (unlock func(), err error) {
	draft, err := files.Look(path)
	if err != nil {
		return nil, err
	}
	defer draft.Close()
	lock, err := draft.Beside(kept, ".lock")
	if err != nil {
		return nil, err
	}
	return lock.Lock(ctx)
}
