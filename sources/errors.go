package sources

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/waku-org/monthly/compile"
)

// The errors below are those that a person can do something about. They say what
// is wrong and where; what to do depends on the program around this package.

// LimitError says that GitHub accepts no request until a time.
type LimitError struct{ Until time.Time }

func (e *LimitError) Error() string {
	return fmt.Sprintf("GitHub's rate limit is used up until %s", e.Until.UTC().Format("15:04:05 UTC"))
}

// StatusError is a response of GitHub that refuses a request.
type StatusError struct {
	Code    int    // HTTP status
	Message string // GitHub's own; may be empty
}

func (e *StatusError) Error() string {
	if e.RefusesToken() {
		return fmt.Sprintf("GitHub refuses the token (401 %s)", e.Message)
	}
	return fmt.Sprintf("GitHub responded with %d %s", e.Code, cmp.Or(e.Message, http.StatusText(e.Code)))
}

// RefusesToken reports whether GitHub refuses the token, and not only what was
// asked for with it.
func (e *StatusError) RefusesToken() bool { return e.Code == http.StatusUnauthorized }

// NoOrganisationError says that GitHub has no such organisation, or shows it only
// to others.
type NoOrganisationError struct{ Login string }

func (e *NoOrganisationError) Error() string {
	return fmt.Sprintf("there is no organisation %s on GitHub that this token may see", e.Login)
}

// NoFolderError says that a repository has no such folder of weekly notes, or that
// GitHub shows it only to others.
type NoFolderError struct{ Notes RemoteNotes }

func (e *NoFolderError) Error() string {
	return fmt.Sprintf("there is no folder %s in %s that this token may see", e.Notes.Path, e.Notes.Repo)
}

// NoNoteError says that a folder has weekly notes, of which none is of the month.
type NoNoteError struct {
	Month       compile.YearMonth
	Folder      string
	Count       int    // of all notes
	First, Last string // their names
}

func (e *NoNoteError) Error() string {
	return fmt.Sprintf("there is no weekly note of %s in %s, only %d from %s to %s", e.Month, e.Folder, e.Count, e.First, e.Last)
}

// NotArchivedError says that what was asked for is not in the archive, though
// GitHub may have it.
type NotArchivedError struct {
	What string // empty if there is no archive at all
	Dir  string // of the archive
}

func (e *NotArchivedError) Error() string {
	if e.What == "" {
		return "there is no archive in " + e.Dir
	}
	return "the archive does not hold " + e.What
}

// OtherArchiveError says that a folder holds an archive that is not the one that
// was asked for.
type OtherArchiveError struct {
	Dir string
	Is  string // what it is, and what it is not
}

func (e *OtherArchiveError) Error() string { return fmt.Sprintf("the archive %s %s", e.Dir, e.Is) }

// tokenError is a failure to log in. Whoever logs in repeats it by itself where
// that may help.
type tokenError struct{ err error }

func (e *tokenError) Error() string { return e.err.Error() }
func (e *tokenError) Unwrap() error { return e.err }

// networkError is a request that got no response of GitHub.
type networkError struct{ err error }

func (e *networkError) Error() string { return e.err.Error() }
func (e *networkError) Unwrap() error { return e.err }

// ResponseError is a response of GitHub that is not what was asked for, and of which
// nothing is kept.
type ResponseError struct {
	Problem string
}

func (e *ResponseError) Error() string { return "GitHub's response cannot be used: " + e.Problem }

// movedError says that an issue is one of another repository now, or has another number.
type movedError struct{ to compile.Ref }

func (e *movedError) Error() string { return "it was moved to " + e.to.String() }

// redirectError is a redirect that is not followed.
type redirectError struct{ text string }

func (e *redirectError) Error() string { return "GitHub redirects " + e.text }

// status gives the HTTP status that an error stands for; 0 if it is none.
func status(err error) int {
	var refused *StatusError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return 0
}

// concernsOne reports whether an error says something of one repository only, so
// that others may still be read.
func concernsOne(err error) bool {
	var redirect *redirectError
	var unusable *ResponseError
	code := status(err)
	return errors.As(err, &redirect) || errors.As(err, &unusable) || code != 0 && code != http.StatusUnauthorized
}

// during says what was being done, unless the error has nothing to do with it.
func during(what string, err error) error {
	var token *tokenError
	var limit *LimitError
	if errors.As(err, &token) || errors.As(err, &limit) {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}

// isUnreachable reports whether an error says only that GitHub cannot be asked now:
// the network, the login or GitHub itself is down, or a limit is reached.
func isUnreachable(ctx context.Context, err error) bool {
	var network *networkError
	var token *tokenError
	var limit *LimitError
	code := status(err)
	var unusable *ResponseError // of a proxy
	down := errors.As(err, &network) || errors.As(err, &unusable) || errors.As(err, &token) || errors.As(err, &limit) ||
		code == http.StatusUnauthorized || code >= http.StatusInternalServerError
	return down && ctx.Err() == nil
}
