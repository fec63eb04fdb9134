package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
	"github.com/huhuqing/huhuqing/models/store"
)

// TestACountysQuarter is a county day by day: the bot as serve wires it, twice, on real servers, against a local
// WeChat where everything goes wrong (misfortune, trouble, killed). Every reminder that is due
// reaches its person once or stands with its reason, and nobody is disturbed; what people's screens showed decides.
// HHQ_COUNTY_HOUSEHOLDS (six measures each) and HHQ_COUNTY_DAYS say how much; `make quarter` is a whole county.
func TestACountysQuarter(t *testing.T) {
	t.Parallel()
	c := newCounty(t, size(t, "HHQ_COUNTY_HOUSEHOLDS", "60"))
	first, days, lived := at("2018-09-17 00:00"), size(t, "HHQ_COUNTY_DAYS", "12"), 0
	for end, limited := t.Deadline(); lived < days; lived++ {
		if limited && time.Until(end) < 5*time.Minute {
			break // what was lived is checked all the same
		}
		c.day(lived, first.AddDate(0, 0, lived))
	}
	c.check()
	require.Equal(t, days, lived, "the days that fitted into the time (-timeout)")
}

func size(t testing.TB, name, standard string) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), standard))
	require.NoError(t, err)
	return n
}

func at(text string) time.Time {
	when, err := time.ParseInLocation("2006-01-02 15:04", text, models.Zone)
	if err != nil {
		panic(err)
	}
	return when
}

// county is the county as it is lived.
type county struct {
	*world
	set        *setClock
	s          *store.Store
	profile    *models.Profile
	calendar   *due.Calendar
	r          *rand.Rand
	apps       []*app
	callback   string
	people     []models.Person            // village cadres
	near       map[string][]models.Person // who answers for a village
	dossiers   []*models.Dossier
	changed    map[string]models.Date     // household → when somebody changed it last
	expected   map[string]map[string]bool // household → ids of what was in force at eight on a working day
	told       map[string]map[string]bool // reminder → pushes that told it
	last       time.Time
	spent      map[string]time.Duration // what the run took, by what it was spent on
	perVillage int                      // households in a village
	looked     int                      // working days
}

const (
	countyCode = "530629"
	groups     = 4 // of a village, a cadre each
)

func newCounty(t *testing.T, households int) *county {
	t.Helper()
	clock := newClock(t, "2018-09-16 09:00")
	c := &county{
		world: worldAt(t, servers(t), platform.Plain, clock.hasty()), set: clock, r: rand.New(rand.NewPCG(7, 2018)), near: map[string][]models.Person{},
		changed: map[string]models.Date{}, expected: map[string]map[string]bool{}, told: map[string]map[string]bool{}, spent: map[string]time.Duration{},
	}
	c.s = c.records()
	var err error
	c.profile, err = models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	c.calendar, err = due.Days()
	require.NoError(t, err)
	for range 2 {
		c.apps = append(c.apps, c.replica())
	}
	c.perVillage = max(10, min(200, households/6))
	c.settle((households + c.perVillage - 1) / c.perVillage)
	c.register(households)
	return c
}

// environment are the settings of all replicas.
func (c *county) environment() []string {
	return c.environ("HHQ_LOG_LEVEL=error", "HHQ_PUSH_RATE=0", "HHQ_PUSH_WORKERS=8",
		"HHQ_WECHAT_TEMPLATE_DUE=abcDEF123456_ghiJKL789012-mnoPQR345678stuVW:title=thing1,text=thing2,due=time3",
		"HHQ_WECHAT_TEMPLATE_DIGEST=abcDEF123456_ghiJKL789012-mnoPQR345678stuVX:count=number1,day=time2")
}

