package push_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"database/sql"

	"github.com/go-sql-driver/mysql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/bot/wechat"
	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

const village = "530629101201"

// clock runs with the real one, from nine in the morning on; tests move it.
type clock struct {
	mu     sync.Mutex
	offset time.Duration
}

func newClock() *clock {
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	return &clock{offset: time.Until(nine)}
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}

// world is a local WeChat with one account, and any number of couriers on one
// database and one Redis.
type world struct {
	t      testing.TB
	clock  *clock
	redis  redis.UniversalClient
	places []string // URLs of redis and database, for other processes
	store  *store.Store
	wechat *platform.Platform
	api    string
	log    *safeBuffer
	people map[string]string // person → openid
	edge   *bot.Service
	ledger *push.Ledger
}

type safeBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// each runs a test on the embedded parts and on servers.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	t.Run("embedded", func(t *testing.T) { t.Parallel(); test(t, embedded(t)) })
	t.Run("servers", func(t *testing.T) { t.Parallel(); test(t, servers(t)) })
}

func embedded(t testing.TB) *world {
	t.Helper()
	e, err := state.Embed()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return newWorld(t, e.Client, e.URL, "sqlite:"+filepath.Join(t.TempDir(), "push.db"))
}

// redisNumber gives every world a database of its own: the queue's keys are the same.
var redisNumber atomic.Int64

func servers(t testing.TB) *world {
	t.Helper()
	r, err := url.Parse(service(t, "HHQ_TEST_REDIS"))
	require.NoError(t, err)
	r.Path = fmt.Sprint("/", 1+redisNumber.Add(1)%15)
	client, err := state.Dial(r.String())
	require.NoError(t, err)
	require.NoError(t, client.FlushDB(t.Context()).Err())
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	return newWorld(t, client, r.String(), mariaDB(t))
}

func service(t testing.TB, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: run `make test`, or `deploy/test-services run -- go test ./bot/push/`", name)
	}
	return value
}

// mariaDB is a new database, dropped at the end.
func mariaDB(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(service(t, "HHQ_TEST_MYSQL"))
	require.NoError(t, err)
	cfg := mysql.NewConfig()
	cfg.User = u.User.Username()
	cfg.Passwd, _ = u.User.Password()
	cfg.Net, cfg.Addr = "tcp", u.Host
	admin, err := sql.Open("mysql", cfg.FormatDSN())
	require.NoError(t, err)
	name := "hhq_push_" + strings.ToLower(rand.Text()[:12])
	_, err = admin.ExecContext(t.Context(), "CREATE DATABASE "+name)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name)
		require.NoError(t, errors.Join(err, admin.Close()))
	})
	u.Path = "/" + name
	return u.String()
}

func newWorld(t testing.TB, client redis.UniversalClient, address, database string) *world {
	t.Helper()
	w := &world{t: t, clock: newClock(), redis: client, places: []string{address, database}, log: &safeBuffer{}, people: map[string]string{}}
	var err error
	w.store, err = openStore(database, w.clock.now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.store.Close()) })
	require.NoError(t, w.store.Migrate(t.Context()))
	w.wechat, err = platform.New(platform.Options{Token: "token", AppID: "wx0000000000000001", Secret: "secret", OriginalID: "gh_1", Now: w.clock.now})
	require.NoError(t, err)
	api := httptest.NewServer(w.wechat.Handler())
	w.api = api.URL
	t.Cleanup(func() { api.CloseClientConnections(); api.Close(); require.NoError(t, w.wechat.Close()) })
	c, _ := w.courier(nil)
	callback := httptest.NewServer(c.account.Callback(c.edge))
	t.Cleanup(callback.Close)
	w.wechat.SetURL(api.URL)
	w.wechat.SetCallback(callback.URL)
	w.edge, w.ledger = c.edge, c.ledger
	return w
}

