package turn_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/flows"
	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/dialog/turn/proxytest"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

// The rounds of the real conversation (performance.md rows 5 and 11): one visit
// from 入户 to the card.
func TestRoundTripsOfAVisit(t *testing.T) {
	t.Parallel()
	g, r, redisTrips, sqlTrips := overheard(t)
	say := func(text string) (reply string, redis, sql []string) {
		redisTrips.since()
		sqlTrips.since()
		reply = g.take(t, r, text)
		return reply, redisTrips.since(), sqlTrips.since()
	}
	for _, text := range []string{"入户 张大有 三组", "一般户", "2014年"} { // scripts loaded, statements prepared
		say(text)
	}
	for _, text := range []string{
		"都不是", "13987651234", "张大有 户主 男52，妻李秀英 50", "都是汉族", "张大有初中，李秀英小学", "耕地3亩半 灌溉1亩2 林地8亩", "96平 土木 A级",
	} {
		reply, redis, sql := say(text)
		require.Contains(t, reply, "记下", text)
		require.Equal(t, []string{"evalsha", "evalsha"}, redis, text)
		require.Equal(t, []string{"START", "EXECUTE", "EXECUTE", "COMMIT"}, sql, text)
	}
	say("保存")
	say("查 张大有") // statements prepared
	reply, redis, sql := say("查 李秀英")
	require.Contains(t, reply, "张大有（三组）2口人")
	require.Equal(t, []string{"evalsha", "evalsha"}, redis)
	begins := slices.Index(sql, "START")
	require.LessOrEqual(t, begins, 4, "look-up and card with lights and findings: %v", sql)
	require.Equal(t, []string{"START", "EXECUTE", "EXECUTE", "EXECUTE", "COMMIT"}, sql[begins:], "the trace of the look is kept with the turn")
}

// An answer about the plan costs what one about the household does; who is known in
// the area is looked up only where somebody is asked for.
func TestRoundTripsOfAPlan(t *testing.T) {
	t.Parallel()
	g, r, redisTrips, sqlTrips := overheard(t)
	for _, text := range []string{
		"入户 李有福 五组", "一般户 国家标准 2014年 没有电话 都不是", "李有福 户主 男52，妻普阿珍 50", "保存", "接着填规划", "主要缺技术",
	} {
		g.take(t, r, text)
	}
	for _, text := range []string{
		"两口子只会种苞谷，没有手艺", "户主认可，今天评议", "养猪3头，2019年6月底前", "都是商量同意", "19年专项8000", "19年出栏3头增收3000",
	} {
		redisTrips.since()
		sqlTrips.since()
		reply := g.take(t, r, text)
		sql := slices.DeleteFunc(sqlTrips.since(), func(s string) bool { return strings.HasPrefix(s, "prepare") })
		require.Contains(t, reply, "记下", text)
		require.Equal(t, []string{"evalsha", "evalsha"}, redisTrips.since(), text)
		if text != "户主认可，今天评议" && text != "19年出栏3头增收3000" { // those meet the people known: one query more
			require.Equal(t, []string{"START", "EXECUTE", "EXECUTE", "COMMIT"}, sql, text)
		} else {
			require.LessOrEqual(t, len(sql), 5, "%s: %v", text, sql)
		}
	}
}

// overheard is the real conversation with both servers behind proxies that count.
func overheard(t *testing.T) (g *ground, r *turn.Runner, redisTrips, sqlTrips *trips) {
	t.Helper()
	g, redisTrips, sqlTrips = servers(t), &trips{}, &trips{}
	client, err := state.Dial(proxytest.New(t, g.redisURL, redisTrips.hearRedis).URL)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	records, _ := throughProxy(t, sqlTrips.hearMySQL)
	r = g.runner(t, func(o *turn.Options) {
		o.Conversation, o.Sessions = household(t), state.New(client)
		o.Store, o.View = records, records.Reader()
	})
	g.bind(t)
	return g, r, redisTrips, sqlTrips
}

// household is the real conversation.
func household(t testing.TB) *flows.Conversation {
	t.Helper()
	profile, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	keys, err := seal.Parse(seal.Generate())
	require.NoError(t, err)
	c, err := flows.New(flows.Options{Profile: profile, Blind: func(code string) string { return code }, Seal: keys, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return c
}
