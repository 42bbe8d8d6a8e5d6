package files

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a regular file as it was looked at, or the place of one that is not
// there yet.
type File struct {
	Data []byte // what it holds; nil if it is not there

	path string // for messages
	root *os.Root
	name string // in the root, links resolved
	mode fs.FileMode
}

// Look looks at the file at a path, and makes nothing. Links are followed as [Read]
// does. What may not be replaced, a file that may not be written to as well, is a
// [KindError]. Whoever looks closes the file.
func Look(path string) (*File, error) {
	root, name, err := folderOf(path)
	if err != nil {
		return nil, err
	}
	f := &File{path: path, root: root, name: name, mode: 0}
	if err := f.look(); err != nil {
		root.Close()
		return nil, err
	}
	return f, nil
}

// Close ends the use of the file.
func (f *File) Close() { f.root.Close() }

// Beside looks at a file of a folder beside this one, which is the program's own:
// a link in it is a [KindError], whereto it leads.
func (f *File) Beside(folder, name string) (*File, error) {
	dir := filepath.Join(filepath.Dir(f.name), folder)
	beside := &File{path: filepath.Join(filepath.Dir(f.path), folder, name), root: f.root, name: filepath.Join(dir, name)}
	info, err := f.root.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return beside, nil
	}
	if err == nil && !info.IsDir() {
		err = &KindError{filepath.Dir(beside.path), "not a folder"}
	}
	if err == nil {
		err = beside.lookAt()
	}
	return beside, err
}

// Name gives the last part of the file's path, links resolved.
func (f *File) Name() string { return filepath.Base(f.name) }

// SameAs reports whether two files have one place.
func (f *File) SameAs(other *File) bool {
	return filepath.Join(f.root.Name(), f.name) == filepath.Join(other.root.Name(), other.name)
}

// look follows the links of the path, and looks at what is there.
func (f *File) look() error {
	name, err := resolve(f.root, f.name)
	if err != nil {
		return f.named(err)
	}
	f.name = name
	return f.lookAt()
}

// lookAt looks at what is there, which may not be a link.
func (f *File) lookAt() error {
	info, err := f.root.Lstat(f.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Data = nil
		return nil
	case err != nil:
		return f.named(err)
	case info.Mode().IsRegular() && info.Mode().Perm()&0o200 == 0:
		return &KindError{f.path, "read-only"}
	}
	if f.mode = info.Mode(); !f.mode.IsRegular() {
		return kindError(f.path, f.mode)
	}
	f.Data, err = f.root.ReadFile(f.name)
	if f.Data == nil {
		f.Data = []byte{}
	}
	return f.named(err)
}

// named gives an error of the file with the path that a person knows.
func (f *File) named(err error) error {
	switch kind := (*KindError)(nil); {
	case err == nil:
		return nil
	case escapes(err):
		return &KindError{f.path, leadsOut}
	case errors.As(err, &kind):
		return &KindError{f.path, kind.Is}
	}
	return err
}

// changed reports whether the file is not as it was looked at.
func (f *File) changed() bool {
	now := &File{path: f.path, root: f.root, name: f.name}
	err := now.lookAt()
	return err != nil || (now.Data == nil) != (f.Data == nil) || !bytes.Equal(now.Data, f.Data)
}

// resolve gives the name in a folder of the file to which a name leads there.
func resolve(root *os.Root, name string) (string, error) {
	path := filepath.Join(root.Name(), name)
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(path); err == nil {
			return "", &KindError{name, dangles}
		}
		return name, nil
	}
	folder, inFolder := filepath.EvalSymlinks(root.Name())
	if err := errors.Join(err, inFolder); err != nil {
		return "", err
	}
	if real, err = filepath.Abs(real); err == nil {
		folder, err = filepath.Abs(folder)
	}
	if err != nil {
		return "", err
	}
	if rel, err := filepath.Rel(folder, real); err == nil && filepath.IsLocal(rel) {
		return rel, nil
	}
	return "", &KindError{name, leadsOut}
}
