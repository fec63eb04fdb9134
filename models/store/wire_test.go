package store

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/huhuqing/huhuqing/models"
)

// wire is the network between a Store and its MySQL: it counts what is sent and
// can be cut.
type wire struct {
	trips atomic.Int64
	cut   atomic.Bool
	mu    sync.Mutex
	conns []net.Conn
}

// wired opens a Store over a wire with at most conns connections.
func wired(t *testing.T, conns int) (*Store, *wire) {
	t.Helper()
	w := new(wire)
	cfg, err := mysqlConfig(mysqlURL(t))
	require.NoError(t, err)
	cfg.DialFunc = w.dial
	dialector, p, err := dialMySQL(cfg)
	require.NoError(t, err)
	s, err := build(Options{Keys: keyring(t, testKey), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return clock }, Reading: reading}, dialector, p)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.Migrate(t.Context()))
	p.db.SetMaxOpenConns(conns) // only now: migrating takes two
	return s, w
}

func (w *wire) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if w.cut.Load() {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
	}
	c, err := new(net.Dialer).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conns = append(w.conns, c)
	return &counted{c, w}, nil
}

func (w *wire) cutAll() {
	w.cut.Store(true)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		_ = c.Close()
	}
}

// of counts the round trips of fn: the driver sends each command in one write.
func (w *wire) of(fn func()) int {
	before := w.trips.Load()
	fn()
	return int(w.trips.Load() - before)
}

type counted struct {
	net.Conn
	w *wire
}

func (c *counted) Write(b []byte) (int, error) {
	c.w.trips.Add(1)
	return c.Conn.Write(b)
}

// TestRoundTrips counts what performance.md rows 5 and 11 bound. The first time a
// statement is also prepared; after that never again, inside transactions or out.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	s, w := wired(t, 1)
	settle(t, s)
	ctx, version := t.Context(), int64(0)
	body := bytes.Repeat([]byte("会话"), 1500)
	record := func(key string) func() {
		return func() {
			require.NoError(t, s.Atomically(ctx, func(tx models.Store) error {
				require.NoError(t, tx.Turns().Insert(ctx, models.Turn{User: "o_ann", Key: key, Answer: body[:500], At: clock}))
				return tx.Turns().SaveSession(ctx, models.Draft{User: "o_ann", PersonID: "p_ann", Title: "岩温龙", Body: body, UpdatedAt: clock}, version)
			}))
			version++
		}
	}
	record("m0")() // the first message ever: INSERT
	record("m1")() // the first UPDATE
	require.Equal(t, 4, w.of(record("m2")), "BEGIN, INSERT, UPDATE, COMMIT")
	require.Equal(t, 4, w.of(record("m3")))

	id := create(t, s, ann("m"), wen()).Household.ID
	read := map[string]func(){
		"dossier": func() { stored(t, s, ann(""), id) },
		"find": func() {
			cards, _, err := s.Households().Find(ctx, ann(""), models.Query{Name: "岩温", Pinyin: "yw", Sounds: []string{"=yanwen"}, IDTail: "0016"})
			require.NoError(t, err)
			require.Len(t, cards, 1)
		},
		"find in a township": func() {
			cards, _, err := s.Households().Find(ctx, bob(""), models.Query{Name: "岩温"})
			require.NoError(t, err)
			require.Len(t, cards, 1)
		},
	}
	for name, fn := range read {
		fn()
		want := 2
		if name == "dossier" {
			want = 1
		}
		require.Equal(t, want, w.of(fn), name)
	}
}

func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	s, w := wired(t, 4)
	settle(t, s)
	ctx := t.Context()
	create(t, s, ann("m"), wen())

	w.cutAll()
	refused(t, s.Ping(ctx), models.Unavailable, "")
	refused(t, s.Migrate(ctx), models.Unavailable, "")
	_, _, err := s.Households().Find(ctx, ann(""), models.Query{Name: "岩温龙"})
	refused(t, err, models.Unavailable, "")
	_, err = s.Households().Dossier(ctx, ann(""), damiao+"0001", 0)
	refused(t, err, models.Unavailable, "")
	_, err = s.Households().Create(ctx, ann("m2"), li(damiao, ""), clock)
	refused(t, err, models.Unavailable, "")
	refused(t, s.Turns().Insert(ctx, models.Turn{User: "o_ann", Key: "k"}), models.Unavailable, "")
	refused(t, s.Atomically(ctx, func(models.Store) error { return nil }), models.Unavailable, "")

	w.cut.Store(false)
	require.NoError(t, s.Ping(ctx))
	require.Equal(t, "岩温龙", stored(t, s, ann(""), damiao+"0001").Household.HeadName)
}

