package turn_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/models"
)

// bind ties the ground's user to 李红, who looks after two groups of 大湾村.
func (g *ground) bind(t testing.TB) models.Person {
	t.Helper()
	ctx := t.Context()
	var areas []models.Area
	for code, name := range map[string]string{"53": "云南省", "5306": "昭通市", "530629": "威信县", "530629101": "旧城镇", "530629101203": "大湾村"} {
		areas = append(areas, models.Area{Code: code, Name: name, Level: models.LevelOf(code), Parent: models.ParentCode(code)})
	}
	_, err := g.store.Areas().Put(ctx, areas)
	require.NoError(t, err)
	p := models.Person{Name: "李红", Role: models.RoleVillage, AreaCode: "530629101203", Groups: models.Set{"一组", "三组"}, Department: "驻村工作队"}
	require.NoError(t, g.store.People().Add(ctx, &p))
	g.tie(t, p)
	return p
}

func (g *ground) tie(t testing.TB, p models.Person) {
	t.Helper()
	hash := "invite" + p.ID + g.user
	hash = hash[:min(len(hash), 64)]
	require.NoError(t, g.store.People().Invite(t.Context(), models.Invite{Hash: hash, PersonID: p.ID, ExpiresAt: g.clock.now().Add(time.Hour)}))
	_, err := g.store.People().Bind(t.Context(), hash, g.user, g.clock.now())
	require.NoError(t, err)
}

// talking is a runner with its conversation, to see whom it was asked by.
func (g *ground) talking(t testing.TB) (*turn.Runner, *counting) {
	t.Helper()
	talk := &counting{}
	return g.runner(t, func(o *turn.Options) { o.Conversation = talk }), talk
}

func TestActorIsWhoTheUserIsBoundTo(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r, talk := g.talking(t)
		g.take(t, r, "one")
		require.Nil(t, talk.by, "nobody yet")
		p := g.bind(t)
		g.take(t, r, "two")
		require.Equal(t, &models.Actor{
			PersonID: p.ID, Name: "李红", Role: models.RoleVillage, Area: "530629101203", AreaName: "大湾村",
			Groups: models.Set{"一组", "三组"}, Department: "驻村工作队", Source: g.say("two").Key,
		}, talk.by)
		g.take(t, r, "three")
		require.Equal(t, g.say("three").Key, talk.by.Source)
		d, err := g.store.Turns().Session(t.Context(), g.user)
		require.NoError(t, err)
		require.Equal(t, p.ID, d.PersonID)
	})
}

func TestRevocationTakesEffectAfterFiveMinutesAtTheLatest(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r, talk := g.talking(t)
		g.bind(t)
		g.take(t, r, "one")
		require.NoError(t, g.store.People().Unbind(t.Context(), g.user))
		g.clock.advance(4*time.Minute + 59*time.Second)
		g.take(t, r, "two")
		require.NotNil(t, talk.by)
		g.clock.advance(time.Second)
		g.take(t, r, "three")
		require.Nil(t, talk.by)
	})
}

func TestRebindingTakesEffectAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, g *ground) {
		r, talk := g.talking(t)
		g.bind(t)
		g.take(t, r, "one")
		require.NoError(t, g.store.People().Unbind(t.Context(), g.user))
		g.take(t, r, rebind)
		require.NotNil(t, talk.by)
		g.take(t, r, "two")
		require.Nil(t, talk.by)
	})
}
