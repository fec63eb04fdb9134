package main

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/dialog/turn/proxytest"
)

// Redis is flushed, goes away and comes back in mid-conversation: nobody notices.
func TestRedisMayGoAtAnyMoment(t *testing.T) {
	t.Parallel()
	for _, mode := range []platform.Mode{platform.Plain, platform.Safe} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, servers(t), mode)
			direct := w.redis
			p := proxytest.New(t, direct, nil)
			w.redis = p.URL
			s := w.serve()
			u := w.cadre("李红", dawan)
			v := newFamily().visit(u)

			v.answer(t, u, 3)
			flush(t, direct)
			w.answersTheSameAgain(t, s, u)
			w.goesOn(t, u, v)

			v.answer(t, u, 3)
			p.Down()
			w.answersTheSameAgain(t, s, u)
			w.goesOn(t, u, v)
			v.answer(t, u, 3)
			status, ready := s.get(t, "/readyz")
			require.Equal(t, 200, status, "it costs speed, not correctness")
			require.Contains(t, ready, "state: away")

			p.Up(t)
			require.Eventually(t, func() bool { _, ready := s.get(t, "/readyz"); return ready == "database: ok\nstate: ok\n" }, patience, pollEvery)
			v.answer(t, u, 3)
			flush(t, direct)
			v.finish(t, u)
			w.provesTheRows(t, v.family)
		})
	}
}

func flush(t *testing.T, url string) {
	t.Helper()
	o, err := redis.ParseURL(url)
	require.NoError(t, err)
	client := redis.NewClient(o)
	require.NoError(t, client.FlushDB(t.Context()).Err())
	require.NoError(t, client.Close())
}

// The database is away: the person hears so, in time, and what they said can be said again when it is back.
func TestDatabaseAwayIsSaidHonestly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, servers(t), "safe")
	p := proxytest.New(t, w.database, nil)
	s := w.serve("HHQ_DATABASE=" + p.URL)
	u := w.cadre("李红", dawan)
	v := newFamily().visit(u)
	v.answer(t, u, 3)

	p.Down()
	began := time.Now()
	said := v.next()
	require.Regexp(t, "没有?记上", u.give(said))
	require.Less(t, time.Since(began), wechatGivesUp)
	status, ready := s.get(t, "/readyz")
	require.Equal(t, 503, status)
	require.Contains(t, ready, "database: away")
	status, _ = s.get(t, "/healthz")
	require.Equal(t, 200, status, "a restart would not help")

	p.Up(t)
	require.Eventually(t, func() bool { status, _ := s.get(t, "/readyz"); return status == 200 }, patience, pollEvery)
	w.goesOn(t, u, v)
	v.reply = u.give(said)
	v.finish(t, u)
	w.provesTheRows(t, v.family)
}
