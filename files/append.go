package files

import (
	"os"
	"path/filepath"
)

// Append opens a regular file of a folder, which it makes if need be, to write behind
// what it holds; the program alone writes there. What is not a regular file, a link
// too, is a [KindError].
func Append(root *os.Root, name string) (*os.File, error) {
	if info, err := root.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return nil, kindError(filepath.Join(root.Name(), name), info.Mode())
	}
	return root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
}