// replica is one more of the program, whose rounds are made by the test.
func (c *county) replica() *app {
	c.t.Helper()
	cfg, err := config.Load(config.Serve, c.environment(), config.Flags{})
	require.NoError(c.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	a, err := newApp(ctx, cfg, logger(program{Err: c.newOutput()}, cfg), c.clock)
	require.NoError(c.t, err)
	var work sync.WaitGroup
	work.Go(func() { a.deliver(ctx) })
	callback := httptest.NewServer(a.handler())
	c.callback = callback.URL + callbackPath
	c.wechat.SetCallback(c.callback)
	c.t.Cleanup(func() {
		callback.Close()
		cancel()
		work.Wait()
		a.close(context.Background())
	})
	return a
}

// settle puts areas and people in. Every tenth cadre is not bound; every fifth wants the list at half past seven.
func (c *county) settle(villages int) {
	c.t.Helper()
	ctx := c.t.Context()
	areas := []models.Area{{Code: "53", Name: "云南省"}, {Code: "5306", Name: "示范市"}, {Code: countyCode, Name: "示范县"}}
	c.bind(models.Person{ID: "county", Name: "高明远", Role: models.RoleCounty, AreaCode: countyCode}, true)
	c.bind(models.Person{ID: "admin", Name: "赵敏", Role: models.RoleAdmin, AreaCode: countyCode}, true)
	for v := range villages {
		code := village(v)
		if v%10 == 0 {
			areas = append(areas, models.Area{Code: code[:9], Name: "乡" + code[6:9]})
			c.bind(models.Person{ID: "t" + code[6:9], Name: "乡干部" + code[6:9], Role: models.RoleTownship, AreaCode: code[:9]}, true)
		}
		areas = append(areas, models.Area{Code: code, Name: "村" + code[9:]})
		for g := range groups {
			n := v*groups + g
			p := models.Person{ID: fmt.Sprint("v", n), Name: fmt.Sprint("村干部", n), Role: models.RoleVillage, AreaCode: code, Groups: models.Set{fmt.Sprint(g+1, "组")}}
			c.bind(p, n%10 != 7)
			if n%5 == 1 {
				require.NoError(c.t, c.s.Reminders().SaveSetting(ctx, models.RemindSetting{PersonID: p.ID, At: "07:30", Amount: models.RemindAll, UpdatedAt: c.set.now()}))
			}
			c.people = append(c.people, p)
		}
	}
	_, err := c.s.Areas().Put(ctx, areas)
	require.NoError(c.t, err)
	for v := range villages {
		c.near[village(v)], err = c.s.People().Officials(ctx, models.Actor{Area: village(v)}, village(v))
		require.NoError(c.t, err)
	}
}

func village(v int) string { return fmt.Sprintf("%s%03d%03d", countyCode, 200+v/10, 201+v%10) }

func (c *county) bind(p models.Person, bound bool) {
	c.t.Helper()
	ctx, now := c.t.Context(), c.set.now()
	require.NoError(c.t, c.s.People().Add(ctx, &p))
	if !bound {
		return
	}
	require.NoError(c.t, c.s.People().Invite(ctx, models.Invite{Hash: "h" + p.ID, PersonID: p.ID, ExpiresAt: now.Add(time.Hour)}))
	_, err := c.s.People().Bind(ctx, "h"+p.ID, openID(p.ID), now)
	require.NoError(c.t, err)
	_, err = c.wechat.User(openID(p.ID)).Follow(ctx, "")
	require.NoError(c.t, err)
}

// register puts the households in, by way of an import: nobody told the reminders of them.
func (c *county) register(n int) {
	c.t.Helper()
	began := time.Now()
	c.dossiers = make([]*models.Dossier, n)
	for i := range n {
		c.dossiers[i] = c.household(village(i/c.perVillage), i)
	}
	group, ctx := errgroup.WithContext(c.t.Context())
	group.SetLimit(4)
	for part := range slices.Chunk(c.dossiers, c.perVillage) {
		group.Go(func() error {
			return c.s.Atomically(ctx, func(s models.Store) error {
				for _, d := range part {
					res, err := s.Households().Create(ctx, models.Actor{PersonID: "import", Area: d.Household.Village, Source: "import"}, d, c.set.now())
					if err != nil {
						return err
					}
					d.Household.ID = res.ID
				}
				return nil
			})
		})
	}
	require.NoError(c.t, group.Wait())
	for i, d := range c.dossiers {
		c.dossiers[i] = c.dossier(d.Household.ID)
	}
	c.t.Logf("%d households registered in %s", n, time.Since(began).Round(time.Second))
}

func (c *county) dossier(id string) *models.Dossier {
	c.t.Helper()
	d, err := c.s.Households().Dossier(c.t.Context(), models.Actor{Area: countyCode}, id, 0)
	require.NoError(c.t, err)
	return d
}

// household has six measures with deadlines from forty days ago to two hundred ahead.
func (c *county) household(village string, i int) *models.Dossier {
	day := func(from, days int) models.Date { return models.DayOf(c.set.now().AddDate(0, 0, from+c.r.IntN(days))) }
	d := &models.Dossier{
		Household: models.Household{Village: village, Group: fmt.Sprint(i%groups+1, "组"), Status: "poor", VisitDate: day(-300, 300)},
		Members:   []models.Member{{Name: "户主" + strconv.Itoa(i), Relation: "head", MedIns: []string{"resident", "none"}[min(i%10, 1)^1]}, {Name: "娃", Birth: "2009-03-01", MedIns: "resident"}},
		Condition: models.Condition{Year: 2018, HouseGrade: "C"}, Income: models.Income{Year: 2017 + i%2},
		Exit: models.Exit{Programme: c.profile.ID, Year: models.IntOf(2018 + i%3)},
	}
	for j := range 6 {
		d.Measures = append(d.Measures, models.Measure{
			Programme: c.profile.ID, Cat1: []string{"industry", "housing", "public_post"}[c.r.IntN(3)], Title: fmt.Sprint("措施", j),
			Status: []string{"approved", "working", "finished"}[c.r.IntN(3)], Start: day(-60, 90), Due: day(-40, 200), Year: models.IntOf(2018),
		})
	}
	return d
}

// expect works out, beside the program and from the records alone, what is in force: of every household on every
// third working day, and what is in force is so for longer.
func (c *county) expect(now time.Time) {
	c.looked++
	defer c.spend("expecting")()
	ids := make([][]string, len(c.dossiers))
	var all sync.WaitGroup
	for part := range 2 {
		all.Go(func() {
			for i := part; i < len(c.dossiers); i += 2 {
				if i/2%3 != c.looked%3 {
					continue
				}
				d := c.dossiers[i]
				for _, r := range due.For(d, c.profile, now, c.near[d.Household.Village]) {
					ids[i] = append(ids[i], r.ID)
				}
			}
		})
	}
	all.Wait()
	for i, d := range c.dossiers {
		for _, id := range ids[i] {
			if c.expected[d.Household.ID] == nil {
				c.expected[d.Household.ID] = map[string]bool{}
			}
			c.expected[d.Household.ID][id] = true
		}
	}
}
