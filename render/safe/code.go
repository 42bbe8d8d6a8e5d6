package safe

import (
	"regexp"
	"strings"
)

// languages are those that code may be coloured in. Some viewers run code of
// other kinds, or show something in place of it.
var languages = map[string]bool{}

func init() {
	for _, l := range strings.Fields(`bash c cmake console cpp cs csharp css csv diff docker dockerfile elixir go golang
		gradle graphql groovy haskell html http ini java javascript js json jsonc jsx julia kotlin latex log lua makefile
		markdown md nim nix objc ocaml perl php powershell proto protobuf ps1 py python r ruby rust rs scala scss sh shell
		sol solidity sql svg swift text toml ts tsx txt typescript vue xml yaml yml zig zsh`) {
		languages[l] = true
	}
}

var backtickRun = regexp.MustCompile("`{3,}")

// codeBlock puts code between fences that it cannot close.
func codeBlock(code, info string) string {
	info, _, _ = strings.Cut(strings.TrimSpace(info), " ")
	if !languages[strings.ToLower(info)] {
		info = ""
	}
	code = inertCode(strings.TrimRight(code, "\n"))
	mark := "```"
	for _, run := range backtickRun.FindAllString(code, -1) {
		if len(run) >= len(mark) {
			mark = run + "`"
		}
	}
	return mark + info + "\n" + code + "\n" + mark
}

// calloutHead is the head of a callout, which the site rewrites in code too.
var calloutHead = regexp.MustCompile(`(?m)^([> ]*\[)!`)

// inertCode parts the signs of comments, templates and callouts, which some viewers
// obey in code too: two "%%" would hide all that stands between them.
func inertCode(code string) string {
	code = calloutHead.ReplaceAllString(code, "$1"+joiner+"!")
	if !strings.Contains(code, "%%") && !strings.Contains(code, "<%") {
		return code
	}
	var b strings.Builder
	last := rune(0)
	for _, r := range code {
		if r == '%' && (last == '%' || last == '<') {
			b.WriteString(joiner)
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// noDefinition parts what would end the label of a definition in the text of a link.
func noDefinition(code string) string { return strings.ReplaceAll(code, "]:", "]"+joiner+":") }

// query finds the sign in front of a code span by which Dataview runs it.
var query = regexp.MustCompile("^(`+ *)(\\$?=)")

// codeSpan makes a code span inert, and parts the sign by which the site takes the
// end of one for the name of a language.
func codeSpan(span string) string {
	span = query.ReplaceAllString(inertCode(span), "$1"+joiner+"$2")
	return strings.ReplaceAll(span, "{:", "{"+joiner+":")
}
