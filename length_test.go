package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// mostWords is how many words of a draft a reader may have to read, for each of its
// sources.
const mostWords = 0.85

var (
	footnote     = regexp.MustCompile(`(?m)^\[\^[^\]]+\]: .*$`)
	reference    = regexp.MustCompile(`\[\^[^\]]+\]`)
	folded       = regexp.MustCompile(`(?m)^> \[!\w+\]- .*\n(?:>.*\n)*`)
	linkedText   = regexp.MustCompile(`\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*\)`)
	sourceDays   = regexp.MustCompile(`\((?:\d\d-\d\d(?:, )?)+\)`)
	plainAddress = regexp.MustCompile(`https?://\S+`)
	word         = regexp.MustCompile(`\S*[\p{L}\p{N}]\S*`)
)

// wordsOf counts the words that a reader sees: no front matter, no addresses.
func wordsOf(text string) int {
	text = frontMatter.ReplaceAllString(text, "")
	text = linkedText.ReplaceAllString(text, "$1")
	return len(word.FindAllString(plainAddress.ReplaceAllString(text, ""), -1))
}

// unfolded leaves out of a draft what is folded, and what leads to the sources.
func unfolded(draft string) string {
	for _, machinery := range []*regexp.Regexp{folded, footnote, reference, sourceDays} {
		draft = machinery.ReplaceAllString(draft, "")
	}
	return draft
}

// A draft is shorter than the notes that it was compiled from; that of an invented month,
// of which comments say more than the notes, than both.
func TestDraftIsShorterThanItsSources(t *testing.T) {
	all := months()
	for _, few := range []struct{ notes, month string }{
		{"waku/updates", "2023-10"}, {"waku/updates", "2024-07"}, {"later/messaging/updates", "2025-02"},
	} {
		if folder := filepath.Join(real, few.notes); isFolder(folder) {
			all = append(all, month{name: few.notes, month: few.month, site: "team/updates", notes: os.DirFS(folder)})
		}
	}
	for _, m := range all {
		t.Run(m.name+" "+m.month, func(t *testing.T) {
			e, said := m.evidence(t), 0
			for _, note := range e.notes {
				said += wordsOf(note)
			}
			for _, c := range e.comments {
				if c.trusted && m.name != "real" && c.at.Format("2006-01") == m.month {
					said += wordsOf(c.body)
				}
			}
			r := m.start(t).compile()
			require.Zero(t, r.code, r.stderr)
			ratio := float64(wordsOf(unfolded(r.stdout))) / float64(said)
			t.Logf("%.2f of %d words", ratio, said)
			limit := mostWords
			if m.name == "Kilnhouse" {
				limit += 0.05 // many milestones with a word or two of each: the titles weigh more
			}
			require.LessOrEqual(t, ratio, limit)
		})
	}
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
