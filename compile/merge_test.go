package compile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is said on one task, by comments and notes, and what is told of it.
func TestMerge(t *testing.T) {
	task := path("task: Filter @ " + nwaku + "1")
	note := func(day string, line int, lines ...string) Update { return noted(day, line, task, lines...) }
	tests := []struct {
		rule string
		said []Update
		want []string
	}{
		{
			"a comment and its note are one, in the note's wording",
			[]Update{comment("2023-09-07", "1", "added **tests** for `filter`"), note("2023-09-11", 3, "Added tests for filter.")},
			[]string{"Added tests for filter."},
		},
		{
			"a note's rewording of a comment stands alone",
			[]Update{comment("2023-09-07", "1", "fixed the bug in filter subscription handling"), note("2023-09-11", 3, "Fixed a bug in the handling of filter subscriptions")},
			[]string{"Fixed a bug in the handling of filter subscriptions"},
		},
		{
			"a slip of spelling that a note mends is no other statement",
			[]Update{comment("2023-09-07", "1", "implemented the subscrption manager"), note("2023-09-11", 3, "implemented the subscription manager")},
			[]string{"implemented the subscription manager"},
		},
		{
			"words that a note adds to a comment are the person's",
			[]Update{comment("2023-09-07", "1", "peer manager can filter peers by shard"), note("2023-09-11", 3, "peer manager can filter peers by shard (in review)")},
			[]string{"peer manager can filter peers by shard (in review)"},
		},
		{
			"words that a note drops are told in the comment's own statement",
			[]Update{comment("2023-09-07", "1", "added tests for filter and fixed store"), note("2023-09-11", 3, "added tests for filter")},
			[]string{"added tests for filter", "added tests for filter and fixed store"},
		},
		{
			"the same words in another order are another statement",
			[]Update{comment("2023-09-07", "1", "the router depends on the indexer"), note("2023-09-11", 3, "the indexer depends on the router")},
			[]string{"the indexer depends on the router", "the router depends on the indexer"},
		},
		{
			"numbers in another order are another statement",
			[]Update{comment("2023-09-07", "1", "moved the limit from 20 up to 30 peers"), note("2023-09-11", 3, "moved the limit from 30 up to 20 peers")},
			[]string{"moved the limit from 30 up to 20 peers", "moved the limit from 20 up to 30 peers"},
		},
		{
			"the other direction is another statement",
			[]Update{comment("2023-09-07", "1", "moved the metrics from the relay to the store"), note("2023-09-11", 3, "moved the metrics to the relay from the store")},
			[]string{"moved the metrics to the relay from the store", "moved the metrics from the relay to the store"},
		},
		{
			"who does it to whom is told",
			[]Update{comment("2023-09-07", "1", "the store was reviewed by the filter team"), note("2023-09-11", 3, "the filter was reviewed by the store team")},
			[]string{"the filter was reviewed by the store team", "the store was reviewed by the filter team"},
		},
		{
			"a verb that moves behind what it is done to is a rewording",
			[]Update{comment("2023-09-07", "1", "review of the filter protocol"), note("2023-09-11", 3, "filter protocol review")},
			[]string{"filter protocol review"},
		},
		{
			"other numbers are another statement",
			[]Update{comment("2023-09-07", "1", "released 0.20 for the testnet"), note("2023-09-11", 3, "released 0.21 for the testnet")},
			[]string{"released 0.21 for the testnet", "released 0.20 for the testnet"},
		},
		{
			"other references are another statement",
			[]Update{comment("2023-09-07", "1", "opened #12 for review"), note("2023-09-11", 3, "opened #13 for review")},
			[]string{"opened #13 for review", "opened #12 for review"},
		},
		{
			"a negation is another statement",
			[]Update{comment("2023-09-07", "1", "the filter tests are passing in CI"), note("2023-09-11", 3, "the filter tests are not passing in CI")},
			[]string{"the filter tests are not passing in CI", "the filter tests are passing in CI"},
		},
		{
			"a negation around the same words is another statement",
			[]Update{comment("2023-09-07", "1", "merged the filter PR"), note("2023-09-11", 3, "could not get reviewed and merged the filter PR")},
			[]string{"could not get reviewed and merged the filter PR", "merged the filter PR"},
		},
		{
			"two statements of one pattern are two",
			[]Update{comment("2023-09-07", "1", "added tests for filter"), note("2023-09-11", 3, "added tests for store")},
			[]string{"added tests for store", "added tests for filter"},
		},
		{
			"two statements of one long pattern are two",
			[]Update{
				comment("2023-09-07", "1", "implemented server side of the filter protocol in nwaku, with metrics, logging, tests, examples and documentation"),
				note("2023-09-11", 3, "implemented server side of the store protocol in nwaku, with metrics, logging, tests, examples and documentation"),
			},
			[]string{
				"implemented server side of the store protocol in nwaku, with metrics, logging, tests, examples and documentation",
				"implemented server side of the filter protocol in nwaku, with metrics, logging, tests, examples and documentation",
			},
		},
		{
			"words that only look alike are other words",
			[]Update{comment("2023-09-07", "1", "run the interop tests"), note("2023-09-11", 3, "run the internal tests")},
			[]string{"run the internal tests", "run the interop tests"},
		},
		{
			"a letter of another script may turn a word around",
			[]Update{comment("2023-09-07", "1", "过滤器测试已合并"), note("2023-09-11", 3, "过滤器测试未合并")},
			[]string{"过滤器测试未合并", "过滤器测试已合并"},
		},
		{
			"notes of one week that differ are two people's words",
			[]Update{note("2023-09-11", 3, "added tests for the filter"), note("2023-09-11", 9, "added more tests for the filter")},
			[]string{"added tests for the filter", "added more tests for the filter"},
		},
		{
			"comments that differ are two people's words",
			[]Update{comment("2023-09-06", "1", "added tests for the filter"), comment("2023-09-07", "1", "added more tests for the filter")},
			[]string{"added tests for the filter", "added more tests for the filter"},
		},
		{
			"near words of another week are another statement",
			[]Update{comment("2023-09-14", "1", "added more tests for the filter"), note("2023-09-11", 3, "added tests for the filter")},
			[]string{"added tests for the filter", "added more tests for the filter"},
		},
		{
			"the same words in later weeks are one statement",
			[]Update{note("2023-09-04", 3, "risk: nobody reviews"), note("2023-09-11", 3, "risk: nobody reviews"), comment("2023-09-14", "1", "risk: Nobody reviews.")},
			[]string{"risk: nobody reviews"},
		},
		{
			"the same words of another kind are another statement",
			[]Update{note("2023-09-04", 3, "next: write the tests"), note("2023-09-11", 3, "write the tests")},
			[]string{"next: write the tests", "write the tests"},
		},
		{
			"free text of a comment takes the kind that its note gives it",
			[]Update{comment("2023-09-07", "1", "note: wrote the tests"), note("2023-09-11", 3, "wrote the tests")},
			[]string{"wrote the tests"},
		},
		{
			"a statement finds its own kind before free text",
			[]Update{
				comment("2023-09-05", "1", "note: wrote the tests"), comment("2023-09-06", "1", "wrote the tests"),
				note("2023-09-25", 3, "wrote the tests"),
			},
			[]string{"note: wrote the tests", "wrote the tests"},
		},
		{
			"the same first words with other nested lists in a week are one with all of both",
			[]Update{comment("2023-09-07", "1", "Filter: / server / client"), note("2023-09-11", 3, "Filter: / client / tests")},
			[]string{"Filter: / client / tests / server"},
		},
		{
			"the same first words with other nested lists in other weeks are two: neither said in its week what the other has",
			[]Update{note("2023-09-04", 3, "Filter: / server / client"), note("2023-09-11", 3, "Filter: / client / tests")},
			[]string{"Filter: / server / client", "Filter: / client / tests"},
		},
		{
			"a nested list that comes later was not said before",
			[]Update{note("2023-09-04", 3, "Filter"), note("2023-09-11", 3, "Filter / tests"), note("2023-09-18", 3, "Filter")},
			[]string{"Filter", "Filter / tests"},
		},
		{
			"a nested list that a note has mended is not told again",
			[]Update{comment("2023-09-07", "1", "Filter: / implemented the subscrption manager"), note("2023-09-11", 3, "Filter: / implemented the subscription manager")},
			[]string{"Filter: / implemented the subscription manager"},
		},
		{
			"a list flat in a comment and nested in its note is one",
			[]Update{comment("2023-09-07", "1", "Filter server client"), note("2023-09-11", 3, "Filter / server / client")},
			[]string{"Filter / server / client"},
		},
		{
			"statements of a comment that its note tells in one are one",
			[]Update{
				comment("2023-09-07", "1", "opened PR for filter tests", "addressed the review comments"),
				note("2023-09-11", 3, "opened PR for filter tests, addressed the review comments"),
			},
			[]string{"opened PR for filter tests, addressed the review comments"},
		},
		{
			"a reference means the repository of its issue",
			[]Update{comment("2023-09-07", "1", "merged #12 and go-waku#3"), note("2023-09-11", 3, "merged ["+"#12](https://github.com/waku-org/nwaku/pull/12) and [go-waku#3](https://github.com/waku-org/go-waku/pull/3)")},
			[]string{"merged [#12](https://github.com/waku-org/nwaku/pull/12) and [go-waku#3](https://github.com/waku-org/go-waku/pull/3)"},
		},
		{
			"a link that a note adds to a comment is the same statement",
			[]Update{comment("2023-09-07", "1", "merged the filter PR"), note("2023-09-11", 3, "merged [the filter PR]("+nwaku+"12)")},
			[]string{"merged [the filter PR](" + nwaku + "12)"},
		},
		{
			"a link that another week's note adds is told",
			[]Update{note("2023-09-04", 3, "fixed bugs"), note("2023-09-11", 3, "fixed bugs #12"), note("2023-09-18", 3, "fixed bugs #13")},
			[]string{"fixed bugs", "fixed bugs #12", "fixed bugs #13"},
		},
		{
			"pages that differ in their query are other pages",
			[]Update{note("2023-09-04", 3, "https://youtube.com/watch?v=one"), note("2023-09-11", 3, "https://youtube.com/watch?v=two")},
			[]string{"https://youtube.com/watch?v=one", "https://youtube.com/watch?v=two"},
		},
		{
			"comments of one issue are other places",
			[]Update{note("2023-09-04", 3, "see "+nwaku+"9#issuecomment-1"), note("2023-09-11", 3, "see "+nwaku+"9#issuecomment-2")},
			[]string{"see " + nwaku + "9#issuecomment-1", "see " + nwaku + "9#issuecomment-2"},
		},
		{
			"an issue and its pull request are one reference",
			[]Update{note("2023-09-04", 3, "see "+nwaku+"9"), note("2023-09-11", 3, "see https://github.com/waku-org/nwaku/pull/9/")},
			[]string{"see " + nwaku + "9"},
		},
		{
			"two teams that say the same are two",
			[]Update{note("2023-09-11", 3, "[nwaku] added interop tests", "[js-waku] added interop tests")},
			[]string{"[nwaku] added interop tests", "[js-waku] added interop tests"},
		},
		{
			"a note may put the team before a comment's words",
			[]Update{comment("2023-09-07", "1", "added interop tests"), note("2023-09-11", 3, "[nwaku] added interop tests")},
			[]string{"[nwaku] added interop tests"},
		},
		{
			"a box that is ticked is another statement",
			[]Update{note("2023-09-04", 3, "[ ] interop tests"), note("2023-09-11", 3, "[x] interop tests")},
			[]string{"[ ] interop tests", "[x] interop tests"},
		},
		{
			"two people who say the same in one week are told once",
			[]Update{comment("2023-09-06", "1", "reviewed the filter PR"), comment("2023-09-07", "1", "Reviewed the filter PR")},
			[]string{"reviewed the filter PR"},
		},
		{
			"what one person says in a note's words, another cannot have said in other words",
			[]Update{
				comment("2023-09-06", "1", "added test for the filter node"), comment("2023-09-07", "1", "added tests for filter nodes"),
				note("2023-09-11", 3, "added tests for filter nodes"),
			},
			[]string{"added tests for filter nodes", "added test for the filter node"},
		},
		{
			"a comment that is said again in its own words is still what its note made of it",
			[]Update{comment("2023-09-07", "1", "fixed the bug in filter"), note("2023-09-11", 3, "fix a bug in filter"), comment("2023-09-22", "1", "fixed the bug in filter")},
			[]string{"fix a bug in filter"},
		},
		{
			"a later note's own words are told",
			[]Update{comment("2023-09-07", "1", "fixed the bug in filter"), note("2023-09-11", 3, "fix a bug in filter"), note("2023-09-25", 3, "fixed the bug in filter")},
			[]string{"fix a bug in filter", "fixed the bug in filter"},
		},
		{
			"a task that stands twice in one note is one",
			[]Update{note("2023-09-11", 3, "added tests"), note("2023-09-11", 9, "added tests", "next: more tests")},
			[]string{"added tests", "next: more tests"},
		},
		{
			"signs that are no letters count",
			[]Update{note("2023-09-04", 3, "😀"), note("2023-09-11", 3, "🎉")},
			[]string{"😀", "🎉"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			r := compiled(t, september(tt.said...))
			require.Equal(t, tt.want, texts(r))
			require.Equal(t, r.Ledger.Read, r.Ledger.Placed+r.Ledger.Merged)
		})
	}
}

func TestMergeKeepsWeeksAndSources(t *testing.T) {
	task := path("task: Filter @ " + nwaku + "1")
	r := compiled(t, september(
		comment("2023-09-22", "1", "Nobody reviews"),
		comment("2023-09-07", "1", "nobody reviews"),
		noted("2023-09-11", 5, task, "nobody reviews!"),
		noted("2023-09-04", 7, task, "nobody reviews"),
	))
	var all []Statement
	for _, s := range r.All {
		all = append(all, s)
	}
	require.Len(t, all, 1)
	require.Equal(t, days("2023-09-04", "2023-09-11", "2023-09-25"), all[0].Weeks)
	require.Equal(t, []Source{
		{Note: "2023-09-04", Line: 7, Week: the("2023-09-04")},
		{Note: "2023-09-11", Line: 5, Week: the("2023-09-11")},
		{URL: "waku-org/nwaku#1#2023-09-07", Week: the("2023-09-11")},
		{URL: "waku-org/nwaku#1#2023-09-22", Week: the("2023-09-25")},
	}, all[0].Sources)
	require.Equal(t, Repo{"waku-org", "nwaku"}, all[0].Repo)
	require.Equal(t, Ledger{Read: 4, Placed: 1, Merged: 3}, r.Ledger)
}
