package reminders

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestWhatComesBackUntoldIsLookedAtBeforeItIsTold(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		done := g.household("张大有", dated("养牛", "2018-10-31"))
		g.household("李阿普", dated("养猪", "2018-10-31"))
		p := g.told(g.round(s, "2018-10-08 08:00"), "wang")
		g.sent.state(p.ID, models.PushWaiting)
		g.now = at("2018-10-08 15:00")
		g.edit(done, func(d *models.Dossier) { d.Measures[0].Status = "finished" })
		g.sent.state(p.ID, models.PushExpired)
		again := g.told(g.round(s, "2018-10-09 08:00"), "wang")
		require.Contains(t, again.Text, "李阿普 养猪 还有22天到期")
		require.NotContains(t, again.Text, "张大有", "done in between")
	})
}

func TestAPushWhoseReasonIsGoneIsTakenBack(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		done := g.household("张大有", dated("养牛", "2018-10-31"))
		p := g.told(g.round(s, "2018-10-08 08:00"), "wang")
		g.sent.state(p.ID, models.PushWaiting) // a quota, say, that comes back in the afternoon
		g.now = at("2018-10-08 10:00")
		g.edit(done, func(d *models.Dossier) { d.Measures[0].Status = "finished" })
		g.round(s, "2018-10-08 10:01")
		require.Equal(t, []string{p.ID}, g.sent.voided)
		g.round(s, "2018-10-08 10:02")
		require.Nil(t, to(g.round(s, "2018-10-09 08:00"), "wang"), "nor is it told the next day")
		g.edit(done, func(d *models.Dossier) { d.Measures[0].Status = "working" })
		require.Contains(t, g.told(g.round(s, "2018-10-10 08:00"), "wang").Text, "养牛", "not done after all, and never told")
	})
}

func TestWhatWasNotHeardAndHoldsNoMoreIsNotShown(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		done := g.household("张大有", dated("养牛", "2018-10-31"))
		g.household("李阿普", dated("养猪", "2018-10-31"))
		p := g.told(g.round(s, "2018-10-08 08:00"), "wang")
		g.sent.state(p.ID, models.PushRefused)
		g.round(s, "2018-10-08 08:01")
		require.ElementsMatch(t, []string{"李阿普 -30", "张大有 -30"}, g.unheard())
		g.edit(done, func(d *models.Dossier) { d.Measures[0].Status = "finished" })
		g.round(s, "2018-10-08 09:00")
		require.Equal(t, []string{"李阿普 -30"}, g.unheard())
		require.Empty(t, g.sent.voided, "of two things one still holds")
		g.told(g.round(s, "2018-10-24 08:00"), "wang")
		require.Empty(t, g.unheard(), "the next step was heard")
	})
}

func TestAnOutcomeThatChangesIsHeardOf(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", dated("养牛", "2018-10-31"))
		p := g.told(g.round(s, "2018-10-08 08:00"), "wang")
		g.sent.state(p.ID, models.PushRefused)
		g.round(s, "2018-10-08 08:01")
		require.Len(t, g.unheard(), 1)
		g.sent.state(p.ID, models.PushWaiting) // the person wrote, or an operator woke it
		g.round(s, "2018-10-08 08:20")
		require.Empty(t, g.unheard(), "it is on its way")
		g.sent.state(p.ID, models.PushDelivered)
		g.round(s, "2018-10-08 08:21")
		require.Empty(t, g.unheard())
		require.Nil(t, to(g.round(s, "2018-10-09 08:00"), "wang"))
	})
}

func TestWhatMayHaveArrivedIsNeitherLostNorSentAgain(t *testing.T) {
	onEach(t, "2018-09-10 09:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", dated("养牛", "2018-10-31"))
		p := g.told(g.round(s, "2018-10-08 08:00"), "wang")
		g.sent.state(p.ID, models.PushUnsure)
		g.round(s, "2018-10-08 08:01")
		require.Equal(t, []string{"张大有 -30"}, g.unheard(), "said once at the next contact")
		require.Nil(t, to(g.round(s, "2018-10-09 08:00"), "wang"))
		deaf, err := g.store.Reminders().Unreached(t.Context(), models.Actor{Role: models.RoleTownship, Area: township}, prog, "2018-10-09")
		require.NoError(t, err)
		require.Empty(t, deaf, "nobody says that the person cannot be reached")
	})
}

func TestARunForAnotherInstantLeavesTodayAsItIs(t *testing.T) {
	onEach(t, "2018-10-08 07:00", func(t *testing.T, g *ground) {
		s := g.replica()
		g.household("张大有", dated("养牛", "2018-10-31"))
		g.household("李阿普", dated("养猪", "2018-12-20"))
		g.round(s, "2018-10-08 07:00")
		ahead, err := s.Round(t.Context(), at("2018-12-28 08:00")) // by hand, with the clock at October
		require.NoError(t, err)
		require.NotNil(t, to(ahead.Pushes, "wang"))
		g.sent.state(to(ahead.Pushes, "wang").ID, models.PushWaiting)
		g.household("杨小妹", dated("养羊", "2018-10-31"))
		p := g.told(g.round(s, "2018-10-31 08:00"), "wang")
		require.Empty(t, g.sent.voided, "it waits for its day")
		require.Contains(t, p.Text, "杨小妹 养羊", "registered after that run")
		require.NotContains(t, p.Text, "养猪", "told in that run already")
		id := g.household("普老三", dated("养鸡", "2018-11-14"))
		require.Contains(t, g.told(g.round(s, "2018-11-01 08:00"), "wang").Text, "普老三 养鸡")
		require.Contains(t, g.told(g.round(s, "2018-11-07 08:00"), "wang").Text, "普老三 养鸡 还有7天到期", id)
	})
}

// unheard are the rows that the next contact shows wang.
func (g *ground) unheard() []string {
	g.t.Helper()
	rows, err := g.store.Reminders().Unheard(g.t.Context(), actor(), prog)
	require.NoError(g.t, err)
	out := []string{}
	for _, r := range rows {
		out = append(out, r.Head+" "+r.Step)
	}
	return out
}

// state is what became of a push.
func (r *recording) state(id string, s models.PushState) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.states[id] = s
}
