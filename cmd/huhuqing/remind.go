package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/bot/reminders"
	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
)

// remindCmd is `huhuqing remind`: what is due at an instant, printed or made.
type remindCmd struct {
	At     string `required:"" placeholder:"RFC3339" help:"${remind_at}"`
	DryRun bool   `name:"dry-run" help:"${remind_dry}"`
	Area   string `placeholder:"CODE" help:"${remind_area}"`
}

// errOnlyLooking rolls back what a dry run worked out.
var errOnlyLooking = errors.New("only looking")

// Run works out the instant with the code that serve runs every minute. A dry run does
// so in a transaction that is taken back.
func (c remindCmd) Run(ctx context.Context, p program, flags config.Flags) error {
	at, err := instant(c.At)
	if err != nil {
		return err
	}
	cfg, err := config.Load(config.Tools, p.Environ, flags)
	if err != nil {
		return err
	}
	profile, err := models.LoadProfile(cfg.Programme)
	if err != nil {
		return err
	}
	r, err := tool(ctx, p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	o := reminders.Options{Profile: profile, Area: c.Area, Now: time.Now, Log: logger(p, cfg)}
	if !c.DryRun {
		return c.make(ctx, p.Out, r.store, o, at)
	}
	err = r.store.Atomically(ctx, func(s models.Store) error {
		if err := c.look(ctx, p.Out, s, o, at); err != nil {
			return err
		}
		return errOnlyLooking
	})
	if errors.Is(err, errOnlyLooking) {
		return nil
	}
	return err
}

// look prints what is due, and leaves nothing.
func (c remindCmd) look(ctx context.Context, out io.Writer, s models.Store, o reminders.Options, at time.Time) error {
	o.Store = s
	service, err := reminders.New(o)
	if err != nil {
		return err
	}
	var report reminders.Report
	if err := service.Sweep(ctx, at, &report); err != nil {
		return err
	}
	list, err := service.Outlook(ctx, at)
	if err != nil {
		return err
	}
	c.heading(out, service, at)
	rows := [][]string{strings.Split(say("remind_head"), "|")}
	for _, one := range list {
		if !strings.HasPrefix(one.Person.AreaCode, c.Area) {
			continue
		}
		who, where, when := one.Person.Name, nameOf(ctx, s, one.Person.AreaCode), say("remind_when_"+string(one.Held), "at", one.At)
		for _, it := range one.Items {
			rows = append(rows, []string{who, where, when, fmt.Sprint(len(it.Reminders)), it.Text})
			who, where, when = "", "", ""
		}
	}
	if len(rows) == 1 {
		_, _ = fmt.Fprintln(out, say("remind_nothing"))
	} else if err := columns(out, rows); err != nil {
		return err
	}
	return c.unreached(ctx, out, s, o.Profile.ID, at)
}

// make makes the pushes and prints whom they go to.
func (c remindCmd) make(ctx context.Context, out io.Writer, s models.Store, o reminders.Options, at time.Time) error {
	o.Store = s
	service, err := reminders.New(o)
	if err != nil {
		return err
	}
	report, err := service.Round(ctx, at)
	if err != nil {
		return err
	}
	c.heading(out, service, at)
	var rows [][]string
	for _, one := range report.Pushes {
		who, err := s.People().Person(ctx, one.PersonID)
		if err != nil {
			return err
		}
		rows = append(rows, []string{one.ID, who.Name, nameOf(ctx, s, one.Village), one.Title})
	}
	if err := columns(out, rows); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, say("remind_made", "n", fmt.Sprint(len(report.Pushes))))
	if err := c.unreached(ctx, out, s, o.Profile.ID, at); err != nil {
		return err
	}
	if report.Failed > 0 {
		_, _ = fmt.Fprintln(out, say("remind_failed", "n", fmt.Sprint(report.Failed)))
		return errFailed
	}
	return nil
}

// heading says what kind of an instant it is.
func (c remindCmd) heading(out io.Writer, service *reminders.Service, at time.Time) {
	key := "remind_day_works"
	if !service.Calendar().Works(at) {
		key = "remind_day_off"
	}
	_, _ = fmt.Fprintln(out, say(key, "at", at.In(models.Zone).Format("2006-01-02 15:04")))
	for _, year := range service.Calendar().Missing(at) {
		_, _ = fmt.Fprintln(out, say("remind_no_year", "year", fmt.Sprint(year)))
	}
}

// unreached lists by township who cannot be told.
func (c remindCmd) unreached(ctx context.Context, out io.Writer, s models.Store, programme string, at time.Time) error {
	deaf, err := s.Reminders().Unreached(ctx, operator(c.Area), programme, models.DayOf(at))
	if err != nil || len(deaf) == 0 {
		return err
	}
	_, _ = fmt.Fprintln(out, "\n"+say("remind_unreached", "n", fmt.Sprint(len(deaf))))
	var rows [][]string
	for _, one := range deaf {
		township := one.Area[:min(len(one.Area), digitsOf[models.Township])]
		rows = append(rows, []string{nameOf(ctx, s, township), nameOf(ctx, s, one.Area), one.Name, fmt.Sprint(one.Open), say("remind_why_" + one.Why)})
	}
	return columns(out, rows)
}

// nameOf is what people call an area, its code when nobody knows.
func nameOf(ctx context.Context, s models.Store, code string) string {
	a, err := s.Areas().Area(ctx, code)
	if err != nil {
		return code
	}
	return a.Name
}

// remind makes a round every minute until ctx ends.
func (a *app) remind(ctx context.Context) {
	if err := a.reminders.Run(ctx); err != nil {
		a.log.Error("reminders are not made", "comp", "cmd", "err", err)
	}
}
