package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
	"github.com/waku-org/monthly/sources"
)

// say makes a comment that is an update.
func say(repo string, id, issue int, login, assoc, text string, at time.Time) map[string]any {
	return map[string]any{
		"id": id, "node_id": fmt.Sprintf("IC_%d", id), "body": "**Weekly Update**\n\n- achieved: " + text, "author_association": assoc,
		"html_url":  fmt.Sprintf("https://github.com/wayfold-maps/%s/issues/%d#issuecomment-%d", repo, issue, id),
		"issue_url": fmt.Sprintf("https://api.github.com/repos/wayfold-maps/%s/issues/%d", repo, issue),
		"user":      map[string]any{"login": login, "type": "User"}, "created_at": at, "updated_at": at,
	}
}

// withIssue adds an issue to the demo.
func (d *demoRun) withIssue(repo string, issue map[string]any) {
	archive := fstest.MapFS{}
	require.NoError(d.t, copyInto(archive, fixtures.Demo.Archive(), ""))
	var list []any
	if f := archive[repo+"/issues.json"]; f != nil {
		require.NoError(d.t, json.Unmarshal(f.Data, &list))
	}
	data, _ := json.Marshal(append(list, issue))
	archive[repo+"/issues.json"] = &fstest.MapFile{Data: data}
	d.replace(archive)
}

// replace puts another archive behind the fake GitHub.
func (d *demoRun) replace(archive fs.FS) {
	tok := d.github.Token
	d.github = fixtures.NewGitHub(fixtures.Demo.Org, archive)
	d.github.Token = tok
	d.github.Fault = d.fault
	d.server.Config.Handler = d.github
}

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

type rt func(*http.Request) (*http.Response, error)

func (f rt) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A run that is cut off after the comments of an open month were read, but before
// their issues, leaves nothing out of the next.
func TestRunCutBetweenCommentsAndIssuesLosesNothing(t *testing.T) {
	d := newDemoRun(t)
	d.withIssue("styles", map[string]any{"number": 9, "title": "Colour tables", "state": "open", "html_url": "https://github.com/wayfold-maps/styles/issues/9",
		"labels": []any{map[string]any{"name": "E:Regional packs"}}, "assignees": []any{map[string]any{"login": "newcomer", "type": "User"}}, "created_at": "2025-03-01T00:00:00Z", "updated_at": "2025-03-27T00:00:00Z"})
	d.now = at("2025-03-26 00:00")
	require.Zero(t, d.compile().code)
	d.github.AddComment("styles", say("styles", 900, 9, "newcomer", "NONE", "zebra tables are drawn", at("2025-03-27 10:00")))
	d.now = at("2025-03-28 00:00")
	d.suffer(on("/styles/issues/9", fixtures.Status(502, "Bad Gateway")))
	require.Equal(t, exitFailed, d.compile().code)
	d.suffer(nil)
	d.now = at("2025-04-01 06:00")
	require.Contains(t, d.compile().stdout, "zebra tables")
}

// A deleted issue does not keep the rest of the month from being read.
func TestIssueThatWasDeleted(t *testing.T) {
	d := newDemoRun(t)
	d.withIssue("styles", map[string]any{"number": 9, "title": "Colour tables", "state": "open", "html_url": "https://github.com/wayfold-maps/styles/issues/9",
		"created_at": "2025-03-01T00:00:00Z", "updated_at": "2025-03-27T00:00:00Z"})
	d.github.AddComment("styles", say("styles", 900, 9, "mira-wf", "MEMBER", "zebra tables are drawn", at("2025-03-27 10:00")))
	d.now = at("2025-03-29 00:00")
	require.Zero(t, d.compile().code)
	d.github.RemoveComment("styles", 900)
	d.suffer(on("/styles/issues/9", fixtures.Status(410, "This issue was deleted")))
	d.now = at("2025-04-20 00:00")
	for _, how := range []string{"--verbose", "--refresh", "--offline"} {
		r := d.compile(how)
		require.Zero(t, r.code, r.stderr)
	}
}

// What was deleted on GitHub is gone after a refresh.
func TestRefreshForgetsDeletedComments(t *testing.T) {
	d := newDemoRun(t)
	d.github.AddComment("tiler", say("tiler", 900, 21, "mira-wf", "MEMBER", "zebra password is hunter2", at("2025-03-27 10:00")))
	d.now = at("2025-03-29 00:00")
	require.Contains(t, d.compile().stdout, "zebra")
	d.github.RemoveComment("tiler", 900)
	d.now = at("2025-04-20 00:00")
	require.NotContains(t, d.compile("--refresh").stdout, "zebra")
}

