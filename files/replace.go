package files

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// ChangedError says that a file was changed by somebody else since it was looked
// at.
type ChangedError struct{ Name string }

func (e *ChangedError) Error() string { return e.Name + " has changed since it was looked at" }

// Replacement is a file that is written in full, and waits to take its name.
type Replacement struct {
	file *File
	temp string
}

// Prepare writes what the file is to hold in full beside it, and makes the folders
// above it if need be. A file that is there gives its permissions, else the umask
// does.
func (f *File) Prepare(data []byte) (*Replacement, error) {
	dir := filepath.Dir(f.name)
	if err := f.root.MkdirAll(dir, 0o777); err != nil {
		return nil, f.named(err)
	}
	r := &Replacement{file: f, temp: filepath.Join(dir, ".monthly-"+rand.Text())}
	temp, err := f.root.OpenFile(r.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, f.named(err)
	}
	_, err = temp.Write(data)
	if err == nil && f.Data != nil {
		err = temp.Chmod(f.mode.Perm())
	}
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		r.Discard()
		return nil, err
	}
	return r, nil
}

// Check reports a file that cannot be prepared, and leaves nothing behind. A folder
// that is not there is not made.
func (f *File) Check() error {
	if _, err := f.root.Stat(filepath.Dir(f.name)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	r, err := f.Prepare(nil)
	if err == nil {
		r.Discard()
	}
	return err
}

// Commit gives the file its name at once. If the file is not as it was looked at,
// it is left, and the error is a [ChangedError].
func (r *Replacement) Commit() error {
	err := error(&ChangedError{r.file.path})
	if !r.file.changed() {
		err = r.file.root.Rename(r.temp, r.file.name)
	}
	if err != nil {
		r.Discard()
	}
	return err
}

// Discard removes what was written, unless it has its name.
func (r *Replacement) Discard() {
	if r != nil {
		_ = r.file.root.Remove(r.temp)
	}
}

// Replace replaces a regular file of a folder at once; the program alone writes
// there. What is not a regular file, a link too, is a [KindError].
func Replace(root *os.Root, name string, data []byte) error {
	f := &File{path: filepath.Join(root.Name(), name), root: root, name: name}
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return f.named(err)
	case !info.Mode().IsRegular():
		return kindError(f.path, info.Mode())
	default:
		f.Data, f.mode = []byte{}, info.Mode()
	}
	r, err := f.Prepare(data)
	if err != nil {
		return err
	}
	if err := root.Rename(r.temp, name); err != nil {
		r.Discard()
		return err
	}
	return nil
}
