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
	p, err := c.on(p)
	if err != nil {
		return err
	}
	cfg, err := config.Load(config.Demo, p.Environ, flags)
	if err != nil {
		return err
	}
	l, err := openLocal(ctx, p, cfg, logger(p, cfg))
	if err != nil {
		return err
	}
	base := "http://" + l.listener.Addr().String()
	_, _ = fmt.Fprintln(p.Out, say("demo_ready", "url", base, "data", cfg.Data))
	code, err := l.strangerCode(ctx)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(p.Out, say("demo_invite", "code", code))
	return l.run(ctx)
}
