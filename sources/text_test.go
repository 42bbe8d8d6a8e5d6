package sources

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// inUTF16 encodes a text with its byte order mark.
func inUTF16(s string, put func(unit uint16) []byte) []byte {
	data := put(0xfeff)
	for _, unit := range utf16.Encode([]rune(s)) {
		data = append(data, put(unit)...)
	}
	return data
}

func TestNoteText(t *testing.T) {
	big := func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }
	little := func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} }
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"UTF-8":                 {[]byte("- Grüße 🎉"), "- Grüße 🎉"},
		"UTF-16, big endian":    {inUTF16("- Grüße 🎉", big), "- Grüße 🎉"},
		"UTF-16, little endian": {inUTF16("- Grüße 🎉", little), "- Grüße 🎉"},
		"UTF-16, cut in a unit": {inUTF16("- a", little)[:7], "- "},
		"empty":                 {nil, ""},
	} {
		got, err := noteText(test.data)
		require.NoError(t, err, name)
		require.Equal(t, test.want, got, name)
	}
	_, err := noteText([]byte("\x89PNG\r\n\x00\x00"))
	require.Equal(t, errBinary, err)
}

// A note that is not a text of its folder is a gap with its name, and the others are
// read; an empty one is a warning.
func TestNotesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(filepath.Dir(dir), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("- the secret"), 0o600))
	require.NoError(t, os.Symlink(secret, filepath.Join(dir, "2024-03-04.md")))
	require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "2024-03-05.md")))
	require.NoError(t, os.Symlink("2024-03-08.md", filepath.Join(dir, "2024-03-06.md")))
	for name, text := range map[string]string{"2024-03-07.md": "a\x00b", "2024-03-08.md": "- said", "2024-03-09.md": " \n"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	set, err := localNotes(NotesFolder(dir).FS, day, day.Add(28), compile.Words{})
	require.NoError(t, err)
	var gaps []string
	for _, g := range set.gaps {
		gaps = append(gaps, g.Error())
	}
	require.Equal(t, []string{
		"the weekly note 2024-03-04.md could not be read: 2024-03-04.md is a symbolic link that leads out of its folder",
		"the weekly note 2024-03-05.md could not be read: 2024-03-05.md is a symbolic link to a file that is not there",
		"the weekly note 2024-03-07.md could not be read: it is not a text",
	}, gaps)
	require.Equal(t, []string{"note 2024-03-09.md is empty"}, set.warnings)
	require.Len(t, set.updates, 2)
	for _, u := range set.updates {
		require.Equal(t, "said", u.Items[0].Text)
	}
}
