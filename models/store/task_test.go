package store

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// openStates are those of the profile; the store itself knows no profile.
var openStates = []string{"", "draft", "settled", "approved", "waiting", "working", "delayed", "adjusted"}

// work is a household with measures of these titles, dates and states.
func work(village, group, head string, rows ...[3]string) *models.Dossier {
	d := li(village, group)
	d.Members[0].Name = head
	for _, row := range rows {
		d.Measures = append(d.Measures, models.Measure{Programme: prog, Cat1: "industry", Cat2: "breeding", Title: row[0], Due: models.Date(row[1]), Status: row[2]})
	}
	return d
}

func titles(tasks []models.Task) (out []string) {
	for _, t := range tasks {
		out = append(out, t.Title)
	}
	return out
}

func TestTasks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		first := create(t, s, ann("m1"), work(damiao, "三组", "张大有",
			[3]string{"月底", "2018-10", "working"}, [3]string{"月初", "2018-10-05", "approved"}, [3]string{"没期限", "", "settled"},
			[3]string{"做完了", "2018-09", "finished"}, [3]string{"不做了", "2018-09", "cancelled"}, [3]string{"今年", "2018", ""}))
		second := work(damiao, "四组", "王老四", [3]string{"九月", "2018-09-30", "delayed"}, [3]string{"年后", "2019-03", "waiting"})
		second.Measures[0].Postponed, second.Measures[1].BlockWhy, second.Measures[1].Cat1, second.Measures[1].Cat2 = models.IntOf(2), "钱没到", "housing", "house_c"
		second.Measures[0].Content = "送县医院透析" // sealed in its column, and opened in a list as well
		second.Duties = []models.Duty{{Object: "ms:1", PersonID: "p_ann", Name: "安妮"}}
		create(t, s, ann("m2"), second)
		create(t, s, bob("m3"), work(xiaohe, "一组", "李小二", [3]string{"别村", "2018-08", "working"}))
		look := func(by models.Actor, q models.TaskQuery) []string {
			t.Helper()
			q.Programme, q.Open = prog, openStates
			tasks, _, err := hh.Tasks(ctx, by, q)
			require.NoError(t, err)
			return titles(tasks)
		}
		all := []string{"九月", "月初", "月底", "今年", "年后", "没期限"}
		require.Equal(t, all, look(ann(""), models.TaskQuery{}))
		require.Equal(t, append([]string{"别村"}, all...), look(bob(""), models.TaskQuery{}))
		require.Equal(t, []string{"别村"}, look(carl(), models.TaskQuery{Area: xiaohe}))
		require.Empty(t, look(ann(""), models.TaskQuery{Area: xiaohe}), "another village is as if it were not there")
		require.Empty(t, look(models.Actor{PersonID: "p_ann"}, models.TaskQuery{}))
		require.Equal(t, []string{"九月", "月初"}, look(ann(""), models.TaskQuery{To: "2018-10-30"}), "a month is over with its last day")
		require.Equal(t, []string{"月初", "月底"}, look(ann(""), models.TaskQuery{From: "2018-10-01", To: "2018-10-31"}))
		require.Equal(t, []string{"九月", "年后"}, look(ann(""), models.TaskQuery{Group: "第四小组"}))
		require.Equal(t, []string{"月初", "月底", "今年", "没期限"}, look(ann(""), models.TaskQuery{Household: first.Household.ID}))
		require.Equal(t, []string{"九月", "年后"}, look(ann(""), models.TaskQuery{Head: "王"}))
		require.Empty(t, look(ann(""), models.TaskQuery{Head: "老四"}))
		require.Equal(t, []string{"年后"}, look(ann(""), models.TaskQuery{Blocked: true}))
		require.Equal(t, []string{"年后"}, look(ann(""), models.TaskQuery{Kinds: []string{"house_c", "house_d"}}))
		require.Equal(t, []string{"年后"}, look(ann(""), models.TaskQuery{Kinds: []string{"housing"}}))

		mine := ann("")
		mine.Groups = models.Set{"3组"}
		require.Equal(t, []string{"月初", "月底", "今年", "年后", "没期限"}, look(mine, models.TaskQuery{Answering: true}), "their group, and what they answer for elsewhere")
		require.Equal(t, all, look(ann(""), models.TaskQuery{Answering: true}), "without groups: all of the village")
		other := mine
		other.PersonID, other.Name = "p_eve", "伊娃"
		require.Equal(t, []string{"月初", "月底", "今年", "没期限"}, look(other, models.TaskQuery{Answering: true}))

		var pages []string
		q := models.TaskQuery{Programme: prog, Open: openStates, Limit: 2}
		for {
			tasks, more, err := hh.Tasks(ctx, ann(""), q)
			require.NoError(t, err)
			pages = append(pages, titles(tasks)...)
			if q.After = tasks[len(tasks)-1].Cursor(); !more {
				break
			}
		}
		require.Equal(t, all, pages)
		tasks, _, err := hh.Tasks(ctx, ann(""), models.TaskQuery{Programme: prog, Open: openStates, Limit: 1})
		require.NoError(t, err)
		require.Equal(t, []string{"王老四", "四组", "2", "送县医院透析"}, []string{tasks[0].Head, tasks[0].Group, tasks[0].Postponed.String(), tasks[0].Content})

		backlogs, err := hh.Backlogs(ctx, bob(""), models.TaskQuery{Programme: prog, Open: openStates}, "2018-10-20")
		require.NoError(t, err)
		require.Equal(t, []models.Backlog{
			{Area: damiao, Name: "大庙村", Level: models.Village, Open: 6, Overdue: 2, Postponed: 1, Blocked: 1},
			{Area: xiaohe, Name: "小河村", Level: models.Village, Open: 1, Overdue: 1},
		}, backlogs)
		backlogs, err = hh.Backlogs(ctx, carl(), models.TaskQuery{Programme: prog, Open: openStates}, "2018-10-20")
		require.NoError(t, err)
		require.Equal(t, []models.Backlog{{Area: township, Name: "示例乡", Level: models.Township, Open: 7, Overdue: 3, Postponed: 1, Blocked: 1}}, backlogs)
		backlogs, err = hh.Backlogs(ctx, ann(""), models.TaskQuery{Programme: prog, Open: openStates}, "2018-10-20")
		require.NoError(t, err)
		require.Equal(t, []string{"三组", "四组"}, []string{backlogs[0].Name, backlogs[1].Name})
	})
}

