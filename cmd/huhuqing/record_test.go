package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// A household of five through the signed callback, from 绑定 to 保存, and then the rows that prove it.
func TestHouseholdOfFiveIsRecordedAndFound(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.serve()
		f := newFamily()
		f.record(t, w.cadre("李红", dawan))
		w.provesTheRows(t, f)
		w.holdsNothingPrivate(t, f)
		w.isFoundByTheNext(t, f)
		w.isHiddenFromOthers(t, f)
	})
}

// The same household through the phone page in a browser.
func TestHouseholdOfFiveThroughThePage(t *testing.T) {
	t.Parallel()
	for name, ground := range map[string]func(t *testing.T) *world{
		"embedded plain": func(t *testing.T) *world { return newWorld(t, embedded(t), platform.Plain) },
		"servers safe":   func(t *testing.T) *world { return newWorld(t, servers(t), platform.Safe) },
	} {
		t.Run(name, func(t *testing.T) {
			w := ground(t) // one browser at a time is enough for two cores
			w.serve()
			w.wechat.Introduce(platform.User{OpenID: newOpenID(), Name: "李红", Role: "村干部", Place: "大湾村"})
			p := openPage(t, w.api.URL)
			p.taps("person", "李红")
			require.Contains(t, p.answered(func() { p.taps("follow", "") }), "绑定")
			require.Contains(t, p.give("绑定 "+w.person("李红", "village", dawan)), "李红")
			f := newFamily()
			f.record(t, p)
			p.fits()
			require.True(t, slices.ContainsFunc(w.wechat.Record(), func(e platform.Entry) bool { return strings.Contains(e.Sent, "<bizmsgmenuid>") }), "by tapping, too")
			w.provesTheRows(t, f)
			w.holdsNothingPrivate(t, f)
		})
	}
}

// provesTheRows asks the database itself.
func (w *world) provesTheRows(t *testing.T, f family) {
	t.Helper()
	require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM households WHERE village = ? AND head_name = ? AND member_count = 5", dawan, f.head))
	require.Equal(t, 5, w.count(t, "SELECT COUNT(*) FROM members WHERE village = ? AND id_no <> ''", dawan))
	require.Equal(t, 3, w.count(t, "SELECT COUNT(*) FROM members WHERE sex = 'F'"))
	require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM conditions WHERE farm = 3.5 AND irrig = 1.2 AND forest = 8 AND house_area = 96"))
	require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM incomes WHERE pay_out = 18000 AND stock_sale = 6000 AND pension_pay = 2400 AND biz_cost = 2400"))
	require.Greater(t, w.count(t, "SELECT COUNT(*) FROM changes WHERE village = ? AND by_name = '李红'", dawan), 50)
	require.Len(t, w.column(t, "SELECT DISTINCT source FROM changes"), 1, "all of it from the one message that said 保存")
}

// holdsNothingPrivate reads every column of every table as it is stored.
func (w *world) holdsNothingPrivate(t *testing.T, f family) {
	t.Helper()
	dump := w.dump(t)
	require.Contains(t, dump, "households.head_name="+f.head)
	for _, secret := range f.private() {
		require.Zero(t, strings.Count(dump, secret), "%s stands in a row", secret)
	}
}

// isFoundByTheNext: another cadre of the village looks the household up by everything one may know of it.
func (w *world) isFoundByTheNext(t *testing.T, f family) {
	t.Helper()
	next := w.cadre("杨梅", dawan)
	for _, what := range []string{"张大有", "大有", "zhangdayou", "zhang da you", "zdy", f.ids[0][14:], f.phone[7:], "李秀英", "张小花"} {
		card := next.say("查 " + what)
		require.Contains(t, card, "张大有（三组）5口人", what)
		require.Contains(t, card, "139****1234", what)
		for _, secret := range append(f.ids, f.phone) {
			require.NotContains(t, card, secret, what)
		}
	}
	require.Contains(t, next.say("历史 张大有"), "李红")
}

// isHiddenFromOthers: for a cadre of another village the household does not exist, for the township it does.
func (w *world) isHiddenFromOthers(t *testing.T, f family) {
	t.Helper()
	for _, village := range []string{shikan, longma} {
		other := w.cadre("岩叫", village)
		for _, what := range []string{"张大有", "zdy", f.ids[0][14:], f.phone[7:], "李秀英", "三组"} {
			found := other.say("查 " + what)
			require.NotContains(t, found, "口人", what)
			require.NotContains(t, found, "139****1234", what)
		}
		require.NotContains(t, other.say("历史 张大有"), "李红")
	}
	reviewer := w.stranger()
	reviewer.say("绑定 " + w.person("赵明", "township", township))
	require.Contains(t, reviewer.say("查 张大有"), "5口人")
}
