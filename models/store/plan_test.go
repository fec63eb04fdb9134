package store

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// recorder notes the queries that pass it.
type recorder struct {
	*pool
	seen []query
}

type query struct {
	text string
	args []any
}

func (r *recorder) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	r.seen = append(r.seen, query{text, args})
	return r.pool.QueryContext(ctx, text, args...)
}

// seed fills villages with households of two, straight into the tables.
func seed(t testing.TB, s *Store, villages, households int) {
	t.Helper()
	var places []models.Area
	for v := range villages {
		places = append(places, models.Area{Code: villageCode(v), Name: fmt.Sprintf("村%d", v)})
	}
	_, err := s.Areas().Put(t.Context(), places)
	require.NoError(t, err)
	for v := range villages {
		require.NoError(t, s.atomic(t.Context(), "seed", func(tx *Store) error {
			var hs []models.Household
			var ms []models.Member
			var ls []lookup
			for n := range households {
				f := seedHousehold(v, n)
				f.count()
				hs, ms, ls = append(hs, f.Household), append(ms, f.Members...), append(ls, s.lookupsOf(f)...)
			}
			db := tx.on(t.Context())
			for _, err := range []error{insert(db, hs), insert(db, ms), insert(db, ls)} {
				require.NoError(t, err)
			}
			return nil
		}))
	}
}

// villageCode is one of 40 villages in each of the townships of the county.
func villageCode(v int) string { return fmt.Sprintf("%s%03d%03d", county, 200+v/40, 200+v%40) }

func seedHousehold(v, n int) *file {
	given := []rune("明华英秀兰芳军勇艳杰娟涛超强霞平刚桂文辉力永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子")
	family := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
	h := models.Household{ID: fmt.Sprintf("%s%04d", villageCode(v), n+1), Village: villageCode(v), Group: fmt.Sprintf("%d组", n%8+1), Version: 1, Phone: models.Phone(fmt.Sprintf("138%04d%04d", v, n))}
	f := &file{Dossier: models.Dossier{Household: h}}
	for i, relation := range []string{"head", "spouse"} {
		k := v*7919 + n*104729 + i*31
		f.Members = append(f.Members, models.Member{
			ID: fmt.Sprintf("%s%02d", h.ID, i+1), HouseholdID: h.ID, Village: h.Village, Relation: relation, Seq: i,
			Name: string([]rune{family[k%len(family)], given[k/20%len(given)], given[k/1000%len(given)]}),
			IDNo: models.IDNumber(fmt.Sprintf("%s19%02d0101%02d%02d", county, k%80, i, n%100)),
		})
	}
	return f
}

// seedPlans gives n households what is planned for them.
func seedPlans(t testing.TB, s *Store, n int) {
	t.Helper()
	for i := range n {
		village := villageCode(i / 60)
		id, no := fmt.Sprintf("%s%04d", village, i%60+1), fmt.Sprint(i)
		for _, row := range []any{
			&models.Condition{HouseholdID: id, Year: 2018, Village: village}, &models.Income{HouseholdID: id, Year: 2018, Village: village},
			&models.Cause{HouseholdID: id, Programme: "p", Kind: "k", Village: village}, &models.Exit{HouseholdID: id, Programme: "p", Village: village},
			&models.Measure{ID: no, HouseholdID: id, Village: village, Programme: "p"}, &models.Fund{ID: no, MeasureID: no, Village: village},
			&models.Output{ID: no, MeasureID: no, Village: village}, &models.Duty{ID: no, Object: no, Village: village},
			&models.Helper{ID: no, HouseholdID: id, Village: village}, &models.AreaExit{Area: village + fmt.Sprintf("%02d", i%60), Programme: "p"},
		} {
			require.NoError(t, s.on(t.Context()).Create(row).Error)
		}
		l := models.Light{HouseholdID: fmt.Sprintf("%s%04d", villageCode(i%20), i/20+1), Programme: prog, Parts: "v\tpeople\t2\nt\tx\t1\np\tbreed|tou|01100\t1\nl\t" + no + "\t1\n", Tags: fmt.Sprintf("cause:k%d\t1\nexit:2019\t1\ngrade:D\t1", i%7)}
		require.NoError(t, s.Households().SaveLights(t.Context(), models.Actor{Area: county}, []models.Light{l}))
		require.NoError(t, s.People().Add(t.Context(), &models.Person{ID: "p" + no, AreaCode: villageCode(i)}))
	}
}

