package render

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

// Nothing is an empty list, never null, and an address is written as it is.
func TestJSONOfNothing(t *testing.T) {
	month, _ := compile.ParseMonth("2023-09")
	out, err := JSON(compile.Report{Project: "<a>&b", Month: month, Milestones: []compile.MilestoneReport{{}}, Other: []compile.Section{{Level: compile.EpicLevel, Tasks: []compile.Task{{}}}}}, Options{})
	require.NoError(t, err)
	assert.Equal(t, `{
 "schema": 1,
 "project": "<a>&b",
 "month": "2023-09",
 "weeks": [],
 "highlights": [],
 "milestones": [
  {
   "title": "",
   "url": "",
   "due": "",
   "state": "",
   "items": [],
   "tasks": [],
   "epics": []
  }
 ],
 "other": [
  {
   "title": "",
   "url": "",
   "label": "",
   "state": "",
   "also": [],
   "items": [],
   "tasks": [
    {
     "title": "",
     "url": "",
     "repo": "",
     "state": "",
     "items": []
    }
   ]
  }
 ],
 "ledger": {
  "read": 0,
  "placed": 0,
  "merged": 0,
  "left_out": []
 },
 "findings": [],
 "plans": [],
 "standing": [],
 "silent": [],
 "reporters": [],
 "has_before": false
}
`, string(out))
}

// A nested list is part of the text, and so is the heading it stood under.
func TestJSONItem(t *testing.T) {
	got := jsonOfItem(compile.Statement{
		Item: compile.Item{Kind: compile.Next, Text: "a\n\nb", Under: "Docs", Items: []compile.Item{
			{Text: "c", Marker: "1.", Items: []compile.Item{{Text: "d\ne"}}}, {Text: "f", Marker: "2."},
		}},
		Weeks: []compile.Day{september4}, Sources: []compile.Source{aNote, aComment},
	})
	assert.Equal(t, jsonItem{
		Kind: "next", Text: "Docs: a\n\nb\n1. c\n   - d\n     e\n2. f", Weeks: []string{"2023-09-04"},
		Sources: []jsonSource{{Note: "2023-09-04", Line: 3}, {URL: aComment.URL}},
	}, got)
	none := jsonOfItem(compile.Statement{})
	assert.NotNil(t, none.Weeks)
	assert.NotNil(t, none.Sources)
}

func TestLedger(t *testing.T) {
	out, err := Ledger(compile.Report{Ledger: compile.Ledger{Read: 3, Placed: 1, Merged: 1, LeftOut: []compile.LeftOut{
		{Source: aNote, Reason: "r"}, {Source: aComment, Author: "a", Reason: "r", Excerpt: "\xff<b>"},
	}}, Findings: []compile.Finding{{Rule: "rule", Place: "here", What: "wrong"}}}, Options{Missing: []string{"a repository"}, Warnings: []string{"a word"}})
	require.NoError(t, err)
	assert.Equal(t, `{
 "read": 3,
 "placed": 1,
 "merged": 1,
 "left_out": [
  {
   "source": "2023-09-04:3",
   "reason": "r",
   "excerpt": ""
  },
  {
   "source": "https://github.com/o/r/issues/1#issuecomment-2",
   "author": "a",
   "reason": "r",
   "excerpt": "`+"\\ufffd"+`<b>"
  }
 ],
 "missing": [
  "a repository"
 ],
 "warnings": [
  "a word"
 ],
 "findings": [
  {
   "rule": "rule",
   "place": "here",
   "what": "wrong",
   "do": ""
  }
 ]
}
`, string(out))
}
