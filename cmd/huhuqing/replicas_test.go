package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// Two replicas on one database and one Redis, and a cadre who sends fifty messages as fast as a phone can, spread over
// both: each is answered once, with its own answer, in the order in which they arrived.
func TestTwoReplicasAnswerOnePersonInOrder(t *testing.T) {
	t.Parallel()
	for _, mode := range []platform.Mode{platform.Plain, platform.Safe} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, servers(t), mode)
			replicas := []*server{w.serve(), w.serve()}
			u := w.cadre("李红", dawan)
			v := newFamily().visit(u)
			v.answer(t, u, 60) // to the confirm screen, where a value may be corrected again and again
			w.fiftyMessages(t, u, replicas)
			require.Contains(t, u.say("看看"), "耕地50亩")
			require.Contains(t, u.say("保存"), "已保存")
			require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM conditions WHERE farm = 50"))
		})
	}
}

func (w *world) fiftyMessages(t *testing.T, u phone, replicas []*server) {
	t.Helper()
	const messages, atOnce = 50, 8 // more at once would only wait, and WeChat with them
	before := w.traces(t)
	answers := make([]string, messages)
	keys := make([]string, messages)
	var all sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for i := range messages {
		room <- struct{}{}
		id := fmt.Sprint(1000 + i)
		body := w.text(u.OpenID(), fmt.Sprintf("耕地%d亩", i+1), id)
		_, created, _ := strings.Cut(body, "<CreateTime>")
		keys[i] = u.OpenID() + ":" + created[:10] + ":m:" + id
		push := w.signed(u.OpenID(), body)
		all.Go(func() {
			defer func() { <-room }()
			answers[i] = push.tryTo(t, replicas[i%len(replicas)].url)
		})
		w.arrived(t, u, keys[i])
	}
	all.Wait()
	for i, answer := range answers {
		require.Contains(t, w.content(answer), fmt.Sprintf("耕地%d亩", i+1))
	}
	after := w.traces(t)
	require.Equal(t, before[0]+messages, after[0], "each was taken once")
	require.Equal(t, before[2]+messages, after[2], "each moved the conversation on by one")
	taken := w.column(t, "SELECT turn_key FROM turns WHERE user = ? AND turn_key LIKE '%:m:1___' ORDER BY at", u.OpenID())
	require.Equal(t, keys, taken)
}

// arrived waits until a message has been taken or stands in the person's queue.
func (w *world) arrived(t *testing.T, u phone, key string) {
	t.Helper()
	o, err := redis.ParseURL(w.redis)
	require.NoError(t, err)
	client := redis.NewClient(o)
	defer func() { _ = client.Close() }()
	digest := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return base64.RawURLEncoding.EncodeToString(sum[:16])
	}
	person := "hhq:{" + digest(u.OpenID()) + "}:"
	require.Eventually(t, func() bool {
		waits := client.ZScore(t.Context(), person+"queue", digest(key)).Err() == nil
		works := strings.HasPrefix(client.Get(t.Context(), person+"lock").Val(), digest(key))
		done := client.Exists(t.Context(), person+"answer:"+digest(key)).Val() == 1
		return waits || works || done
	}, patience, time.Millisecond)
}

// WeChat's own retries and duplicates, at both replicas at once.
func TestRetriesAndDuplicatesChangeOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.serve()
		u := w.cadre("李红", dawan)
		v := newFamily().visit(u)
		for _, faults := range []platform.Faults{{LoseAnswers: 2}, {DuplicateMessages: 2}, {DuplicateMessages: 2, Together: true}} {
			before := w.traces(t)
			w.wechat.SetFaults(faults)
			v.answer(t, u, 1)
			w.wechat.SetFaults(platform.Faults{})
			after := w.traces(t)
			require.Equal(t, [3]int{before[0] + 1, before[1], before[2] + 1}, after)
		}
		v.finish(t, u)
		w.provesTheRows(t, v.family)
	})
}
