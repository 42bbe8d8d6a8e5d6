package safe_test

import (
	"fmt"
	"strings"

	"github.com/waku-org/monthly/render/safe"
)

func ExampleText_Blocks() {
	text := safe.Text{Web: "https://github.com", Repo: "waku-org/nwaku"}
	blocks := text.Blocks("# See #12\nwith <b>care</b>\n\n- `a`\n- ```\n  never closed")
	fmt.Println(strings.Join(blocks, "\n\n"))
	// Output:
	// **See [#12](https://github.com/waku-org/nwaku/issues/12)**
	//
	// with \<b>care\</b>
	//
	// - `a`
	// - ```
	//   never closed
	//   ```
}

func ExampleText_Link() {
	text := safe.Text{Web: "https://github.com"}
	fmt.Println(text.Link("chore: drop [old] `api`", "https://github.com/waku-org/nwaku/issues/12"))
	fmt.Println(text.Link("without an address", ""))
	fmt.Println(text.Link("with a bad one", "javascript:alert(1)"))
	// Output:
	// [chore: drop \[old\] `api`](https://github.com/waku-org/nwaku/issues/12)
	// without an address
	// with a bad one
}

func ExampleCell() {
	text := safe.Text{Web: "https://github.com"}
	fmt.Println("| " + safe.Cell(text.Line("this | that")) + " |")
	// Output: | this \| that |
}

func ExampleYAML() {
	fmt.Println("title: " + safe.YAML("2023 September Monthly Waku Report"))
	fmt.Println("title: " + safe.YAML("Waku: a\n---\ntitle: forged"))
	// Output:
	// title: 2023 September Monthly Waku Report
	// title: 'Waku: a --- title: forged'
}

func ExampleIndent() {
	fmt.Println(safe.Indent("- ", "  ", "a\n\nb"))
	// Output:
	// - a
	//
	//   b
}
