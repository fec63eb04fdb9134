package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/mozillazg/go-pinyin"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models/seal"
)

// clock is when the tests happen.
var clock = time.Date(2018, 10, 31, 9, 0, 0, 123456000, time.UTC)

// backends are the databases that tests run on.
var backends = []struct {
	name string
	url  func(t testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") }},
	{"memory", func(testing.TB) string { return "sqlite::memory:" }},
	{"mysql", mysqlURL},
}

// ready are the same with the newest schema in them.
func ready(t testing.TB, backend string, url string) string {
	t.Helper()
	if backend == "mysql" {
		copySchema(t, url)
	}
	return url
}

// each runs a test on both databases, migrated. What is new about the third backend is
// only where its file lies: see everywhere.
func each(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	on(t, test, "sqlite", "mysql")
}

// everywhere runs a test on all of the backends, migrated: for what happens at once.
func everywhere(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	on(t, test, "sqlite", "memory", "mysql")
}

func on(t *testing.T, test func(t *testing.T, s *Store), names ...string) {
	t.Helper()
	for _, b := range backends {
		if !slices.Contains(names, b.name) {
			continue
		}
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			s := openAt(t, ready(t, b.name, b.url(t)), keyring(t, testKey))
			require.NoError(t, s.Migrate(t.Context()))
			test(t, s)
		})
	}
}

// testKey is fixed, so that a database can be opened twice.
const testKey = "t1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

func keyring(t testing.TB, text string) *seal.Keyring {
	t.Helper()
	k, err := seal.Parse(text)
	require.NoError(t, err)
	return k
}

func openAt(t testing.TB, url string, keys *seal.Keyring) *Store {
	t.Helper()
	s, err := Open(Options{
		URL: url, Keys: keys, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return clock }, Reading: reading,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// mysqlURL is a new empty database on the test server, dropped at the end.
func mysqlURL(t testing.TB) string {
	t.Helper()
	server := os.Getenv("HHQ_TEST_MYSQL")
	if server == "" {
		t.Fatal("HHQ_TEST_MYSQL is not set: run `make test`, or `deploy/test-services run -- go test ./models/store/...`")
	}
	name := newID("hhq_")
	text, drop, err := createDatabase(server, name)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, drop()) })
	return text
}

// createDatabase makes a database on the server of a URL and gives its own URL.
func createDatabase(server, name string) (text string, drop func() error, err error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	if err := onServer(server, "CREATE DATABASE "+name); err != nil {
		return "", nil, err
	}
	return u.String(), func() error { return onServer(server, "DROP DATABASE "+name) }, nil
}

func onServer(server string, statements ...string) error {
	cfg, err := mysqlConfig(server)
	if err != nil {
		return err
	}
	db, err := sql.Open("mysql", cfg.FormatDSN())
	if err != nil {
		return err
	}
	for _, st := range statements {
		if _, e := db.ExecContext(context.Background(), st); e != nil {
			err = errors.Join(err, e)
		}
	}
	return errors.Join(err, db.Close())
}

// template is one migrated database: copying its empty tables takes a third of
// the time of migrating, and there are sixty tests.
var template struct {
	sync.Once
	name   string
	tables []string
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if template.name != "" {
		_ = onServer(os.Getenv("HHQ_TEST_MYSQL"), "DROP DATABASE "+template.name)
	}
	os.Exit(code)
}

func copySchema(t testing.TB, to string) {
	t.Helper()
	template.Do(func() { template.err = makeTemplate(t) })
	require.NoError(t, template.err)
	var statements []string
	for _, table := range template.tables {
		statements = append(statements, fmt.Sprintf("CREATE TABLE `%s` LIKE `%s`.`%s`", table, template.name, table))
	}
	statements = append(statements, fmt.Sprintf("INSERT INTO schema_versions SELECT * FROM `%s`.schema_versions", template.name))
	require.NoError(t, onServer(to, statements...))
}

func makeTemplate(t testing.TB) error {
	name := newID("hhq_")
	text, _, err := createDatabase(os.Getenv("HHQ_TEST_MYSQL"), name)
	if err != nil {
		return err
	}
	template.name = name
	s, err := Open(Options{URL: text, Keys: keyring(t, testKey), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return clock }})
	if err != nil {
		return err
	}
	err = s.Migrate(context.Background())
	if err == nil {
		template.tables, err = s.db.Migrator().GetTables()
	}
	return errors.Join(err, s.Close())
}

// reading is one reading per name: what the bot gives is dialog/zh's affair.
func reading(name string) (full, initials, sounds []string) {
	var letters, first string
	for _, syllable := range pinyin.LazyPinyin(name, pinyin.NewArgs()) {
		letters += syllable
		first += syllable[:1]
	}
	if letters == "" {
		return nil, nil, nil
	}
	return []string{letters}, []string{first}, []string{"=" + letters}
}
