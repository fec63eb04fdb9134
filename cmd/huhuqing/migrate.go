package main

import (
	"context"
	"fmt"

	"github.com/huhuqing/huhuqing/config"
)

// migrateCmd is `huhuqing migrate`: brings the schema up to date.
type migrateCmd struct{}

// Run may be repeated; a database that is up to date stays as it is.
func (migrateCmd) Run(ctx context.Context, p program, flags config.Flags) error {
	r, err := tool(p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	if err := r.store.Migrate(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.Out, say("migrated"))
	return err
}

// tool opens the records for a command that needs no account.
func tool(p program, flags config.Flags) (*records, error) {
	cfg, err := config.Load(config.Tools, p.Environ, flags)
	if err != nil {
		return nil, err
	}
	return openRecords(cfg, logger(p, cfg))
}
