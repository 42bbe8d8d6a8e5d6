package sources

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

func TestWindowIsFinalWhenAllWasReadAfterItsEnd(t *testing.T) {
	s := span{at("2025-03-01 00:00"), at("2025-04-01 00:00")}
	early, late := at("2025-03-20 00:00"), at("2025-04-02 00:00")
	repos := []apiRepo{{FullName: "o/a"}, {FullName: "o/b"}}
	for name, test := range map[string]struct {
		change func(*window)
		login  TokenSource
		want   bool
	}{
		"all":                      {func(*window) {}, nil, true},
		"repositories too early":   {func(w *window) { w.Repos = early }, nil, false},
		"roadmap too early":        {func(w *window) { w.Roadmap = early }, nil, false},
		"comments too early":       {func(w *window) { w.Comments["o/b"] = early }, nil, false},
		"comments never":           {func(w *window) { delete(w.Comments, "o/b") }, nil, false},
		"issues too early":         {func(w *window) { w.Issues["o/a"] = early }, nil, false},
		"hidden too early":         {func(w *window) { w.Hidden = early }, Token("x"), false},
		"hidden, nobody logs in":   {func(w *window) { w.Hidden = early }, nil, true},
		"hidden, an empty token":   {func(w *window) { w.Hidden = early }, Token(""), true},
		"hidden, somebody logs in": {func(*window) {}, Token("x"), true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWindow(s, "o/plan")
			w.Repos, w.Roadmap, w.Hidden = late, late, late
			for _, r := range repos {
				w.Comments[r.FullName], w.Issues[r.FullName] = late, late
			}
			test.change(&w)
			require.Equal(t, test.want, w.final(repos, test.login))
		})
	}
}

// The record is part of the archive's layout.
func TestWindowIsWrittenFlat(t *testing.T) {
	w := newWindow(span{at("2025-03-01 00:00"), at("2025-04-01 00:00")}, "o/plan")
	data, err := json.Marshal(w)
	require.NoError(t, err)
	require.JSONEq(t, `{"from": "2025-03-01T00:00:00Z", "to": "2025-04-01T00:00:00Z", "planning": "o/plan"}`, string(data))
	var read window
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, w, read.made())
}

// What was not read is missing offline too, unless another window has it.
func TestOfflineKnowsWhatWasNotRead(t *testing.T) {
	r := newRun(t)
	r.suffer(on("/tiler/issues/comments", fixtures.Status(404, "Not Found")))
	_, _, err := r.read()
	require.NoError(t, err)
	r.offline = true
	_, outcome, err := r.read()
	require.NoError(t, err)
	require.Equal(t, []Gap{{"the repository wayfold-maps/tiler", errNotRead}}, outcome.Gaps)
	require.EqualError(t, outcome.Gaps[0], "the repository wayfold-maps/tiler could not be read: it has not been read yet")

	r.project.Planning = "wayfold-maps/other"
	_, outcome, err = r.read()
	require.NoError(t, err)
	require.Equal(t, "the planning repository wayfold-maps/other", outcome.Gaps[0].What)

	r.month = monthOf(t, "2021-03")
	_, _, err = r.read()
	require.Equal(t, &NotArchivedError{What: "the comments of 2021-03"}, err)
}

// An archive that was read before the month's end says so.
func TestOfflineFromAnOldArchive(t *testing.T) {
	r := newRun(t)
	r.now = at("2025-03-05 00:00")
	r.must()
	r.now, r.offline = at("2025-05-05 00:00"), true
	_, outcome, err := r.read()
	require.NoError(t, err)
	require.Equal(t, []string{"the archive was read on 2025-03-05: what was said since is not in it"}, outcome.Warnings)
}
