package main

import (
	"context"
	"fmt"

	"github.com/huhuqing/huhuqing/config"
)

// demoCmd is `huhuqing demo`: everything in one process, nothing to install.
type demoCmd struct {
	startAt
}

// Run prints the address and who one can be, and serves until it is stopped.
func (c demoCmd) Run(ctx context.Context, p program, flags config.Flags) error {
	l, err := c.open(ctx, p, flags)
	if err != nil {
		return err
	}
	base := "http://" + l.listener.Addr().String()
	_, _ = fmt.Fprintln(p.Out, say("demo_ready", "url", base, "data", l.cfg.Data))
	code, err := l.strangerCode(ctx)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(p.Out, say("demo_invite", "code", code))
	return l.run(ctx)
}
