package store

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

// Options say where the records are and with what they are sealed.
type Options struct {
	URL  string           // mysql://user:pass@host:port/db, sqlite:PATH or sqlite::memory:
	Keys *seal.Keyring    // seals the columns that hold loans; required
	Log  *slog.Logger     // slow statements; required
	Now  func() time.Time // fills created_at and updated_at; required
	// Reading gives the pinyin of a name for look-ups: full spellings, initials
	// and homophone keys, all readings of each. nil: names are found by their
	// characters only. models may not know dialog/zh, so cmd hands it in.
	Reading func(name string) (full, initials, sounds []string)
}

// Store fulfils models.Store.
type Store struct {
	db       *gorm.DB
	pool     *pool
	keys     *seal.Keyring
	log      *slog.Logger
	now      func() time.Time
	reading  func(name string) (full, initials, sounds []string)
	mysql    bool
	inTx     bool
	readOnly bool
	known    *sync.Map // area → villageList
}

var _ models.Store = (*Store)(nil)

// Open makes a Store without talking to the database yet: a server that is away
// shows in Ping and Migrate as unavailable. Returns invalid for a URL it cannot
// read; the error holds no part of the URL, which has a password in it.
func Open(o Options) (*Store, error) {
	if o.Keys == nil || o.Log == nil || o.Now == nil {
		return nil, models.E(models.Invalid, "open store", errors.New("Keys, Log and Now are required"))
	}
	dialector, p, err := open(o.URL)
	if err != nil {
		return nil, models.E(models.Invalid, "open store", err)
	}
	return build(o, dialector, p)
}

func build(o Options, dialector gorm.Dialector, p *pool) (*Store, error) {
	// The serializer has no state of its own: the keys come with the context.
	schema.RegisterSerializer("sealed", sealed{})
	db, err := gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true, // a single statement needs none; 1.8 times the cost (performance.md)
		TranslateError:         true,
		DisableAutomaticPing:   true,
		NowFunc:                func() time.Time { return utc(o.Now()) },
		Logger:                 gormLog{log: o.Log, now: o.Now},
	})
	if err != nil {
		return nil, errors.Join(fail("open store", err), p.Close())
	}
	s := &Store{db: db, pool: p, keys: o.Keys, log: o.Log, now: o.Now, reading: o.Reading, mysql: p.mysql, known: new(sync.Map)}
	if s.reading == nil {
		s.reading = func(string) (full, initials, sounds []string) { return nil, nil, nil }
	}
	return s, nil
}

func open(url string) (gorm.Dialector, *pool, error) {
	switch {
	case strings.HasPrefix(url, "mysql://"):
		return openMySQL(url)
	case strings.HasPrefix(url, "sqlite:"):
		return openSQLite(strings.TrimPrefix(url, "sqlite:"))
	}
	return nil, nil, errors.New("want mysql://user:pass@host:port/db or sqlite:PATH")
}

// Areas is the area tree.
func (s *Store) Areas() models.Areas { return areas{s} }

// People are persons, invites and bindings.
func (s *Store) People() models.People { return people{s} }

// Households are the records of households.
func (s *Store) Households() models.Households { return households{s} }

// Drafts are the conversations put aside.
func (s *Store) Drafts() models.Drafts { return drafts{s} }

// Reminders are what is due, for whom and when.
func (s *Store) Reminders() models.Reminders { return reminders{s} }

// Pushes are the messages that answer nothing.
func (s *Store) Pushes() models.Pushes { return pushes{s} }

// Feedbacks are what people want said.
func (s *Store) Feedbacks() models.Feedbacks { return feedbacks{s} }

// Deliveries carry the pushes.
func (s *Store) Deliveries() models.Deliveries { return deliveries{s} }

// Turns are the messages taken and the sessions they led to.
func (s *Store) Turns() models.Turns { return turns{s} }

// Reader is the same records without the power to change them: every write is
// forbidden. It is what a conversation may look at.
func (s *Store) Reader() models.Repos {
	r := *s
	r.readOnly = true
	return &r
}

// Ping asks the database for a sign of life.
func (s *Store) Ping(ctx context.Context) error { return fail("ping", s.pool.db.PingContext(ctx)) }

// Close ends all connections.
func (s *Store) Close() error { return fail("close store", s.pool.Close()) }

// on is the session a statement runs in: the caller's context with the keys.
func (s *Store) on(ctx context.Context) *gorm.DB {
	return s.db.WithContext(withKeys(ctx, s.keys))
}

// utc is the time as it is stored: MySQL keeps microseconds.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// at is a time as it is stored, now when the caller left it out.
func (s *Store) at(t time.Time) time.Time {
	if t.IsZero() {
		t = s.now()
	}
	return utc(t)
}
