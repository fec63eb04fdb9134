package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
)

// migrateCmd is `huhuqing migrate`: brings the schema up to date.
type migrateCmd struct{}

// Run may be repeated; a database that is up to date stays as it is.
func (migrateCmd) Run(ctx context.Context, p program, flags config.Flags) error {
	r, err := openTool(p, flags)
	if err != nil {
		return err
	}
	defer func() { _ = r.store.Close() }()
	if err := r.store.Migrate(ctx); err != nil {
		return explained(err)
	}
	_, err = fmt.Fprintln(p.Out, say("migrated"))
	return err
}

// openTool opens the records for a command that needs no account.
func openTool(p program, flags config.Flags) (*records, error) {
	cfg, err := config.Load(config.Tools, p.Environ, flags)
	if err != nil {
		return nil, err
	}
	return openRecords(cfg, logger(p, cfg), p.time().Now)
}

// tool is openTool for a command that works on a database which is up to date.
func tool(ctx context.Context, p program, flags config.Flags) (*records, error) {
	r, err := openTool(p, flags)
	if err != nil {
		return nil, err
	}
	if err := r.upToDate(ctx); err != nil {
		_ = r.store.Close()
		return nil, err
	}
	return r, nil
}

// upToDate refuses a database that this program must not work on, and says what to do.
func (r *records) upToDate(ctx context.Context) error { return explained(r.store.CheckSchema(ctx)) }

// explained puts before an error of the database what the operator can do about it.
func explained(err error) error {
	if err == nil {
		return nil
	}
	var e *models.Error
	key := "database_unusable"
	if errors.As(err, &e) && e.Key != "" {
		key = e.Key // schema_older, schema_newer
	}
	return fmt.Errorf("%s (%w)", say(key), err)
}
