package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/waku-org/monthly/sources"
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

// writeAll writes the ledger and the draft; an empty file name writes no ledger,
// and the draft to stdout.
func writeAll(output, ledgerFile string, draft, ledger []byte, stdout io.Writer) error {
	if ledgerFile != "" {
		if err := writeLedger(ledgerFile, ledger); err != nil {
			return fmt.Errorf("writing the ledger: %w", err)
		}
	}
	write := func() error { return writeDraft(output, draft) }
	if output == "" {
		write = func() error { _, err := stdout.Write(draft); return err }
	}
	if err := write(); err != nil {
		return fmt.Errorf("writing the draft: %w", err)
	}
	return nil
}

// writeLedger replaces a ledger, and nothing else.
func writeLedger(name string, ledger []byte) error {
	now, err := readIfThere(name)
	if err != nil {
		return err
	}
	if len(now) > 0 && !(json.Valid(now) && bytes.Contains(now, []byte(`"left_out"`))) {
		return &notLedgerError{name}
	}
	return sources.WriteFile(name, ledger)
}

// writeDraft writes the draft, and beside it in .monthly what was generated, now
// and before, so that the next run knows whether a person has edited the draft,
// even if this one is cut off. An edited draft is never replaced.
func writeDraft(name string, draft []byte) error {
	base := filepath.Join(filepath.Dir(name), ".monthly", filepath.Base(name))
	now, err := readIfThere(name)
	if err != nil {
		return err
	}
	if len(now) > 0 && !bytes.Equal(now, draft) && !isGenerated(now, base) && !isGenerated(now, base+".before") {
		return &editedError{name}
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

// readIfThere reads a file; one that is missing reads as empty.
func readIfThere(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// isGenerated reports whether a text is the one that was kept in a file.
func isGenerated(text []byte, kept string) bool {
	data, err := os.ReadFile(kept)
	return err == nil && bytes.Equal(text, data)
}
