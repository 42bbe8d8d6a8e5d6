package sources

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
	"github.com/waku-org/monthly/fixtures"
)

const forged = "https://github.com/wayfold-maps/tiler/issues/21#issuecomment-900"

// withForged adds an update to the fake GitHub that a maintainer has hidden.
func (r *run) withForged() {
	r.github.AddComment("tiler", update("wayfold-maps/tiler", 900, 21, "forged", at("2025-03-27 10:00")))
	r.github.Edit("tiler", 900, func(c object) { c["minimized"] = true })
}

// leftOut gives the reason for which a comment does not count.
func leftOut(in compile.Input, url string) compile.Reason {
	for _, u := range in.Updates {
		if u.Source.URL == url {
			return u.LeftOut
		}
	}
	return "not read"
}

// asksHidden counts the requests that ask which comments are hidden.
func (r *run) asksHidden() (n int) {
	for _, request := range r.github.Requests() {
		if strings.Contains(request.Body, "isMinimized") {
			n++
		}
	}
	return n
}

func TestHiddenCommentsDoNotCount(t *testing.T) {
	r := newRun(t)
	r.login()
	r.withForged()
	require.Equal(t, compile.HiddenOnHost, leftOut(r.must(), forged))
	require.Equal(t, 1, r.asksHidden(), "a request for each hundred updates")
}

// What a maintainer shows again counts again.
func TestCommentThatIsShownAgain(t *testing.T) {
	r := newRun(t)
	r.login()
	r.withForged()
	r.now = at("2025-03-29 00:00")
	require.Equal(t, compile.HiddenOnHost, leftOut(r.must(), forged))
	r.github.Edit("tiler", 900, func(c object) { c["minimized"] = false })
	r.now = at("2025-03-30 00:00")
	require.Empty(t, leftOut(r.must(), forged))
}

// A server that does not know the question is asked once; the month is finished
// all the same.
func TestServerThatNeverSaysWhatIsHidden(t *testing.T) {
	for name, test := range map[string]struct {
		code       int
		body, want string
	}{
		"not found":          {http.StatusNotFound, "", "GitHub responded with 404 Not Found"},
		"method not allowed": {http.StatusMethodNotAllowed, "", "GitHub responded with 405 Method Not Allowed"},
		"a list":             {http.StatusOK, "[]", "the server does not answer GraphQL"},
		"nothing":            {http.StatusOK, "{}", "the server does not answer GraphQL"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			r.login()
			asked := 0
			r.before("/graphql", func(w http.ResponseWriter, _ *http.Request) bool {
				asked++
				w.WriteHeader(test.code)
				fmt.Fprint(w, test.body)
				return true
			})
			want, outcome, err := r.read()
			require.NoError(t, err)
			require.Equal(t, []string{"GitHub does not say which comments are hidden: " + test.want}, outcome.Warnings)
			require.Empty(t, outcome.Gaps, "nothing is lost by it")
			require.Zero(t, r.asked(func() { require.Equal(t, want, r.must()) }))
			require.Equal(t, 1, asked)
		})
	}
}

// A response without the comments that were asked for is a warning, and not final.
func TestIncompleteResponseAboutHiddenComments(t *testing.T) {
	for name, body := range map[string]string{
		"error": `{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}`,
		"short": `{"data":{"nodes":[{"isMinimized":false}]}}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			r.login()
			r.withForged()
			answered := false
			r.before("/graphql", func(w http.ResponseWriter, _ *http.Request) bool {
				fmt.Fprint(w, body)
				return !answered
			})
			_, outcome, err := r.read()
			require.NoError(t, err)
			require.Equal(t, []string{"GitHub does not say which comments are hidden: the response is incomplete"}, outcome.Warnings)
			answered = true
			require.Equal(t, compile.HiddenOnHost, leftOut(r.must(), forged), "asked again")
		})
	}
}

// A hidden comment stays hidden when GitHub does not say so again.
func TestHiddenCommentStaysHidden(t *testing.T) {
	for name, f := range map[string]*fixtures.Fault{"403": fixtures.Status(403, "Resource not accessible by integration"), "502": fixtures.Status(502, "")} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRun(t)
				r.login()
				r.withForged()
				r.now = at("2025-03-29 00:00")
				require.Equal(t, compile.HiddenOnHost, leftOut(r.must(), forged))
				r.suffer(on("/graphql", f))
				r.now = at("2025-03-30 00:00")
				require.Equal(t, compile.HiddenOnHost, leftOut(r.must(), forged))
			})
		})
	}
}

// A request that was held up or failed is sent again with its body.
func TestHiddenCommentsAreAskedForAgain(t *testing.T) {
	for _, kind := range []string{"primary limit", "secondary limit 429", "502"} {
		t.Run(kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRun(t)
				r.login()
				r.withForged()
				fault, n := passing()[kind], 0
				r.suffer(func(_ int, req *http.Request) *fixtures.Fault {
					if strings.HasSuffix(req.URL.Path, "/graphql") {
						if n++; n == 1 {
							return fault
						}
					}
					return nil
				})
				require.Equal(t, compile.HiddenOnHost, leftOut(r.must(), forged))
			})
		})
	}
}

// More updates than one response answers for are asked about in several.
func TestManyCommentsAreAskedAboutInParts(t *testing.T) {
	r := newRun(t)
	r.login()
	for i := range 2 * nodesAtOnce {
		r.github.AddComment("tiler", update("wayfold-maps/tiler", 5000+i, 21, fmt.Sprint("step ", i), at("2025-03-27 10:00").Add(time.Duration(i))))
	}
	r.withForged()
	require.Equal(t, compile.HiddenOnHost, leftOut(r.must(), forged))
	require.Equal(t, 3, r.asksHidden())
}
