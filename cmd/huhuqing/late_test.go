package main

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/dialog/turn/proxytest"
)

// A turn that takes longer than WeChat waits: `success` in time, and the answer later as a customer-service message.
func TestSlowTurnIsAnsweredLater(t *testing.T) {
	t.Parallel()
	for _, mode := range []platform.Mode{platform.Plain, platform.Safe} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, servers(t), mode)
			p := proxytest.New(t, w.database, nil)
			w.serve("HHQ_DATABASE=" + p.URL)
			u := w.cadre("李红", dawan)
			v := newFamily().visit(u)
			v.answer(t, u, 2)

			p.Silence()
			began := time.Now()
			answer, err := u.Say(t.Context(), v.next())
			took := time.Since(began)
			p.Speak()
			require.NoError(t, err)
			require.Less(t, took, wechatGivesUp)
			require.Equal(t, "success", answer.Raw)
			require.Equal(t, 1, answer.Tries)

			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			later, err := u.Wait(ctx)
			require.NoError(t, err)
			require.Equal(t, platform.ViaCustomer, later.Parts[0].Via)
			v.reply = later.Text
			w.goesOn(t, u, v)
			v.finish(t, u)
			w.provesTheRows(t, v.family)
		})
	}
}
