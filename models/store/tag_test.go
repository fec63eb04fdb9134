package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// tagged judges a stored household as if it had these tags.
func tagged(t testing.TB, s *Store, d *models.Dossier, tags ...models.Tag) {
	t.Helper()
	l := models.LightOf(d, profile(t))
	l.Shades, l.JudgedOn = "rrrrrr", "2018-11-20"
	l.Count(d, profile(t))
	l.SetTags(tags)
	require.NoError(t, s.Households().SaveLights(t.Context(), bob(""), []models.Light{l}))
}

func TestTagged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		one, two := create(t, s, ann("m1"), planned()), create(t, s, ann("m2"), li(damiao, "四组"))
		other := create(t, s, bob("m3"), li(xiaohe, "3组"))
		tagged(t, s, one, models.Tag{What: "grade:D", N: 1}, models.Tag{What: "migrant", N: 2}, models.Tag{What: "migrant", N: 1})
		tagged(t, s, two, models.Tag{What: "grade:C", N: 1}, models.Tag{What: "migrant", N: 1})
		tagged(t, s, other, models.Tag{What: "grade:D", N: 1})
		look := func(by models.Actor, q models.Tagged) ([]string, models.TaggedCount, bool) {
			q.Programme = prog
			cards, count, more, err := hh.Tagged(ctx, by, q)
			require.NoError(t, err)
			var ids []string
			for _, c := range cards {
				ids = append(ids, c.ID)
			}
			return ids, count, more
		}
		a, b, c := one.Household.ID, two.Household.ID, other.Household.ID
		for _, x := range []struct {
			why   string
			by    models.Actor
			q     models.Tagged
			ids   []string
			count models.TaggedCount
			more  bool
		}{
			{"one's own village", ann(""), models.Tagged{All: [][]string{{"grade:D"}}}, []string{a}, models.TaggedCount{Households: 1, N: 1}, false},
			{"the township sees both", bob(""), models.Tagged{All: [][]string{{"grade:D"}}}, []string{a, c}, models.TaggedCount{Households: 2, N: 2}, false},
			{"narrowed to a village", bob(""), models.Tagged{All: [][]string{{"grade:D"}}, Area: xiaohe}, []string{c}, models.TaggedCount{Households: 1, N: 1}, false},
			{"beyond the scope", ann(""), models.Tagged{All: [][]string{{"grade:D"}}, Area: xiaohe}, nil, models.TaggedCount{}, false},
			{"either", ann(""), models.Tagged{All: [][]string{{"grade:C", "grade:D"}}}, []string{a, b}, models.TaggedCount{Households: 2, N: 2}, false},
			{"both", ann(""), models.Tagged{All: [][]string{{"migrant"}, {"grade:D"}}}, []string{a}, models.TaggedCount{Households: 1, N: 3}, false},
			{"a group, in digits", ann(""), models.Tagged{All: [][]string{{"migrant"}}, Group: "4组"}, []string{b}, models.TaggedCount{Households: 1, N: 1}, false},
			{"a page", ann(""), models.Tagged{All: [][]string{{"migrant"}}, Limit: 1}, []string{a}, models.TaggedCount{Households: 2, N: 4}, true},
			{"the next", ann(""), models.Tagged{All: [][]string{{"migrant"}}, Limit: 1, After: a}, []string{b}, models.TaggedCount{Households: 2, N: 4}, false},
			{"nothing asked", ann(""), models.Tagged{}, nil, models.TaggedCount{}, false},
			{"none", ann(""), models.Tagged{All: [][]string{{"nomed"}}}, nil, models.TaggedCount{}, false},
		} {
			ids, count, more := look(x.by, x.q)
			require.Equal(t, x.ids, ids, x.why)
			require.Equal(t, x.count, count, x.why)
			require.Equal(t, x.more, more, x.why)
		}
		tagged(t, s, one, models.Tag{What: "grade:B", N: 1}) // repaired
		ids, _, _ := look(bob(""), models.Tagged{All: [][]string{{"grade:D"}}})
		require.Equal(t, []string{c}, ids)
		ids, _, _ = look(bob(""), models.Tagged{All: [][]string{{"grade:B"}}})
		require.Equal(t, []string{a}, ids)
		_, err := hh.Undo(ctx, ann("u1"), a, "m1", clock, clock)
		require.NoError(t, err)
		ids, _, _ = look(bob(""), models.Tagged{All: [][]string{{"grade:B"}}})
		require.Empty(t, ids, "who is withdrawn is in no list")
	})
}

