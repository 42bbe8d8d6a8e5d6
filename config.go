package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/waku-org/monthly/files"
)

// config is what a project writes in its monthly.yaml. Empty means the default.
// Paths are relative to the folder in which the program runs. The address of the
// API is not a setting: a file that comes with a checkout must not decide to whom
// the token goes.
type config struct {
	Project   string `yaml:"project"`    // name in titles: "Waku"
	Title     string `yaml:"title"`      // of the draft, with {year}, {month}, {month_name} and {project}
	Org       string `yaml:"org"`        // login of the organisation
	Planning  string `yaml:"planning"`   // owner/name of the planning repository
	Projects  []int  `yaml:"projects"`   // numbers of the organisation's projects whose status updates are told
	Notes     string `yaml:"notes"`      // folder of the weekly notes, or owner/name:path
	NotesPath string `yaml:"notes_path"` // of the notes in the site, for links
	Output    string `yaml:"output"`     // file of the draft; "{month}" stands for 2023-09
	Ledger    string `yaml:"ledger"`     // file of the ledger; "{month}" stands for 2023-09
	Archive   string `yaml:"archive"`    // folder of the archive
	MonthOf   string `yaml:"month_of"`   // "note" or "friday"
	Template  string `yaml:"template"`   // file of the draft's template
	Trust     struct {
		Authors      []string `yaml:"authors"`
		Associations []string `yaml:"associations"`
	} `yaml:"trust"`
	Renamed map[string]string `yaml:"renamed"` // names of owners, or of owner/name, that have changed since, and those of today
	Words   struct {
		Milestone string `yaml:"milestone"`
		Epic      string `yaml:"epic"`
	} `yaml:"words"`
	App struct {
		ID           int64  `yaml:"id"`
		Installation int64  `yaml:"installation"`
		Key          string `yaml:"key"` // file of its private key, PEM
	} `yaml:"app"`
}

const defaultConfig = "monthly.yaml"

// readConfig reads a configuration file. A key that is not known is an error with
// its line.
func readConfig(name string) (config, error) {
	data, err := files.Read(name)
	if err != nil {
		return config{}, fmt.Errorf("reading the configuration: %w", err)
	}
	var c config
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return config{}, errors.New(located(name, err))
	}
	return c, nil
}

var (
	atLine       = regexp.MustCompile(`line (\d+)(?:, column \d+)?: (.*)`)
	unknownField = regexp.MustCompile(`^field (\S+) not found.*`)
)

// located gives each problem of a YAML file with its line.
func located(name string, err error) string {
	var problems []string
	for _, line := range strings.Split(strings.ReplaceAll(err.Error(), "; line ", "\nline "), "\n") {
		if m := atLine.FindStringSubmatch(line); m != nil {
			problems = append(problems, fmt.Sprintf("%s:%s: %s", name, m[1], inWords(m[2])))
		}
	}
	if len(problems) == 0 {
		return fmt.Sprintf("%s: %v", name, err)
	}
	return strings.Join(problems, "; ")
}
