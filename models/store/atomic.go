package store

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// tries bounds how often a transaction begins. Deadlocks are rare and short: a
// third one in a row is a state of the system and the person hears of it.
const tries = 3

// Atomically runs fn in one transaction. When the database itself rolled it back
// over a deadlock, fn runs again, up to three times in all: it must leave no
// traces outside the Store it is given. Within a transaction it just runs fn.
func (s *Store) Atomically(ctx context.Context, fn func(models.Store) error) error {
	return s.atomic(ctx, "transaction", func(tx *Store) error { return fn(tx) })
}

func (s *Store) atomic(ctx context.Context, op string, fn func(*Store) error) error {
	return s.atomicWith(ctx, op, nil, fn)
}

// atomicWith is atomic with options of the transaction, which count only when it is
// the outermost one. nil takes the database's own.
func (s *Store) atomicWith(ctx context.Context, op string, o *sql.TxOptions, fn func(*Store) error) error {
	if s.readOnly {
		return forbidden(op)
	}
	if s.inTx {
		return fn(s)
	}
	var err error
	for range tries {
		err = s.once(ctx, op, o, fn)
		if !errors.Is(err, errDeadlock) || ctx.Err() != nil {
			break
		}
	}
	return err
}

// once is one try. The error of fn comes back as it is; those of BEGIN and
// COMMIT are told apart from it so that they get their code.
func (s *Store) once(ctx context.Context, op string, o *sql.TxOptions, fn func(*Store) error) error {
	var own error
	err := s.on(ctx).Transaction(func(tx *gorm.DB) error {
		t := *s
		t.db, t.inTx = tx, true
		own = fn(&t)
		return own
	}, o)
	if own != nil {
		return own
	}
	return fail(op, err)
}

// writable is the session for a single writing statement, forbidden for a reader.
func (s *Store) writable(ctx context.Context, op string) (*gorm.DB, error) {
	if s.readOnly {
		return nil, forbidden(op)
	}
	return s.on(ctx), nil
}

func forbidden(op string) error {
	return models.E(models.Forbidden, op, errors.New("this store only reads"))
}
