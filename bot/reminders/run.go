package reminders

import (
	"context"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/huhuqing/huhuqing/models"
)

// stopLimit is how long a round under way may take to end when the server stops.
const stopLimit = 5 * time.Second

// Run makes a round every minute until ctx ends. A round that takes longer than that,
// as after an import, is not joined by a second one.
func (s *Service) Run(ctx context.Context) error {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(models.Zone), gocron.WithStopTimeout(stopLimit))
	if err != nil {
		return err
	}
	_, err = scheduler.NewJob(gocron.DurationJob(s.o.Every), gocron.NewTask(func() { s.round(ctx) }),
		gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()), gocron.WithName("reminders"))
	if err != nil {
		return err
	}
	scheduler.Start()
	<-ctx.Done()
	return scheduler.Shutdown()
}

// round is one round whose failure is logged: the next one tries again.
func (s *Service) round(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	if _, err := s.Round(ctx, s.o.Now()); err != nil && ctx.Err() == nil {
		s.o.Log.Error("reminders not made", "comp", "reminders", "code", models.CodeOf(err), "err", err)
	}
}
