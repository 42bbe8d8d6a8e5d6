package outline

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// keys are the words that begin a field of an update, in lower case.
var keys = map[string]compile.Kind{
	"achieved": compile.Achieved, "achievement": compile.Achieved, "achievements": compile.Achieved,
	"accomplished": compile.Achieved, "accomplishments": compile.Achieved,
	"completed": compile.Achieved, "done": compile.Achieved, "merged": compile.Achieved, "finished": compile.Achieved,
	"ongoing": compile.Doing, "in progress": compile.Doing, "work in progress": compile.Doing, "progressing": compile.Doing,
	"doing": compile.Doing, "wip": compile.Doing, "under way": compile.Doing, "underway": compile.Doing,
	"next": compile.Next, "next step": compile.Next, "next steps": compile.Next, "next up": compile.Next, "up next": compile.Next,
	"planned": compile.Next, "plans": compile.Next, "goals": compile.Next, "upcoming": compile.Next, "to do": compile.Next, "todo": compile.Next,
	"blocker": compile.Blocker, "blockers": compile.Blocker, "blocking": compile.Blocker,
	"blocked": compile.Blocker, "blocked by": compile.Blocker, "blocked on": compile.Blocker,
	"risk": compile.Risk, "risks": compile.Risk,
}

// asked are the words that say in a question, "What did we do?", what is asked for,
// where no key does. The first of a question counts.
var asked = map[string]compile.Kind{
	"did": compile.Achieved, "have": compile.Achieved, "has": compile.Achieved, "was": compile.Achieved, "were": compile.Achieved, "got": compile.Achieved,
	"achieve": compile.Achieved, "accomplish": compile.Achieved, "finish": compile.Achieved, "happened": compile.Achieved, "changed": compile.Achieved,
	"working": compile.Doing,
	"will":    compile.Next, "plan": compile.Next, "planning": compile.Next, "going": compile.Next, "comes": compile.Next, "coming": compile.Next,
	"blocks": compile.Blocker, "block": compile.Blocker, "hinders": compile.Blocker,
}

// askedAbout are the other words of which questions for a field are made.
var askedAbout = wordSet("we i you us me they the team our your my is are been be do get getting to on for of in now currently right at moment")

var (
	// weekWords date a key and change nothing in it: "goals of next week".
	weekWords = regexp.MustCompile(`^(.+?) (?:(?:for|of|in|from|during) )?(?:the )?(this|last|past|previous|next|coming|following) week(?:'s)?$`)
	// whoseWeek is the same in front: "last week's achievements".
	whoseWeek = regexp.MustCompile(`^(?:this|last|next) week's (.+)$`)
	question  = regexp.MustCompile(`^(?:what's|whats|what|which) (.+)$`)
	keyJoint  = regexp.MustCompile(` ?[/&] ?| and `)
	pastWeek  = regexp.MustCompile(`^(?:the )?(?:last|past|previous) week$`)
	nextWeek  = regexp.MustCompile(`^(?:the )?(?:next|coming|following) week$`)
)

// keyWords say what words mean in one text.
type keyWords struct {
	thisWeek compile.Kind // what "this week" alone stands for; empty if it is no key
}

// kindOf gives the kind that a key stands for. Of several, "Blockers & risks",
// the first counts.
func (w keyWords) kindOf(key string) (kind compile.Kind, known bool) {
	key = strings.NewReplacer("’", "'", "-", " ").Replace(strings.ToLower(key))
	for _, word := range keyJoint.Split(key, -1) {
		k, known := w.kindOfOne(word)
		if !known {
			return "", false
		}
		if kind == "" {
			kind = k
		}
	}
	return kind, true
}

func (w keyWords) kindOfOne(key string) (kind compile.Kind, known bool) {
	switch {
	case pastWeek.MatchString(key):
		return compile.Achieved, true
	case nextWeek.MatchString(key):
		return compile.Next, true
	case key == "this week":
		return w.thisWeek, w.thisWeek != ""
	}
	if m := whoseWeek.FindStringSubmatch(key); m != nil {
		key = m[1]
	}
	week := ""
	if m := weekWords.FindStringSubmatch(key); m != nil {
		key, week = m[1], m[2]
	}
	if m := question.FindStringSubmatch(key); m != nil {
		return kindOfQuestion(m[1], week)
	}
	kind, known = keys[key]
	return kind, known
}

// kindOfQuestion gives the kind of what a question asks for, without its first word
// and the week at its end.
func kindOfQuestion(words, week string) (kind compile.Kind, known bool) {
	if kind, known = keys[words]; known {
		return kind, true
	}
	var verb compile.Kind
	for _, word := range strings.Fields(words) {
		key, isKey := keys[word]
		verbs, isAsked := asked[word]
		if !isKey && !isAsked && !askedAbout[word] {
			return "", false
		}
		kind, verb = cmp.Or(kind, key), cmp.Or(verb, verbs)
	}
	if kind = cmp.Or(kind, verb); kind == "" && (week == "next" || week == "coming" || week == "following") {
		kind = compile.Next
	}
	return kind, kind != ""
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// saysThisWeek gives what "this week" alone stands for in a text: what comes beside
// "last week", and what was done beside "next week".
func (d *document) saysThisWeek() compile.Kind {
	var kind compile.Kind
	if !strings.Contains(strings.ToLower(string(d.source)), "this week") {
		return ""
	}
	d.walkText(func(n ast.Node) {
		for _, l := range d.lines(n) {
			m := keyPattern.FindStringSubmatch(strings.TrimSpace(l.text))
			if m == nil || kind != "" {
				continue
			}
			switch key := strings.ToLower(m[2]); {
			case pastWeek.MatchString(key):
				kind = compile.Next
			case nextWeek.MatchString(key):
				kind = compile.Achieved
			}
		}
	})
	return kind
}
