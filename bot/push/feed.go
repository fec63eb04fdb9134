package push

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hibiken/asynq"
	"golang.org/x/sync/errgroup"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

const (
	// feedAtOnce is how many rows one claim takes: one transaction, and not so many
	// that other replicas wait for it.
	feedAtOnce = 1000
	// feedInARow is how many rows are fed between two looks at breakers, queues and the
	// other lane: some tenths of a second.
	feedInARow = 5 * feedAtOnce
	// feeders enqueue side by side: each task is a round trip to Redis.
	feeders = 8
	// batch is how many pushes one task carries at most: a few seconds of one worker.
	// Few pushes go one by one, so that all workers have something to do.
	batch = 16
	// maxQueued bounds the pushes in a lane's queue; the rest waits in the rows, where it costs
	// nothing and can still be voided.
	maxQueued   = 20_000
	minQueued   = 100
	tidyEvery   = 15 * time.Second
	wakeBack    = time.Hour // a contact that nobody here noticed for longer is no news
	reportsBack = 24 * time.Hour
)

// feed moves due rows into the queue until ctx ends.
func (c *Courier) feed(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := c.round(ctx)
		wait := c.o.Pace.Every
		switch {
		case err != nil && ctx.Err() == nil:
			c.o.Log.Error("pushes not fed", "comp", "push", "code", models.CodeOf(err), "err", err)
			wait *= 5
		case more:
			continue
		}
		_ = bot.Pause(ctx, wait) // ends early with ctx, as the loop does
	}
}

// round feeds each lane once; more tells that a lane had more than was taken.
func (c *Courier) round(ctx context.Context) (more bool, err error) {
	limit, err := c.look(ctx)
	if err != nil || limit == 0 {
		return false, err
	}
	if err := c.tidy(ctx); err != nil {
		return false, err
	}
	for _, lane := range []models.PushLane{models.LaneNow, models.LaneBulk} {
		room, err := c.room(lane)
		if err != nil {
			return false, err
		}
		n := min(room, limit)
		if n <= 0 {
			continue
		}
		fed, err := c.feedLane(ctx, lane, n)
		if err != nil {
			return false, err
		}
		more = more || fed >= feedAtOnce
	}
	return more, nil
}

// look reads the breakers and tells how many pushes of a lane may be fed: none while
// everything is stopped, and one to try whether it is over.
func (c *Courier) look(ctx context.Context) (int, error) {
	if err := c.readBreakers(ctx); err != nil {
		return 0, err
	}
	now := c.clock()
	all, stopped := c.broken(scopeAll)
	switch {
	case !stopped:
		return feedInARow, nil
	case now.Before(all.Until):
		return 0, nil
	}
	return 1, nil
}

// tidy lets pushes wait again whose person has written to us since, and brings
// reports and pushes together that missed each other.
func (c *Courier) tidy(ctx context.Context) error {
	now := c.o.Now()
	c.mu.Lock()
	due := now.Sub(c.tidiedAt) >= min(tidyEvery, c.o.Pace.Grace) || now.Before(c.tidiedAt)
	if due {
		c.tidiedAt = now
	}
	c.mu.Unlock()
	if !due {
		return nil
	}
	n, err := c.o.Rows.Wake(ctx, now.Add(-c.o.Pace.Grace-wakeBack), now.Add(-c.o.Pace.Grace), now)
	if n > 0 {
		c.o.Log.Info("undelivered pushes try the window that was opened", "comp", "push", "n", n)
	}
	if err != nil {
		return err
	}
	_, err = c.o.Rows.Reconcile(ctx, now.Add(-reportsBack))
	return err
}

// room is how many more pushes a lane takes: what is worked off within half a claim.
// A task counts as a full one.
func (c *Courier) room(lane models.PushLane) (int, error) {
	known, err := c.inspect.Queues()
	if err != nil {
		return 0, err
	}
	info := &asynq.QueueInfo{}
	if slices.Contains(known, queueOf(lane)) {
		if info, err = c.inspect.GetQueueInfo(queueOf(lane)); err != nil {
			return 0, err
		}
	} else {
		// New, or Redis was flushed. A client remembers which queues it has made known.
		c.client = asynq.NewClientFromRedisClient(c.o.Redis)
	}
	waiting := info.Pending + info.Active + info.Scheduled + info.Retry
	c.o.Metrics.Queued(string(lane), waiting)
	room := maxQueued
	if c.o.Rate > 0 {
		room = min(room, max(minQueued, int(float64(c.o.Rate)*c.o.Pace.Claim.Seconds()/2)))
	}
	return room - waiting*batch, nil
}

// feedLane claims rows and enqueues tasks for them. While Redis takes one handful in,
// the database gives the next.
func (c *Courier) feedLane(ctx context.Context, lane models.PushLane, limit int) (fed int, err error) {
	carrying, ctx := errgroup.WithContext(ctx)
	carrying.SetLimit(1)
	for more := true; more && err == nil && fed < limit; {
		var claims []models.PushClaim
		now, n := c.o.Now(), min(feedAtOnce, limit-fed)
		if claims, err = c.o.Rows.Claim(ctx, lane, now, now.Add(c.o.Pace.Claim), n); len(claims) > 0 {
			carrying.Go(func() error { return c.enqueue(ctx, lane, claims) })
		}
		fed += len(claims)
		more = len(claims) == n
	}
	return fed, errors.Join(carrying.Wait(), err)
}

// enqueue carries claims to the queue. What does not get there is fed again when its
// claim has run out.
func (c *Courier) enqueue(ctx context.Context, lane models.PushLane, claims []models.PushClaim) error {
	size := min(max(len(claims)/(4*c.o.Workers), 1), batch)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(feeders)
	for part := range slices.Chunk(claims, size) {
		if ctx.Err() != nil { // one of them failed, or we are going down
			break
		}
		group.Go(func() error { return c.put(ctx, lane, part) })
	}
	return group.Wait()
}

// put enqueues one task, named after its first claim.
func (c *Courier) put(ctx context.Context, lane models.PushLane, claims []models.PushClaim) error {
	_, err := c.client.EnqueueContext(ctx, asynq.NewTask(taskType, payload(claims)), asynq.Queue(queueOf(lane)),
		asynq.TaskID(string(payload(claims[:1]))), asynq.MaxRetry(taskRetries), asynq.Timeout(c.o.Pace.Claim), asynq.Retention(0))
	if errors.Is(err, asynq.ErrTaskIDConflict) {
		return nil
	}
	return err
}

const (
	taskType    = "push"
	taskRetries = 5
)

// payload is all that a task carries: no word of a push leaves the database.
func payload(claims []models.PushClaim) []byte {
	var b strings.Builder
	for i, claim := range claims {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(claim.ID + "." + strconv.Itoa(claim.Version))
	}
	return []byte(b.String())
}

// readPayload leaves out what none of ours wrote.
func readPayload(b []byte) (claims []models.PushClaim) {
	for text := range strings.FieldsSeq(string(b)) {
		id, version, _ := strings.Cut(text, ".")
		if n, err := strconv.Atoi(version); err == nil {
			claims = append(claims, models.PushClaim{ID: id, Version: n})
		}
	}
	return claims
}
