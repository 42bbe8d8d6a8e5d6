package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a folder's code may import of ours, tests aside.
var mayImport = map[string]string{
	".":                  `files|compile|sources|sources/outline|render|render/safe|fixtures`,
	"compile":            `none`,
	"files":              `none`,
	"sources":            `files|compile|sources/outline`,
	"sources/outline":    `compile`,
	"render":             `compile|render/safe`,
	"render/safe":        `render/safe/viewer`,
	"render/safe/viewer": `none`,
	"fixtures":           `none`,
}

// What has one place: the files that may import it.
var onlyIn = map[string]string{
	"github.com/google/go-github/v56/github": `^sources/github\.go$`,
	"github.com/yuin/goldmark":               `^(sources/outline|render/safe)/`,
	"github.com/urfave/cli/v2":               `^[^/]+\.go$`,
	"os":                                     `^[^/]+\.go$|^sources/|^files/`,
	"net/http":                               `^[^/]+\.go$|^sources/|^fixtures/`,
	"context":                                `^[^/]+\.go$|^sources/|^files/`,
}

// The core imports nothing of the world, and what is foreign has one place.
func TestImports(t *testing.T) {
	for file, imported := range imports(t) {
		ours, isOurs := strings.CutPrefix(imported.path, "github.com/waku-org/monthly/")
		if isOurs {
			require.Regexp(t, "^("+mayImport[imported.folder]+")$", ours, file)
		}
		for foreign, files := range onlyIn {
			if imported.path == foreign || strings.HasPrefix(imported.path, foreign+"/") {
				require.Regexp(t, files, imported.file, "%s imports %s", imported.file, imported.path)
			}
		}
	}
}

type imported struct{ file, folder, path string }

func imports(t *testing.T) map[string]imported {
	all := map[string]imported{}
	require.NoError(t, filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && regexp.MustCompile(`^(\..+|tools|testdata|node_modules)$`).MatchString(entry.Name()) {
			return filepath.SkipDir
		}
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "safetest") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		for _, spec := range parsed.Imports {
			what, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all[name+" "+what] = imported{name, path.Dir(name), what}
		}
		return nil
	}))
	require.NotEmpty(t, all)
	return all
}
