package flows

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

const (
	itsVillage = "539901200201"
	itsProg    = "huhuqing-2018"
)

// remembered is a store with a village, two people and the conversation.
type remembered struct {
	t     *testing.T
	store *store.Store
	conv  *Conversation
	now   time.Time
	n     int
}

func remembering(t *testing.T, now string) *remembered {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", now, models.Zone)
	require.NoError(t, err)
	keys, err := seal.Parse(seal.Generate())
	require.NoError(t, err)
	r := &remembered{t: t, conv: newConversation(t), now: at}
	r.conv.log = slog.New(slog.DiscardHandler)
	r.store, err = store.Open(store.Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "r.db"), Keys: keys, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return r.now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.store.Close()) })
	ctx := context.Background()
	require.NoError(t, r.store.Migrate(ctx))
	_, err = r.store.Areas().Put(ctx, []models.Area{{Code: "539901", Name: "示范县"}, {Code: itsVillage[:9], Name: "清水乡"}, {Code: itsVillage, Name: "大水井村"}})
	require.NoError(t, err)
	for _, p := range []models.Person{
		{ID: "wang", Name: "王建国", Role: models.RoleVillage, AreaCode: itsVillage}, {ID: "zhao", Name: "赵明", Role: models.RoleTownship, AreaCode: itsVillage[:9]},
	} {
		require.NoError(t, r.store.People().Add(ctx, &p))
	}
	return r
}

func (r *remembered) by(id string) models.Actor {
	if id == "zhao" {
		return models.Actor{PersonID: id, Name: "赵明", Role: models.RoleTownship, Area: itsVillage[:9], Source: "z"}
	}
	return models.Actor{PersonID: id, Name: "王建国", Role: models.RoleVillage, Area: itsVillage, Source: "w"}
}

// apply runs an effect as the turn does.
func (r *remembered) apply(e models.Effect, by string) {
	r.t.Helper()
	if j, ok := e.(judging); ok {
		e = j.judgedBy(r.conv.profile).(models.Effect)
	}
	require.NoError(r.t, r.store.Atomically(context.Background(), func(s models.Store) error {
		return e.Apply(context.Background(), s, r.by(by), r.now)
	}))
}

// rows are the reminders of a rule as «step due state why».
func (r *remembered) rows(id, rule string) []string {
	r.t.Helper()
	all, err := r.store.Reminders().About(context.Background(), r.by("wang"), id)
	require.NoError(r.t, err)
	out := []string{}
	for _, x := range all {
		if x.Rule == rule {
			out = append(out, strings.TrimSpace(strings.Join([]string{x.Step, string(x.Due), string(x.State), x.Why}, " ")))
		}
	}
	return out
}

