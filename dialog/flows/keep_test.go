package flows_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/flows"
	"github.com/huhuqing/huhuqing/models"
)

const demoVillage = "539901200201"

func (s *stage) sums(area string) models.Summary {
	s.t.Helper()
	all, err := s.store.Households().Judged(context.Background(), models.Actor{Area: "539901"}, s.profile.ID, area)
	require.NoError(s.t, err)
	return all[0]
}

func (s *stage) tell(text string) string {
	s.t.Helper()
	s.take(dialog.Input{Kind: dialog.InputText, Text: text})
	s.print(text)
	return s.reply
}

// judgedAnew is what the sums of a village have to be: those of all its lights.
func (s *stage) judgedAnew(village string) models.Summary {
	s.t.Helper()
	ctx, by := context.Background(), models.Actor{Area: village}
	lights, err := s.store.Households().Lights(ctx, by, s.profile.ID, village)
	require.NoError(s.t, err)
	var out models.Summary
	for _, l := range lights {
		d, err := s.store.Households().Dossier(ctx, by, l.HouseholdID, 0)
		require.NoError(s.t, err)
		require.Equal(s.t, d.Household.Version, l.Version)
		l.Count(d, s.profile)
		for c, n := range l.Counts() {
			if c.Sort == models.SumArea {
				out.Add(c.What, n)
			}
		}
	}
	return out
}

func TestKeeperJudgesWhatNoSaveDid(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.village() // all judged, once
	k, ctx := s.keeper(), context.Background()
	n, err := k.Pass(ctx, s.now)
	require.NoError(t, err)
	require.Zero(t, n, "nothing to do any more")
	n, err = k.Pass(ctx, s.now.Add(24*time.Hour))
	require.NoError(t, err)
	require.Equal(t, 31, n, "a day later they have aged")

	before := s.sums(demoVillage)
	n, err = k.Pass(ctx, s.now.AddDate(2, 0, 0))
	require.NoError(t, err)
	require.Equal(t, 31, n)
	after := s.sums(demoVillage)
	require.Less(t, after.SixClear, before.SixClear, "nobody came for two years")
	require.Equal(t, before.Households, after.Households)

	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = k.Pass(ended, s.now.AddDate(3, 0, 0))
	require.Error(t, err, "it stops when told to")
	done := make(chan struct{})
	go func() { defer close(done); k.Run(ended, time.Hour, func() time.Time { return s.now }) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		require.Fail(t, "it does not stop")
	}
}

