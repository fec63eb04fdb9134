package push

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// Options are what a Courier is made of. Rows, Sender, Redis, Now, Log and Metrics
// are required.
type Options struct {
	Rows    models.Deliveries
	Sender  bot.PushSender
	Redis   redis.UniversalClient // carries the queue; may be flushed at any moment
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *bot.Metrics
	// Ledger notes what people's acts allow. A sender needs it before there is a
	// courier; with nil the courier makes its own. Run writes it down.
	Ledger *Ledger
	// Templates and Notifications are the account's, by kind; a kind without one does
	// not use that channel.
	Templates, Notifications map[models.PushKind]Template
	// Area is the name of an area for a template's field. May be nil.
	Area func(ctx context.Context, code string) (string, error)
	// Rate is how many sends a second all replicas together may begin; 0 for no limit.
	Rate int
	// Workers are the sends under way at once in this process. Defaults to 8.
	Workers int
	// Busy tells that people wait for answers of this process: bulk lets them go
	// first. May be nil.
	Busy func() bool
	// Pace are the times of the work; zero values take what is right at a real account.
	Pace Pace
}

// Pace are the times of the work.
type Pace struct {
	Every      time.Duration // between two looks for what is due; 1 s
	Claim      time.Duration // how long a task may take to be worked off before its row is fed again; 2 min
	Send       time.Duration // how long a send may take before another worker takes it over; 1 min
	Retry      time.Duration // before the first repetition, four times longer each time; 30 s
	Repeatable time.Duration // how long a template message may be repeated under its id; 9 min of the platform's 10
	Grace      time.Duration // how long a conversation may show a push before the window is used; 1 min
	Stop       time.Duration // how long a stopping process waits for its sends; 6 s
}

const defaultWorkers = 8

// complete fills the defaults in and names what is missing.
func (o *Options) complete() error {
	if o.Rows == nil || o.Sender == nil || o.Redis == nil || o.Now == nil || o.Log == nil || o.Metrics == nil {
		return errors.New("push: rows, sender, redis, clock, log and metrics are required")
	}
	for _, of := range []map[models.PushKind]Template{o.Templates, o.Notifications} {
		for kind, t := range of {
			if err := t.check(); err != nil {
				return fmt.Errorf("push: template of %s: %w", kind, err)
			}
		}
	}
	if o.Ledger == nil {
		o.Ledger = NewLedger(o.Rows, o.Log)
	}
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
	for _, p := range []struct {
		at  *time.Duration
		std time.Duration
	}{
		{&o.Pace.Every, time.Second}, {&o.Pace.Claim, 2 * time.Minute}, {&o.Pace.Send, time.Minute}, {&o.Pace.Retry, 30 * time.Second},
		{&o.Pace.Repeatable, 9 * time.Minute}, {&o.Pace.Grace, time.Minute}, {&o.Pace.Stop, 6 * time.Second},
	} {
		if *p.at <= 0 {
			*p.at = p.std
		}
	}
	return nil
}
