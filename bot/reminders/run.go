package reminders

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/huhuqing/huhuqing/models"
)

// stopLimit is how long a round under way may take to end when the server stops.
const stopLimit = 5 * time.Second

// leadFor is how many rounds' time a replica may be silent before another one takes over.
const leadFor = 3

// Run makes a round every minute until ctx ends, if this replica is the one that leads:
// the work of a second one would be harmless and in vain. A round that takes longer
// than a minute, as after an import, is not joined by a second one.
func (s *Service) Run(ctx context.Context) error {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(models.Zone), gocron.WithStopTimeout(stopLimit))
	if err != nil {
		return err
	}
	_, err = scheduler.NewJob(gocron.DurationJob(s.o.Every), gocron.NewTask(func() { _ = s.round(ctx) }),
		gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()), gocron.WithName("reminders"))
	if err != nil {
		return err
	}
	scheduler.Start()
	<-ctx.Done()
	err = scheduler.Shutdown()
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
	defer cancel()
	return errors.Join(err, s.o.Store.Reminders().Resign(end, s.o.Profile.ID, s.name))
}

// round is one round whose failure is logged: the next one tries again. It tells
// whether this replica led.
func (s *Service) round(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	led, err := s.lead(ctx)
	if led {
		ctx, cancel := context.WithCancel(ctx)
		var staying sync.WaitGroup
		staying.Go(func() { s.stay(ctx) })
		_, err = s.Round(ctx, s.o.Now())
		cancel()
		staying.Wait()
	}
	if err != nil && ctx.Err() == nil {
		s.o.Log.Error("reminders not made", "comp", "reminders", "code", models.CodeOf(err), "err", err)
	}
	return led
}

func (s *Service) lead(ctx context.Context) (bool, error) {
	return s.o.Store.Reminders().Lead(ctx, s.o.Profile.ID, s.name, s.o.Now(), leadFor*s.o.Every)
}

// stay keeps the lead while a round takes long.
func (s *Service) stay(ctx context.Context) {
	tick := time.NewTicker(s.o.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := s.lead(ctx); err != nil && ctx.Err() == nil {
				s.o.Log.Warn("lead not kept", "comp", "reminders", "code", models.CodeOf(err), "err", err)
			}
		}
	}
}
