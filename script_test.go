package main

import (
	"flag"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

var rewrite = flag.Bool("rewrite", false, "write what the program gives into the golden files")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"monthly": main})
}

// The scripts are the manual of the command line: whole stdout, stderr and exit
// codes. $API is a fake GitHub that serves the demo to who has the token "good".
func TestScripts(t *testing.T) {
	archive := fixtures.NewGitHub(fixtures.DemoOrg, fixtures.DemoArchive())
	archive.Token = "good"
	server := httptest.NewServer(archive)
	t.Cleanup(server.Close)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("API", server.URL)
			e.Setenv("XDG_CACHE_HOME", e.WorkDir+"/cache")
			return os.CopyFS(e.WorkDir+"/wayfold/updates", fixtures.DemoNotes())
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
		UpdateScripts: *rewrite,
	})
}

// The golden draft is the demo through the whole program.
func TestGoldenDraft(t *testing.T) {
	for name, format := range map[string]string{"testdata/demo.md": "markdown", "testdata/demo.json": "json"} {
		r := newProgram(t).run("compile", "--demo", "--format", format)
		require.Zero(t, r.code, r.stderr)
		if *rewrite {
			require.NoError(t, os.WriteFile(name, []byte(r.stdout), 0o644))
		}
		want, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, string(want), r.stdout)
	}
}
