package sources

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// saidOf gives the objects of a list in the archive as GitHub said them.
func saidOf(t *testing.T, r *run, file string) []map[string]json.RawMessage {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(file)))
	require.NoError(t, err)
	var l struct{ Said []map[string]json.RawMessage }
	require.NoError(t, json.Unmarshal(data, &l))
	return l.Said
}

// The archive holds all that GitHub said of an object, byte for byte, with what this
// version does not know.
func TestArchiveKeepsWhatGitHubSaid(t *testing.T) {
	r := newRun(t)
	r.add("tiler/comments.json", object{
		"id": 77, "body": "**Weekly Update**\n- done: a <b> & c", "author_association": "MEMBER", "user": object{"login": "mira-wf", "id": 9},
		"issue_url": "https://api.github.com/repos/wayfold-maps/tiler/issues/41", "html_url": "https://github.com/wayfold-maps/tiler/issues/41#issuecomment-77",
		"created_at": "2025-03-12T10:00:00Z", "updated_at": "2025-03-12T10:00:00Z", "tomorrow": object{"field": []any{1, "<>"}},
	})
	r.edit("plan/issues.json", func(list []object) []object {
		for _, i := range list {
			i["sub_issues_summary"], i["body"] = object{"total": 3}, "text"
		}
		return list
	})
	r.must()
	var kept map[string]json.RawMessage
	for _, c := range saidOf(t, r, "tiler/comments.json") {
		if string(c["id"]) == "77" {
			kept = c
		}
	}
	require.JSONEq(t, `{"field": [1, "<>"]}`, string(kept["tomorrow"]))
	require.JSONEq(t, `{"login": "mira-wf", "id": 9}`, string(kept["user"]))
	for _, i := range saidOf(t, r, "plan/issues.json") {
		require.Equal(t, `{"total":3}`, string(i["sub_issues_summary"]))
	}
}

func TestListsReadAsTheyWereWritten(t *testing.T) {
	said := []string{`{"id":1,"body":"a < b","user":{"id":123456789012345678901}}`, `{"id":2,"hidden":true,"said":[],"marks":{}}`}
	var comments []apiComment
	for _, s := range said {
		var c apiComment
		require.NoError(t, json.Unmarshal([]byte(s), &c))
		require.False(t, c.Hidden, "GitHub has no such field")
		comments = append(comments, c)
	}
	comments[0].Hidden = true
	data, err := encodeList[apiComment](comments)
	require.NoError(t, err)
	require.Equal(t, `{"layout":2,"marks":{"1":{"hidden":true}},"said":[`+"\n"+said[0]+",\n"+said[1]+"\n]}\n", string(data))
	got, err := decodeList[apiComment](data)
	require.NoError(t, err)
	require.Equal(t, comments, got)
}

// Layout 1 had fewer fields, and the program's own among them.
func TestListsOfLayout1(t *testing.T) {
	comments, err := decodeList[apiComment]([]byte(`[
 {"id": 1, "body": "a", "created_at": "2025-03-12T10:00:00+02:00"},
 {"id": 2, "body": "b", "hidden": true}
]`))
	require.NoError(t, err)
	require.Equal(t, []bool{false, true}, []bool{comments[0].Hidden, comments[1].Hidden})
	require.Equal(t, time.Date(2025, 3, 12, 8, 0, 0, 0, time.UTC), comments[0].CreatedAt)
	repos, err := decodeList[apiRepo]([]byte(`[{"full_name": "o/a", "gone": true}, {"full_name": "o/b", "aside": true}]`))
	require.NoError(t, err)
	require.True(t, repos[0].Gone && repos[1].Aside && !repos[0].Aside && !repos[1].Gone)
	for _, broken := range []string{`[1]`, `{"layout": 3, "said": []}`, `{}`, `"text"`, ``} {
		_, err := decodeList[apiRepo]([]byte(broken))
		require.Error(t, err, broken)
	}
}
