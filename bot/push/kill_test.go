package push_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/models"
)

// beCourier in the environment makes the test binary a courier of its own: a process
// that can be killed. It holds redis, database, API and the clock's offset.
const beCourier = "BE_COURIER"

func TestMain(m *testing.M) {
	if os.Getenv(beCourier) != "" {
		if err := courierProcess(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func courierProcess() error {
	var address, database, api string
	var offset int64
	if _, err := fmt.Sscan(os.Getenv(beCourier), &address, &database, &api, &offset); err != nil {
		return err
	}
	client, err := state.Dial(address)
	if err != nil {
		return err
	}
	c := &clock{offset: time.Duration(offset)}
	records, err := openStore(database, c.now)
	if err != nil {
		return err
	}
	r, err := newReplica(parts{records, client, api, c.now, os.Stderr}, func(o *push.Options) { o.Workers = 4 })
	if err != nil {
		return err
	}
	return r.Run(context.Background())
}

// process starts one and returns how to kill it.
func (w *world) process() (kill func()) {
	w.t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s %s %s %d", beCourier, w.places[0], w.places[1], w.api, int64(w.clock.offset)))
	c.Stderr = w.log
	require.NoError(w.t, c.Start())
	kill = sync.OnceFunc(func() { _ = c.Process.Kill(); _ = c.Wait() })
	w.t.Cleanup(kill)
	return kill
}

// TestKilledInMidSend kills processes again and again while they send, without a
// word, and looks at people's screens afterwards.
func TestKilledInMidSend(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const people, rounds = 6, 6
		for i := range people {
			w.person(fmt.Sprintf("p%d", i))
		}
		w.quiet()
		for i := range people / 2 {
			w.writes(w.wechat.User(w.people[fmt.Sprintf("p%d", i)]))
		}
		w.wechat.SetFaults(platform.Faults{DuplicateOutcomes: 1, API: []platform.APIFault{
			{Path: templatePath, Delay: 40 * time.Millisecond}, {Path: customPath, Delay: 40 * time.Millisecond},
		}})
		var ids []string
		kills := []func(){w.process(), w.process()}
		for n := range rounds {
			var batch []models.Push
			for i := range people * 4 {
				id := fmt.Sprintf("k%dx%02d", n, i)
				ids = append(ids, id)
				batch = append(batch, w.push(id, fmt.Sprintf("p%d", i%people)))
			}
			w.put(batch...)
			require.Eventually(t, func() bool { return w.count(ids, models.PushWaiting) < len(batch) }, patience, 10*time.Millisecond)
			kills[n%2]()
			kills[n%2] = w.process()
		}
		require.Eventually(t, func() bool { return w.count(ids, models.PushWaiting)+w.count(ids, models.PushSent) == 0 }, 40*time.Second, 100*time.Millisecond, "%s", w.log)
		require.NoError(t, w.wechat.Settle(t.Context()))
		got, unknown := w.got(), 0
		for _, id := range ids {
			p := w.row(id)
			require.LessOrEqual(t, got[id], 1, "%s twice: %+v", id, p)
			if p.State == models.PushDelivered {
				require.Equal(t, 1, got[id], "%s is not there: %+v", id, p)
				continue
			}
			// A template message too: its successor may come after the platform forgot the id.
			require.Equal(t, models.PushUnsure, p.State, id)
			unknown++
		}
		t.Logf("%d of %d unknown", unknown, len(ids))
		require.Less(t, unknown, rounds*4, "at most the sends a killed process was at")
	})
}

// count tells how many of the pushes are in a state.
func (w *world) count(ids []string, state models.PushState) (n int) {
	w.t.Helper()
	states, err := w.store.Pushes().States(w.t.Context(), ids)
	require.NoError(w.t, err)
	for _, s := range states {
		if s == state {
			n++
		}
	}
	return n
}
