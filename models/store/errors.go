package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	gosqlite "github.com/glebarez/go-sqlite"
	"github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/huhuqing/huhuqing/models"
)

// errDeadlock is in the chain of an error after which the database has rolled
// back the transaction and it may simply run again.
var errDeadlock = errors.New("deadlock")

// fail makes a models.Error of what the database says. Errors that have a code
// already pass. The message of the server is dropped: it quotes values
// ("Duplicate entry '…'"), and those must not reach a log.
func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	var e *models.Error
	if errors.As(err, &e) {
		return err
	}
	var my *mysql.MySQLError
	var lite *gosqlite.Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return models.E(models.NotFound, op, nil)
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return models.E(models.Conflict, op, gorm.ErrDuplicatedKey)
	case errors.As(err, &my):
		return models.E(mysqlCode(my.Number), op, mysqlCause(my.Number))
	case errors.As(err, &lite):
		return models.E(sqliteCode(lite.Code()), op, fmt.Errorf("sqlite error %d", lite.Code()))
	case away(err):
		return models.E(models.Unavailable, op, err)
	}
	return models.E(models.Internal, op, err)
}

// away reports whether err means that nobody answers, or not in time.
func away(err error) bool {
	var n net.Error
	for _, known := range []error{
		context.DeadlineExceeded, context.Canceled, driver.ErrBadConn, mysql.ErrInvalidConn,
		sql.ErrConnDone, sql.ErrTxDone, io.EOF, io.ErrUnexpectedEOF,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return errors.As(err, &n)
}

// The errors of MySQL and MariaDB that mean something to us (mariadb.com/kb/en/mariadb-error-codes).
const (
	myTooManyConns  = 1040
	myShutdown      = 1053
	myServerGone    = 1077
	myDuplicate     = 1062
	myLockTimeout   = 1205
	myDeadlock      = 1213
	myReadOnly      = 1290
	myOutOfRange    = 1264
	myIncorrect     = 1366
	myTooLong       = 1406
	mySnapshotMoved = 1020 // MariaDB with innodb_snapshot_isolation: the row changed since our snapshot
	myKilled        = 1317
	myTooManyStmts  = 1461
	myDiskFull      = 1021
)

func mysqlCode(n uint16) models.Code {
	switch n {
	case myDuplicate:
		return models.Conflict
	case myTooLong, myOutOfRange, myIncorrect:
		return models.Invalid
	case myTooManyConns, myShutdown, myServerGone, myLockTimeout, myDeadlock, mySnapshotMoved,
		myReadOnly, myKilled, myTooManyStmts, myDiskFull:
		return models.Unavailable
	}
	return models.Internal
}

func mysqlCause(n uint16) error {
	switch n {
	case myDeadlock, mySnapshotMoved:
		return fmt.Errorf("mysql error %d: %w", n, errDeadlock)
	case myDuplicate:
		return gorm.ErrDuplicatedKey
	}
	return fmt.Errorf("mysql error %d", n)
}

func sqliteCode(n int) models.Code {
	if n == sqlite3.SQLITE_CONSTRAINT_UNIQUE || n == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY {
		return models.Conflict
	}
	switch n & 0xff { // the low byte is the primary code (sqlite.org/rescode.html)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT:
		return models.Unavailable
	}
	return models.Internal
}

// conflict is a Conflict with the key of its sentence.
func conflict(op, key string) error { return &models.Error{Code: models.Conflict, Op: op, Key: key} }

// keyed gives a Conflict its sentence and leaves every other error as it is.
func keyed(op, key string, err error) error {
	if err = fail(op, err); models.CodeOf(err) == models.Conflict {
		return conflict(op, key)
	}
	return err
}
