package sources

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/waku-org/monthly/files"
)

// What the archive says about itself stands in archive.json, and what has changed
// since that was written in a journal: a line for each change, so that a run writes
// no more than it reads. The journal is taken up into archive.json when it has grown
// as large. Each line begins with its checksum. A line that is cut off or damaged
// counts as not written: what it recorded is read again.

const (
	stateFile   = "archive.json"
	journalFile = "journal.jsonl"
	reposFile   = "repos.json"
)

// journalMin is how long a journal grows, in bytes, before it is taken up.
const journalMin = 64 << 10

// archiveState is what the archive says about itself.
type archiveState struct {
	Schema  int      `json:"schema"`
	API     string   `json:"api"`
	Org     string   `json:"org"`
	Windows []window `json:"windows"`
	// Files are the checksums of all files, by path. An archive of a former version
	// lacks those that were not written since.
	Files map[string]string `json:"files,omitempty"`
}

// change is a line of the journal: one change of the state.
type change struct {
	Window *window `json:"window,omitempty"` // what was read of a span, beside what was read before
	File   string  `json:"file,omitempty"`   // that was written
	Sum    string  `json:"sum,omitempty"`    // its checksum
	Forget string  `json:"forget,omitempty"` // a repository that is to be read anew
	Lost   string  `json:"lost,omitempty"`   // a file beside the repositories' that is to be read anew
}

// apply makes a change.
func (s *archiveState) apply(c change) {
	switch {
	case c.Window != nil:
		s.windowOf(*c.Window).add(*c.Window)
	case c.File != "":
		if s.Files == nil {
			s.Files = map[string]string{}
		}
		s.Files[c.File] = c.Sum
	case c.Forget != "":
		s.forget(c.Forget)
	case c.Lost != "":
		s.lose(c.Lost)
	}
}

// journal is the open journal of an archive.
type journal struct {
	file *os.File // nil until something is written
	size int      // bytes
	base int      // size of archive.json
	torn bool     // its last line is cut off
}

// readJournal makes the changes of the journal.
func (a *Archive) readJournal() error {
	data, err := files.ReadIn(a.fsys, journalFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the archive: %w", err)
	}
	for line := range bytes.Lines(data) {
		if c, ok := parseChange(line); ok {
			a.state.apply(c)
		}
	}
	a.journal.size, a.journal.torn = len(data), len(data) > 0 && data[len(data)-1] != '\n'
	return nil
}

// line gives a change as a line of the journal.
func (c change) line() ([]byte, error) {
	data, err := json.Marshal(c)
	return fmt.Appendf(nil, "%s %s\n", lineSum(data), data), err
}

func parseChange(line []byte) (c change, ok bool) {
	sum, data, _ := strings.Cut(strings.TrimSuffix(string(line), "\n"), " ")
	if sum != lineSum([]byte(data)) {
		return change{}, false
	}
	return c, json.Unmarshal([]byte(data), &c) == nil
}

func lineSum(data []byte) string { return checksum(data)[:16] }

// change makes a change and writes it down.
func (a *Archive) change(c change) error {
	line, err := c.line()
	if err != nil {
		return fmt.Errorf("writing the archive: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.state.apply(c)
	if err := a.openJournal(); err != nil {
		return fmt.Errorf("writing the archive: %w", err)
	}
	if a.journal.torn {
		line = append([]byte("\n"), line...)
	}
	n, err := a.journal.file.Write(line)
	a.journal.size, a.journal.torn = a.journal.size+n, err != nil
	if err != nil {
		return fmt.Errorf("writing the archive: %w", err)
	}
	return nil
}

// openJournal opens the journal to write behind what it holds.
func (a *Archive) openJournal() (err error) {
	if a.journal.file != nil {
		return nil
	}
	a.journal.file, err = files.Append(a.root, journalFile)
	return err
}

// save makes sure that the journal is on disk, and takes it up into archive.json if it
// has grown as large.
func (a *Archive) save() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.journal.size >= max(journalMin, a.journal.base) {
		return a.takeUp()
	}
	if a.journal.file == nil {
		return nil
	}
	return a.journal.file.Sync()
}

// takeUp writes the state as a whole. Where it is cut off before the journal is gone,
// the same changes are made once more.
func (a *Archive) takeUp() error {
	a.state.Schema = archiveSchema
	data, err := indented(a.state)
	if err == nil {
		err = a.replace(stateFile, data)
	}
	if err != nil {
		return err
	}
	a.closeJournal()
	if err := a.root.Remove(journalFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing the archive: %w", err)
	}
	a.journal = journal{base: len(data)}
	return nil
}

func (a *Archive) closeJournal() {
	if a.journal.file != nil {
		a.journal.file.Close()
		a.journal.file = nil
	}
}