// A hidden comment stays hidden when GitHub does not tell again.
func TestHiddenCommentStaysHidden(t *testing.T) {
	for name, f := range map[string]*fixtures.Fault{"403": fixtures.Status(403, "Resource not accessible by integration"), "502": fixtures.Status(502, "x")} {
		t.Run(name, func(t *testing.T) {
			d := newDemoRun(t)
			d.github.Token, d.env["GITHUB_TOKEN"] = secret, secret
			d.github.AddComment("tiler", say("tiler", 900, 21, "mira-wf", "MEMBER", "zebra forged", at("2025-03-27 10:00")))
			d.github.Edit("tiler", 900, func(c map[string]any) { c["minimized"] = true })
			d.now = at("2025-03-29 00:00")
			require.NotContains(t, d.compile().stdout, "zebra")
			d.suffer(on("/graphql", f))
			d.now = at("2025-03-30 00:00")
			r := d.compile()
			require.NotContains(t, r.stdout, "zebra")
		})
	}
}

// An answer without the comments that were asked for hides nothing in silence.
func TestHiddenCommentsInAnIncompleteAnswer(t *testing.T) {
	d := newDemoRun(t)
	d.github.Token, d.env["GITHUB_TOKEN"] = secret, secret
	d.github.AddComment("tiler", say("tiler", 900, 21, "mira-wf", "MEMBER", "zebra forged", at("2025-03-27 10:00")))
	d.github.Edit("tiler", 900, func(c map[string]any) { c["minimized"] = true })
	d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/graphql") {
			fmt.Fprint(w, `{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}`)
			return
		}
		d.github.ServeHTTP(w, r)
	})
	r := d.compile()
	require.False(t, strings.Contains(r.stdout, "zebra") && !strings.Contains(r.stderr, "hidden"), "told without any warning")
}

// Who reads without a token is not told which comments are hidden; who comes
// later with one is.
func TestHiddenCommentsAreAskedForOnceSomebodyLogsIn(t *testing.T) {
	d := newDemoRun(t)
	d.github.AddComment("tiler", say("tiler", 900, 21, "mira-wf", "MEMBER", "zebra forged", at("2025-03-27 10:00")))
	d.github.Edit("tiler", 900, func(c map[string]any) { c["minimized"] = true })
	require.Contains(t, d.compile().stdout, "zebra")
	d.env["GITHUB_TOKEN"] = secret
	require.NotContains(t, d.compile().stdout, "zebra")
}

// A request that a limit held up is sent again with its body.
func TestHiddenCommentsAreAskedForAgainAfterALimit(t *testing.T) {
	for name, f := range map[string]*fixtures.Fault{"primary": fixtures.PrimaryLimit(soon()), "secondary": fixtures.SecondaryLimit(429, time.Second), "502": fixtures.Status(502, "")} {
		t.Run(name, func(t *testing.T) {
			d := newDemoRun(t)
			d.github.Token, d.env["GITHUB_TOKEN"] = secret, secret
			d.github.Edit("tiler", 2690100131, func(c map[string]any) { c["minimized"] = true })
			n := 0
			d.suffer(func(_ int, r *http.Request) *fixtures.Fault {
				if strings.HasSuffix(r.URL.Path, "/graphql") {
					n++
					if n == 1 {
						return f
					}
				}
				return nil
			})
			r := d.compile("--verbose")
			require.Zero(t, r.code, r.stderr)
			require.Contains(t, r.stderr, "hidden the comment", r.stderr)
		})
	}
}

// No limit is waited for without end.
func TestLimitsThatNeverEndAreGivenUp(t *testing.T) {
	for name, h := range map[string]func(w http.ResponseWriter){
		"primary in the past": func(w http.ResponseWriter) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			w.Header().Set("X-RateLimit-Reset", fmt.Sprint(time.Now().Add(-time.Minute).Unix()))
			w.WriteHeader(403)
			fmt.Fprint(w, `{"message":"API rate limit exceeded"}`)
		},
		"secondary retry-after 0": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(403)
			fmt.Fprint(w, `{"message":"You have exceeded a secondary rate limit"}`)
		},
		"503 retry-after an hour": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(503)
		},
		"endless secondary 1s": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(429)
			fmt.Fprint(w, `{"message":"You have exceeded a secondary rate limit"}`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDemoRun(t)
			d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { h(w) })
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			d.ctx = ctx
			require.Equal(t, exitFailed, d.compile("--max-wait", "500ms").code)
			require.NoError(t, ctx.Err(), "it would never end")
		})
	}
}

