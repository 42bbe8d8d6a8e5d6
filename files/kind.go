// Package files reads and writes the files that a person names: regular files, and
// nothing else. No symbolic link leads it out of a folder, nothing is replaced that
// has changed since it was looked at, and whoever is cut off leaves the old file or
// the new one.
package files

import (
	"errors"
	"io/fs"
)

// KindError says that a name does not stand for a regular file that may be read or
// written, so that nothing is.
type KindError struct {
	Name string
	Is   string // "a folder", "a symbolic link that leads out of its folder"
}

func (e *KindError) Error() string { return e.Name + " is " + e.Is }

const (
	leadsOut = "a symbolic link that leads out of its folder"
	dangles  = "a symbolic link to a file that is not there"
)

// kindError gives the error of a file that is not a regular one; nil for one that
// is.
func kindError(name string, mode fs.FileMode) error {
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return &KindError{name, "a folder"}
	case mode&fs.ModeSymlink != 0:
		return &KindError{name, "a symbolic link"}
	case mode&fs.ModeNamedPipe != 0:
		return &KindError{name, "a named pipe"}
	case mode&fs.ModeSocket != 0:
		return &KindError{name, "a socket"}
	case mode&fs.ModeDevice != 0:
		return &KindError{name, "a device"}
	}
	return &KindError{name, "not a regular file"}
}

// escapes reports whether a [os.Root] refused to follow a link out of its folder.
func escapes(err error) bool {
	var refused *fs.PathError
	return errors.As(err, &refused) && refused.Err.Error() == "path escapes from parent"
}
