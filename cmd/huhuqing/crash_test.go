package main

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A killed process has lost nothing that was acknowledged, and the message it answered last changes nothing when it
// comes again.
func TestKilledInMidConversation(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		s := w.serveChild()
		u := w.cadre("李红", dawan)
		v := newFamily().visit(u)
		for _, answers := range []int{4, 7} {
			v.answer(t, u, answers)
			s.kill()
			s = w.serveChild()
			w.answersTheSameAgain(t, s, u)
			w.goesOn(t, u, v)
		}
		v.finish(t, u)
		w.provesTheRows(t, v.family)
	})
}

// answersTheSameAgain delivers the last message twice more.
func (w *world) answersTheSameAgain(t *testing.T, s *server, u phone) {
	t.Helper()
	before := w.traces(t)
	body, answer := w.lastPush(u)
	for range 2 {
		require.Equal(t, answer, w.deliver(s, u.OpenID(), body))
	}
	require.Equal(t, before, w.traces(t))
}

// goesOn: the question that was open still is.
func (w *world) goesOn(t *testing.T, u phone, v *visit) {
	t.Helper()
	before, after := v.asking(v.reply), v.asking(u.say("继续"))
	require.Equal(t, before.question, after.question)
}

// Killed while it works on a message: nobody heard an answer, so WeChat's next try, or the person's own, counts once.
func TestKilledInMidTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, servers(t), "safe")
	s := w.serveChild()
	u := w.cadre("李红", dawan)
	v := newFamily().visit(u)
	for range 3 {
		v.answer(t, u, 2)
		said := v.next()
		body := w.text(u.OpenID(), strings.TrimPrefix(said, "#"), time.Now().Format("150405.000000000"))
		push := w.signed(u.OpenID(), body)
		heard := make(chan string, 1)
		address := s.url
		go func() { heard <- push.tryTo(t, address) }()
		time.Sleep(rand.N(15 * time.Millisecond))
		s.kill()
		first := <-heard
		s = w.serveChild()
		v.reply = w.deliverThrice(s, u.OpenID(), body)
		if first != "" {
			require.Equal(t, w.content(first), v.reply, "acknowledged, so it stands")
		}
		w.answersTheSame(t, s, u, body, v.reply)
	}
	v.finish(t, u)
	w.provesTheRows(t, v.family)
}

// deliverThrice is what WeChat does. The first try may be too early: the lock of who was killed lasts as long as it.
func (w *world) deliverThrice(s *server, openid, body string) string {
	w.t.Helper()
	for range 3 {
		if answer := w.deliver(s, openid, body); answer != "" {
			return answer
		}
	}
	w.t.Fatal("never answered")
	return ""
}

func (w *world) answersTheSame(t *testing.T, s *server, u phone, body, answer string) {
	t.Helper()
	before := w.traces(t)
	require.Equal(t, answer, w.deliver(s, u.OpenID(), body))
	require.Equal(t, before, w.traces(t))
}