// TestConnectionDiesInATransaction loses the line between the two writes of a turn.
func TestConnectionDiesInATransaction(t *testing.T) {
	t.Parallel()
	s, w := wired(t, 4)
	ctx := t.Context()
	err := s.Atomically(ctx, func(tx models.Store) error {
		require.NoError(t, tx.Turns().Insert(ctx, models.Turn{User: "o_ann", Key: "k", At: clock}))
		w.cutAll()
		return tx.Turns().SaveSession(ctx, models.Draft{User: "o_ann"}, 0)
	})
	refused(t, err, models.Unavailable, "")
	w.cut.Store(false)
	_, err = s.Turns().Answer(ctx, "o_ann", "k")
	refused(t, err, models.NotFound, "")
}

func TestDeadlocksRunAgain(t *testing.T) {
	t.Parallel()
	s := openAt(t, mysqlURL(t), keyring(t, testKey))
	require.NoError(t, s.Migrate(t.Context()))
	ctx := t.Context()
	for _, user := range []string{"a", "b"} {
		require.NoError(t, s.Turns().SaveSession(ctx, models.Draft{User: user}, 0))
	}
	var runs atomic.Int64
	touch := func(tx models.Store, user string) error {
		d, err := tx.Turns().Session(ctx, user)
		if err != nil {
			return err
		}
		return tx.(*Store).on(ctx).Model(&models.Draft{}).Where("user = ?", user).Update("version", d.Version+1).Error
	}
	both, errs := make(chan struct{}, 2), make(chan error)
	cross := func(first, second string) {
		tried := false
		errs <- s.Atomically(ctx, func(tx models.Store) error {
			runs.Add(1)
			if err := touch(tx, first); err != nil {
				return fail("test", err)
			}
			if !tried { // wait until the other one has its first row as well
				tried = true
				both <- struct{}{}
				require.Eventually(t, func() bool { return len(both) == 2 }, 5*time.Second, time.Millisecond)
			}
			return fail("test", touch(tx, second))
		})
	}
	go cross("a", "b")
	go cross("b", "a")
	require.NoError(t, <-errs)
	require.NoError(t, <-errs)
	require.EqualValues(t, 3, runs.Load(), "one of the two ran again")
}

func TestErrorsAndLogsHoldNoValues(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		var log bytes.Buffer
		s.db.Logger = gormLog{slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), s.now}
		turn := models.Turn{User: "o_secret", Key: "m_secret", At: clock}
		require.NoError(t, s.Turns().Insert(ctx, turn))
		require.NoError(t, s.on(ctx).Create(&models.Binding{User: "o_secret", PersonID: "p", At: clock}).Error)
		for _, err := range []error{
			s.Turns().Insert(ctx, turn),
			fail("bind", s.on(ctx).Create(&models.Binding{User: "o_secret", PersonID: "p2", At: clock}).Error),
			fail("raw", s.on(ctx).Exec("INSERT INTO bindings (user, person_id, at) VALUES (?, 'p3', ?)", "o_secret", clock).Error),
		} {
			refused(t, err, models.Conflict, "")
			require.NotContains(t, err.Error(), "secret")
		}
		slowly := s.on(ctx).Session(&gorm.Session{Logger: slowLog{s.db.Logger}})
		require.NoError(t, slowly.Where("user = ?", "o_secret").Take(&models.Turn{}).Error)
		var inner []models.Turn
		require.NoError(t, slowly.Table("(?) AS p", s.on(ctx).Model(&models.Turn{}).Where("user >= ?", "o_secret")).Scan(&inner).Error)
		require.Len(t, inner, 1)
		require.Contains(t, log.String(), "slow statement")
		require.NotContains(t, log.String(), "secret")
	})
}

// slowLog makes every statement look slow.
type slowLog struct{ logger.Interface }

func (l slowLog) Trace(ctx context.Context, _ time.Time, fc func() (string, int64), err error) {
	l.Interface.Trace(ctx, clock.Add(-time.Minute), fc, err)
}

func (l slowLog) ParamsFilter(ctx context.Context, text string, params ...any) (string, []any) {
	return l.Interface.(gorm.ParamsFilter).ParamsFilter(ctx, text, params...)
}
