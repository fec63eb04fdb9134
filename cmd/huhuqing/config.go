package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

//go:generate go run . config example --output ../../deploy/huhuqing.env.example

// configCmd is `huhuqing config`.
type configCmd struct {
	Check   configCheck   `cmd:"" help:"${config_check}"`
	Example configExample `cmd:"" help:"${config_example}"`
}

// configCheck names every mistake in the settings at once, or shows how they count.
type configCheck struct {
	For config.Purpose `name:"for" enum:"serve,demo,tools" default:"serve" help:"${config_check_for}"`
}

// Run prints to standard output, mistakes too: they are what was asked for.
func (c configCheck) Run(p program, flags config.Flags) error {
	settings, err := config.Load(c.For, p.Environ, flags)
	var problems config.Problems
	if errors.As(err, &problems) {
		_, _ = fmt.Fprint(p.Out, problems.Text())
		return errFailed
	}
	if err != nil {
		return err
	}
	if _, err = models.LoadProfile(settings.Programme); err != nil {
		_, _ = fmt.Fprintln(p.Out, say("programme_unusable", "value", settings.Programme, "why", err.Error()))
		return errFailed
	}
	if _, err = fmt.Fprint(p.Out, settings.Report(c.For)); err != nil {
		return err
	}
	return missingHolidays(p.Out, time.Now())
}

// missingHolidays tells of years whose days off the program does not know: no setting
// puts that right, a newer program does.
func missingHolidays(out io.Writer, now time.Time) error {
	calendar, err := due.Days()
	if err != nil {
		return err
	}
	for _, year := range calendar.Missing(now) {
		if _, err := fmt.Fprintln(out, say("holidays_missing", "year", strconv.Itoa(year))); err != nil {
			return err
		}
	}
	return nil
}

// configExample prints all settings with their meaning.
type configExample struct {
	Output string `name:"output" short:"o" placeholder:"FILE" help:"${config_example_output}"`
}

// Run prints the example, or writes it to a file.
func (c configExample) Run(p program) error {
	if c.Output != "" {
		return os.WriteFile(c.Output, []byte(config.Example()), 0o644)
	}
	_, err := fmt.Fprint(p.Out, config.Example())
	return err
}
