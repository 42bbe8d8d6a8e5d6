package render

import "github.com/waku-org/monthly/compile"

// kindWords are what the draft says of a kind of statement.
type kindWords struct {
	lead  string // in front of a statement; empty for what is simply told
	since string // the same for one that is said in several weeks, with their first for %s; empty if it is the same
	count string // in counts, "2 achieved"; empty if such statements are not counted
}

var kindTable = map[compile.Kind]kindWords{
	compile.Attribute: {},
	compile.Achieved:  {count: "achieved"},
	compile.Doing:     {lead: "*Ongoing:* ", count: "ongoing"},
	compile.Note:      {},
	compile.Next:      {lead: "*Next:* ", count: "next"},
	compile.Blocker:   {lead: "**Blocked:** ", since: "**Blocked since %s:** ", count: "blocked"},
	compile.Risk:      {lead: "**Risk:** ", count: "at risk"},
}

// counted are the kinds in the order in which they are counted.
var counted = []compile.Kind{compile.Achieved, compile.Doing, compile.Next, compile.Blocker, compile.Risk}

// wordsOf gives the words for a kind; one without words is shown by its name.
func wordsOf(k compile.Kind) kindWords {
	if w, found := kindTable[k]; found {
		return w
	}
	return kindWords{lead: "*" + string(k) + ":* ", count: string(k)}
}