// An empty answer is not an empty list.
func TestEmptyAnswerIsNoEmptyList(t *testing.T) {
	want := calm(t)
	for name, body := range map[string]string{"empty": "", "null": "null"} {
		t.Run(name, func(t *testing.T) {
			d := newDemoRun(t)
			n := 0
			d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/tiler/issues/comments") {
					if n++; n == 1 {
						fmt.Fprint(w, body)
						return
					}
				}
				d.github.ServeHTTP(w, r)
			})
			r := d.compile()
			require.Equal(t, want, r)
		})
	}
}

// A redirect from https to http of the same host is not followed with the token.
func TestTokenIsNotSentInTheClear(t *testing.T) {
	var seen []string
	tr := rt(func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.URL.Scheme+" "+r.URL.Host+" "+r.Header.Get("Authorization"))
		w := httptest.NewRecorder()
		if r.URL.Scheme == "https" {
			w.Header().Set("Location", "http://"+r.URL.Host+r.URL.RequestURI())
			w.WriteHeader(301)
		} else {
			fmt.Fprint(w, "[]")
		}
		res := w.Result()
		res.Request = r
		return res, nil
	})
	g, err := sources.NewGitHub(sources.Access{API: "https://api.github.com/", Token: sources.Token(secret), Transport: tr}, time.Now)
	require.NoError(t, err)
	a, err := sources.OpenArchive(t.TempDir(), "https://api.github.com/", "x")
	require.NoError(t, err)
	defer a.Close()
	_, err = g.Read(context.Background(), a, sources.Request{From: at("2025-01-01 00:00"), To: at("2025-02-01 00:00")})
	require.ErrorContains(t, err, "GitHub redirects to another host, http://api.github.com")
	for _, s := range seen {
		require.False(t, strings.HasPrefix(s, "http ") && strings.Contains(s, secret), s)
	}
}

// An issue that lost its epic label is no epic after the next reading.
func TestEpicThatIsNoneAnyMore(t *testing.T) {
	d := newDemoRun(t)
	d.now = at("2025-03-29 00:00")
	require.Zero(t, d.compile().code)
	drop := func(g *fixtures.GitHub) {
		g.EditIssue("plan", 17, func(i map[string]any) { i["labels"] = []any{}; i["milestone"] = nil; i["title"] = "Dropped thing" })
	}
	drop(d.github)
	fresh := newDemoRun(t)
	drop(fresh.github)
	d.now, fresh.now = at("2025-04-20 00:00"), at("2025-04-20 00:00")
	require.Equal(t, fresh.compile().stdout, d.compile("--refresh").stdout)
}

// A repository that is newer than a month is not missing from it.
func TestRepositoryThatIsNewerThanTheMonth(t *testing.T) {
	d := newDemoRun(t)
	require.Zero(t, d.compile().code)
	archive := fstest.MapFS{}
	require.NoError(t, copyInto(archive, fixtures.Demo.Archive(), ""))
	var list []any
	require.NoError(t, json.Unmarshal(archive["repos.json"].Data, &list))
	list = append(list, map[string]any{"id": 99, "name": "brandnew", "full_name": "wayfold-maps/brandnew", "html_url": "https://github.com/wayfold-maps/brandnew", "has_issues": true,
		"created_at": "2025-12-01T00:00:00Z", "pushed_at": "2025-12-01T00:00:00Z", "updated_at": "2025-12-01T00:00:00Z"})
	archive["repos.json"].Data, _ = json.Marshal(list)
	d.replace(archive)
	r := d.run("compile", "--month", "2025-04", "--org", fixtures.Demo.Org, "--planning", fixtures.Demo.Planning, "--archive", d.archive())
	require.Zero(t, r.code, r.stderr)
	r = d.compile("--offline")
	require.Zero(t, r.code)
}

// A clock that is some minutes ahead loses no comment.
func TestClockThatIsAhead(t *testing.T) {
	d := newDemoRun(t)
	d.now = at("2025-03-27 10:10") // true 10:00
	require.Zero(t, d.compile().code)
	d.github.AddComment("tiler", say("tiler", 900, 21, "mira-wf", "MEMBER", "zebra stripes", at("2025-03-27 10:02")))
	d.now = at("2025-04-20 00:10")
	require.Contains(t, d.compile().stdout, "zebra")
}

