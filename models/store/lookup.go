package store

import (
	"context"
	"database/sql"
)

func (s *Store) fillLookups(ctx context.Context, tx *sql.Tx) error { return nil }
