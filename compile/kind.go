package compile

// Kind says what a statement of an update is about. Its value is the name under
// which JSON has it.
type Kind string

// The kinds of statement. [Kinds] has the rules for each.
const (
	Attribute Kind = "attribute" // of what it stands under, "owner: Ada": says nothing of the work
	Achieved  Kind = "achieved"
	Doing     Kind = "doing" // under way
	Next      Kind = "next"
	Blocker   Kind = "blocker"
	Risk      Kind = "risk"
	Note      Kind = "note" // free text: nothing says that it is one of the others
)

// Home says where a draft tells the statements of a kind with their text.
type Home int

// The homes of statements.
const (
	Work  Home = iota // under their milestone, epic or task
	Risks             // in the part on risk
	Plans             // in the part on what comes; behind what tells of them once they are done
)

// KindRule is what holds for the statements of a kind.
type KindRule struct {
	Kind Kind
	Home Home
	// Rank orders the statements on one subject: what was done, then what stands
	// in the way, then what comes.
	Rank int
}

// Kinds is the table of all kinds, in the order of [KindRule.Rank]. A new kind is
// a row here, its keys in package outline, and its words in package render.
var Kinds = []KindRule{
	{Attribute, Work, 0},
	{Achieved, Work, 0},
	{Doing, Work, 0},
	{Note, Work, 0},
	{Blocker, Risks, 1},
	{Risk, Risks, 2},
	{Next, Plans, 3},
}

// Rule gives the row of a kind. A kind that is not in the table comes last.
func (k Kind) Rule() KindRule {
	for _, r := range Kinds {
		if r.Kind == k {
			return r
		}
	}
	return KindRule{Kind: k, Rank: len(Kinds)}
}
