package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/config"
)

// Exit codes, the usual ones: a script tells a wrong call from a failed one.
const (
	exitFailed = 1
	exitUsage  = 2
)

// errFailed ends a command whose output has said everything.
var errFailed = errors.New("failed")

// cli is the command line: one field a subcommand. The sentences of ${…} stand in texts.zh.yaml.
type cli struct {
	Settings config.Flags `embed:"" group:"settings"`

	Serve   serveCmd   `cmd:"" help:"${serve}"`
	Demo    demoCmd    `cmd:"" help:"${demo}"`
	Talk    talkCmd    `cmd:"" help:"${talk}"`
	Migrate migrateCmd `cmd:"" help:"${migrate}"`
	Area    areaCmd    `cmd:"" help:"${area}"`
	Person  personCmd  `cmd:"" help:"${person}"`
	Remind  remindCmd  `cmd:"" help:"${remind}"`
	Menu    menuCmd    `cmd:"" help:"${menu}"`
	Push    pushCmd    `cmd:"" help:"${push}"`
	Config  configCmd  `cmd:"" help:"${config}"`
	Version versionCmd `cmd:"" help:"${version}"`
}

//go:embed texts.zh.yaml
var textsFile []byte

// run parses the arguments and runs the subcommand; it returns the exit code.
func run(ctx context.Context, p program, args []string) int {
	var c cli
	exited := -1
	texts := helpTexts()
	parser, err := kong.New(&c, kong.Name("huhuqing"), kong.Description(texts["huhuqing"]), texts, kong.Writers(p.Out, p.Err),
		kong.Exit(func(code int) { exited = max(exited, code) }), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.ExplicitGroups([]kong.Group{{Key: "settings", Title: texts["settings"]}}))
	if err != nil {
		panic("command line: " + err.Error()) // a mistake in the tags above; no user can cause it
	}
	if len(args) > 0 && args[0] == "help" { // as git and go have it: help, help push
		args = append(slices.Clone(args[1:]), "--help")
	}
	command, err := parser.Parse(args)
	switch {
	case exited >= 0: // --help has been printed
		return exited
	case err != nil:
		_, _ = fmt.Fprintf(p.Err, "huhuqing: %v\n", err)
		return exitUsage
	}
	return report(p, command.Run(p, c.Settings))
}

// report tells a command's failure to the one who typed it.
func report(p program, err error) int {
	var problems config.Problems
	switch {
	case err == nil:
		return 0
	case errors.As(err, &problems):
		_, _ = fmt.Fprint(p.Err, problems.Text())
	case !errors.Is(err, errFailed):
		_, _ = fmt.Fprintf(p.Err, "huhuqing: %v\n", err)
	}
	return exitFailed
}

// helpTexts are the sentences of --help: those of the settings and those of the commands.
func helpTexts() kong.Vars {
	vars := config.Help()
	var own map[string]string
	if err := yaml.Unmarshal(textsFile, &own); err != nil {
		panic("command line texts: " + err.Error())
	}
	maps.Copy(vars, own)
	return vars
}
