package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// judged is a plan, a blocker or a risk of which a person judged by reading what became
// of it.
type judged struct {
	Plan, First  string
	IDs          []string
	Verdict      string
	By, Also     []string
	RepeatedBy   []string `json:"repeated_by"`
	AlsoRepeated []string `json:"also_repeated"`
}

// settled is what the program says of it.
type settled struct {
	ID, First string
	IDs       []string
	Verdict   string
	By        []string
}

// readJudged reads what was judged; the test is skipped where that is not at hand.
func readJudged(t *testing.T, name string) (all []judged) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(real, "plans", name))
	if os.IsNotExist(err) {
		t.Skip("the judged plans are not at hand")
	}
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &all))
	return all
}

// settleJudged compiles the months that were judged. What a month says of a plan that was open
// at the end of the last is its last word.
func settleJudged(t *testing.T) (plans, standing map[string]settled) {
	t.Helper()
	plans, standing = map[string]settled{}, map[string]settled{}
	for _, name := range []string{"2023-08", "2023-09", "2023-10", "2024-07"} {
		m := month{name: name, month: name, site: "waku/updates", notes: os.DirFS(filepath.Join(real, "waku/updates"))}
		r := m.start(t).compile("--format", "json")
		require.Zero(t, r.code, r.stderr)
		var d struct{ Plans, Standing []settled }
		require.NoError(t, json.Unmarshal([]byte(r.stdout), &d))
		for _, p := range d.Plans {
			for _, id := range p.IDs {
				plans[id] = p
			}
		}
		for _, s := range d.Standing {
			standing[s.First] = s
		}
	}
	return plans, standing
}

func share(some, of int) float64 { return float64(some) / float64(max(of, 1)) }

func meet(a []string, b ...[]string) bool {
	return slices.ContainsFunc(slices.Concat(b...), func(id string) bool { return slices.Contains(a, id) })
}

// What becomes of plans is right, as a person judges it, nearly always, and mostly
// found.
func TestJudgedPlans(t *testing.T) {
	labels := readJudged(t, "plans.json")
	plans, _ := settleJudged(t)
	var links, goodLinks, done, rightDone, again, rightAgain, wantLinks, wantDone int
	for _, l := range labels {
		p := plans[l.Plan]
		isTold := l.Verdict == "done" || l.Verdict == "partly"
		if isTold {
			wantLinks++
		}
		if l.Verdict == "done" {
			wantDone++
		}
		good := isTold && meet(p.By, l.By, l.Also) || meet(p.By, l.Also)
		switch p.Verdict {
		case "done":
			done++
			if l.Verdict == "done" && good {
				rightDone++
			}
			fallthrough
		case "told":
			links++
			if good {
				goodLinks++
			}
		case "repeated":
			again++
			if meet(p.By, l.RepeatedBy, l.AlsoRepeated) {
				rightAgain++
			}
		}
	}
	t.Logf("told of: precision %.3f, recall %.3f; done: precision %.3f, recall %.3f; said again: precision %.3f",
		share(goodLinks, links), share(goodLinks, wantLinks), share(rightDone, done), share(rightDone, wantDone), share(rightAgain, again))
	assert.GreaterOrEqual(t, share(goodLinks, links), 0.95)
	assert.GreaterOrEqual(t, share(goodLinks, wantLinks), 0.60)
	assert.GreaterOrEqual(t, share(rightDone, done), 0.85, "a plan that was only partly done counts as wrong")
	assert.GreaterOrEqual(t, share(rightDone, wantDone), 0.50)
	assert.GreaterOrEqual(t, share(rightAgain, again), 0.95)
}

// What is said to be cleared is, and what stands is said to stand.
func TestJudgedBlockers(t *testing.T) {
	labels := readJudged(t, "blockers.json")
	_, standing := settleJudged(t)
	for _, l := range labels {
		got, found := standing[l.First]
		require.True(t, found, l.First)
		if got.Verdict == "cleared" {
			assert.Equal(t, l.Verdict, got.Verdict, l.First)
			assert.True(t, meet(got.By, l.By), l.First)
		} else if l.Verdict == "standing" {
			assert.Equal(t, l.Verdict, got.Verdict, l.First)
		}
	}
}