// Issues that a list no longer reaches are asked for one by one.
func TestIssueListThatEndsEarly(t *testing.T) {
	fsys := crowd(1, 3)
	var issues []map[string]any
	for i := 1; i <= 450; i++ {
		issues = append(issues, map[string]any{"number": i, "title": "work", "state": "open", "html_url": fmt.Sprintf("https://github.com/crowd/r000/issues/%d", i), "created_at": "2023-01-01T00:00:00Z", "updated_at": "2023-09-20T00:00:00Z"})
	}
	data, _ := json.Marshal(issues)
	fsys["r000/issues.json"] = &fstest.MapFile{Data: data}
	p, g := newProgram(t), fixtures.NewGitHub("crowd", fsys)
	g.MaxPages = 2
	p.serve(g)
	at := at("2023-09-10 10:00")
	for k, n := range []int{440, 441} {
		c := say("r000", 9000+k, n, "someone", "MEMBER", fmt.Sprint("late issue ", n), at)
		c["issue_url"] = fmt.Sprintf("https://api.github.com/repos/crowd/r000/issues/%d", n)
		g.AddComment("r000", c)
	}
	r := p.run("compile", "--org", "crowd", "--month", "2023-09", "--archive", filepath.Join(p.dir, "archive"))
	require.Zero(t, r.code, r.stderr)
}

// An organisation that is renamed between two runs tells nothing twice.
func TestRenamedOrganisationInAnArchive(t *testing.T) {
	for _, names := range [][2]string{{"a-home", "b-home"}, {"b-home", "a-home"}} {
		old, now := names[0], names[1]
		mk := func(full string) fstest.MapFS {
			at := "2023-09-08T10:00:00Z"
			a := fstest.MapFS{}
			for name, v := range map[string]any{
				"repos.json": []any{map[string]any{"id": 1, "name": "node", "full_name": full + "/node", "html_url": "https://github.com/" + full + "/node", "has_issues": true, "pushed_at": at, "updated_at": at}},
				"node/comments.json": []any{map[string]any{"id": 7, "body": "**Weekly Update**\n\n- achieved: moved in", "author_association": "MEMBER", "created_at": at, "updated_at": at,
					"html_url": "https://github.com/" + full + "/node/issues/5#issuecomment-7", "issue_url": "https://api.github.com/repos/" + full + "/node/issues/5", "user": map[string]any{"login": "ann", "type": "User"}}},
				"node/issues.json": []any{map[string]any{"number": 5, "title": "Move", "state": "open", "html_url": "https://github.com/" + full + "/node/issues/5", "updated_at": at, "created_at": at}},
			} {
				data, _ := json.Marshal(v)
				a[name] = &fstest.MapFile{Data: data}
			}
			return a
		}
		p := newProgram(t)
		var h http.Handler = fixtures.NewGitHub(old, mk(old))
		p.serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
		notes := filepath.Join(p.dir, "notes")
		os.MkdirAll(notes, 0o755)
		os.WriteFile(filepath.Join(notes, "2023-09-11.md"), []byte("### node\n\n**[Move](https://github.com/"+old+"/node/issues/5)**\n\n- achieved: moved in\n"), 0o600)
		args := []string{"compile", "--org", old, "--month", "2023-09", "--notes", notes, "--archive", filepath.Join(p.dir, "archive"), "--format", "json"}
		p.now = at("2023-09-12 00:00")
		r := p.run(args...)
		require.Len(t, parseDraft(t, r.stdout).told(), 1)
		g := fixtures.NewGitHub(now, mk(now))
		h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.URL.Path = strings.Replace(r.URL.Path, "/orgs/"+old+"/", "/orgs/"+now+"/", 1)
			g.ServeHTTP(w, r)
		})
		p.now = at("2023-11-12 00:00")
		r = p.run(args...)
		require.Len(t, parseDraft(t, r.stdout).told(), 1, names)
	}
}

// The planning repository may be another owner's, or not be listed.
func TestPlanningRepositoryThatIsNotListed(t *testing.T) {
	for _, planning := range []string{"other/plan", fixtures.Demo.Planning} {
		d := newDemoRun(t)
		d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.URL.Path = strings.Replace(r.URL.Path, "/repos/other/", "/repos/"+fixtures.Demo.Org+"/", 1)
			if !strings.HasSuffix(r.URL.Path, "/repos") {
				d.github.ServeHTTP(w, r)
				return
			}
			answer := httptest.NewRecorder()
			d.github.ServeHTTP(answer, r)
			var list []map[string]any
			_ = json.Unmarshal(answer.Body.Bytes(), &list)
			_ = json.NewEncoder(w).Encode(slices.DeleteFunc(list, func(r map[string]any) bool { return r["name"] == "plan" }))
		})
		r := d.compile("--planning", planning)
		require.Zero(t, r.code, r.stderr)
		require.Contains(t, r.stdout, "issuecomment-2690100163", planning)
	}
}

