package main

import (
	"net/http/httptest"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/waku-org/monthly/fixtures"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"monthly": main})
}

// The scripts are the manual of the command line: whole stdout, stderr and exit
// codes. $API is a fake GitHub that serves the demo to who has the token "good".
func TestScripts(t *testing.T) {
	archive := fixtures.NewGitHub(fixtures.Demo.Org, fixtures.Demo.Archive())
	archive.Token = "good"
	server := httptest.NewServer(archive)
	t.Cleanup(server.Close)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("API", server.URL)
			e.Setenv("XDG_CACHE_HOME", e.WorkDir+"/cache")
			return os.CopyFS(e.WorkDir+"/wayfold/updates", fixtures.Demo.Notes())
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				err := ts.Exec(args[1], args[2:]...)
				code := "0"
				if err != nil {
					code = err.Error()[len("exit status "):]
				}
				if code != args[0] {
					ts.Fatalf("exits with %s, not with %s", code, args[0])
				}
			},
		},
		UpdateScripts: *update,
	})
}
