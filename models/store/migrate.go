package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"strings"

	"github.com/pressly/goose/v3"

	"github.com/huhuqing/huhuqing/models"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrations in order. A step is never edited once it was released: the next
// one is added. fill brings rows along that the step's SQL cannot.
func (s *Store) steps() []step {
	return []step{
		{version: 1, file: "00001_records.sql"},
		{version: 2, file: "00002_lookups.sql"},
		{version: 3, fill: s.fillLookups}, // apart from 2: MySQL cannot take back a CREATE when filling fails
		{version: 4, file: "00004_photos.sql"},
		{version: 5, file: "00005_plans.sql"},
		{version: 6, file: "00006_lights.sql"},
		{version: 7, file: "00007_tags.sql"},
		{version: 8, file: "00008_steps.sql"},
		{version: 9, file: "00009_reminders.sql"},
		{version: 10, file: "00010_pushes.sql"},
		{version: 11, file: "00011_sealed_plans.sql"},
		{version: 12, fill: s.sealPlans}, // apart from 11 as 3 from 2
		{version: 13, file: "00013_feedback.sql"},
		{version: 14, file: "00014_leases.sql"},
		{version: 15, file: "00015_unsure.sql"},
	}
}

type step struct {
	version int64
	file    string
	fill    func(ctx context.Context, tx *sql.Tx) error
}

func (st step) text() (string, error) {
	if st.file == "" {
		return "", nil
	}
	text, err := migrations.ReadFile("migrations/" + st.file)
	return string(text), err
}

// Migrate brings the schema, and the rows in it, to the version this program
// knows. Several replicas may call it at once. A database that is newer than the
// program is a conflict with Key "schema_newer": serving it could spoil it.
func (s *Store) Migrate(ctx context.Context) error { return s.migrateTo(ctx, 0) }

// migrateTo stops at a version, 0 for the newest; tests make old databases with it.
func (s *Store) migrateTo(ctx context.Context, version int64) error {
	const op = "migrate"
	unlock, err := s.lockSchema(ctx)
	if err != nil {
		return fail(op, err)
	}
	defer unlock()
	p, err := s.provider()
	if err != nil {
		return fail(op, err)
	}
	have, want, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fail(op, err)
	case have > want:
		return newer(op, have, want)
	case version == 0:
		version = want
	}
	_, err = p.UpTo(ctx, version)
	return fail(op, err)
}

// CheckSchema tells whether the database has exactly the schema of this program:
// conflict with Key "schema_newer" or "schema_older" when not.
func (s *Store) CheckSchema(ctx context.Context) error {
	const op = "check schema"
	p, err := s.provider()
	if err != nil {
		return fail(op, err)
	}
	have, want, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fail(op, err)
	case have > want:
		return newer(op, have, want)
	case have < want:
		return &models.Error{Code: models.Conflict, Op: op, Key: "schema_older",
			Err: fmt.Errorf("the database has version %d, this program needs %d: run huhuqing migrate", have, want)}
	}
	return nil
}

func newer(op string, have, want int64) error {
	return &models.Error{Code: models.Conflict, Op: op, Key: "schema_newer",
		Err: fmt.Errorf("the database has version %d, this program knows only %d: install the newer program", have, want)}
}

func (s *Store) provider() (*goose.Provider, error) {
	var all []*goose.Migration
	for _, st := range s.steps() {
		all = append(all, goose.NewGoMigration(st.version, &goose.GoFunc{RunTx: s.run(st)}, nil))
	}
	dialect := goose.DialectSQLite3
	if s.mysql {
		dialect = goose.DialectMySQL
	}
	return goose.NewProvider(dialect, s.pool.db, nil,
		goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true), goose.WithTableName("schema_versions"))
}

// run executes the statements of a step, one by one: neither driver takes several.
func (s *Store) run(st step) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		text, err := st.text()
		if err != nil {
			return err
		}
		for _, stmt := range strings.Split(s.render(text), ";\n") {
			if strings.TrimSpace(stmt) == "" {
				continue
			}
			if _, err := tx.ExecContext(ctx, stmt); err != nil {
				return fmt.Errorf("%s: %w", st.file, err)
			}
		}
		if st.fill == nil {
			return nil
		}
		return st.fill(ctx, tx)
	}
}

// render writes a step in the words of the database. Comments go: MySQL would
// take the ; in them for an end. Lines for MySQL alone go for SQLite, which asks
// no column for its size.
func (s *Store) render(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "--") && (s.mysql || !strings.HasPrefix(line, "{mysql}")) {
			lines = append(lines, line)
		}
	}
	words := []string{"{serial}", "integer PRIMARY KEY AUTOINCREMENT", "{time}", "datetime", " {table}", "", "{on households}", "",
		"{month end}", "date(due_date || '-01', '+1 month', '-1 day')"}
	if s.mysql {
		words = []string{
			"{serial}", "bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY",
			"{time}", "datetime(6)", "{mysql}", "",
			"{table}", "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC",
			"{on households}", " ON `households`",
			"{month end}", "LAST_DAY(CONCAT(due_date, '-01'))",
		}
	}
	return strings.NewReplacer(words...).Replace(strings.Join(lines, ""))
}

// lockSchema lets one replica migrate at a time. MySQL ends a transaction with
// every CREATE TABLE, so the lock is one by name, held by a connection of its
// own; SQLite has one writer anyway.
func (s *Store) lockSchema(ctx context.Context) (unlock func(), err error) {
	if !s.mysql {
		return func() {}, nil
	}
	conn, err := s.pool.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	var got sql.NullInt64
	name := "huhuqing.schema." + s.pool.name
	if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK(?, 60)", name).Scan(&got); err != nil || got.Int64 != 1 {
		_ = conn.Close()
		if err == nil {
			err = models.E(models.Unavailable, "migrate", fmt.Errorf("another replica has been migrating for a minute"))
		}
		return nil, err
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "DO RELEASE_LOCK(?)", name)
		_ = conn.Close()
	}, nil
}
