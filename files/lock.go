package files

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Lock locks a file of a folder, which it makes if need be, against other runs. It
// waits for another run until the context ends.
func Lock(ctx context.Context, root *os.Root, name string) (unlock func(), err error) {
	path := filepath.Join(root.Name(), name)
	if err := ensure(root, name); err != nil {
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	held := lockInBackground(path)
	select {
	case l := <-held:
		return l.unlock, l.err
	case <-ctx.Done():
	}
	go func() {
		if l := <-held; l.err == nil {
			l.unlock()
		}
	}()
	return nil, ctx.Err()
}

// Lock locks a file in the folder of this one, see [Lock].
func (f *File) Lock(ctx context.Context) (unlock func(), err error) {
	if err := f.root.MkdirAll(filepath.Dir(f.name), 0o777); err != nil {
		return nil, f.named(err)
	}
	return Lock(ctx, f.root, f.name)
}

// ensure makes an empty file where none is.
func ensure(root *os.Root, name string) error {
	if info, err := root.Lstat(name); err == nil {
		return kindError(name, info.Mode())
	}
	f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	return f.Close()
}

// held is the outcome of locking a file.
type held struct {
	unlock func()
	err    error
}

// lockInBackground locks a file, which no context ends.
func lockInBackground(path string) <-chan held {
	c := make(chan held, 1)
	go func() {
		unlock, err := lockedfile.MutexAt(path).Lock()
		c <- held{unlock, err}
	}()
	return c
}
