package demo

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

// TestTheStoreTakesTheVillage fills an empty database as the demo does.
func TestTheStoreTakesTheVillage(t *testing.T) {
	t.Parallel()
	keys, err := seal.Parse("t1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
	require.NoError(t, err)
	now := days[0]
	s, err := store.Open(store.Options{
		URL: "sqlite:" + filepath.Join(t.TempDir(), "demo.db"), Keys: keys, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now },
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	ctx := t.Context()
	require.NoError(t, s.Migrate(ctx))

	v := Village(now)
	added, err := s.Areas().Put(ctx, v.Areas)
	require.NoError(t, err)
	require.Equal(t, len(v.Areas), added)
	for i := range v.People {
		require.NoError(t, s.People().Add(ctx, &v.People[i]), v.People[i].Name)
	}
	for i := range v.Dossiers {
		d := &v.Dossiers[i]
		head := d.Head().Name
		by := models.Actor{PersonID: v.People[0].ID, Role: models.RoleAdmin, Area: d.Household.Village, Source: "demo"}
		res, err := s.Households().Create(ctx, by, d, now)
		require.NoError(t, err, head)
		got, err := s.Households().Dossier(ctx, by, res.ID, 0)
		require.NoError(t, err, head)
		require.Equal(t, head, got.Household.HeadName)
		require.Equal(t, len(d.Present()), got.Household.MemberCount)
		require.Empty(t, models.Diff(&d.Household, &got.Household), head)
		require.Empty(t, models.Diff(&d.Condition, &got.Condition), head)
		require.Empty(t, models.Diff(&d.Income, &got.Income), head)
		require.Len(t, got.Measures, len(d.Measures), head)
		require.Equal(t, d.Duties, got.Duties, head)
		require.Equal(t, d.Exit, got.Exit, head)
		if head == "张大有" {
			p, err := models.LoadProfile(Programme)
			require.NoError(t, err)
			require.Empty(t, clearly(clears.Judge{Profile: p, Today: models.Date(now.Format(time.DateOnly))}, got), "six green after reading back")
		}
	}
}

// TestLightsAndRulesHaveSomethingToShow: one household is clear throughout, some
// are good, some are bad, and many kinds of faults are there to be found.
func TestLightsAndRulesHaveSomethingToShow(t *testing.T) {
	t.Parallel()
	p, err := models.LoadProfile(Programme)
	require.NoError(t, err)
	daily(t, func(t *testing.T, now time.Time, v Demo) {
		judge := clears.Judge{Profile: p, Today: models.Date(now.Format(time.DateOnly))}
		bases, found := map[clears.Shade]int{}, map[string]bool{}
		for i := range v.Dossiers {
			d := &v.Dossiers[i]
			bases[judge.Lights(d)[0].Shade]++
			for _, f := range judge.Check(d) {
				found[f.Rule] = true
			}
		}
		for _, shade := range []clears.Shade{clears.Green, clears.Yellow, clears.Red} {
			require.GreaterOrEqual(t, bases[shade], 3, shade)
		}
		for _, rule := range []string{"P10", "P14", "P16", "P17", "P18", "P22", "P24", "F14", "I02", "I03", "W01", "M03", "N06", "Q04", "R01", "R04", "T06"} {
			require.True(t, found[rule], "nobody breaks %s", rule)
		}
		require.False(t, found["P02"] || found["P03"] || found["P04"], "ID numbers are right")
		require.Empty(t, clearly(judge, ZhangDayou(v)), "complete, but not clear")
	})
}

// clearly lists what a household lacks of six green lights.
func clearly(judge clears.Judge, d *models.Dossier) []string {
	var out []string
	for _, light := range judge.Lights(d) {
		if light.Shade != clears.Green {
			out = append(out, string(light.Clear))
		}
		for _, m := range light.Missing {
			out = append(out, m.Item+" "+m.Path+" "+m.Label)
		}
	}
	return out
}
