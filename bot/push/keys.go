package push

import "github.com/huhuqing/huhuqing/models"

// queueOf is the queue of a lane. asynq keeps its tasks under asynq:{<queue>}:…,
// with the queue as hash tag, so that each lane lies in one slot of a cluster.
func queueOf(lane models.PushLane) string { return "hhq-push-" + string(lane) }

// rateKey holds when the next send may begin, in microseconds of Redis's clock.
// STRING, lives a second longer than that.
func rateKey() string { return "hhq:{push}:rate" }
