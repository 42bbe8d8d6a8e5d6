package sources

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// The archive knows the checksum of each of its files: a file that
// is missing, cut off, empty or another's is damaged, and never an empty one. With
// GitHub what it held is read again; without, it is a gap.

// DamagedError is a file of the archive that is not as the program wrote it.
type DamagedError struct {
	Dir, File string
	Problem   string
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the archive's file %s is damaged: %s", path.Join(e.Dir, e.File), e.Problem)
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// verify compares what was read of a file with what was written. Files of an archive
// without checksums are taken as they are.
func (a *Archive) verify(file string, data []byte, err error) error {
	a.mu.Lock()
	want, known := a.state.Files[file]
	a.mu.Unlock()
	switch {
	case !known:
		return err
	case errors.Is(err, fs.ErrNotExist):
		return &DamagedError{a.dir, file, "it is missing"}
	case err == nil && checksum(data) != want:
		return &DamagedError{a.dir, file, "its content is not what was written"}
	}
	return err
}

// lose drops the records of a file beside the repositories'.
func (s *archiveState) lose(file string) {
	delete(s.Files, file)
	for i := range s.Windows {
		if file == statusFile {
			s.Windows[i].Projects = nil
		} else {
			s.Windows[i].Repos = time.Time{}
		}
	}
}

// filesOf are the files that hold what was said in a repository.
var filesOf = []string{"comments.json", "issues.json", "milestones.json"}

// damageOf gives the damage of a repository's files; nil if there is none.
func (a *Archive) damageOf(fullName string) error {
	_, comments := readList[apiComment](a, a.file(fullName, "comments.json"))
	_, issues := readList[apiIssue](a, a.file(fullName, "issues.json"))
	_, milestones := readList[apiMilestone](a, a.file(fullName, "milestones.json"))
	for _, err := range []error{comments, issues, milestones} {
		if damaged := (*DamagedError)(nil); errors.As(err, &damaged) {
			return damaged
		}
	}
	return nil
}

// forget drops what the archive has of a repository and all records that it was read.
func (a *Archive) forget(fullName string) error {
	a.blank(fullName)
	return a.change(change{Forget: fullName})
}

// forget drops the records of a repository.
func (s *archiveState) forget(fullName string) {
	for _, name := range filesOf {
		delete(s.Files, s.file(fullName, name))
	}
	for i := range s.Windows {
		w := &s.Windows[i]
		delete(w.Comments, fullName)
		delete(w.Issues, fullName)
		if strings.EqualFold(w.Planning, fullName) {
			w.Roadmap = time.Time{}
		}
	}
}

// blank makes the files of a repository read as empty in this run.
func (a *Archive) blank(fullName string) {
	a.files.set(a.file(fullName, "comments.json"), contents{value: []apiComment(nil)})
	a.files.set(a.file(fullName, "issues.json"), contents{value: []apiIssue(nil)})
	a.files.set(a.file(fullName, "milestones.json"), contents{value: []apiMilestone(nil)})
}

// damagedRepos gives the repositories whose files are damaged, as gaps, and makes them
// read as empty.
func (a *Archive) damagedRepos(repos []apiRepo) []Gap {
	var gaps []Gap
	for _, r := range repos {
		if err := a.damageOf(r.FullName); err != nil {
			a.blank(r.FullName)
			gaps = append(gaps, Gap{"the repository " + r.FullName, err})
		}
	}
	return gaps
}

// repair makes ready to be read again what is damaged, and says so. What GitHub no
// longer lists cannot be read again: its damage is a gap.
func (rd *reading) repair() error {
	known, err := rd.archive.repos()
	if damaged := (*DamagedError)(nil); errors.As(err, &damaged) {
		rd.warn(damaged.Error() + ": it is read again")
		known, err = rd.archive.forgetRepos()
	}
	if err != nil {
		return err
	}
	for _, r := range known {
		damage := rd.archive.damageOf(r.FullName)
		switch {
		case damage == nil:
		case r.Gone && !rd.refresh:
			rd.archive.blank(r.FullName)
			rd.gap("the repository "+r.FullName, fmt.Errorf("GitHub no longer lists it, and %w", damage))
		default:
			rd.warn(damage.Error() + ": it is read again")
			if err := rd.archive.forget(r.FullName); err != nil {
				return err
			}
		}
	}
	if _, err := readList[apiStatus](rd.archive, statusFile); errors.As(err, new(*DamagedError)) {
		rd.warn(err.Error() + ": it is read again")
		rd.archive.files.set(statusFile, contents{value: []apiStatus(nil)})
		if err := rd.archive.change(change{Lost: statusFile}); err != nil {
			return err
		}
	}
	if !rd.refresh {
		rd.window = rd.archive.window(rd.span, rd.planning)
	}
	return nil
}

// forgetRepos drops the list of repositories, and gives those that are known from
// files instead.
func (a *Archive) forgetRepos() ([]apiRepo, error) {
	repos := a.reposOfFiles()
	a.files.set(reposFile, contents{value: repos})
	return repos, a.change(change{Lost: reposFile})
}

// reposOfFiles gives the repositories of which the archive has comments, for when
// the list of them is lost: all count as no longer listed until GitHub lists them.
func (a *Archive) reposOfFiles() []apiRepo {
	a.mu.Lock()
	defer a.mu.Unlock()
	var repos []apiRepo
	for file := range a.state.Files {
		folder, name := path.Split(file)
		folder = strings.Trim(folder, "/")
		if name != "comments.json" || strings.ContainsAny(folder, "@") || strings.Contains(folder, "/contents/") {
			continue
		}
		if !strings.Contains(folder, "/") {
			folder = a.state.Org + "/" + folder
		}
		repos = append(repos, apiRepo{Name: path.Base(folder), FullName: folder, Gone: true})
	}
	slices.SortFunc(repos, func(x, y apiRepo) int { return strings.Compare(x.FullName, y.FullName) })
	return repos
}
