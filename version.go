package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"github.com/waku-org/monthly/render"
)

// printVersion prints the version that the build knows.
func printVersion(stdout io.Writer) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	_, err := fmt.Fprintf(stdout, "monthly %s %s\n", cmp.Or(info.Main.Version, "(devel)"), info.GoVersion)
	return err
}

// printTemplate prints the built-in template of the draft.
func printTemplate(stdout io.Writer) error {
	_, err := io.WriteString(stdout, render.DefaultTemplate)
	return err
}

// printing is a command that only prints, and takes neither flag nor argument.
func printing(name, usage string, w world, print func(io.Writer) error) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, HideHelp: true, OnUsageError: wrongUsage, Flags: []cli.Flag{helpFlag()},
		Action: func(c *cli.Context) error {
			if wantsHelp(c) {
				return cli.ShowSubcommandHelp(c)
			}
			if c.Args().Present() {
				return usagef("%s takes no argument %q", name, c.Args().First())
			}
			return print(w.stdout)
		},
	}
}
