package store

import (
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	gormmysql "gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// The pool. 64 connections serve 64 turns at once (performance.md row 3) and stay
// below the 151 that servers allow by default. Nine minutes: shorter than the ten
// after which load balancers and proxies commonly drop a quiet connection.
const (
	maxConns    = 64
	maxConnLife = 9 * time.Minute
)

func openMySQL(text string) (gorm.Dialector, *pool, error) {
	cfg, err := mysqlConfig(text)
	if err != nil {
		return nil, nil, err
	}
	return dialMySQL(cfg)
}

func dialMySQL(cfg *mysql.Config) (gorm.Dialector, *pool, error) {
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxConns) // the default of 2 would dial anew all the time
	db.SetConnMaxLifetime(maxConnLife)
	p := &pool{db: db, mysql: true, name: cfg.DBName, dispose: func() error { return nil }}
	// No look at the server's version: it would need the server at start, and all
	// it would change is how migrations by gorm are written; ours are SQL.
	return gormmysql.New(gormmysql.Config{Conn: p, SkipInitializeWithVersion: true}), p, nil
}

// mysqlConfig reads mysql://user:pass@host:port/db. tls=true|skip-verify|preferred
// may follow as a query; everything else is ours to decide.
func mysqlConfig(text string) (*mysql.Config, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User == nil || len(u.Path) < 2 {
		return nil, errors.New("want mysql://user:pass@host:port/db") // err would quote the password
	}
	cfg := mysql.NewConfig()
	cfg.User = u.User.Username()
	cfg.Passwd, _ = u.User.Password()
	cfg.Net, cfg.Addr, cfg.DBName = "tcp", u.Host, strings.TrimPrefix(u.Path, "/")
	if u.Port() == "" {
		cfg.Addr += ":3306"
	}
	cfg.TLSConfig = u.Query().Get("tls")
	cfg.Collation = "utf8mb4_bin" // rare characters stay apart in comparisons, too
	cfg.ParseTime, cfg.Loc = true, time.UTC
	cfg.InterpolateParams = false // values never become part of a statement
	cfg.RejectReadOnly = true     // after a fail-over, go and find the new primary
	cfg.Timeout, cfg.ReadTimeout, cfg.WriteTimeout = 5*time.Second, 30*time.Second, 30*time.Second
	cfg.Params = map[string]string{
		"time_zone": "'+00:00'",
		// Too long or out of range is an error, never a silent cut.
		"sql_mode": "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
		// A person waits: better a retry than the 50 seconds of the default.
		"innodb_lock_wait_timeout": "5",
	}
	cfg.Logger = &mysql.NopLogger{}
	return cfg, nil
}
