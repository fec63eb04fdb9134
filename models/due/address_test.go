package due

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

var (
	wang = models.Person{ID: "wang", Name: "王建国", Role: models.RoleVillage, Groups: models.Set{"三组"}}
	li   = models.Person{ID: "li", Name: "李梅", Role: models.RoleVillage}
	luo  = models.Person{ID: "luo", Name: "罗学英", Role: models.RoleVillage, Groups: models.Set{"五组"}}
	zhao = models.Person{ID: "zhao", Name: "赵明", Role: models.RoleTownship}
	liu  = models.Person{ID: "liu", Name: "刘建平", Role: models.RoleDepartment, Department: "农业局"}
	chen = models.Person{ID: "chen", Name: "陈丽", Role: models.RoleDepartment, Department: "住房和城乡建设局"}
	gao  = models.Person{ID: "gao", Name: "高明远", Role: models.RoleCounty}
)

func TestAddress(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	everybody := []models.Person{wang, li, luo, zhao, chen, liu, gao}
	late := func(ts ...models.Duty) *models.Dossier {
		return with("2018-11-30", func(d *models.Dossier) {
			due("2018-10-31")(d)
			duties(ts...)(d)
		})
	}
	for name, c := range map[string]struct {
		d      *models.Dossier
		people []models.Person
		want   map[models.Level]string
		mark   models.Level // For of the village's reminder
	}{
		"the measure's duty before the household's": {
			late(models.Duty{Level: models.Village, PersonID: "li"}, models.Duty{Object: s1, Level: models.Village, PersonID: "luo"}), everybody,
			map[models.Level]string{models.Village: "luo", models.Township: "zhao", models.County: "liu"}, "",
		},
		"the household's duty": {
			late(models.Duty{Level: models.Village, PersonID: "li"}, models.Duty{Level: models.County, PersonID: "chen"}), everybody,
			map[models.Level]string{models.Village: "li", models.Township: "zhao", models.County: "chen"}, "",
		},
		"by name, without an account": {
			late(models.Duty{Level: models.Village, Name: "李梅"}), everybody,
			map[models.Level]string{models.Village: "li", models.Township: "zhao", models.County: "liu"}, "",
		},
		"without duties who looks after the group, and the department that leads": {
			late(), everybody, map[models.Level]string{models.Village: "wang", models.Township: "zhao", models.County: "liu"}, "",
		},
		"one who left: who covers the group": {
			late(models.Duty{Level: models.Village, PersonID: "gone"}), everybody,
			map[models.Level]string{models.Village: "wang", models.Township: "zhao", models.County: "liu"}, "",
		},
		"a duty that ended, and its successor": {
			late(models.Duty{Level: models.Village, PersonID: "wang", To: "2018-11-01"}, models.Duty{Level: models.Village, PersonID: "luo", From: "2018-11-01"}), everybody,
			map[models.Level]string{models.Village: "luo", models.Township: "zhao", models.County: "liu"}, "",
		},
		"nobody in the village: the township, marked": {
			late(), []models.Person{zhao, gao},
			map[models.Level]string{models.Village: "zhao", models.Township: "zhao", models.County: "gao"}, models.Village,
		},
		"nobody at all: it stands": {late(), nil, map[models.Level]string{models.Village: "", models.Township: "", models.County: ""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			rs := Address(Due(c.d, p, on("2018-11-30")), c.d, p, on("2018-11-30"), c.people)
			got := map[models.Level]string{}
			for _, r := range rs {
				if r.Rule == "due" {
					got[r.Level] = r.PersonID
					require.Len(t, r.ID, 32)
					if r.Level == models.Village {
						require.Equal(t, c.mark, r.For)
					}
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestWhoLeftWithoutHandingOver(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	d := with("2018-11-30", duties(models.Duty{Level: models.Village, PersonID: "wang", Name: "王建国"}))
	rs := For(d, p, on("2018-11-30"), []models.Person{li, zhao})
	require.Len(t, rs, 1)
	require.Equal(t, []string{"hand_over", "zhao", "王建国", "township"}, []string{rs[0].Rule, rs[0].PersonID, rs[0].Title, string(rs[0].Level)})
	next := For(d, p, on("2018-12-01"), []models.Person{li, zhao})
	require.Equal(t, rs[0].ID, next[0].ID, "told once, not every day")
	require.Empty(t, For(d, p, on("2018-11-30"), []models.Person{wang, zhao}), "they still work")
	d.Household.Status = "gone"
	require.Empty(t, For(d, p, on("2018-11-30"), []models.Person{li, zhao}))
}

func TestAnIDIsOfPersonThingStepAndDate(t *testing.T) {
	t.Parallel()
	base := models.Reminder{Programme: "p", PersonID: "a", Thing: "t", Rule: "r", Step: "-7", Due: "2018-10-31", Level: models.Village}
	same := base
	same.Title, same.Head, same.Count, same.On = "x", "y", 3, "2018-10-24"
	base.Name()
	same.Name()
	require.Equal(t, base.ID, same.ID)
	for _, change := range []func(r *models.Reminder){
		func(r *models.Reminder) { r.Programme = "q" }, func(r *models.Reminder) { r.PersonID = "b" },
		func(r *models.Reminder) { r.Thing = "u" }, func(r *models.Reminder) { r.Rule = "s" }, func(r *models.Reminder) { r.Step = "-1" },
		func(r *models.Reminder) { r.Due = "2018-11-01" }, func(r *models.Reminder) { r.Level = models.Township },
	} {
		other := base
		change(&other)
		other.Name()
		require.NotEqual(t, base.ID, other.ID)
	}
}

func TestVillage(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	lights := []models.Light{
		{Group: "三组", Shades: "gggggg"}, {Group: "三组", Shades: "ggrggg"}, {Group: "三组", Shades: "yggggg"}, {Group: "五组", Shades: ""},
	}
	at := on("2018-05-14") // a Monday
	rs := Village(hh[:12], lights, nil, []models.Person{wang, li, zhao}, p, at)
	require.Len(t, rs, 2)
	require.Equal(t, []any{"wang", 2, "三组2", "village 0 2018-05-14"}, []any{rs[0].PersonID, rs[0].Count, rs[0].Title, told(rs[:1], "missing")[0]})
	require.Equal(t, []any{"li", 3, "三组2 五组1"}, []any{rs[1].PersonID, rs[1].Count, rs[1].Title})
	friday, saturday := Village(hh[:12], lights, nil, []models.Person{li}, p, on("2018-05-18")), Village(hh[:12], lights, nil, []models.Person{li}, p, on("2018-05-19"))
	require.Equal(t, rs[1].ID, friday[0].ID, "one a week")
	require.Empty(t, saturday)
	require.NotEqual(t, rs[1].ID, Village(hh[:12], lights, nil, []models.Person{li}, p, on("2018-05-21"))[0].ID)
	require.Empty(t, Village(hh[:12], lights[:1], nil, []models.Person{li}, p, at), "all clear")

	deaf := []models.Unreached{{PersonID: "wang", Name: "王建国", Open: 4, Why: "unbound"}}
	rs = Village(hh[:12], lights[:1], deaf, []models.Person{wang, zhao, gao}, p, on("2018-05-16"))
	require.Len(t, rs, 1)
	require.Equal(t, []any{"unreached", "zhao", "王建国", 4}, []any{rs[0].Rule, rs[0].PersonID, rs[0].Title, rs[0].Count})
	rs = Village(hh[:12], nil, deaf, []models.Person{wang, gao}, p, on("2018-05-16"))
	require.Equal(t, "gao", rs[0].PersonID, "no township: the county")
}

func TestCounty(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	for day, want := range map[string][]string{
		"2018-09-30": {}, "2018-10-01": {"county -91 2018-12-31"}, "2018-12-01": {"county -30 2018-12-31"}, "2019-01-01": {},
	} {
		rs := County("539901", []models.Person{chen, gao}, p, on(day))
		require.Equal(t, want, told(rs, "library"), day)
		for _, r := range rs {
			require.Equal(t, []string{"gao", "539901"}, []string{r.PersonID, r.Village})
		}
	}
}

func TestMuted(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	m := models.Mute{HouseholdID: hh, Village: hh[:12], By: "wang", Until: "2018-06-30", At: on("2018-05-16")}
	rs := Muted(m, "王建国暂停了三组张某家的提醒", p, on("2018-05-16"), []models.Person{wang, zhao})
	require.Len(t, rs, 1)
	require.Equal(t, []string{"zhao", "王建国暂停了三组张某家的提醒"}, []string{rs[0].PersonID, rs[0].Title})
}
