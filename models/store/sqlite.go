package store

import (
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

// sqliteConns is enough for the readers of one village on one machine; writers
// queue up anyway.
const sqliteConns = 8

// openSQLite opens a file, or ":memory:" for a database that ends with its Store:
// a file in a temporary folder, since what SQLite itself keeps in memory belongs
// to one connection or shuts readers out while somebody writes.
//
// Every transaction begins IMMEDIATE: it takes the writers' lock first and waits
// for it up to busy_timeout. Deferred ones would read first and then fail with
// SQLITE_BUSY when two want to write, without waiting. Readers are not held up
// (WAL), also not by a transaction of their own caller, as one single connection
// would be.
func openSQLite(path string) (gorm.Dialector, *pool, error) {
	if path == "" {
		return nil, nil, errors.New("want sqlite:PATH")
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(5000)",
		"journal_mode(WAL)",
		"synchronous(FULL)", // what was acknowledged survives a power cut
	}}
	dispose := func() error { return nil }
	if path == ":memory:" {
		dir, err := os.MkdirTemp("", "huhuqing-")
		if err != nil {
			return nil, nil, err
		}
		path = filepath.Join(dir, "records.db")
		dispose = func() error { return os.RemoveAll(dir) }
	}
	name := (&url.URL{Path: path}).EscapedPath()
	db, err := sql.Open(sqlite.DriverName, "file:"+name+"?"+q.Encode())
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(sqliteConns)
	db.SetMaxIdleConns(sqliteConns)
	p := &pool{db: db, dispose: dispose}
	return &sqlite.Dialector{Conn: p}, p, nil
}