// TestPlans asks both databases how they would run the queries of a conversation:
// by an index each, never through a whole table.
func TestPlans(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		seed(t, s, 20, 60)
		ctx, hh := t.Context(), s.Households()
		require.NoError(t, s.atomic(ctx, "seed", func(s *Store) error {
			for i := range 300 {
				user := fmt.Sprint("o_", i)
				require.NoError(t, s.Turns().SaveSession(ctx, models.Draft{User: user, Household: fmt.Sprint(villageCode(1), i), UpdatedAt: clock}, 0))
				require.NoError(t, s.Turns().Insert(ctx, models.Turn{User: user, Key: "k", At: clock}))
				require.NoError(t, s.on(ctx).Create(&models.Change{At: clock, By: user, Source: user, HouseholdID: fmt.Sprint(villageCode(1), i), Village: villageCode(1)}).Error)
				require.NoError(t, s.on(ctx).Create(&models.Photo{ID: user, HouseholdID: fmt.Sprint(villageCode(1), i), At: clock, State: models.PhotoKept, NextTry: clock}).Error)
			}
			seedPlans(t, s, 300)
			seedReminders(t, s, 300)
			return nil
		}))
		if s.mysql {
			for _, table := range []string{
				"households", "members", "lookups", "areas", "drafts", "turns", "changes", "conditions", "incomes",
				"causes", "measures", "funds", "outputs", "duties", "helpers", "exits", "area_exits", "lights", "sums", "tags", "people", "waivers", "photos",
				"reminders", "watches", "tellings", "remind_settings", "mutes", "bindings",
			} {
				_, err := s.pool.db.ExecContext(ctx, "ANALYZE TABLE "+table)
				require.NoError(t, err)
			}
		}
		village := models.Actor{PersonID: "o_1", Area: villageCode(1)}
		town := models.Actor{PersonID: "o_1", Area: township}
		id := villageCode(1) + "0007"
		open := models.TaskQuery{Programme: "p", Open: openStates, To: "2018-10-20"}
		mine, ofHousehold := open, open
		mine.Answering, ofHousehold.Household = true, id
		answers := village
		answers.Role, answers.Groups = models.RoleVillage, models.Set{"三组"}
		look := func(by models.Actor, q models.Query) func() error {
			return func() error { _, _, err := hh.Find(ctx, by, q); return err }
		}
		for name, fn := range map[string]func() error{
			"find by name":            look(village, models.Query{Name: "王明"}),
			"find by initials":        look(village, models.Query{Pinyin: "wm"}),
			"find by sound":           look(village, models.Query{Sounds: []string{"=wangming"}}),
			"find by tail":            look(village, models.Query{IDTail: "0007", Phone: "0007"}),
			"find by five digits":     look(village, models.Query{IDTail: "10007"}),
			"find by group":           look(village, models.Query{Group: "三组"}),
			"find by name in a group": look(village, models.Query{Name: "王", Group: "三组"}),
			"find all":                look(village, models.Query{}),
			"find by name in a town":  look(town, models.Query{Name: "王明"}),
			"find by tail in a town":  look(town, models.Query{IDTail: "0007"}),
			"near": func() error {
				_, err := hh.Near(ctx, village, villageCode(1), "王明华", []string{"=x"}, 5)
				return err
			},
			"judged":       func() error { _, err := hh.Judged(ctx, village, prog, villageCode(1), ""); return err },
			"judged above": func() error { _, err := hh.Judged(ctx, models.Actor{Area: county}, prog, county, ""); return err },
			"lights":       func() error { _, err := hh.Lights(ctx, village, prog, villageCode(1)); return err },
			"tagged": func() error {
				_, _, _, err := hh.Tagged(ctx, village, models.Tagged{Programme: prog, All: [][]string{{"cause:k1"}, {"grade:D", "grade:C"}}, Limit: 8})
				return err
			},
			"tagged in a county": func() error {
				_, _, _, err := hh.Tagged(ctx, models.Actor{Area: county}, models.Tagged{Programme: prog, All: [][]string{{"cause:k1"}, {"exit:2019"}}, Limit: 8})
				return err
			},
			"unjudged": func() error {
				_, err := hh.Unjudged(ctx, village, prog, villageCode(1), "2018-11-20", "x")
				return err
			},
			"villages":      func() error { _, err := hh.Villages(ctx, villageCode(1), 50); return err },
			"areas by name": func() error { _, err := s.Areas().Named(ctx, []string{"村1", "村2"}); return err },
			"exit of area":  func() error { _, err := s.Areas().Exit(ctx, villageCode(1), prog); return err },
			"officials":     func() error { _, err := s.People().Officials(ctx, village, villageCode(1)); return err },
			"around": func() error {
				d := planned()
				d.Household.ID, d.Household.Village = id, villageCode(1)
				_, err := hh.Around(ctx, village, d, prog, clock)
				return err
			},
			"dossier":           func() error { _, err := hh.Dossier(ctx, village, id, 2018); return err },
			"history":           func() error { _, err := hh.History(ctx, village, id, 9999, 10); return err },
			"last saved":        func() error { _, _, err := hh.LastSaved(ctx, village, clock); return ignoreNotFound(err) },
			"same ID elsewhere": func() error { _, err := hh.DupID(ctx, []models.IDNumber{"539901190001010000"}, ""); return err },
			"groups":            func() error { _, err := hh.Groups(ctx, village, villageCode(1)); return err },
			"session":           func() error { _, err := s.Turns().Session(ctx, "o_7"); return err },
			"answer":            func() error { _, err := s.Turns().Answer(ctx, "o_7", "k"); return err },
			"drafts":            func() error { _, err := s.Drafts().List(ctx, "o_7"); return err },
			"photos to fetch":   func() error { _, err := hh.ClaimPhoto(ctx, clock, time.Minute); return ignoreNotFound(err) },
			"what the day brings": func() error {
				_, err := s.Reminders().Watched(ctx, prog, today, models.Watch{Thing: id}, 50)
				return err
			},
			"saved past the conversations": func() error {
				_, err := s.Reminders().Unwatched(ctx, prog, clock.AddDate(0, 0, 1), "", 50)
				return err
			},
			"who is to be told":         func() error { _, err := s.Reminders().Listeners(ctx, prog, today, "08:00", "p1", 50); return err },
			"whom at once":              func() error { _, err := s.Reminders().Urgent(ctx, prog, today, "p1", 50); return err },
			"open reminders":            func() error { _, err := s.Reminders().Open(ctx, prog, "p7", today); return err },
			"reminders of one":          func() error { _, err := s.Reminders().About(ctx, village, id); return err },
			"not heard":                 func() error { _, err := s.Reminders().Unheard(ctx, models.Actor{PersonID: "p7"}, prog); return err },
			"not reached":               func() error { _, err := s.Reminders().Unreached(ctx, village, prog, today); return err },
			"pushes to ask for":         func() error { _, err := s.Reminders().Undecided(ctx, models.Telling{At: clock}, 50); return err },
			"mutes":                     func() error { _, err := s.Reminders().Mutes(ctx, village, today); return err },
			"tasks":                     func() error { _, _, err := hh.Tasks(ctx, village, open); return err },
			"tasks of a town":           func() error { _, _, err := hh.Tasks(ctx, town, open); return err },
			"tasks answered for":        func() error { _, _, err := hh.Tasks(ctx, answers, mine); return err },
			"tasks of a household":      func() error { _, _, err := hh.Tasks(ctx, village, ofHousehold); return err },
			"backlogs":                  func() error { _, err := hh.Backlogs(ctx, models.Actor{Area: county}, open, "2018-10-20"); return err },
			"backlogs of groups":        func() error { _, err := hh.Backlogs(ctx, village, open, "2018-10-20"); return err },
			"others with the household": func() error { _, err := s.Drafts().Others(ctx, id, "o_7", clock); return err },
		} {
			t.Run(name, func(t *testing.T) {
				require.NoError(t, fn()) // villages are remembered, statements prepared
				rec := &recorder{pool: s.pool}
				s.db.Statement.ConnPool = rec
				err := fn()
				s.db.Statement.ConnPool = s.pool
				require.NoError(t, err)
				require.NotEmpty(t, rec.seen)
				require.LessOrEqual(t, len(rec.seen), 3, "count, page and cards at most")
				for _, q := range rec.seen {
					explain(t, s, q)
				}
			})
		}
	})
}

