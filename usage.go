package main

import (
	"cmp"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/adrg/strutil/metrics"
	"github.com/urfave/cli/v2"
)

// didYouMean gives the known word that a wrong one was probably meant to be, as a
// question; empty if there is none.
func didYouMean(wrong string, known []string) string {
	distance := func(word string) int { return metrics.NewLevenshtein().Distance(wrong, word) }
	if len(known) == 0 {
		return ""
	}
	nearest := slices.MinFunc(known, func(a, b string) int { return cmp.Compare(distance(a), distance(b)) })
	if distance(nearest) > (len(wrong)+2)/3 {
		return ""
	}
	return ": did you mean " + nearest + "?"
}

// What the library of flags says, and what we say.
var (
	unknownFlag = regexp.MustCompile(`^flag provided but not defined: -(\S+)$`)
	noValue     = regexp.MustCompile(`^flag needs an argument: -(\S+)$`)
	notATime    = regexp.MustCompile(`^invalid value (".*") for flag -(\S+): .*$`)
	notABool    = regexp.MustCompile(`^invalid boolean value (".*") for -(\S+): .*$`)
)

// wrongUsage explains a command line that the library of flags refuses.
func wrongUsage(c *cli.Context, err error, _ bool) error {
	said := err.Error()
	if m := unknownFlag.FindStringSubmatch(said); m != nil {
		return usagef("there is no flag --%s%s", m[1], didYouMean("--"+m[1], flagsOf(c)))
	}
	for pattern, ours := range map[*regexp.Regexp]string{
		noValue:  "--$1 needs a value",
		notATime: "--$2: $1 is not a time with its unit, like 90s or 15m",
		notABool: "--$2 takes no value $1",
	} {
		if pattern.MatchString(said) {
			return usagef("%s", pattern.ReplaceAllString(said, ours))
		}
	}
	return usageError{err}
}

func flagsOf(c *cli.Context) []string {
	flags := c.App.Flags
	if c.Command != nil {
		flags = slices.Concat(flags, c.Command.Flags)
	}
	var all []string
	for _, f := range flags {
		all = append(all, "--"+f.Names()[0])
	}
	return all
}

func commandsOf(c *cli.Context) []string {
	var all []string
	for _, command := range c.App.Commands {
		all = append(all, command.Name)
	}
	return all
}

// settingsOf gives the names of all settings in a configuration, the nested ones
// too.
func settingsOf(t reflect.Type) []string {
	var all []string
	for i := range t.NumField() {
		field := t.Field(i)
		all = append(all, field.Tag.Get("yaml"))
		if field.Type.Kind() == reflect.Struct {
			all = append(all, settingsOf(field.Type)...)
		}
	}
	return all
}

// wrongType is what the library of YAML says of a value that a setting cannot
// have.
var wrongType = regexp.MustCompile("^cannot construct !!(\\w+)(?: `(.*)`)? into (.*)$")

// inWords explains a problem of a YAML file without the types of the program.
func inWords(problem string) string {
	if m := unknownField.FindStringSubmatch(problem); m != nil {
		return `there is no setting "` + m[1] + `"` + didYouMean(m[1], settingsOf(reflect.TypeFor[config]()))
	}
	m := wrongType.FindStringSubmatch(problem)
	if m == nil {
		return problem
	}
	value := map[string]string{"seq": "a list", "map": "a group of settings"}[m[1]]
	if value == "" {
		value = `"` + m[2] + `"`
	}
	return value + " is not " + kindOfSetting(m[3])
}

// kindOfSetting names a type of the program in the words of who configures it.
func kindOfSetting(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	case strings.HasPrefix(goType, "int"):
		return "a number"
	case goType == "string":
		return "a text"
	}
	return "a group of settings"
}
