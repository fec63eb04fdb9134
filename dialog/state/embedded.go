package state

import (
	"fmt"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// tick is how often expiry moves on in an embedded Redis, which does not do it
// by itself. Short against the lease of a lock.
const tick = 50 * time.Millisecond

// Embedded is a Redis inside this process, for demo, talk and tests: one
// replica, no installation. It keeps nothing on disk, because the database is
// the truth and every session comes back from there.
type Embedded struct {
	// Client talks to it, as Dial's does to a server.
	Client redis.UniversalClient
	// URL is where other clients of the same process find it (redis://127.0.0.1:port).
	URL string

	server *miniredis.Miniredis
	stop   chan struct{}
}

// Embed starts an embedded Redis on a free port of 127.0.0.1 until Close.
func Embed() (*Embedded, error) {
	server := miniredis.NewMiniRedis()
	if err := server.Start(); err != nil {
		return nil, fmt.Errorf("start embedded redis: %w", err)
	}
	e := &Embedded{URL: "redis://" + server.Addr() + "/0", server: server, stop: make(chan struct{})}
	client, err := Dial(e.URL)
	if err != nil {
		server.Close()
		return nil, err
	}
	e.Client = client
	go e.age()
	return e, nil
}

// age lets keys expire. The ticker's own times count: a busy machine drops ticks, not time.
func (e *Embedded) age() {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	last := <-ticker.C
	e.server.FastForward(tick)
	for {
		select {
		case <-e.stop:
			return
		case at := <-ticker.C:
			e.server.FastForward(at.Sub(last))
			last = at
		}
	}
}

// Close ends it; all it held is gone.
func (e *Embedded) Close() error {
	close(e.stop)
	err := e.Client.Close()
	e.server.Close()
	return err
}
