package turn_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

// embeddedStore is a SQLite file of its own.
func embeddedStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := openStore("sqlite:" + filepath.Join(t.TempDir(), "records.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// serverStore is a MariaDB database that the tests of this package share: the
// people in them differ.
func serverStore(t testing.TB) *store.Store {
	t.Helper()
	require.NotEmpty(t, os.Getenv("HHQ_TEST_MYSQL"), "no MariaDB to test with: "+needServices)
	s, err := sharedStore()
	require.NoError(t, err)
	return s
}

func openStore(url string) (*store.Store, error) {
	keys, err := seal.Parse(seal.Generate())
	if err != nil {
		return nil, err
	}
	s, err := store.Open(store.Options{
		URL: url, Keys: keys, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		return nil, err
	}
	return s, s.Migrate(context.Background())
}

var sharedName = "hhq_turn_" + strings.ToLower(rand.Text()[:10])

var sharedStore = sync.OnceValues(func() (*store.Store, error) {
	if err := onServer("CREATE DATABASE " + sharedName); err != nil {
		return nil, err
	}
	return openStore(sharedURL(os.Getenv("HHQ_TEST_MYSQL")))
})

// sharedURL is the shared database on the server that address names.
func sharedURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic("HHQ_TEST_MYSQL: want mysql://user:password@host:port/db")
	}
	u.Path = sharedName
	return u.String()
}

// onServer runs a statement on the server of HHQ_TEST_MYSQL.
func onServer(statement string) error {
	u, err := url.Parse(os.Getenv("HHQ_TEST_MYSQL"))
	if err != nil {
		return err
	}
	c := mysql.NewConfig()
	c.User = u.User.Username()
	c.Passwd, _ = u.User.Password()
	c.Net, c.Addr = "tcp", u.Host
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer func() { _ = db.Close() }()
	_, err = db.Exec(statement)
	return err
}

func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv("HHQ_TEST_MYSQL") != "" {
		if s, err := sharedStore(); err == nil {
			_ = s.Close()
		}
		if err := onServer("DROP DATABASE IF EXISTS " + sharedName); err != nil {
			fmt.Fprintln(os.Stderr, "test database not removed:", err)
		}
	}
	os.Exit(code)
}
