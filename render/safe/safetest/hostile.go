package safetest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Place is where people write a text.
type Place string

// The places.
const (
	Statement Place = "statement" // of a comment, behind "achieved: "
	Nested    Place = "nested"    // in the list below a comment's statement
	Note      Place = "note"      // a statement of a weekly note
	Heading   Place = "heading"   // of a weekly note
	Title     Place = "title"     // of a task
	Epic      Place = "epic"      // the title of one
	Milestone Place = "milestone" // the title of one
)

// HostileText is a text that a viewer may take for more than text.
type HostileText struct {
	Name    string `json:"name"`
	Place   Place  `json:"place"`
	Text    string `json:"text"`
	Visible string `json:"visible"` // words that stay visible, in order
}

//go:embed hostile.jsonl
var hostileTexts []byte

// Hostile gives all hostile texts: those that were seen to do harm in a viewer,
// and their siblings, which are made of payloads and what they stand in.
func Hostile() []HostileText {
	var all []HostileText
	for line := range bytes.Lines(hostileTexts) {
		var h HostileText
		if err := json.Unmarshal(line, &h); err != nil {
			panic(err) // only if the file were damaged
		}
		all = append(all, h)
	}
	return append(all, siblings()...)
}

const run = "onerror=document.body.dataset.ran=1"

// payloads do harm where a viewer takes them for more than text. Each holds a
// word "pay".
var payloads = []string{
	"<img src=x " + run + ">pay", "<svg onload=document.body.dataset.ran=2>pay</svg>", "<script>document.body.dataset.ran=3</script>pay",
	"==<img src=x " + run + ">pay==", "==pay", "pay==pay", "%%pay%%", "pay %% pay", "#pay", "#pay/é_1", "[[pay]]", "![[pay]]", "[[#pay]]", "pay ^pay", "pay^2",
	"$pay$", "$$pay$$", "<% pay %>", "{{< pay >}}", "@pay", "_@pay_", "__@pay__", "#12 pay", "pay/pay#12", "GH-12 pay", "fixes #12 pay", "closes: pay#12",
	"resolve https://github.com/pay/pay/issues/12", "https://x.io/<img src=x " + run + "> pay", "https://x.io/\\<img src=x " + run + "> pay",
	"www.x.io/`<img src=x " + run + ">` pay", "ftp://x.io/<img src=x " + run + "> pay", "a@b.io<img src=x " + run + "> pay",
	"https://x.io/?pay=1&region=eu&section=2", "https://x.io/==pay== https://x.io/%%pay%%", "https://x.io/~~pay~~/*pay*/__pay__", "https://x.io/@pay/#12",
	"[pay](a%FF)", "[pay](%E0%A4%A)", "[pay](javascript:alert)", "[pay](//x.io/a)", "![pay](x.png)", "[pay](<a b>)", "[pay]: https://x.io", "[^pay]: pay", "[^pay]",
	"^[pay]", "[!pay] pay", "> [!pay]- pay", "pay\n===", "pay\n---", "<!-- -->pay", "<!-- pay", "`$= pay`", "`pay{:js}`", "```pay\npay", ":::pay", "+++\npay", "pay\\",
	"&lt;img src=x " + run + "&gt;pay", "&#61;&#61;pay&#61;&#61;", "\\=\\=pay\\=\\=", "\\#pay", "&#35;pay", "\\[\\[pay\\]\\]", "&#37;\\%pay", "\\^pay", "&#64;pay",
	"=<!-- -->=pay", "=\u200b=pay", "=**=pay**", "*=*=pay", "[=](https://x.io)=pay", "<b>=</b>=pay", "#<!-- -->pay", "**#**pay", "[#](https://x.io)pay", "%*%pay*", "[*[pay]*]",
}

// wrappings are what a payload stands in.
var wrappings = []string{
	"%s", "front %s back", "**%s**", "_%s_", "front **bold %s** back", "~~%s~~", "(%s)", "[%s]", "[%s](https://x.io)", "front [front %s](https://x.io) back", "![%s](https://x.io/a.png)",
	"# %s", "> %s", "front\n\n  > %s\n\n  back", "front\n  - %s", "front\n  1. one\n     - %s", "front\n\n  | a | b |\n  | - | - |\n  | %s | c |", "`a`%s`b`", "a%s", "%sa", "\"%s\"", "==%s==",
	"%%%%%s%%%%", "<b>%s</b>", "www.x.io/%s", "https://x.io/%s", "\\%s", "&#x200b;%s", "%[1]s%[1]s", "%[1]s\n  %[1]s",
}

// siblings are the payloads in all that they may stand in. Those that are part of
// an address or of a comment need not be seen.
func siblings() []HostileText {
	var all []HostileText
	places := []Place{Statement, Nested, Note, Title}
	for i, p := range payloads {
		for j, w := range wrappings {
			h := HostileText{Name: fmt.Sprintf("payload-%d-%d", i, j), Place: places[(i+j)%len(places)], Text: fmt.Sprintf(w, p)}
			if strings.HasPrefix(w, "front") {
				h.Visible = "front"
			}
			all = append(all, h)
		}
	}
	return all
}
