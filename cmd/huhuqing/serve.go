package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"

	"github.com/huhuqing/huhuqing/config"
)

// serveCmd is `huhuqing serve`: the bot at a real account.
type serveCmd struct{}

// Run serves until the process is told to stop. It refuses to start with a
// setting missing or with a database that `huhuqing migrate` has not seen.
func (serveCmd) Run(ctx context.Context, p program, flags config.Flags) error {
	cfg, err := config.Load(config.Serve, p.Environ, flags)
	if err != nil {
		return err
	}
	log := logger(p, cfg)
	a, err := newApp(ctx, cfg, log, p.time())
	if err != nil {
		return err
	}
	if err := a.upToDate(ctx); err != nil {
		a.close(ctx)
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		a.close(ctx)
		return fmt.Errorf("%s: %w", say("listen_failed", "listen", cfg.Listen), err)
	}
	log.Info("serving", "comp", "cmd", "listen", l.Addr().String())
	return a.listenAndServe(ctx, l, a.handler())
}

// logger writes JSON lines to standard error.
func logger(p program, cfg config.Config) *slog.Logger {
	return slog.New(slog.NewJSONHandler(p.Err, &slog.HandlerOptions{Level: cfg.LogLevel}))
}
