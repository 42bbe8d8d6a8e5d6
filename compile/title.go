package compile

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Words are the names that a project gives to its levels of work, besides
// Milestone, Epic, Deliverable and Task, which are always understood.
type Words struct {
	Milestone string // empty means "Milestone"
	Epic      string // empty means "Epic"
}

type levelWord struct {
	word  string
	level Level
}

// SplitLevel takes the word for a level of work off the front of a title:
// "**Milestone**: X", "[Milestone] X", "🎯 Milestone - X" are the milestone X.
// The word counts only when a sign sets it apart: "Epic wins" is just a title.
func SplitLevel(title string, words Words) (level Level, rest string, found bool) {
	for _, w := range []levelWord{
		{words.Milestone, MilestoneLevel}, {words.Epic, EpicLevel},
		{"milestone", MilestoneLevel}, {"epic", EpicLevel}, {"deliverable", EpicLevel}, {"task", TaskLevel},
	} {
		if rest, found := cutLevelWord(title, w.word); found && w.word != "" {
			return w.level, rest, true
		}
	}
	return 0, title, false
}

const marks = "*_ \t"

// isSign reports whether a rune in front of a title is only decoration, like an
// emoji.
func isSign(r rune) bool {
	return strings.ContainsRune(marks, r) || unicode.Is(unicode.So, r) || unicode.Is(unicode.Variation_Selector, r)
}

// cutLevelWord cuts word and the sign behind it, or the brackets around it.
func cutLevelWord(title, word string) (rest string, found bool) {
	s := strings.TrimLeftFunc(title, isSign)
	bracket := strings.HasPrefix(s, "[")
	s = strings.TrimLeft(strings.TrimPrefix(s, "["), marks)
	if len(s) < len(word) || !strings.EqualFold(s[:len(word)], word) {
		return "", false
	}
	s = strings.TrimLeft(s[len(word):], marks)
	if bracket {
		s, found = strings.CutPrefix(s, "]")
		if !found || strings.HasPrefix(s, "(") {
			return "", false
		}
	} else {
		i := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(":-–—|", r) })
		if i <= 0 {
			return "", false
		}
		s = s[i:]
	}
	s = strings.TrimLeft(s, ":-–— \t")
	if open := strings.Count(title, "**"); open > 0 && strings.Count(s, "**")%2 == 1 {
		s = strings.Replace(s, "**", "", 1)
	}
	s = strings.TrimSpace(s)
	return s, s != ""
}

// normalTitle makes titles comparable: no word of a level in front, no markup,
// one case, single spaces. A title of signs alone stands as it is.
func normalTitle(title string) string {
	_, title, _ = SplitLevel(title, Words{})
	text, _ := cutLinks(title)
	text = foldText(text)
	letters := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '.', r == '+', r == '#', r == '(', r == ')':
			return r
		}
		return ' '
	}, text)
	return cmp.Or(strings.Trim(strings.Join(strings.Fields(letters), " "), ". "), text, strings.TrimSpace(title))
}

// compareTitles orders titles that begin with a number, "1.10: X", by that
// number and puts them before the others, which it leaves equal.
func compareTitles(a, b string) int {
	na, nb := leadingNumber(a), leadingNumber(b)
	if (na == nil) != (nb == nil) {
		if na == nil {
			return 1
		}
		return -1
	}
	return slices.Compare(na, nb)
}

var numbered = regexp.MustCompile(`^\d{1,4}(?:\.\d{1,4})*(?:[:.)\s]|$)`)

func leadingNumber(title string) []int {
	_, title, _ = SplitLevel(title, Words{})
	var numbers []int
	for _, field := range strings.FieldsFunc(numbered.FindString(title), func(r rune) bool { return !unicode.IsDigit(r) }) {
		n, _ := strconv.Atoi(field) // at most four digits
		numbers = append(numbers, n)
	}
	return numbers
}
