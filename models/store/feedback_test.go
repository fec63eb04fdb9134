package store

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// TestWhoMayReadAndAnswerFeedback is the table of who sees what, early and when a
// township has left it lying.
func TestWhoMayReadAndAnswerFeedback(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		county, township := damiao[:models.CountyDigits], damiao[:models.TownshipDigits]
		rows := map[string]*models.Feedback{
			"plain":    {To: models.RoleTownship, Dept: "housing"},
			"lead":     {To: models.RoleCounty, Secret: true, Dept: "housing"},
			"above":    {To: models.RoleCounty, Dept: "agri"},
			"system":   {To: models.RoleAdmin},
			"stranger": {To: models.RoleAdmin, Area: "-"},
			"own":      {To: models.RoleTownship, PersonID: "zhao"},
		}
		for _, name := range []string{"plain", "lead", "above", "system", "stranger", "own"} {
			f := rows[name]
			f.At, f.User, f.Text = clock, "o"+name, name
			if f.PersonID == "" {
				f.PersonID, f.ByName = "ann", "安"
			}
			if f.Area == "" {
				f.Area = damiao
			} else {
				f.Area, f.PersonID, f.ByName = "", "", ""
			}
			require.NoError(t, s.Feedbacks().Say(ctx, f))
			require.NotZero(t, f.ID)
		}
		late := clock.Add(models.FeedbackPatience + time.Hour)
		for _, c := range []struct {
			who         string
			by          models.Actor
			dept        string
			early, late []string
		}{
			{"village", models.Actor{PersonID: "v", Role: models.RoleVillage, Area: damiao}, "", nil, nil},
			{"township", models.Actor{PersonID: "zhao", Role: models.RoleTownship, Area: township}, "", []string{"plain"}, []string{"plain"}},
			{"other township", models.Actor{PersonID: "q", Role: models.RoleTownship, Area: county + "999"}, "", nil, nil},
			{"county", models.Actor{PersonID: "sun", Role: models.RoleCounty, Area: county}, "", []string{"lead", "above"}, []string{"plain", "lead", "above", "own"}},
			{"department", models.Actor{PersonID: "chen", Role: models.RoleDepartment, Area: county}, "housing", []string{"plain"}, []string{"plain"}},
			{"no department", models.Actor{PersonID: "chen", Role: models.RoleDepartment, Area: county}, "", nil, nil},
			{"admin", models.Actor{PersonID: "adm", Role: models.RoleAdmin, Area: county}, "", []string{"system", "stranger"}, []string{"system", "stranger"}},
			{"who said it", models.Actor{PersonID: "ann", Role: models.RoleAdmin, Area: county}, "", []string{"stranger"}, []string{"stranger"}},
		} {
			for at, want := range map[bool][]string{false: c.early, true: c.late} {
				now := clock
				if at {
					now = late
				}
				fs, more, err := s.Feedbacks().Waiting(ctx, c.by, c.dept, now, 0, 10)
				require.NoError(t, err)
				require.False(t, more)
				var got []string
				for _, f := range fs {
					got = append(got, f.Text)
					if f.Secret {
						require.Empty(t, f.User+f.PersonID+f.ByName, "who gave a lead is nobody's business")
					}
				}
				require.Equal(t, want, got, "%s late=%v", c.who, at)
			}
			for name, f := range rows {
				_, err := s.Feedbacks().Feedback(ctx, c.by, c.dept, clock, f.ID)
				_, answered := s.Feedbacks().Answer(ctx, models.Actor{}, c.dept, clock, f.ID, "x")
				require.Equal(t, models.NotFound, models.CodeOf(answered), "nobody answers")
				if !slices.Contains(c.early, name) {
					require.Equal(t, models.NotFound, models.CodeOf(err), "%s %s", c.who, name)
				} else {
					require.NoError(t, err)
				}
			}
		}

		sun := models.Actor{PersonID: "sun", Name: "孙丽", Role: models.RoleCounty, Area: county}
		f, err := s.Feedbacks().Answer(ctx, sun, "", clock, rows["lead"].ID, "查了")
		require.NoError(t, err)
		require.Equal(t, "ann", f.PersonID, "the answer finds who gave the lead")
		_, err = s.Feedbacks().Answer(ctx, sun, "", clock, rows["lead"].ID, "又查了")
		refused(t, err, models.Conflict, "feedback_answered")
		mine, err := s.Feedbacks().Mine(ctx, models.Actor{PersonID: "ann"}, 10)
		require.NoError(t, err)
		require.Len(t, mine, 4)
		require.Equal(t, []string{"查了", "孙丽"}, []string{mine[2].Answer, mine[2].AnsweredBy})
		nobody, err := s.Feedbacks().Mine(ctx, models.Actor{}, 10)
		require.NoError(t, err)
		require.Empty(t, nobody)
	})
}

func TestReceiversAnswerForTheArea(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		county, township := damiao[:models.CountyDigits], damiao[:models.TownshipDigits]
		for _, p := range []models.Person{
			{ID: "fa", Name: "甲", Role: models.RoleTownship, AreaCode: township}, {ID: "fb", Name: "乙", Role: models.RoleTownship, AreaCode: county + "998"},
			{ID: "fc", Name: "丙", Role: models.RoleCounty, AreaCode: county},
		} {
			require.NoError(t, s.People().Add(ctx, &p))
		}
		for role, want := range map[models.Role]string{models.RoleTownship: "fa", models.RoleCounty: "fc"} {
			ps, err := s.Feedbacks().Receivers(ctx, role, damiao)
			require.NoError(t, err)
			var ids []string
			for _, p := range ps {
				ids = append(ids, p.ID)
			}
			require.Contains(t, ids, want)
			require.NotContains(t, ids, "fb")
		}
		ps, err := s.Feedbacks().Receivers(ctx, models.RoleCounty, "")
		require.NoError(t, err)
		require.Empty(t, ps)
	})
}
