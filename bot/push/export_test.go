package push

import (
	"context"

	"github.com/huhuqing/huhuqing/models"
)

// FeedLane lets benchmarks move due rows into the queue without working them off.
func (c *Courier) FeedLane(ctx context.Context, lane models.PushLane) (int, error) {
	return c.feedLane(ctx, lane, feedInARow)
}

// QueueOf lets tests look at a lane's queue.
func QueueOf(lane models.PushLane) string { return queueOf(lane) }
