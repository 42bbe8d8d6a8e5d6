package sources

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

// object is one of the API's, as a test writes it.
type object = map[string]any

// update makes a trusted comment that is an update, on an issue of a repository.
func update(fullName string, id, number int, text string, at time.Time) object {
	page := fmt.Sprintf("https://github.com/%s/issues/%d", fullName, number)
	return object{
		"id": id, "node_id": fmt.Sprintf("IC_%d", id), "body": "**Weekly Update**\n\n- achieved: " + text, "author_association": "MEMBER",
		"html_url":  fmt.Sprintf("%s#issuecomment-%d", page, id),
		"issue_url": fmt.Sprintf("https://api.github.com/repos/%s/issues/%d", fullName, number),
		"user":      object{"login": "mira-wf", "type": "User"}, "created_at": at, "updated_at": at,
	}
}

// issueOf makes an open issue of a repository.
func issueOf(fullName string, number int, labels ...string) object {
	list := []object{}
	for _, l := range labels {
		list = append(list, object{"name": l})
	}
	return object{
		"number": number, "title": fmt.Sprint("work ", number), "state": "open", "labels": list,
		"html_url":   fmt.Sprintf("https://github.com/%s/issues/%d", fullName, number),
		"created_at": "2023-01-01T00:00:00Z", "updated_at": "2025-03-27T00:00:00Z",
	}
}

// repoOf makes a repository with issues.
func repoOf(fullName string) object {
	_, name, _ := strings.Cut(fullName, "/")
	return object{
		"id": 1, "name": name, "full_name": fullName, "html_url": "https://github.com/" + fullName, "has_issues": true,
		"created_at": "2023-01-01T00:00:00Z", "pushed_at": "2023-09-01T00:00:00Z", "updated_at": "2023-09-01T00:00:00Z",
	}
}

// archiveOf makes what a fake GitHub serves from lists of objects by file.
func archiveOf(t testing.TB, lists map[string][]object) fstest.MapFS {
	t.Helper()
	archive := fstest.MapFS{}
	for name, list := range lists {
		data, err := json.Marshal(list)
		require.NoError(t, err)
		archive[name] = &fstest.MapFile{Data: data}
	}
	return archive
}

// copyInto copies a file system into another, under a prefix.
func copyInto(t testing.TB, to fstest.MapFS, from fs.FS, prefix string) {
	t.Helper()
	require.NoError(t, fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		to[prefix+name] = &fstest.MapFile{Data: data}
		return err
	}))
}

// edit changes a list of the archive that the fake GitHub serves, which is new
// after that.
func (r *run) edit(file string, change func([]object) []object) {
	r.t.Helper()
	var list []object
	if f := r.served[file]; f != nil {
		require.NoError(r.t, json.Unmarshal(f.Data, &list))
	}
	copyInto(r.t, r.served, archiveOf(r.t, map[string][]object{file: change(list)}), "")
	r.serve(r.project.Org, r.served)
}

// add adds an object to a list of the archive that the fake GitHub serves.
func (r *run) add(file string, o object) {
	r.t.Helper()
	r.edit(file, func(list []object) []object { return append(list, o) })
}