// TestDueDayFollowsTheDate: by a save, and by taking it back.
func TestDueDayFollowsTheDate(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		d := create(t, s, ann("m1"), work(damiao, "三组", "张大有", [3]string{"牛", "2018-10", "working"}))
		require.Equal(t, models.Date("2018-10-31"), d.Measures[0].DueDay)
		p, err := models.LoadProfile(prog)
		require.NoError(t, err)
		require.NoError(t, p.Take(&d.Measures[0], models.Step{Kind: models.StepPostpone, Due: "2018-12-15", Why: "下雨"}, "2018-10-20"))
		_, err = hh.Save(ctx, ann("m2"), d, 1, clock)
		require.NoError(t, err)
		got := stored(t, s, ann(""), d.Household.ID).Measures[0]
		require.Equal(t, []string{"2018-12-15", "2018-10", "1", "下雨", "delayed", "2"},
			[]string{string(got.DueDay), string(got.FirstDue), got.Postponed.String(), got.PostponeWhy, got.Status, fmt.Sprint(got.Version)})
		require.ElementsMatch(t, []string{
			"measure|s001|due_date|2018-10|2018-12-15", "measure|s001|status|working|delayed", "measure|s001|first_due||2018-10",
			"measure|s001|postponed||1", "measure|s001|postpone_why||下雨",
		}, changesOf(t, s, d.Household.ID, "m2"))
		_, err = hh.Undo(ctx, ann("m3"), d.Household.ID, "m2", clock, clock)
		require.NoError(t, err)
		got = stored(t, s, ann(""), d.Household.ID).Measures[0]
		require.Equal(t, []string{"2018-10-31", "", "", "working"}, []string{string(got.DueDay), string(got.FirstDue), got.Postponed.String(), got.Status})
	})
}
