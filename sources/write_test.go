package sources

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file is replaced as a whole, keeps its permissions, and nothing is left beside
// it.
func TestWriteFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "here")
	name := filepath.Join(dir, "file")
	require.NoError(t, WriteFile(name, []byte("one")))
	require.NoError(t, os.Chmod(name, 0o600))
	require.NoError(t, WriteFile(name, []byte("two")))
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "two", string(data))
	info, err := os.Stat(name)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

// A link is followed; what cannot be written leaves what is there.
func TestWriteFileThroughALink(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	require.NoError(t, os.WriteFile(target, nil, 0o644))
	require.NoError(t, os.Symlink(target, link))
	require.NoError(t, WriteFile(link, []byte("one")))
	data, err := os.ReadFile(target)
	require.NoError(t, err)
	require.Equal(t, "one", string(data))

	require.Error(t, WriteFile(filepath.Join(target, "below a file"), nil))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	require.Error(t, WriteFile(filepath.Join(dir, "folder"), []byte("two")))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 3)
}
