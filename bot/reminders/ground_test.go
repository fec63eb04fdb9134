package reminders

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

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

const (
	prog     = "huhuqing-2018"
	county   = "539901"
	township = "539901200"
	village  = "539901200201"
)

// ground is a village with people, a clock and a platform that only notes.
type ground struct {
	t       testing.TB
	store   *store.Store
	profile *models.Profile
	sent    *recording
	log     *strings.Builder
	now     time.Time
}

// recording notes pushes as the delivery would get them, and says what became of them.
type recording struct {
	mu     sync.Mutex
	pushes []models.Push
	puts   map[string]int
	states map[string]models.PushState
	voided []string
	begins models.PushState // of a push that was put
}

func (r *recording) Put(_ context.Context, ps []models.Push) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range ps {
		r.puts[p.ID]++
		if r.puts[p.ID] == 1 {
			r.pushes, r.states[p.ID] = append(r.pushes, p), r.begins
		}
	}
	return nil
}

func (r *recording) Void(_ context.Context, ids []string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.voided = append(r.voided, ids...)
	for _, id := range ids {
		if s := r.states[id]; s == models.PushWaiting || s == models.PushRefused {
			r.states[id] = models.PushVoid
		}
	}
	return nil
}

func (r *recording) States(_ context.Context, ids []string) (map[string]models.PushState, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]models.PushState{}
	for _, id := range ids {
		if s, ok := r.states[id]; ok {
			out[id] = s
		}
	}
	return out, nil
}

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, models.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

// onEach runs a test on both databases.
func onEach(t *testing.T, now string, test func(t *testing.T, g *ground)) {
	t.Helper()
	t.Parallel()
	for _, b := range []string{"sqlite", "mysql"} {
		t.Run(b, func(t *testing.T) {
			t.Parallel()
			test(t, newGround(t, b, now))
		})
	}
}

func newGround(t testing.TB, backend, now string) *ground {
	t.Helper()
	keys, err := seal.Parse(seal.Generate())
	require.NoError(t, err)
	g := &ground{t: t, now: at(now), log: &strings.Builder{}, sent: &recording{puts: map[string]int{}, states: map[string]models.PushState{}, begins: models.PushDelivered}}
	g.profile, err = models.LoadProfile(prog)
	require.NoError(t, err)
	g.store, err = store.Open(store.Options{
		URL: address(t, backend), Keys: keys, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return g.now },
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, g.store.Close()) })
	require.NoError(t, g.store.Migrate(t.Context()))
	_, err = g.store.Areas().Put(t.Context(), []models.Area{
		{Code: "53", Name: "云南省"}, {Code: "5399", Name: "示范州"}, {Code: county, Name: "示范县"}, {Code: township, Name: "清水河乡"},
		{Code: village, Name: "大水井村"}, {Code: "539901200202", Name: "小箐村"},
	})
	require.NoError(t, err)
	g.person(models.Person{ID: "wang", Name: "王建国", Role: models.RoleVillage, AreaCode: village, Groups: models.Set{"三组"}}, true)
	g.person(models.Person{ID: "zhao", Name: "赵明", Role: models.RoleTownship, AreaCode: township}, true)
	g.person(models.Person{ID: "gao", Name: "高明远", Role: models.RoleCounty, AreaCode: county}, true)
	g.person(models.Person{ID: "op", Name: "赵敏", Role: models.RoleAdmin, AreaCode: county}, true)
	return g
}

// address is a database of its own.
func address(t testing.TB, backend string) string {
	t.Helper()
	if backend == "sqlite" {
		return "sqlite:" + filepath.Join(t.TempDir(), "r.db")
	}
	server := os.Getenv("HHQ_TEST_MYSQL")
	require.NotEmpty(t, server, "run through `make test` or `deploy/test-services run -- go test ./bot/reminders/`")
	u, err := url.Parse(server)
	require.NoError(t, err)
	db := onServer(t, u)
	name := newDatabase(t, db)
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), "DROP DATABASE "+name)
		require.NoError(t, err)
		require.NoError(t, db.Close())
	})
	template.Do(func() { makeTemplate(t, db, *u) })
	for _, table := range template.tables {
		_, err := db.ExecContext(t.Context(), fmt.Sprintf("CREATE TABLE `%s`.`%s` LIKE `%s`.`%s`", name, table, template.name, table))
		require.NoError(t, err)
	}
	_, err = db.ExecContext(t.Context(), fmt.Sprintf("INSERT INTO `%s`.schema_versions SELECT * FROM `%s`.schema_versions", name, template.name))
	require.NoError(t, err)
	u.Path = "/" + name
	return u.String()
}

// onServer is a connection to the test server, of no database.
func onServer(t testing.TB, u *url.URL) *sql.DB {
	t.Helper()
	pass, _ := u.User.Password()
	cfg := mysql.NewConfig()
	cfg.User, cfg.Passwd, cfg.Net, cfg.Addr = u.User.Username(), pass, "tcp", u.Host
	db, err := sql.Open("mysql", cfg.FormatDSN())
	require.NoError(t, err)
	return db
}

func newDatabase(t testing.TB, db *sql.DB) string {
	t.Helper()
	name := "hhq_remind_" + strings.ToLower(rand.Text()[:10])
	_, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name)
	require.NoError(t, err)
	return name
}

