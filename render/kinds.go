package render

import "github.com/waku-org/monthly/compile"

// leads are what stands in front of statements that are told as work and are not simply
// done or told. Those with another home need none: what they are is said above them.
var leads = map[compile.Kind]string{
	compile.Attribute: "",
	compile.Achieved:  "",
	compile.Note:      "",
	compile.Doing:     "*Ongoing:* ",
	compile.Blocker:   "**Blocked:** ",
	compile.Risk:      "**Risk:** ",
	compile.Next:      "*Next:* ",
}

// leadOf gives the lead of a kind; one without words is shown by its name.
func leadOf(k compile.Kind) string {
	if lead, found := leads[k]; found {
		return lead
	}
	return "*" + string(k) + ":* "
}