func TestASaveCarriesItsReminders(t *testing.T) {
	t.Parallel()
	r := remembering(t, "2018-11-05 10:00")
	d := &models.Dossier{
		Household: models.Household{Village: itsVillage, Group: "三组", Status: "poor", VisitDate: "2018-11-05"},
		Members:   []models.Member{{Name: "张大有", Relation: "head", MedIns: "resident"}}, Income: models.Income{Year: 2018},
		Measures: []models.Measure{
			{Programme: itsProg, Cat1: "industry", Title: "养牛", Status: "working", Due: "2018-11-30"},
			{Programme: itsProg, Cat1: "industry", Title: "旧账", Status: "working", Due: "2018-10-31"},
		},
	}
	r.apply(SaveHousehold{Dossier: d}, "wang")
	id := d.Household.ID
	require.ElementsMatch(t, []string{"-30 2018-11-30 void said", "+1 2018-10-31 open"}, r.rows(id, "due"), "who has just said the date knows it")

	d.Measures[0].Due = "2018-11-10"
	r.apply(SaveHousehold{Dossier: d, Base: d.Household.Version}, "zhao")
	require.Contains(t, r.rows(id, "due"), "-7 2018-11-10 open", "somebody else moved the date")
	d.Measures[0].Due = "2018-12-31"
	r.apply(SaveHousehold{Dossier: d, Base: d.Household.Version}, "zhao")
	require.Contains(t, r.rows(id, "due"), "-7 2018-11-10 void gone")
	d.Measures[1].Status = "finished"
	r.apply(SaveHousehold{Dossier: d, Base: d.Household.Version}, "wang")
	require.NotContains(t, strings.Join(r.rows(id, "due"), "\n"), "open")
	watches, err := r.store.Reminders().Watched(context.Background(), itsProg, "2018-12-01", models.Watch{}, 10)
	require.NoError(t, err)
	require.Contains(t, watches, models.Watch{Programme: itsProg, Thing: id, Next: "2018-12-01", Version: d.Household.Version}, "its next day is the 30th before the deadline")

	imported := &models.Dossier{
		Household: models.Household{Village: itsVillage, Group: "三组", Status: "poor", VisitDate: "2018-11-05"}, Members: []models.Member{{Name: "普老三", Relation: "head", MedIns: "resident"}},
		Income: models.Income{Year: 2018}, Measures: []models.Measure{{Programme: itsProg, Cat1: "industry", Title: "养鸡", Status: "working", Due: "2018-11-10"}},
	}
	_, err = r.store.Households().Create(context.Background(), models.Actor{PersonID: "import", Role: models.RoleAdmin, Area: itsVillage, Source: "import"}, imported, r.now)
	require.NoError(t, err)
	imported.Household.Remark = "狗凶"
	r.apply(SaveHousehold{Dossier: imported, Base: imported.Household.Version}, "wang")
	require.Equal(t, []string{"-7 2018-11-10 open"}, r.rows(imported.Household.ID, "due"), "who changes something else has not said the date")

	next := &models.Dossier{Household: models.Household{Village: itsVillage, Group: "三组", Status: "poor"}, Members: []models.Member{{Name: "李阿普", Relation: "head"}}}
	r.apply(SaveHousehold{Dossier: next}, "wang")
	id = next.Household.ID
	r.apply(UndoSave{HouseholdID: id, Source: "w", Since: r.now.Add(-time.Hour)}, "wang")
	require.NotContains(t, strings.Join(r.rows(id, "insurance"), "\n"), "open")
	watches, err = r.store.Reminders().Watched(context.Background(), itsProg, "2019-12-01", models.Watch{}, 10)
	require.NoError(t, err)
	for _, w := range watches {
		require.NotEqual(t, id, w.Thing, "the household was withdrawn, and with it its watch")
	}
}

// say is one message.
func (r *remembered) say(session []byte, text string) (dialog.Result, []byte) {
	r.t.Helper()
	r.n++
	by := r.by("wang")
	by.AreaName = "大水井村"
	in := dialog.Input{Key: text, User: "owang", At: r.now, Kind: dialog.InputText, Text: text}
	res, err := r.conv.Turn(context.Background(), session, in, &by, r.store.Reader(), r.now)
	require.NoError(r.t, err)
	for _, e := range res.Effects {
		r.apply(e.(models.Effect), "wang")
	}
	return res, res.Session
}

func TestWhatDidNotArriveIsShownOnce(t *testing.T) {
	t.Parallel()
	r := remembering(t, "2018-11-05 10:00")
	ctx := context.Background()
	d := &models.Dossier{
		Household: models.Household{Village: itsVillage, Group: "三组", Status: "poor", VisitDate: "2018-11-05"},
		Members:   []models.Member{{Name: "张大有", Relation: "head", MedIns: "resident"}}, Income: models.Income{Year: 2018},
		Measures: []models.Measure{{Programme: itsProg, Cat1: "industry", Title: "养牛", Status: "working", Due: "2018-10-31"}},
	}
	r.apply(SaveHousehold{Dossier: d}, "zhao")
	open, err := r.store.Reminders().Open(ctx, itsProg, "wang", "2018-11-05")
	require.NoError(t, err)
	require.Len(t, open, 1)
	review := models.Push{ID: "review1", PersonID: "wang", Village: itsVillage, Kind: models.PushReview, Text: "方案退回了：缺资金来源", NotBefore: r.now, Expires: r.now.Add(48 * time.Hour)}
	digest := models.Push{ID: "digest1", PersonID: "wang", Village: itsVillage, Kind: models.PushDigest, Text: "今天有1件", NotBefore: r.now, Expires: r.now.Add(time.Hour)}
	require.NoError(t, r.store.Pushes().Put(ctx, []models.Push{review, digest}))
	require.NoError(t, r.store.Reminders().Tell(ctx, models.Telling{PersonID: "wang", Day: "2018-11-05", Push: "digest1", At: r.now}, []string{open[0].ID}))
	require.NoError(t, r.store.Reminders().Heard(ctx, "digest1", models.PushRefused))

	res, session := r.say(nil, "你好")
	require.True(t, strings.HasPrefix(res.Reply.Text, "这些提醒没送到您手机上：\n· 三组 张大有 养牛 超期5天"), res.Reply.Text)
	res, session = r.say(session, "谢谢")
	require.NotContains(t, res.Reply.Text, "没送到")
	r.now = r.now.Add(time.Hour)
	res, session = r.say(session, "查 张大有")
	require.NotContains(t, res.Reply.Text, "没送到", "once")
	r.now = r.now.Add(-3 * time.Hour)
	res, session = r.say(session, "查 张大有")
	require.NotContains(t, res.Reply.Text, "没送到")

	r.now = r.now.Add(4 * time.Hour)
	again := r.tells(d, "digest2", "2018-11-06", models.PushUnsure)
	res, session = r.say(session, "你好")
	require.True(t, strings.HasPrefix(res.Reply.Text, "这些提醒不知道您收到没有，再说一遍：\n· 三组 张大有 养牛 超期"), res.Reply.Text)
	require.Equal(t, models.PushShown, r.push(again).State, "it is not sent again")
	r.now = r.now.Add(time.Hour)
	res, session = r.say(session, "你好")
	require.NotContains(t, res.Reply.Text, "收到没有", "once")

	lost := r.tells(d, "digest3", "2018-11-07", models.PushRefused)
	r.apply(UndoSave{HouseholdID: d.Household.ID, Source: "z", Since: r.now.Add(-24 * time.Hour)}, "zhao")
	r.now = r.now.Add(time.Hour)
	res, _ = r.say(session, "你好")
	require.NotContains(t, res.Reply.Text, "张大有", "the household was withdrawn")
	require.Equal(t, models.PushVoid, r.push(lost).State)
}

