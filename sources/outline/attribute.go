package outline

import (
	"regexp"
	"strings"
)

// attributeWords are words before a colon that say something about a heading, and
// not what was done, in lower case.
var attributeWords = phraseSet(`status, state, health, project, projects, owner, owners, lead, leads, assignee, assignees, assigned, assigned to, responsible,
	dri, contact, reviewer, reviewers, due, due date, deadline, eta, date, start, start date, started, end, end date, target, target date,
	estimate, estimated date, estimated completion, effort, priority, confidence, confidence level, scope, scope change, availability,
	type, category, label, labels, tracking, tracking issue, board, repo, repository, budget, percent complete, completion`)

func phraseSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, phrase := range strings.Split(s, ",") {
		set[strings.TrimSpace(phrase)] = true
	}
	return set
}

// maxAttribute is how many words the value of an attribute has at most: what says
// more is a statement that begins with a word and a colon.
const maxAttribute = 8

var (
	wordValue = regexp.MustCompile(`^` + signs + `[*_]*(\p{L}[\p{L}-]*(?: [\p{L}-]+)?)(?:\s+\([^()]*\))?[*_]*\s*[:：][*_]*\s+\S`)
	// prefixes begin the titles of changes, "feat: add x".
	prefixes = wordSet("feat fix bug chore docs doc test tests refactor perf ci build style deps revert release epic task milestone deliverable wip")
)

// isAttribute reports whether a line is an attribute of what it stands under,
// "owner: Zed", "**Status:** on track".
func isAttribute(line string) bool {
	word, value, found := cutWordValue(line)
	return found && attributeWords[word] && len(strings.Fields(value)) <= maxAttribute
}

// isWordValue reports whether a line is a word or two, a colon and a value, and
// neither a key nor the title of a change.
func isWordValue(line string) bool {
	word, _, found := cutWordValue(line)
	return found && !prefixes[word]
}

func cutWordValue(line string) (word, value string, found bool) {
	line = strings.TrimSpace(line)
	m := wordValue.FindStringSubmatchIndex(line)
	if m == nil {
		return "", "", false
	}
	if _, isKey := cutKey(line); isKey {
		return "", "", false
	}
	return strings.ToLower(line[m[2]:m[3]]), line[m[1]-1:], true
}
