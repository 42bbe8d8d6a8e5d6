package compile

import (
	"regexp"
	"slices"
)

// match is a later statement that tells of a plan, and how that shows.
type match struct {
	*spoken
	how   string
	score float64
}

// How a plan and what tells of it were found to belong together, the surest first.
const (
	sameWords     = "same words"
	sameReference = "same reference"
	likeWords     = "like words"
	nextWord      = "next word on the task"
	tellingWords  = "telling words"
)

// How much of a plan another statement must tell, by the weight of their words: less in
// one place than beside it, most elsewhere.
const (
	shareNear   = 0.4
	shareBeside = 0.6
	shareAnyway = 0.8
)

// muchWeight of shared words says enough by itself in one place: a word that nothing
// else has weighs 1.
const muchWeight = 1.2

// How many words two statements must share: one says nothing, two only in one place.
const (
	fewWords  = 2
	someWords = 3
)

// alikeEnough is how much alike two texts in one place are that say the same.
const alikeEnough = 0.5

// tells reports whether a later statement tells of a plan, and how that shows.
func (x *index) tells(plan, s *spoken) (m match, ok bool) {
	if plan.differs(s) {
		return match{}, false
	}
	common, share, weight := x.corpus.common(plan.words, s.words)
	near := plan.at.to(s.at)
	m = match{spoken: s, score: share + weight + float64(near)}
	switch {
	case near >= beside && plan.text.key == s.text.key:
		m.how = sameWords
	case plan.sharesReference(s):
		m.how = sameReference
	case near >= inSection && alike(plan.text.text, s.text.text) >= alikeEnough:
		m.how = likeWords
	case near == inTask && common >= fewWords && weight >= muchWeight && x.isNextWord(plan, s):
		m.how = nextWord
	case common >= fewWords && (near >= inSection && share >= shareNear || near == inSection && weight >= muchWeight),
		common >= someWords && (near >= beside && share >= shareBeside || share >= shareAnyway && weight >= muchWeight):
		m.how = tellingWords
	}
	return m, m.how != ""
}

// isNextWord reports whether a statement is of the first week after the plan, in one
// of its weeks, in which anything was told of its task.
func (x *index) isNextWord(plan, s *spoken) bool {
	weeks := x.weeks[plan.at.task]
	return slices.ContainsFunc(plan.Statement.Weeks, func(w Day) bool {
		i, found := slices.BinarySearchFunc(weeks, w, Day.Compare)
		if found {
			i++
		}
		return i < len(weeks) && weeks[i] == s.first()
	})
}

// sharesReference reports whether both name an issue, a pull request or another page
// that is not the place in which the first stands.
func (s *spoken) sharesReference(other *spoken) bool {
	return slices.ContainsFunc(s.text.refs, func(ref string) bool {
		return slices.Contains(other.text.refs, ref) && !slices.Contains(s.Where.addresses(), ref)
	})
}

// addresses gives the pages of the place, as references in a text are compared.
func (w Where) addresses() []string {
	var all []string
	if w.Milestone != nil {
		all = append(all, address(w.Milestone.URL))
	}
	if w.Section != nil {
		all = append(all, address(w.Section.URL))
	}
	if w.Task != nil {
		all = append(all, address(w.Task.URL))
	}
	return all
}

// differs reports whether two statements are of two teams, or name versions, issues of
// one repository, or its pull requests, and none that is the same.
func (s *spoken) differs(other *spoken) bool {
	if s.text.team != other.text.team && isTeam(s.text.team) && isTeam(other.text.team) {
		return true
	}
	if v, w := s.text.versions(), other.text.versions(); len(v) > 0 && len(w) > 0 && !shareAny(v, w) {
		return true
	}
	return !shareAny(s.pages, other.pages) && slices.ContainsFunc(s.pages, func(p linked) bool {
		return slices.ContainsFunc(other.pages, func(q linked) bool { return p.repo == q.repo && p.kind == q.kind })
	})
}

// isElsewhere reports whether two statements name issues or pull requests, and none of
// one repository.
func (s *spoken) isElsewhere(other *spoken) bool {
	repos := func(s *spoken) (all []string) {
		for _, p := range s.pages {
			all = append(all, p.repo)
		}
		return all
	}
	return len(s.pages) > 0 && len(other.pages) > 0 && !shareAny(repos(s), repos(other))
}

func shareAny[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

var version = regexp.MustCompile(`^v?(\d+(?:\.\d+)+)$`)

// versions gives the versions that a text names, without "v".
func (t text) versions() []string {
	var all []string
	for _, n := range t.numbers {
		if m := version.FindStringSubmatch(n); m != nil {
			all = append(all, m[1])
		}
	}
	return all
}

// isTeam reports whether what stands in brackets before a text is a team's name, and
// not a box that may be ticked.
func isTeam(tag string) bool { return len(tag) > 1 }
