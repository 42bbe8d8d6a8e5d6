package files

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Read reads a regular file. A symbolic link may not lead out of the folder in
// which the program runs or, if the path does so itself, out of the file's. What
// may not be read is a [KindError].
func Read(path string) ([]byte, error) {
	root, name, err := folderOf(path)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	data, err := ReadIn(root.FS(), filepath.ToSlash(name))
	var kind *KindError
	var failed *fs.PathError
	switch {
	case errors.As(err, &kind):
		return nil, &KindError{path, kind.Is}
	case errors.As(err, &failed):
		return nil, &fs.PathError{Op: "open", Path: path, Err: failed.Err}
	}
	return data, err
}

// ReadIn reads a regular file of a folder, whose links the file system keeps
// inside. Anything else is a [KindError], and is not opened where the file system
// can say so before.
func ReadIn(fsys fs.FS, name string) ([]byte, error) {
	if err := checkBefore(fsys, name); err != nil {
		return nil, err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil {
		err = kindError(name, info.Mode())
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

// checkBefore reports what is not a regular file without opening it, as opening a
// named pipe waits for whoever writes to it.
func checkBefore(fsys fs.FS, name string) error {
	stat, ok := fsys.(fs.StatFS)
	if !ok {
		return nil
	}
	info, err := stat.Stat(name)
	switch {
	case err == nil:
		return kindError(name, info.Mode())
	case escapes(err):
		return &KindError{name, leadsOut}
	case errors.Is(err, fs.ErrNotExist) && isLink(fsys, name):
		return &KindError{name, dangles}
	}
	return err
}

func isLink(fsys fs.FS, name string) bool {
	info, err := fs.Lstat(fsys, name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// folderOf opens the folder that a path may not leave by a link, and gives the
// path in it: the folder in which the program runs, else the last one of the path
// that is there.
func folderOf(path string) (root *os.Root, name string, err error) {
	if filepath.IsLocal(path) {
		root, err = os.OpenRoot(".")
		return root, path, err
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		root, err = os.OpenRoot(dir)
		if errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != dir {
			continue
		}
		if err != nil {
			return nil, "", err
		}
		name, err = filepath.Rel(dir, path)
		return root, name, err
	}
}
