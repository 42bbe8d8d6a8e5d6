package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/render/safe/safetest"
)

// viewers are the programs in which drafts are looked at: the site's pipeline,
// GitHub's parser, and a browser.
type viewers struct{ node, cmark, browser string }

// findViewers skips a test where a viewer is absent, unless the environment
// requires them, as CI does.
func findViewers(t *testing.T) viewers {
	t.Helper()
	v := viewers{lookPath("node"), lookPath("cmark-gfm"), lookPath("chromium", "google-chrome", "chromium-browser")}
	_, err := os.Stat("viewers/node_modules")
	if err == nil && !slices.Contains([]string{v.node, v.cmark, v.browser}, "") {
		return v
	}
	if os.Getenv("MONTHLY_VIEWERS") == "required" {
		t.Fatalf("a viewer is absent: %+v, packages: %v", v, err)
	}
	t.Skip("a viewer is absent; .ci/run installs them")
	return v
}

func lookPath(names ...string) string {
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	return ""
}

// viewed lists the months whose drafts are looked at: all that are at hand, the
// hostile one, and a calm one in its form.
func viewed(t *testing.T) map[string]month {
	all := map[string]month{"hostile": hostileMonth(hostileTexts()), "calm": hostileMonth(calmTexts())}
	for _, m := range append(months(), noteMonths(t)...) {
		all[fmt.Sprintf("%s-%d", strings.ReplaceAll(m.name, "/", "-"), len(all))] = m
	}
	return all
}

// Where it is seen, no text of a draft is more than text.
func TestViewers(t *testing.T) {
	v, dir := findViewers(t), t.TempDir()
	for name, m := range viewed(t) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".md"), []byte(m.draft(t)), 0o600))
	}
	out, err := exec.Command(v.node, "viewers/view.mjs", dir).CombinedOutput()
	assert.NoError(t, err, "in the site:\n%s", out)
	drafts, err := filepath.Glob(filepath.Join(dir, "*.md"))
	require.NoError(t, err)
	for _, draft := range drafts {
		for _, problem := range v.onGitHub(t, draft) {
			t.Errorf("%s on GitHub: %s", filepath.Base(draft), problem)
		}
	}
	v.inBrowser(t, dir)
}

var (
	gitHubTags = regexp.MustCompile(`</?([A-Za-z][\w-]*)`)
	goodTags   = strings.Fields("a p ul ol li strong em del code pre blockquote table thead tbody tr th td input img br h1 h2 h3 h4 h5 h6 hr sup section")
	linkOrCode = regexp.MustCompile(`(?s)<a .*?</a>|<code.*?</code>`)
	anyTag     = regexp.MustCompile(`<[^>]*>`)
	pinged     = regexp.MustCompile(`(?:^|[^A-Za-z0-9])@[A-Za-z0-9].{0,40}`)
)

// onGitHub lists the raw HTML of a draft, and whom it pings.
func (v viewers) onGitHub(t *testing.T, draft string) (all []string) {
	t.Helper()
	page, err := exec.Command(v.cmark, "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist", "-e", "footnotes", "--unsafe", draft).Output()
	require.NoError(t, err)
	require.NotEmpty(t, page)
	for _, tag := range gitHubTags.FindAllSubmatch(page, -1) {
		if !slices.Contains(goodTags, string(tag[1])) {
			all = append(all, "element "+string(tag[1]))
		}
	}
	shown := html.UnescapeString(anyTag.ReplaceAllString(linkOrCode.ReplaceAllString(string(page), "\n"), "\n"))
	return append(all, pinged.FindAllString(shown, -1)...)
}

// witness is what a page says of itself in a browser.
type witness struct {
	Blocks []string `json:"blocks"`
	Text   string   `json:"text"`
}

// open opens a page in the browser. What runs there sets a field of the body.
func (v viewers) open(t *testing.T, page string) (body string, w witness) {
	t.Helper()
	dom, err := exec.Command(v.browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--user-data-dir="+t.TempDir(),
		"--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", "file://"+page).Output()
	require.NoError(t, err)
	_, said, found := bytes.Cut(dom, []byte(`<pre id="witness">`))
	require.True(t, found, "the page has no end")
	said, _, _ = bytes.Cut(said, []byte("</pre>"))
	require.NoError(t, json.Unmarshal([]byte(html.UnescapeString(string(said))), &w))
	return regexp.MustCompile(`<body[^>]*>`).FindString(string(dom)), w
}

// inBrowser opens the hostile month: nothing runs, nothing leaves its item, and
// every word is visible.
func (v viewers) inBrowser(t *testing.T, dir string) {
	t.Helper()
	_, calm := v.open(t, filepath.Join(dir, "calm.html"))
	body, hostile := v.open(t, filepath.Join(dir, "hostile.html"))
	assert.Equal(t, "<body>", body, "something ran")
	assert.Equal(t, calm.Blocks, hostile.Blocks)
	for i, h := range hostileTexts() {
		if h.Visible == "" || h.Place == safetest.Heading {
			continue
		}
		assert.Empty(t, safetest.Hides(safetest.Letters(partSeen(hostile.Text, i+1)), h.Visible), "%s: %q", h.Name, h.Text)
	}
}

// partSeen gives what is seen of the n-th task behind its number, wherever that stands.
func partSeen(page string, n int) string {
	var parts []string
	for _, at := range regexp.MustCompile(fmt.Sprintf(`(?m)^app#%d\b`, n+1)).FindAllStringIndex(page, -1) {
		part, _, _ := strings.Cut(page[at[1]:], "\napp#")
		parts = append(parts, part)
	}
	return strings.Join(parts, "\n")
}