func ignoreNotFound(err error) error {
	if models.CodeOf(err) == models.NotFound {
		return nil
	}
	return err
}

// wholeTable is SQLite's word for reading all of a table.
var wholeTable = regexp.MustCompile(`^SCAN (\w+)$`)

func explain(t *testing.T, s *Store, q query) {
	t.Helper()
	if !s.mysql {
		var steps []struct{ Detail string }
		require.NoError(t, s.on(t.Context()).Raw("EXPLAIN QUERY PLAN "+q.text, q.args...).Scan(&steps).Error)
		for _, step := range steps {
			if m := wholeTable.FindStringSubmatch(step.Detail); m != nil {
				require.Regexp(t, `^(p\d+|waits)$`, m[1], "%s\nof %s", step.Detail, q.text) // a UNION's own rows, and those of a subquery
			}
		}
		return
	}
	var steps []struct{ Table, Type, Key, Extra string }
	require.NoError(t, s.on(t.Context()).Raw("EXPLAIN "+q.text, q.args...).Scan(&steps).Error)
	for _, step := range steps {
		ofUnion := strings.HasPrefix(step.Table, "<") || step.Table == ""
		require.True(t, ofUnion || (step.Type != "ALL" && step.Type != "index" && step.Key != ""), "%+v\nof %s", step, q.text)
	}
}