func openStore(database string, now func() time.Time) (*store.Store, error) {
	keys, err := seal.Parse("t1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
	if err != nil {
		return nil, err
	}
	return store.Open(store.Options{URL: database, Keys: keys, Log: slog.New(slog.DiscardHandler), Now: now})
}

// replica is one process of ours.
type replica struct {
	*push.Courier
	account *wechat.Account
	edge    *bot.Service
	ledger  *push.Ledger
	metrics *prometheus.Registry
	stop    func() // in order
}

// turns answers every message with a word.
type turns struct{}

func (turns) Take(_ context.Context, in dialog.Input) (dialog.Reply, error) {
	return dialog.Reply{Text: "收到 " + in.Text}, nil
}

var (
	templates = map[models.PushKind]push.Template{
		models.PushDue:    {ID: "tpl-due", Keywords: map[string]string{"title": "thing1", "text": "thing2", "due": "time3"}},
		models.PushDigest: {ID: "tpl-digest", Keywords: map[string]string{"count": "number1", "day": "date2"}},
	}
	notifications = map[models.PushKind]push.Template{
		models.PushDue: {ID: "sub-due", Keywords: map[string]string{"title": "thing1"}},
	}
	// quick are times for tests, in the same proportions.
	quick = push.Pace{
		Every: 20 * time.Millisecond, Claim: 3 * time.Second, Send: 1500 * time.Millisecond, Retry: 100 * time.Millisecond,
		Repeatable: 6 * time.Second, Grace: 300 * time.Millisecond, Stop: time.Second,
	}
)

// courier makes a replica that does not run yet; change may spoil its options.
func (w *world) courier(change func(*push.Options)) (*replica, func(context.Context) error) {
	w.t.Helper()
	r, err := newReplica(parts{w.store, w.redis, w.api, w.clock.now, w.log}, change)
	require.NoError(w.t, err)
	return r, r.Run
}

// parts are what replicas share.
type parts struct {
	store *store.Store
	redis redis.UniversalClient
	api   string
	now   func() time.Time
	log   io.Writer
}

func newReplica(p parts, change func(*push.Options)) (*replica, error) {
	r := &replica{metrics: prometheus.NewRegistry()}
	metrics, log := bot.NewMetrics(r.metrics), slog.New(slog.NewJSONHandler(p.log, nil))
	r.ledger = push.NewLedger(p.store.Deliveries(), log)
	var err error
	r.account, err = wechat.New(wechat.Options{
		AppID: "wx0000000000000001", Secret: "secret", Token: "token", OriginalID: "gh_1", API: p.api, Redis: p.redis, Now: p.now,
		Log: log, Metrics: metrics, Spent: r.ledger.Spent,
	})
	if err != nil {
		return nil, err
	}
	o := push.Options{
		Rows: p.store.Deliveries(), Sender: r.account, Redis: p.redis, Now: p.now, Log: log, Metrics: metrics, Ledger: r.ledger,
		Templates: templates, Notifications: notifications, Pace: quick,
		Area: func(context.Context, string) (string, error) { return "大湾村", nil },
	}
	if change != nil {
		change(&o)
	}
	if r.Courier, err = push.New(o); err != nil {
		return nil, err
	}
	r.edge, err = bot.NewService(bot.Options{
		Turns: turns{}, Sender: r.account, Now: p.now, Log: log, Metrics: metrics, Notices: r.Notice, Ledger: r.ledger,
	})
	return r, err
}

// run starts a replica until the test ends or it is stopped.
func (w *world) run(change func(*push.Options)) *replica {
	w.t.Helper()
	r, run := w.courier(change)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()
	r.stop = sync.OnceFunc(func() { cancel(); require.NoError(w.t, <-ended) })
	w.t.Cleanup(r.stop)
	return r
}

// person is somebody bound whose phone follows the account; nothing was written yet.
func (w *world) person(id string) *platform.Phone {
	w.t.Helper()
	ctx := w.t.Context()
	require.NoError(w.t, w.store.People().Add(ctx, &models.Person{ID: id, Name: "李红", Role: models.RoleVillage, AreaCode: village}))
	require.NoError(w.t, w.store.People().Invite(ctx, models.Invite{Hash: "h" + id, PersonID: id, ExpiresAt: w.clock.now().Add(time.Hour)}))
	u := w.wechat.User("o" + rand.Text())
	_, err := w.store.People().Bind(ctx, "h"+id, u.OpenID(), w.clock.now())
	require.NoError(w.t, err)
	_, err = u.Follow(ctx, "")
	require.NoError(w.t, err)
	w.people[id] = u.OpenID()
	return u
}

// writes lets a person say something, and the ledger write it down. What following
// allowed is over by then.
func (w *world) writes(u *platform.Phone) {
	w.t.Helper()
	w.clock.add(2 * time.Second) // CreateTime has whole seconds
	_, err := u.Say(w.t.Context(), "在")
	require.NoError(w.t, err)
	require.NoError(w.t, w.ledger.Flush(w.t.Context()))
}

// quiet lets the minute after following pass.
func (w *world) quiet() {
	w.t.Helper()
	require.NoError(w.t, w.ledger.Flush(w.t.Context()))
	w.clock.add(2 * time.Minute)
}

func (w *world) push(id, person string, change ...func(*models.Push)) models.Push {
	now := w.clock.now()
	p := models.Push{
		ID: id, PersonID: person, Village: village, Kind: models.PushDue, Title: "岩温家 水管", Text: "岩温家的水管后天到期（" + id + "）", Count: 1, Due: "2026-03-04",
		Taps: []models.PushTap{{Label: "完成", Say: "完成 3"}, {Label: "延期", Say: "延期 3"}}, NotBefore: now.Add(-time.Second), Expires: now.Add(6 * time.Hour),
	}
	for _, c := range change {
		c(&p)
	}
	return p
}

func (w *world) put(ps ...models.Push) {
	w.t.Helper()
	require.NoError(w.t, w.store.Pushes().Put(w.t.Context(), ps))
}

var everywhere = models.Actor{PersonID: "p_admin", Role: models.RoleAdmin, Area: "53"}

func (w *world) row(id string) models.Push {
	w.t.Helper()
	p, err := w.store.Pushes().Push(w.t.Context(), everywhere, id)
	require.NoError(w.t, err)
	return p
}

const patience = time.Minute // the race detector on a busy machine

// becomes waits until a push has come to a state and returns it.
func (w *world) becomes(id string, state models.PushState) models.Push {
	w.t.Helper()
	var p models.Push
	require.Eventually(w.t, func() bool { p = w.row(id); return p.State == state }, patience, 20*time.Millisecond, "%s: %v\n%s", id, state, w.log)
	return p
}

// got is how often each push is on its person's screen, by the platform's record.
func (w *world) got() map[string]int {
	out := map[string]int{}
	for _, items := range w.wechat.Pushed() {
		for _, it := range items {
			text := it.Plain()
			if at := strings.Index(text, "（"); at >= 0 {
				id, _, _ := strings.Cut(text[at+len("（"):], "）")
				out[id]++
			}
		}
	}
	return out
}
