//go:build unix

package main

import (
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// place is a path in a folder of its own, and what was made there.
type place struct {
	make func(t *testing.T, dir, path string)
	want string // what the message says that it is; empty: it is written
}

func words(t *testing.T, file string) {
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	require.NoError(t, os.WriteFile(file, []byte("somebody's words\n"), 0o600))
}

func makeDevice(t *testing.T, _, path string) {
	if os.Geteuid() != 0 || syscall.Mknod(path, syscall.S_IFCHR|0o600, 1<<8|3) != nil {
		t.Skip("no device can be made here")
	}
}

var places = map[string]place{
	"nothing": {func(*testing.T, string, string) {}, ""},
	"empty file": {func(t *testing.T, _, path string) {
		require.NoError(t, os.WriteFile(path, nil, 0o600))
	}, ""},
	"missing parents": {func(t *testing.T, dir, _ string) { require.NoError(t, os.Remove(dir)) }, ""},
	"device":          {makeDevice, "a device"},
	"named pipe":      {func(t *testing.T, _, path string) { require.NoError(t, syscall.Mkfifo(path, 0o600)) }, "a named pipe"},
	"socket": {func(t *testing.T, dir, path string) {
		t.Chdir(dir)
		l, err := net.Listen("unix", filepath.Base(path))
		require.NoError(t, err)
		t.Cleanup(func() { l.Close() })
	}, "a socket"},
	"folder": {func(t *testing.T, _, path string) { require.NoError(t, os.Mkdir(path, 0o700)) }, "a folder"},
	"link inside": {func(t *testing.T, dir, path string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "target"), nil, 0o600))
		require.NoError(t, os.Symlink("target", path))
	}, ""},
	"link out": {func(t *testing.T, dir, path string) {
		words(t, filepath.Join(filepath.Dir(dir), "outside"))
		require.NoError(t, os.Symlink("../outside", path))
	}, "a symbolic link that leads out of its folder"},
	"link to a device": {func(t *testing.T, dir, path string) {
		makeDevice(t, dir, filepath.Join(dir, "device"))
		require.NoError(t, os.Symlink("device", path))
	}, "a device"},
	"dangling link": {func(t *testing.T, _, path string) {
		require.NoError(t, os.Symlink("nowhere", path))
	}, "a symbolic link to a file that is not there"},
	"read-only file": {func(t *testing.T, _, path string) {
		require.NoError(t, os.WriteFile(path, nil, 0o400))
	}, "read-only"},
}

// Whatever stands at the path of a draft or ledger, nothing but a regular file is
// written, and what is not one is refused before anything is read.
func TestOnlyRegularFilesAreWritten(t *testing.T) {
	for name, place := range places {
		for _, flag := range []string{"--output", "--ledger"} {
			t.Run(name+" "+flag, func(t *testing.T) {
				d := newDemoRun(t)
				dir := filepath.Join(d.dir, "mine", "reports")
				require.NoError(t, os.MkdirAll(dir, 0o700))
				path := filepath.Join(dir, "file")
				place.make(t, dir, path)
				before, _ := os.Lstat(path)
				r := d.compile(flag, path)
				if place.want == "" {
					require.Zero(t, r.code, r.stderr)
					data, err := os.ReadFile(path)
					require.NoError(t, err)
					require.NotEmpty(t, data)
					return
				}
				require.Equal(t, exitFailed, r.code)
				require.Contains(t, r.stderr, path+" is "+place.want+": nothing was read or written; name a regular file; a draft goes to stdout with --output -\n")
				require.Empty(t, d.github.Requests())
				after, err := os.Lstat(path)
				require.NoError(t, err)
				require.True(t, os.SameFile(before, after))
				require.NoDirExists(t, filepath.Join(dir, kept))
				if outside, err := os.ReadFile(filepath.Join(d.dir, "mine", "outside")); err == nil {
					require.Equal(t, "somebody's words\n", string(outside))
				}
			})
		}
	}
}

// A folder that cannot be written to fails before anything is read.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	d := newDemoRun(t)
	dir := filepath.Join(d.dir, "closed")
	require.NoError(t, os.Mkdir(dir, 0o500))
	require.Equal(t, exitFailed, d.compile("--output", filepath.Join(dir, "report.md")).code)
	require.Empty(t, d.github.Requests())
}

// Links in the folder of what is kept are never followed, and neither is one in
// its place.
func TestLinksAmongWhatIsKeptAreNotFollowed(t *testing.T) {
	for _, link := range []string{kept, kept + "/report.md", kept + "/report.md.before", kept + "/.lock"} {
		p := newProgram(t)
		target, at := filepath.Join(p.dir, "precious"), filepath.Join(p.dir, filepath.FromSlash(link))
		words(t, target)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o700))
		require.NoError(t, os.Symlink(target, at))
		r := p.run("compile", "--demo", "--output", filepath.Join(p.dir, "report.md"))
		require.Equal(t, exitFailed, r.code, link)
		require.Regexp(t, "^monthly: writing the draft: \\S+ is (a symbolic link|not a folder): nothing was", r.stderr)
		data, err := os.ReadFile(target)
		require.NoError(t, err)
		require.Equal(t, "somebody's words\n", string(data))
		require.NoFileExists(t, filepath.Join(p.dir, "report.md"))
	}
}

// New files have the permissions that the umask leaves.
func TestUmaskIsKept(t *testing.T) {
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	p := newProgram(t)
	output, ledger := filepath.Join(p.dir, "report.md"), filepath.Join(p.dir, "ledger.json")
	require.Zero(t, p.run("compile", "--demo", "--output", output, "--ledger", ledger).code)
	for _, file := range []string{output, ledger, filepath.Join(p.dir, kept, "report.md")} {
		info, err := os.Stat(file)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o640), info.Mode().Perm())
	}
}
