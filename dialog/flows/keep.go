package flows

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// Keep brings what follows from a household's records in line with them: its light,
// and with it the sums of its areas and the lists it is in, and its reminders. What
// changes a household calls it last, in the same transaction. A household that is gone
// has none of them.
func Keep(ctx context.Context, r models.Repos, by models.Actor, p *models.Profile, household string, now time.Time) error {
	d, err := r.Households().Dossier(ctx, by, household, 0)
	if models.CodeOf(err) == models.NotFound {
		return r.Reminders().Drop(ctx, household)
	}
	if err != nil {
		return err
	}
	j, err := judgeOf(ctx, r, by, p, d, now)
	if err != nil {
		return err
	}
	if err := r.Households().SaveLights(ctx, by, []models.Light{j.Light(d)}); err != nil {
		return err
	}
	return remember(ctx, r, by, p, d, now)
}

// judge makes the light of a household on file.
func judge(ctx context.Context, r models.Repos, by models.Actor, p *models.Profile, household string, now time.Time) (models.Light, error) {
	d, err := r.Households().Dossier(ctx, by, household, 0)
	if err != nil {
		return models.Light{}, err
	}
	j, err := judgeOf(ctx, r, by, p, d, now)
	if err != nil {
		return models.Light{}, err
	}
	return j.Light(d), nil
}

// judgeOf is who judges a dossier: with what lies around it and with the reasons
// given for warnings. One query.
func judgeOf(ctx context.Context, r models.Repos, by models.Actor, p *models.Profile, d *models.Dossier, now time.Time) (clears.Judge, error) {
	d.Of(p.ID)
	around, err := r.Households().Around(ctx, by, d, p.ID, now)
	if err != nil {
		return clears.Judge{}, err
	}
	return clears.Judge{Profile: p, Today: models.DayOf(now), Context: clears.ContextOf(around), Accepted: d.Accepted()}, nil
}

// Keeper judges what no save judged: households that were imported or brought along
// by a migration, those judged by other rules, and every light once a day, since it
// ages by itself. Several may run at once: each light is judged as the household
// stands and an older one never replaces a newer one.
type Keeper struct {
	View    models.Repos // reads
	Store   models.Store // writes
	Profile *models.Profile
	Log     *slog.Logger
	Rest    time.Duration // between two handfuls, for those who wait for an answer
}

// How much the keeper takes at a time: villages to look through, and lights written
// in one short transaction.
const (
	keepVillages = 50
	keepLights   = 16
)

// Pass looks through all villages once and judges what has to be. It tells how many;
// a household that cannot be judged is told in the error and hinders no other.
func (k *Keeper) Pass(ctx context.Context, now time.Time) (judged int, err error) {
	for after := ""; ; {
		villages, failed := k.View.Households().Villages(ctx, after, keepVillages)
		if failed != nil {
			return judged, errors.Join(err, fmt.Errorf("villages: %w", failed))
		}
		if len(villages) == 0 {
			return judged, err
		}
		for _, village := range villages {
			n, failed := k.village(ctx, village, now)
			judged += n
			if err = errors.Join(err, failed); ctx.Err() != nil {
				return judged, err
			}
		}
		after = villages[len(villages)-1]
	}
}

// village judges what is open in one village.
func (k *Keeper) village(ctx context.Context, village string, now time.Time) (judged int, err error) {
	by := models.Actor{Role: models.RoleAdmin, Area: village}
	ids, err := k.View.Households().Unjudged(ctx, by, k.Profile.ID, village, models.DayOf(now), k.Profile.Mark())
	if err != nil {
		return 0, fmt.Errorf("unjudged of %s: %w", village, err)
	}
	for len(ids) > 0 && ctx.Err() == nil {
		n := min(len(ids), keepLights)
		done, failed := k.handful(ctx, by, ids[:n], now)
		judged, err, ids = judged+done, errors.Join(err, failed), ids[n:]
		select {
		case <-ctx.Done():
		case <-time.After(k.Rest):
		}
	}
	return judged, err
}

// handful judges a few households and writes their lights together.
func (k *Keeper) handful(ctx context.Context, by models.Actor, ids []string, now time.Time) (int, error) {
	var lights []models.Light
	var failed error
	for _, id := range ids {
		l, err := judge(ctx, k.View, by, k.Profile, id, now)
		switch {
		case models.CodeOf(err) == models.NotFound: // withdrawn meanwhile
		case err != nil:
			failed = errors.Join(failed, fmt.Errorf("judge %s: %w", id, err))
		default:
			lights = append(lights, l)
		}
	}
	err := k.Store.Atomically(ctx, func(s models.Store) error { return s.Households().SaveLights(ctx, by, lights) })
	if err != nil {
		return 0, errors.Join(failed, err)
	}
	return len(lights), failed
}

// Run passes again and again until ctx ends; now is the clock.
func (k *Keeper) Run(ctx context.Context, every time.Duration, now func() time.Time) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		n, err := k.Pass(ctx, now())
		if err != nil && ctx.Err() == nil {
			k.Log.Error("lights could not be kept", "comp", "flows", "n", n, "err", err)
		} else if n > 0 {
			k.Log.Info("lights kept", "comp", "flows", "n", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
