package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"gorm.io/gorm"
)

// pool is the connections with their prepared statements, in the shape gorm
// takes. gorm's own PrepareStmt would do outside of transactions, but it binds a
// statement first met inside one to that transaction, and from then on prepares
// it anew every time: a round trip more for each statement of every turn.
//
// The texts of statements are few: lists in them have fixed lengths (see chunks).
type pool struct {
	db    *sql.DB
	mysql bool
	name  string   // of the database, for MySQL
	stmts sync.Map // text → *sql.Stmt
	// dispose removes what should not outlive the pool.
	dispose func() error
}

var (
	_ gorm.ConnPool         = (*pool)(nil)
	_ gorm.ConnPoolBeginner = (*pool)(nil)
	_ gorm.GetDBConnector   = (*pool)(nil)
	_ gorm.ConnPool         = (*poolTx)(nil)
	_ gorm.TxCommitter      = (*poolTx)(nil)
)

// stmt prepares query at its first use. Two callers at once may both prepare it;
// one of the two is kept.
func (p *pool) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := p.stmts.Load(query); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if kept, loaded := p.stmts.LoadOrStore(query, st); loaded {
		_ = st.Close()
		return kept.(*sql.Stmt), nil
	}
	return st, nil
}

// PrepareContext prepares a statement that the caller closes.
func (p *pool) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.db.PrepareContext(ctx, query)
}

// ExecContext runs a prepared statement.
func (p *pool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	st, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

// QueryContext runs a prepared query.
func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// QueryRowContext runs a query for one row; without preparing it, for it has no
// other way to tell an error.
func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.db.QueryRowContext(ctx, query, args...)
}

// BeginTx begins a transaction that uses the same prepared statements.
func (p *pool) BeginTx(ctx context.Context, o *sql.TxOptions) (gorm.ConnPool, error) {
	tx, err := p.db.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	return &poolTx{pool: p, tx: tx}, nil
}

// GetDBConn is the pool of database/sql below.
func (p *pool) GetDBConn() (*sql.DB, error) { return p.db, nil }

// Close closes the statements and all connections.
func (p *pool) Close() error {
	p.stmts.Range(func(_, st any) bool { _ = st.(*sql.Stmt).Close(); return true })
	p.stmts.Clear()
	return errors.Join(p.db.Close(), p.dispose())
}

// poolTx is one transaction on the pool; it belongs to one goroutine.
type poolTx struct {
	pool *pool
	tx   *sql.Tx
	// missed are statements nobody had prepared yet. They run unprepared and are
	// prepared after the commit: doing it at once would take a second connection
	// while holding one, and a full pool would stand still.
	missed []string
}

// stmt is the prepared statement as this transaction's, nil when there is none yet.
func (t *poolTx) stmt(ctx context.Context, query string) *sql.Stmt {
	if st, ok := t.pool.stmts.Load(query); ok {
		return t.tx.StmtContext(ctx, st.(*sql.Stmt))
	}
	t.missed = append(t.missed, query)
	return nil
}

// PrepareContext prepares a statement within the transaction.
func (t *poolTx) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return t.tx.PrepareContext(ctx, query)
}

// ExecContext runs a statement within the transaction.
func (t *poolTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if st := t.stmt(ctx, query); st != nil {
		return st.ExecContext(ctx, args...)
	}
	return t.tx.ExecContext(ctx, query, args...)
}

// QueryContext runs a query within the transaction.
func (t *poolTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if st := t.stmt(ctx, query); st != nil {
		return st.QueryContext(ctx, args...)
	}
	return t.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext runs a query for one row within the transaction.
func (t *poolTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.tx.QueryRowContext(ctx, query, args...)
}

// Commit ends the transaction and prepares what it missed for the next one.
func (t *poolTx) Commit() error {
	err := t.tx.Commit()
	if err == nil {
		for _, query := range t.missed {
			_, _ = t.pool.stmt(context.Background(), query) // only speed is lost when it fails
		}
	}
	return err
}

// Rollback undoes the transaction.
func (t *poolTx) Rollback() error { return t.tx.Rollback() }
