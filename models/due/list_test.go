package due

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func row(rule string, due models.Date, change func(r *models.Reminder)) models.Reminder {
	r := models.Reminder{Rule: rule, Due: due, Village: hh[:12], Group: "三组", Head: "张大有", Title: "养牛2头", Count: 1, Level: models.Village}
	if change != nil {
		change(&r)
	}
	r.Name()
	return r
}

func lines(items []Item) (out []string) {
	for _, it := range items {
		out = append(out, it.Text)
	}
	return out
}

func TestListIsRankedAndShort(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	rs := []models.Reminder{
		row("due", "2018-11-07", nil),
		row("due", "2018-10-31", func(r *models.Reminder) { r.Thing, r.Title = "x", "今天的" }),
		row("due", "2018-10-01", func(r *models.Reminder) { r.Thing = "y"; r.Up = models.Township }),
		row("due", "2018-10-20", func(r *models.Reminder) { r.Thing, r.Title, r.Guarantee = "z", "C级加固", true }),
		row("hand_over", "", func(r *models.Reminder) { r.Title = "王建国" }),
		row("missing", "2018-10-29", func(r *models.Reminder) { r.Head, r.Title, r.Count = "", "三组4 五组2", 6 }),
		row("calendar", "2018-12-31", func(r *models.Reminder) { r.Head, r.Title = "", "没有规则的话" }),
	}
	for i := range 5 {
		rs = append(rs, row("contact", "2018-10-31", func(r *models.Reminder) { r.Thing, r.Head = fmt.Sprint(i), "李"+string(rune('一'+i)) }))
	}
	items := List(rs, p, "2018-10-31", nil)
	require.Equal(t, []string{
		"三组 张大有 C级加固 超期11天",
		"三组 张大有 王建国不管这户了，还没人接",
		"三组 张大有 养牛2头 超期30天（已报乡镇）",
		"六清没齐6户：三组4 五组2",
		"三组 张大有 今天的 今天到期",
		"这个月还没联系：三组 李一、三组 李丁、三组 李丂等5户",
		"三组 张大有 养牛2头 还有7天到期",
		"没有规则的话",
	}, lines(items))
	require.Len(t, items[5].Reminders, 5)
	require.True(t, items[0].Late)
	require.False(t, items[5].Late)

	up := row("due", "2018-10-01", func(r *models.Reminder) { r.Level, r.For = models.Township, models.Village })
	require.Equal(t, []string{"大水井村三组 张大有 养牛2头 超期30天（村里没人接）"}, lines(List([]models.Reminder{up}, p, "2018-10-31", func(string) string { return "大水井村" })))
	ins := row("insurance", "2018-12-31", nil)
	require.Equal(t, []string{"三组 张大有 1个人还没参保，12月31日截止"}, lines(List([]models.Reminder{ins}, p, "2018-10-31", nil)))
	one := row("contact", "2018-10-31", nil)
	require.Equal(t, []string{"三组 张大有 这个月还没联系"}, lines(List([]models.Reminder{one}, p, "2018-10-26", nil)))
	require.Empty(t, List(nil, p, "2018-10-31", nil))
}

// TestWhoStandsInHearsOfAThingOnce: with nobody in the village its step is the township's,
// which has one of its own.
func TestWhoStandsInHearsOfAThingOnce(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	for _, c := range []struct {
		change func(d *models.Dossier)
		at     string
		people []models.Person
		want   []string
	}{
		{due("2018-10-31"), "2018-11-15", []models.Person{zhao, gao}, []string{"三组 张大有 养牛2头 超期15天（村里没人接）"}},
		{due("2018-10-31"), "2018-11-30", []models.Person{zhao, gao}, []string{"三组 张大有 养牛2头 超期30天（已报县里）（村里没人接）"}},
		{visited("2017-05-10"), "2018-06-09", []models.Person{zhao, gao}, []string{"三组 张大有 一年多没入户了（村里没人接）"}},
		{due("2018-10-31"), "2018-11-15", []models.Person{wang, zhao}, []string{"三组 张大有 养牛2头 超期15天"}},
	} {
		d := with(c.at, c.change)
		var mine []models.Reminder
		for _, r := range For(d, p, on(c.at), c.people) {
			if r.PersonID == "zhao" {
				mine = append(mine, r)
			}
		}
		items := List(mine, p, models.Date(c.at), nil)
		require.Equal(t, c.want, lines(items))
		require.Len(t, items[0].Reminders, len(mine), "told all the same")
	}
}

// TestEveryRuleHasWordsForEveryPhase: no line is without words, and none shows a brace.
func TestEveryRuleHasWordsForEveryPhase(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"huhuqing-2018", "monitoring-2021"} {
		p := profile(t, id)
		for _, rule := range p.Reminders {
			for _, today := range []models.Date{"2018-10-01", "2018-10-31", "2018-11-30"} {
				for _, n := range []int{1, 6} {
					var rs []models.Reminder
					for i := range n {
						rs = append(rs, row(rule.ID, "2018-10-31", func(r *models.Reminder) { r.Thing, r.Head, r.Up = fmt.Sprint(i), fmt.Sprint("户", i), models.County }))
					}
					for _, line := range lines(List(rs, p, today, nil)) {
						require.NotContains(t, line, "{", "%s %s", rule.ID, line)
						require.NotEmpty(t, line)
						require.LessOrEqual(t, len([]rune(line)), 60, line)
					}
				}
			}
		}
	}
}

func TestWanted(t *testing.T) {
	t.Parallel()
	p := profile(t, "huhuqing-2018")
	today := models.Date("2018-10-31")
	late, near, far, many := row("due", "2018-10-30", nil), row("due", "2018-11-07", nil), row("due", "2018-11-08", nil), row("contact", "2018-10-31", nil)
	for amount, want := range map[models.RemindAmount][4]bool{
		models.RemindAll: {true, true, true, true}, models.RemindLess: {true, true, false, false},
		models.RemindOverdue: {true, false, false, false}, models.RemindNone: {}, "": {true, true, true, true},
	} {
		require.Equal(t, want, [4]bool{
			Wanted(amount, &late, p, today), Wanted(amount, &near, p, today), Wanted(amount, &far, p, today), Wanted(amount, &many, p, today),
		}, string(amount))
	}
}