func TestSeveralKeepersAndSavesAtOnceCountEverybodyOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.village()
	ctx := context.Background()
	var all sync.WaitGroup
	errs := make(chan error, 100)
	for r := range 3 {
		all.Go(func() {
			for day := range 3 {
				errs <- untilFree(func() error {
					_, err := s.keeper().Pass(ctx, s.now.AddDate(0, 0, 1+day))
					return err
				})
			}
		})
		all.Go(func() {
			by := models.Actor{PersonID: "wang", Name: "王建国", Role: models.RoleVillage, Area: demoVillage, Source: fmt.Sprint("m", r)}
			lights, err := s.store.Households().Lights(ctx, by, s.profile.ID, demoVillage)
			errs <- err
			for i := r; i < len(lights); i += 3 {
				errs <- untilFree(func() error { return s.moved(ctx, by, lights[i].HouseholdID) })
			}
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	_, err := s.keeper().Pass(ctx, s.now.AddDate(0, 0, 9))
	require.NoError(t, err)
	want, got := s.judgedAnew(demoVillage), s.sums(demoVillage)
	got.Area, got.Name, got.Level = "", "", ""
	require.Equal(t, want, got)
	require.Equal(t, 27, got.Households)
}

// moved saves one household with another group and another house.
func (s *stage) moved(ctx context.Context, by models.Actor, id string) error {
	return s.store.Atomically(ctx, func(st models.Store) error {
		d, err := st.Households().Dossier(ctx, by, id, 0)
		if err != nil {
			return err
		}
		if d.Household.Group = "九组"; d.Condition.Year != 0 {
			d.Condition.HouseGrade = "D"
		}
		if _, err := st.Households().Save(ctx, by, d, d.Household.Version, s.now); err != nil {
			return err
		}
		return flows.Keep(ctx, st, by, s.profile, d.Household.ID, s.now)
	})
}

// untilFree does something again while somebody else writes for long, as the turn
// and the keeper's next round do.
func untilFree(do func() error) error {
	for {
		if err := do(); models.CodeOf(err) != models.Unavailable {
			return err
		}
	}
}

// TestEverySaveKeepsTheLight: what the card shows, the lists and the sums say the
// same after a save and after it is taken back.
func TestEverySaveKeepsTheLight(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.village()
	s.who = "王建国"
	require.Equal(t, 1, s.sums(demoVillage).SixClear)
	require.Contains(t, s.tell("查 D级"), "3户")
	s.tell("入户 张大有 三组")
	s.tell("房子成D级了")
	require.Contains(t, s.tell("保存"), "已保存")
	require.Contains(t, s.reply, "下游要复核：致贫原因、帮扶措施、投入产出、帮扶责任、脱贫时序")
	require.Contains(t, s.tell("查 D级"), "4户")
	require.Zero(t, s.sums(demoVillage).SixClear)
	require.Equal(t, 1, s.sums(demoVillage).Rechecks)
	require.Contains(t, s.tell("六清 张大有"), "🟡复核")
	require.Contains(t, s.reply, "前面的情况变了，要复核")

	require.Contains(t, s.tell("看要复核的"), "都看过了，不用改")
	require.Contains(t, s.tell("不用改：帮扶措施"), "下游要复核：致贫原因、投入产出、帮扶责任、脱贫时序")
	s.tell("看要复核的")
	require.Contains(t, s.tell("1"), "复核过了")
	require.Contains(t, s.tell("撤回"), "已撤回张大有户刚才的复核")
	s.tell("复核 张大有")
	require.Contains(t, s.tell("1"), "复核过了")
	require.NotContains(t, s.tell("六清 张大有"), "🟡复核")
	require.Zero(t, s.sums(demoVillage).Rechecks)
	require.Contains(t, s.tell("历史 张大有"), "复核过了")
	require.Contains(t, s.tell("复核 张大有"), "没有要复核的")

	s.tell("入户 张大有 三组")
	s.tell("房子修成B级了")
	s.tell("保存")
	require.Contains(t, s.tell("查 D级"), "3户")
	require.Contains(t, s.tell("撤回"), "已撤回")
	require.Contains(t, s.tell("查 D级"), "4户")
	want, got := s.judgedAnew(demoVillage), s.sums(demoVillage)
	got.Area, got.Name, got.Level = "", "", ""
	require.Equal(t, want, got)
}

// TestTheCardKnowsWhatLiesAround: rules that look at other households and at people
// count on the card as in the lists, and so do reasons given for warnings.
func TestTheCardKnowsWhatLiesAround(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.village()
	s.who = "王建国"
	require.Contains(t, s.tell("六清 张大有"), "六清都齐了")
	ctx, by := context.Background(), models.Actor{PersonID: "wang", Role: models.RoleVillage, Area: demoVillage, Source: "copied"}
	cards, _, err := s.store.Households().Find(ctx, by, models.Query{Name: "张大有", Limit: 1})
	require.NoError(t, err)
	save := func(change func(*models.Dossier)) {
		d, err := s.store.Households().Dossier(ctx, by, cards[0].ID, 0)
		require.NoError(t, err)
		change(d)
		require.NoError(t, s.store.Atomically(ctx, func(st models.Store) error {
			if _, err := st.Households().Save(ctx, by, d, d.Household.Version, s.now); err != nil {
				return err
			}
			return flows.Keep(ctx, st, by, s.profile, d.Household.ID, s.now)
		}))
	}
	kind, words := "", "家里有人常年看病花销大"
	save(func(d *models.Dossier) { d.Causes[0].Desc, kind = words, d.Causes[0].Kind })
	require.Contains(t, s.tell("六清 张大有"), "致贫原因🟢")
	for i := range 10 {
		d := &models.Dossier{Household: models.Household{Village: demoVillage, Group: "八组"}, Members: []models.Member{{Name: fmt.Sprint("赵", i), Relation: "head"}}}
		d.Causes = []models.Cause{{Programme: s.profile.ID, Kind: kind, Desc: words}}
		require.NoError(t, s.store.Atomically(ctx, func(st models.Store) error {
			made, err := st.Households().Create(ctx, by, d, s.now)
			if err != nil {
				return err
			}
			return flows.Keep(ctx, st, by, s.profile, made.ID, s.now)
		}))
	}
	require.Contains(t, s.tell("六清 张大有"), "致贫原因🟡", "ten others say the same in the very same words")
	require.Contains(t, s.reply, "写得一模一样")
	require.Contains(t, s.tell("查 张大有"), "致贫原因🟡")
	save(func(d *models.Dossier) {
		d.Waivers = append(d.Waivers, models.Waiver{Key: "W02:cause:" + kind, Reason: "确实都是看病"})
	})
	require.Contains(t, s.tell("查 张大有"), "致贫原因🟢", "a reason was given")
	require.NotContains(t, s.tell("查 原因没清 三组"), "张大有")
}
