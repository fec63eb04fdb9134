package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// ground is what a bot keeps its records and sessions on, and the tests' own way to look at the rows.
type ground struct {
	name     string
	database string // HHQ_DATABASE
	redis    string // HHQ_REDIS, "" for the embedded one
	rows     *sql.DB
}

// onEach runs a test on the embedded parts and on real servers, in plain and in safe mode, all beside each other.
func onEach(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for _, mode := range []platform.Mode{platform.Plain, platform.Safe} {
		t.Run("embedded "+string(mode), func(t *testing.T) { t.Parallel(); test(t, newWorld(t, embedded(t), mode)) })
		t.Run("servers "+string(mode), func(t *testing.T) { t.Parallel(); test(t, newWorld(t, servers(t), mode)) })
	}
}

// embedded is SQLite in a file and the Redis inside the program.
func embedded(t *testing.T) *ground {
	t.Helper()
	path := filepath.Join(t.TempDir(), "huhuqing.db")
	rows, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, rows.Close()) })
	return &ground{name: "embedded", database: "sqlite:" + path, rows: rows}
}

const needServices = "%s is not set: run `make test`, or `deploy/test-services run -- go test ./cmd/...`"

// redisNumber gives every ground a database of its own, so that one test may flush it.
var redisNumber atomic.Int64

// servers is a new database on MariaDB, dropped at the end, and a real Redis.
func servers(t testing.TB) *ground {
	t.Helper()
	u, err := url.Parse(service(t, "HHQ_TEST_MYSQL"))
	require.NoError(t, err)
	name := "hhq_e2e_" + strings.ToLower(rand.Text()[:12])
	u.Path = "/"
	admin := openMariaDB(t, u)
	_, err = admin.ExecContext(t.Context(), "CREATE DATABASE "+name)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name)
		require.NoError(t, err)
	})
	u.Path = "/" + name
	r, err := url.Parse(service(t, "HHQ_TEST_REDIS"))
	require.NoError(t, err)
	r.Path = fmt.Sprint("/", 1+redisNumber.Add(1)%15)
	return &ground{name: "servers", database: u.String(), redis: r.String(), rows: openMariaDB(t, u)}
}

func service(t testing.TB, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf(needServices, name)
	}
	return value
}

func openMariaDB(t testing.TB, u *url.URL) *sql.DB {
	t.Helper()
	cfg := mysql.NewConfig()
	cfg.User = u.User.Username()
	cfg.Passwd, _ = u.User.Password()
	cfg.Net, cfg.Addr, cfg.DBName = "tcp", u.Host, strings.TrimPrefix(u.Path, "/")
	db, err := sql.Open("mysql", cfg.FormatDSN())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// count is the number that a query gives.
func (g *ground) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	require.NoError(t, g.rows.QueryRowContext(t.Context(), query, args...).Scan(&n), query)
	return n
}

// column is the first column of all rows of a query, as text.
func (g *ground) column(t *testing.T, query string, args ...any) []string {
	t.Helper()
	found, err := g.rows.QueryContext(t.Context(), query, args...)
	require.NoError(t, err, query)
	defer func() { _ = found.Close() }()
	var out []string
	for found.Next() {
		var value sql.NullString
		require.NoError(t, found.Scan(&value))
		out = append(out, value.String)
	}
	require.NoError(t, found.Err())
	return out
}

// exec changes rows behind the bot's back.
func (g *ground) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	_, err := g.rows.ExecContext(t.Context(), query, args...)
	require.NoError(t, err, query)
}

// tables are all tables of the database.
func (g *ground) tables(t *testing.T) []string {
	t.Helper()
	if g.redis == "" {
		return g.column(t, "SELECT name FROM sqlite_master WHERE type = 'table'")
	}
	return g.column(t, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
}

// dump is every value of every row as the database holds it.
func (g *ground) dump(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, table := range g.tables(t) {
		found, err := g.rows.QueryContext(t.Context(), "SELECT * FROM "+table)
		require.NoError(t, err)
		names, err := found.Columns()
		require.NoError(t, err)
		for found.Next() {
			values, into := make([]sql.RawBytes, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			require.NoError(t, found.Scan(into...))
			for i, value := range values {
				fmt.Fprintf(&b, "%s.%s=%s\n", table, names[i], value)
			}
		}
		require.NoError(t, found.Err())
		require.NoError(t, found.Close())
	}
	return b.String()
}
