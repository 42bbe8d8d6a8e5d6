package compile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSplitLevel(t *testing.T) {
	words := Words{Milestone: "Goal", Epic: "Commitment"}
	tests := []struct {
		rule, title string
		level       Level
		rest        string
		found       bool
	}{
		{"a word and a colon", "Milestone: X", MilestoneLevel, "X", true},
		{"a word and a dash", "Milestone - X", MilestoneLevel, "X", true},
		{"a word and a long dash", "Epic – X", EpicLevel, "X", true},
		{"a word in brackets", "[Milestone] X", MilestoneLevel, "X", true},
		{"a word in bold", "**Milestone**: X", MilestoneLevel, "X", true},
		{"a title in bold", "**Milestone: X**", MilestoneLevel, "X", true},
		{"any case", "EPIC: X", EpicLevel, "X", true},
		{"deliverables are epics", "Deliverable: X", EpicLevel, "X", true},
		{"tasks", "Task: X", TaskLevel, "X", true},
		{"a project's own words", "Goal: X", MilestoneLevel, "X", true},
		{"a project's own words in brackets", "[Commitment] X", EpicLevel, "X", true},
		{"a word without a sign is a title", "Epic wins", 0, "Epic wins", false},
		{"a longer word is a title", "Milestones: X", 0, "Milestones: X", false},
		{"a link is a title", "[Milestone](https://x.y) X", 0, "[Milestone](https://x.y) X", false},
		{"a word alone is a title", "Milestone:", 0, "Milestone:", false},
		{"brackets with more are a title", "[Epic: nwaku] X", 0, "[Epic: nwaku] X", false},
		{"nothing", "", 0, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			level, rest, found := SplitLevel(tt.title, words)
			require.Equal(t, tt.found, found)
			require.Equal(t, tt.rest, rest)
			require.Equal(t, tt.level, level)
		})
	}
}

func TestNormalTitle(t *testing.T) {
	tests := []struct {
		rule, a, b string
		same       bool
	}{
		{"case, spaces and markup do not count", "**Waku  Network** `Gen 0`", "waku network gen 0", true},
		{"the word of a level does not count", "[Milestone] X", "Milestone - X", true},
		{"punctuation does not count", "Store v3-beta: Message Hashes", "Store v3 beta - message hashes", true},
		{"a link is its text", "[X](https://x.y) now", "X now", true},
		{"numbers count", "1.1: X", "1.2: X", false},
		{"numbers of lists count", "1. X", "2. X", false},
		{"references count", "PR #12", "PR #13", false},
		{"teams count", "[nwaku] tests", "[js-waku] tests", false},
		{"other scripts count", "тесты", "тест", false},
		{"titles of signs count", "🚀", "🎉", false},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			require.Equal(t, tt.same, normalTitle(tt.a) == normalTitle(tt.b), "%q, %q", normalTitle(tt.a), normalTitle(tt.b))
		})
	}
}

func TestCompareTitles(t *testing.T) {
	titles := []string{"Zebra", "1.10: X", "Ant", "1.2: Y", "[Epic] 1.1: Z", "2: W", "2023-users"}
	slices.SortStableFunc(titles, compareTitles)
	require.Equal(t, []string{"[Epic] 1.1: Z", "1.2: Y", "1.10: X", "2: W", "Zebra", "Ant", "2023-users"}, titles)
}

func TestParseRef(t *testing.T) {
	tests := []struct {
		rule, url, want string
	}{
		{"an issue", "https://github.com/waku-org/nwaku/issues/12", "waku-org/nwaku#12"},
		{"a pull request", "https://github.com/waku-org/nwaku/pull/12", "waku-org/nwaku#12"},
		{"a part of its page", "https://github.com/waku-org/nwaku/pull/12/files?w=1#x", "waku-org/nwaku#12"},
		{"any case", "http://www.github.com/Waku-Org/Nwaku/issues/12/", "waku-org/nwaku#12"},
		{"an enterprise's host", "https://git.example.org/a/b/issues/1", "a/b#1"},
		{"spaces around", " https://github.com/a/b/issues/1 ", "a/b#1"},
		{"a list of issues is none", "https://github.com/waku-org/nwaku/issues", ""},
		{"a milestone is none", "https://github.com/waku-org/pm/milestone/28", ""},
		{"a word behind the number", "https://github.com/a/b/issues/1x", ""},
		{"a number that is too long", "https://github.com/a/b/issues/99999999999999999999", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			ref, ok := ParseRef(tt.url)
			require.Equal(t, tt.want != "", ok)
			if ok {
				require.Equal(t, tt.want, ref.String())
			}
		})
	}
	require.Equal(t, canonicalURL("https://GitHub.com/a/b/milestone/1/"), canonicalURL("https://github.com/a/b/milestone/1?closed=1#x"))
}

func TestParseMilestone(t *testing.T) {
	tests := []struct {
		rule, url, want string
	}{
		{"a milestone", "https://github.com/waku-org/pm/milestone/28", "waku-org/pm 28"},
		{"a part of its page", "https://github.com/waku-org/pm/milestone/28?closed=1", "waku-org/pm 28"},
		{"as the programming interface names it", "https://git.example.org/Acme/PM/milestones/3", "acme/pm 3"},
		{"an issue is none", "https://github.com/waku-org/pm/issues/28", ""},
		{"a list of milestones is none", "https://github.com/waku-org/pm/milestones", ""},
		{"a number that is too long", "https://github.com/a/b/milestone/99999999999999999999", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			repo, number, ok := ParseMilestone(tt.url)
			require.Equal(t, tt.want != "", ok)
			if ok {
				require.Equal(t, tt.want, fmt.Sprint(repo, " ", number))
			}
		})
	}
}