// tells has wang told the next step of a household's measure by a push that ended so.
func (r *remembered) tells(d *models.Dossier, push string, day models.Date, outcome models.PushState) string {
	r.t.Helper()
	ctx := context.Background()
	row := models.Reminder{
		Programme: itsProg, State: models.ReminderOpen, PersonID: "wang", HouseholdID: d.Household.ID, Village: itsVillage, Thing: d.Measures[0].ID, Rule: "due",
		Step: push, Level: models.Village, Due: "2018-10-31", On: "2018-11-05", Group: "三组", Head: "张大有", Title: "养牛", Count: 1,
	}
	row.Name()
	require.NoError(r.t, r.store.Reminders().Add(ctx, []models.Reminder{row}, r.now))
	p := models.Push{ID: push, PersonID: "wang", Village: itsVillage, Kind: models.PushDigest, Text: "今天有1件", NotBefore: r.now, Expires: r.now.Add(6 * time.Hour)}
	require.NoError(r.t, r.store.Pushes().Put(ctx, []models.Push{p}))
	require.NoError(r.t, r.store.Reminders().Tell(ctx, models.Telling{PersonID: "wang", Day: day, Push: push, At: r.now}, []string{row.ID}))
	p = r.push(push)
	p.State, p.Code = outcome, "timeout"
	require.NoError(r.t, r.store.Deliveries().Settle(ctx, p))
	require.NoError(r.t, r.store.Reminders().Heard(ctx, push, outcome))
	return push
}

func (r *remembered) push(id string) models.Push {
	r.t.Helper()
	p, err := r.store.Pushes().Push(context.Background(), models.Actor{Role: models.RoleAdmin, Area: models.Everywhere}, id)
	require.NoError(r.t, err)
	return p
}

// TestNobodyIsWokenByAComplaint: what is said at night is told in the morning, and how it
// was answered as well.
func TestNobodyIsWokenByAComplaint(t *testing.T) {
	t.Parallel()
	for said, told := range map[string]string{"2018-11-05 22:30": "2018-11-06 07:30", "2018-11-06 06:10": "2018-11-06 07:30", "2018-11-05 20:30": "2018-11-05 20:30"} {
		r := remembering(t, said)
		r.say(nil, "反馈 三组水池又漏了，没人来修")
		pushes, _, err := r.store.Pushes().List(context.Background(), models.Actor{Role: models.RoleAdmin, Area: models.Everywhere}, models.PushQuery{})
		require.NoError(t, err)
		require.NotEmpty(t, pushes)
		for _, p := range pushes {
			require.Equal(t, told, p.NotBefore.In(models.Zone).Format("2006-01-02 15:04"), said)
		}
	}
}
