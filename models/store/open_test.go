package store

import (
	"context"
	"database/sql"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mozillazg/go-pinyin"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models/seal"
)

// clock is when the tests happen.
var clock = time.Date(2018, 10, 31, 9, 0, 0, 123456000, time.UTC)

// backends are the databases every test runs on.
var backends = []struct {
	name string
	url  func(t testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") }},
	{"memory", func(testing.TB) string { return "sqlite::memory:" }},
	{"mysql", mysqlURL},
}

// each runs a test on every database, migrated.
func each(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	for _, b := range backends {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			s := openAt(t, b.url(t), keyring(t, testKey))
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
	u, err := url.Parse(server)
	require.NoError(t, err)
	cfg, err := mysqlConfig(server)
	require.NoError(t, err)
	cfg.DBName = ""
	admin, err := sql.Open("mysql", cfg.FormatDSN())
	require.NoError(t, err)
	name := "hhq_" + strings.ToLower(newID(""))
	_, err = admin.Exec("CREATE DATABASE " + name)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name)
		require.NoError(t, err)
		require.NoError(t, admin.Close())
	})
	u.Path = "/" + name
	return u.String()
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
