package outline

import "strings"

// emptyValues say that there is nothing to say; a blocker "none" is not a blocker.
var emptyValues = map[string]bool{"none": true, "n/a": true, "na": true, "nothing": true, "no": true, "nil": true, "-": true, "/": true}

// saysNothing reports whether a value is empty or only a question mark.
func saysNothing(value string) bool {
	return strings.Trim(value, "?…-–—*_.> \t\n") == ""
}

// deniesAll reports whether a value says that there is nothing of its kind.
func deniesAll(value string) bool {
	return emptyValues[strings.ToLower(strings.Trim(value, "*_.> \t\n()"))]
}
