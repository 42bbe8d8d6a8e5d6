package files_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/files"
)

// What a person saves after a file was looked at is left, and nothing lies beside.
func TestCommitLeavesWhatHasChanged(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"edited":  func(path string) error { return os.WriteFile(path, []byte("words"), 0o600) },
		"removed": os.Remove,
		"replaced by a folder": func(path string) error {
			return errors.Join(os.Remove(path), os.Mkdir(path, 0o700))
		},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "file")
		require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
		f, err := files.Look(path)
		require.NoError(t, err)
		r, err := f.Prepare([]byte("new"))
		require.NoError(t, err)
		require.NoError(t, change(path))
		require.ErrorAs(t, r.Commit(), new(*files.ChangedError), name)
		f.Close()
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		if name == "removed" {
			require.Empty(t, entries)
			continue
		}
		require.Len(t, entries, 1)
		require.Equal(t, "file", entries[0].Name())
	}
}

// A file is replaced as a whole and keeps its permissions.
func TestReplacedFileKeepsItsPermissions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made", "here", "file")
	for _, text := range []string{"one", "two"} {
		f, err := files.Look(path)
		require.NoError(t, err)
		r, err := f.Prepare([]byte(text))
		require.NoError(t, err)
		require.NoError(t, r.Commit())
		f.Close()
		require.NoError(t, os.Chmod(path, 0o600))
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "two", string(data))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

// Who waits for a lock stops with the context.
func TestWaitingForALockEndsWithTheContext(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	require.NoError(t, err)
	defer root.Close()
	unlock, err := files.Lock(context.Background(), root, ".lock")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = files.Lock(ctx, root, ".lock")
	require.ErrorIs(t, err, context.Canceled)
	unlock()
	again, err := files.Lock(context.Background(), root, ".lock")
	require.NoError(t, err)
	again()
}