// Two notes of one day are both told, whatever their endings.
func TestNotesOfOneDayAreAllTold(t *testing.T) {
	p := newProgram(t)
	for name, words := range map[string]string{"2023-09-04.md": "first", "2023-09-04.markdown": "second", "2023-09-11.MD": "third"} {
		require.NoError(t, sources.WriteFile(filepath.Join(p.dir, "notes", name), []byte("- achieved: "+words+" words\n")))
	}
	r := p.run("compile", "--notes", filepath.Join(p.dir, "notes"), "--month", "2023-09")
	for _, words := range []string{"first", "second", "third"} {
		require.Equal(t, 1, strings.Count(r.stdout, words+" words"), r.stderr)
	}
}

// An issue that a note links to later is asked for later, and only once.
func TestIssueOfALateNote(t *testing.T) {
	d := newDemoRun(t)
	d.withIssue("styles", map[string]any{
		"number": 9, "title": "Colour tables", "state": "open", "html_url": "https://github.com/wayfold-maps/styles/issues/9",
		"labels": []any{map[string]any{"name": "E:Regional packs"}}, "created_at": "2025-03-01T00:00:00Z", "updated_at": "2025-03-27T00:00:00Z",
	})
	require.Zero(t, d.compile().code)
	note := filepath.Join(d.notes(), "2025-03-31.md")
	text, err := os.ReadFile(note)
	require.NoError(t, err)
	late := "\n\n## Other\n\n**[Colour tables](https://github.com/wayfold-maps/styles/issues/9)**\n\n- achieved: zebra tables\n"
	require.NoError(t, os.WriteFile(note, append(text, late...), 0o600))
	warm := d.compile()
	asked := len(d.github.Requests())
	require.Equal(t, warm, d.compile())
	require.Len(t, d.github.Requests(), asked)
	require.NoError(t, os.RemoveAll(d.archive()))
	require.Equal(t, d.compile().stdout, warm.stdout)
}

// A ledger replaces a ledger, and nothing else.
func TestLedgerReplacesNothingElse(t *testing.T) {
	p := newProgram(t)
	file := filepath.Join(p.dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("my words\n"), 0o600))
	r := p.run("compile", "--demo", "--ledger", file)
	require.Equal(t, result{"", "monthly: writing the ledger: " + file + " is no ledger and is left as it is: name another file with --ledger\n", exitFailed}, r)
	require.Equal(t, exitUsage, p.run("compile", "--demo", "--ledger", file, "--output", file).code)
	words, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "my words\n", string(words))
	for range 2 {
		require.Zero(t, p.run("compile", "--demo", "--ledger", filepath.Join(p.dir, "ledger.json")).code)
	}
}

// The draft is written through a link, into an empty file, and after a run that
// was cut off between what is kept and the draft.
func TestDraftIsWrittenWhereNobodyWrote(t *testing.T) {
	p := newProgram(t)
	target, link := filepath.Join(p.dir, "target.md"), filepath.Join(p.dir, "link.md")
	require.NoError(t, os.WriteFile(target, nil, 0o600))
	require.NoError(t, os.Symlink(target, link))
	require.Zero(t, p.run("compile", "--demo", "--output", link).code)
	draft, err := os.ReadFile(target)
	require.NoError(t, err)
	require.NotEmpty(t, draft)

	require.Zero(t, p.run("compile", "--demo", "--output", link, "--month", "2025-02").code)
	require.NoError(t, os.WriteFile(target, draft, 0o600), "as if only what is kept had been written")
	require.Zero(t, p.run("compile", "--demo", "--output", link).code)
}

// A draft from an archive that was read before the month's end says so.
func TestOfflineFromAnOldArchive(t *testing.T) {
	d := newDemoRun(t)
	d.now = at("2025-03-05 00:00")
	require.Zero(t, d.compile().code)
	d.now = at("2025-05-05 00:00")
	require.Contains(t, d.compile("--offline").stderr, "warning: the archive was read on 2025-03-05: what was said since is not in it\n")
}
