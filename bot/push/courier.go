package push

import (
	"context"
	"sync"
	"time"

	"github.com/hibiken/asynq"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// Courier delivers pushes. Any number of replicas may run it on one database and
// one Redis.
type Courier struct {
	o       Options
	client  *asynq.Client
	inspect *asynq.Inspector
	limit   *limiter

	mu       sync.Mutex
	breakers map[string]models.Breaker // as last read
	turned   int                       // how often this courier tripped or mended one, counted before and after it is kept
	tidiedAt time.Time
	latest   time.Time // that the clock has shown since it was last set back
	wasBack  time.Time // what it showed before that; zero if it never was
}

// New fails when an option is missing or a template asks for a value there is none of.
func New(o Options) (*Courier, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	return &Courier{
		o: o, client: asynq.NewClientFromRedisClient(o.Redis), inspect: asynq.NewInspectorFromRedisClient(o.Redis),
		limit: newLimiter(o.Redis, o.Rate), breakers: map[string]models.Breaker{},
	}, nil
}

// clock reads the clock, and notices when it was set back: then the times in the rows
// do not tell any more how long ago something was.
func (c *Courier) clock() time.Time {
	now := c.o.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.latest.Sub(now) > setBack {
		c.wasBack, c.latest = c.latest, now
	}
	if now.After(c.latest) {
		c.latest = now
	}
	return now
}

// setBack is more than clocks are corrected by in passing.
const setBack = 2 * time.Second

// repeatable tells whether the platform still knows the id of a send that first began
// then: not if the clock was set back since, however short ago it seems.
func (c *Courier) repeatable(began, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	doubtful := !began.After(c.wasBack) && now.Before(c.wasBack.Add(c.o.Pace.Repeatable))
	return !doubtful && now.Before(began.Add(c.o.Pace.Repeatable))
}

// Run delivers until ctx ends, then lets the sends under way finish.
func (c *Courier) Run(ctx context.Context) error {
	server := asynq.NewServerFromRedisClient(c.o.Redis, asynq.Config{
		Concurrency: c.o.Workers,
		// What one person waits for is never behind what a county gets.
		Queues:         map[string]int{queueOf(models.LaneNow): 2, queueOf(models.LaneBulk): 1},
		StrictPriority: true,
		// A handler fails only when the database or Redis is away; the row is fed again
		// when its claim runs out, so a few tries are enough.
		RetryDelayFunc:           func(n int, _ error, _ *asynq.Task) time.Duration { return scatter(time.Second << min(n, 5)) },
		TaskCheckInterval:        min(c.o.Pace.Every, time.Second),
		DelayedTaskCheckInterval: min(c.o.Pace.Every, time.Second),
		ShutdownTimeout:          c.o.Pace.Stop,
		Logger:                   queueLog{c.o.Log},
		LogLevel:                 asynq.WarnLevel,
	})
	// Handlers see ctx end and then begin nothing more. It must not be the context of
	// the queue itself, which does not wait for a handler whose context has ended.
	work := func(_ context.Context, t *asynq.Task) error { return c.work(ctx, t) }
	if err := server.Start(asynq.HandlerFunc(work)); err != nil {
		return err
	}
	noting := make(chan struct{})
	go func() { defer close(noting); c.o.Ledger.Run(ctx) }()
	c.feed(ctx)
	server.Shutdown()
	<-noting
	return nil
}

var _ bot.Ledger = (*Ledger)(nil)