func TestALightThatComesTooLate(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		d := create(t, s, ann("m1"), planned())
		stale := models.LightOf(d, profile(t))
		stale.Shades = "rrrrrr"
		stale.Count(d, profile(t))
		d.Household.Remark = "搬到公路边"
		_, err := hh.Save(ctx, ann("m2"), d, 1, clock)
		require.NoError(t, err)
		judge(t, s, d, "gggggg")
		require.NoError(t, hh.SaveLights(ctx, bob(""), []models.Light{stale}))
		lights, err := hh.Lights(ctx, ann(""), prog, damiao)
		require.NoError(t, err)
		require.Equal(t, "gggggg", lights[0].Shades, "the newer one stands")

		_, err = hh.Undo(ctx, ann("u2"), d.Household.ID, "m2", clock, clock)
		require.NoError(t, err)
		_, err = hh.Undo(ctx, ann("u1"), d.Household.ID, "m1", clock, clock)
		require.NoError(t, err)
		stale.Version = 9
		require.NoError(t, hh.SaveLights(ctx, bob(""), []models.Light{stale}))
		lights, err = hh.Lights(ctx, ann(""), prog, damiao)
		require.NoError(t, err)
		require.Empty(t, lights, "a household that is gone gets none")
		sums, err := hh.Judged(ctx, ann(""), prog, damiao, "")
		require.NoError(t, err)
		require.Zero(t, sums[0].Households)
	})
}

func TestUnjudged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		mark := profile(t).Mark()
		require.NotEmpty(t, mark)
		d := create(t, s, ann("m1"), planned())
		other := create(t, s, bob("m2"), li(xiaohe, "一组"))
		open := func(by models.Actor, village string, before models.Date, rules string) []string {
			ids, err := hh.Unjudged(ctx, by, prog, village, before, rules)
			require.NoError(t, err)
			return ids
		}
		require.Equal(t, []string{d.Household.ID}, open(ann(""), damiao, "2018-11-20", mark))
		require.Empty(t, open(ann(""), xiaohe, "2018-11-20", mark), "beyond the scope")
		require.Equal(t, []string{other.Household.ID}, open(bob(""), xiaohe, "2018-11-20", mark))
		tagged(t, s, d)
		require.Empty(t, open(ann(""), damiao, "2018-11-20", mark))
		require.Len(t, open(ann(""), damiao, "2018-11-21", mark), 1, "a day later it has aged")
		require.Len(t, open(ann(""), damiao, "2018-11-20", "other"), 1, "by other rules it is judged anew")
		l := models.LightOf(d, profile(t))
		l.Shades, l.JudgedOn = "rrrrrr", "2018-11-21"
		l.Count(d, profile(t))
		require.NoError(t, hh.SaveLights(ctx, bob(""), []models.Light{l}))
		require.Empty(t, open(ann(""), damiao, "2018-11-21", mark), "the day alone moves")

		villages, err := hh.Villages(ctx, "", 10)
		require.NoError(t, err)
		require.Equal(t, []string{damiao, xiaohe}, villages)
		villages, err = hh.Villages(ctx, damiao, 10)
		require.NoError(t, err)
		require.Equal(t, []string{xiaohe}, villages)

		found, err := s.Areas().Named(ctx, []string{"大庙村", "没有这个村"})
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, damiao, found[0].Code)
		year, err := s.Areas().Exit(ctx, xiaohe, prog)
		require.NoError(t, err)
		require.False(t, year.Known())
	})
}