// template is one migrated database: to copy its empty tables takes a fraction of the
// time that migrating takes, and there are many tests.
var template struct {
	sync.Once
	name   string
	tables []string
}

func makeTemplate(t testing.TB, db *sql.DB, u url.URL) {
	t.Helper()
	template.name = newDatabase(t, db)
	u.Path = "/" + template.name
	keys, err := seal.Parse(seal.Generate())
	require.NoError(t, err)
	s, err := store.Open(store.Options{URL: u.String(), Keys: keys, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return at("2018-01-01 00:00") }})
	require.NoError(t, err)
	require.NoError(t, s.Migrate(t.Context()))
	require.NoError(t, s.Close())
	rows, err := db.QueryContext(t.Context(), "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", template.name)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var table string
		require.NoError(t, rows.Scan(&table))
		template.tables = append(template.tables, table)
	}
	require.NoError(t, rows.Err())
}

// TestMain drops the template.
func TestMain(m *testing.M) {
	code := m.Run()
	if u, err := url.Parse(os.Getenv("HHQ_TEST_MYSQL")); template.name != "" && err == nil {
		pass, _ := u.User.Password()
		cfg := mysql.NewConfig()
		cfg.User, cfg.Passwd, cfg.Net, cfg.Addr = u.User.Username(), pass, "tcp", u.Host
		if db, err := sql.Open("mysql", cfg.FormatDSN()); err == nil {
			_, _ = db.ExecContext(context.Background(), "DROP DATABASE "+template.name)
			_ = db.Close()
		}
	}
	os.Exit(code)
}

func (g *ground) person(p models.Person, bound bool) {
	g.t.Helper()
	ctx := g.t.Context()
	require.NoError(g.t, g.store.People().Add(ctx, &p))
	if !bound {
		return
	}
	require.NoError(g.t, g.store.People().Invite(ctx, models.Invite{Hash: "h" + p.ID, PersonID: p.ID, ExpiresAt: g.now.Add(time.Hour)}))
	_, err := g.store.People().Bind(ctx, "h"+p.ID, "o"+p.ID, g.now)
	require.NoError(g.t, err)
}

// replica is one more of the program.
func (g *ground) replica() *Service {
	g.t.Helper()
	s, err := New(Options{
		Store: g.store, Profile: g.profile, Now: func() time.Time { return g.now }, Log: slog.New(slog.NewTextHandler(g.log, nil)),
		Pushes: func(models.Store) Pushes { return g.sent },
	})
	require.NoError(g.t, err)
	return s
}

func actor() models.Actor {
	return models.Actor{PersonID: "wang", Name: "王建国", Role: models.RoleVillage, Area: village, Source: rand.Text()}
}

// household registers one that was visited lately and lacks nothing.
func (g *ground) household(head string, change func(d *models.Dossier)) string {
	g.t.Helper()
	d := &models.Dossier{
		Household: models.Household{Village: village, Group: "三组", Status: "poor", Phone: "13912345678", VisitDate: models.DayOf(g.now)},
		Members:   []models.Member{{Name: head, Relation: "head", Birth: "1972-03-05", MedIns: "resident", IDNo: "539901197203050016", Disease: "尿毒症"}},
		Condition: models.Condition{Year: g.now.Year(), HouseGrade: "B"}, Income: models.Income{Year: g.now.Year()},
	}
	d.Members[0].IDNo = models.IDNumber(fmt.Sprintf("5399011972%08d", time.Now().UnixNano()%1e8))
	change(d)
	res, err := g.store.Households().Create(g.t.Context(), actor(), d, g.now)
	require.NoError(g.t, err)
	return res.ID
}

// dated is a measure with a deadline.
func dated(title string, day models.Date) func(d *models.Dossier) {
	return func(d *models.Dossier) {
		d.Measures = append(d.Measures, models.Measure{Programme: prog, Cat1: "industry", Cat2: "breeding", Title: title, Status: "working", Due: day, Year: models.IntOf(2017)})
	}
}

// edit changes a household as another message does.
func (g *ground) edit(id string, change func(d *models.Dossier)) {
	g.t.Helper()
	d, err := g.store.Households().Dossier(g.t.Context(), actor(), id, 0)
	require.NoError(g.t, err)
	change(d)
	_, err = g.store.Households().Save(g.t.Context(), actor(), d, d.Household.Version, g.now)
	require.NoError(g.t, err)
}

// round makes one at an instant and gives the pushes of it.
func (g *ground) round(s *Service, when string) []models.Push {
	g.t.Helper()
	g.now = at(when)
	r, err := s.Round(g.t.Context(), g.now)
	require.NoError(g.t, err)
	require.Zero(g.t, r.Failed, g.log)
	return r.Pushes
}

// told is the push of a round to a person; there must be one.
func (g *ground) told(pushes []models.Push, person string) *models.Push {
	g.t.Helper()
	p := to(pushes, person)
	require.NotNil(g.t, p, person)
	return p
}

// to is the push of a round to a person, nil when there is none.
func to(pushes []models.Push, person string) *models.Push {
	for i := range pushes {
		if pushes[i].PersonID == person {
			return &pushes[i]
		}
	}
	return nil
}
