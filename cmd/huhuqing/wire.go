package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/bot/reminders"
	"github.com/huhuqing/huhuqing/bot/wechat"
	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/dialog/flows"
	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

// records is what the tools need: the database and its keys.
type records struct {
	store *store.Store
	keys  *seal.Keyring
}

// openRecords opens the database of the settings.
func openRecords(cfg config.Config, log *slog.Logger, now func() time.Time) (*records, error) {
	keys, err := keyring(cfg.DataKeys)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(store.Options{URL: cfg.Database.Reveal(), Keys: keys, Log: log, Now: now, Reading: reading})
	if err != nil {
		return nil, explained(err)
	}
	return &records{s, keys}, nil
}

// keyring makes the keys of encryption from the settings.
func keyring(keys []config.DataKey) (*seal.Keyring, error) {
	var parts []string
	for _, k := range keys {
		parts = append(parts, dataKeyText(k))
	}
	return seal.Parse(strings.Join(parts, ","))
}

// reading gives the store the ways a name can be looked up by sound.
func reading(name string) (full, initials, sounds []string) {
	k := zh.Keys(name)
	return k.Full, k.Initials, k.Sound
}

// inviteHash is the form in which an invite code is kept and compared.
func inviteHash(keys *seal.Keyring) func(string) string {
	return func(code string) string { return keys.Blind("invite", code) }
}

// app is the running bot: everything between the callback and the database.
type app struct {
	*records
	cfg       config.Config
	log       *slog.Logger
	clock     clock
	metrics   *prometheus.Registry
	redis     redis.UniversalClient
	embedded  *state.Embedded
	sessions  *state.Sessions
	runner    *turn.Runner
	account   *wechat.Account
	service   *bot.Service
	photos    *bot.Photos
	keeper    *flows.Keeper
	ledger    *push.Ledger
	courier   *push.Courier
	reminders *reminders.Service
}

// newApp builds the bot, top to bottom. The schema must be up to date.
func newApp(ctx context.Context, cfg config.Config, log *slog.Logger, c clock) (_ *app, err error) {
	a := &app{cfg: cfg, log: log, clock: c, metrics: prometheus.NewRegistry()}
	defer func() {
		if err != nil {
			a.close(ctx)
		}
	}()
	profile, err := models.LoadProfile(cfg.Programme)
	if err != nil {
		return nil, err
	}
	if a.records, err = openRecords(cfg, log, c.Now); err != nil {
		return nil, err
	}
	if err := a.openRedis(); err != nil {
		return nil, err
	}
	a.keeper = &flows.Keeper{View: a.store.Reader(), Store: a.store, Profile: profile, Log: log, Rest: keepRest}
	a.reminders, err = reminders.New(reminders.Options{
		Store: a.store, Profile: profile, Now: c.Now, Log: log, Every: c.Remind, AtOnce: lookAtOnce, Beside: lookBeside,
	})
	if err != nil {
		return nil, err
	}
	talk, err := flows.New(flows.Options{Profile: profile, Blind: inviteHash(a.keys), Seal: a.keys, Log: log})
	if err != nil {
		return nil, err
	}
	a.runner, err = turn.New(turn.Options{
		Conversation: talk, Store: a.store, View: a.store.Reader(), Sessions: a.sessions, Sealer: a.keys, Now: c.Now, Log: log,
	})
	if err != nil {
		return nil, err
	}
	return a, a.openEdge()
}

// lookAtOnce is about ten seconds' worth of looking for what is due.
const lookAtOnce = 5000

// lookBeside keeps the database busy while answers travel, and leaves it to those who write to us.
const lookBeside = 4

// openRedis connects to Redis, or starts the embedded one.
func (a *app) openRedis() (err error) {
	if url := a.cfg.Redis.Reveal(); url != "" {
		a.redis, err = state.Dial(url)
	} else if a.embedded, err = state.Embed(); err == nil {
		a.redis = a.embedded.Client
	}
	if err == nil {
		a.sessions = state.New(a.redis)
	}
	return err
}

// openEdge makes the account and the service that answers within five seconds.
func (a *app) openEdge() (err error) {
	metrics := bot.NewMetrics(a.metrics)
	w := a.cfg.WeChat
	a.ledger = push.NewLedger(a.store.Deliveries(), a.log)
	a.account, err = wechat.New(wechat.Options{
		AppID: w.AppID, Secret: w.Secret.Reveal(), Token: w.Token.Reveal(), AESKey: w.AESKey.Reveal(), PreviousAESKey: w.AESKeyPrevious.Reveal(),
		OriginalID: w.OriginalID, Mode: wechat.Mode(w.Mode), API: w.API, Redis: a.redis, Now: a.clock.Now, Log: a.log, Metrics: metrics,
		Spent: a.ledger.Spent,
	})
	if err != nil {
		return err
	}
	a.photos, err = bot.NewPhotos(bot.PhotosOptions{
		Rows: a.store.Households(), Media: a.account, Album: bot.NewAlbum(filepath.Join(a.cfg.Data, "photos"), a.keys),
		Now: a.clock.Now, Log: a.log, Metrics: metrics,
	})
	if err != nil {
		return err
	}
	if err := a.openCourier(metrics); err != nil {
		return err
	}
	a.service, err = bot.NewService(bot.Options{
		Turns: a.runner, Sender: a.account, Now: a.clock.Now, Log: a.log, Metrics: metrics, Notices: a.courier.Notice, Ledger: a.ledger,
	})
	return err
}

// busy is how many messages being answered at once hold up what can wait: more than
// the machine does at the same time.
const busy = 4

// openCourier makes what delivers pushes.
func (a *app) openCourier(metrics *bot.Metrics) (err error) {
	a.courier, err = push.New(push.Options{
		Rows: a.store.Deliveries(), Sender: a.account, Redis: a.redis, Now: a.clock.Now, Log: a.log, Metrics: metrics, Ledger: a.ledger,
		Templates: byKind(a.cfg.WeChat.Templates), Notifications: byKind(a.cfg.WeChat.Notifications),
		Rate: a.cfg.Push.Rate, Workers: a.cfg.Push.Workers, Pace: a.clock.Push,
		Area: a.areaName, Busy: func() bool { return a.service.Waiting() > busy },
	})
	return err
}

// byKind are the templates that are set up.
func byKind(t config.Templates) map[models.PushKind]push.Template {
	out := map[models.PushKind]push.Template{}
	for kind, one := range map[models.PushKind]config.Template{models.PushDue: t.Due, models.PushDigest: t.Digest, models.PushReview: t.Review} {
		if one.ID != "" {
			out[kind] = push.Template{ID: one.ID, Keywords: one.Keywords}
		}
	}
	return out
}

// areaName is what people call an area.
func (a *app) areaName(ctx context.Context, code string) (string, error) {
	area, err := a.store.Areas().Area(ctx, code)
	return area.Name, err
}

// deliver sends pushes until ctx ends. A process without workers only keeps the
// ledger; others send.
func (a *app) deliver(ctx context.Context) {
	if a.cfg.Push.Workers == 0 {
		a.ledger.Run(ctx)
		return
	}
	if err := a.courier.Run(ctx); err != nil {
		a.log.Error("pushes are not sent", "comp", "cmd", "err", err)
	}
}

// close ends everything in the opposite order; turns that run are waited for.
func (a *app) close(ctx context.Context) {
	var errs []error
	if a.service != nil {
		errs = append(errs, a.service.Shutdown(ctx))
	}
	if a.account != nil {
		errs = append(errs, a.account.Shutdown(ctx))
	}
	switch {
	case a.embedded != nil:
		errs = append(errs, a.embedded.Close())
	case a.redis != nil:
		errs = append(errs, a.redis.Close())
	}
	if a.records != nil {
		errs = append(errs, a.store.Close())
	}
	if err := errors.Join(errs...); err != nil {
		a.log.Error("shutdown was not clean", "comp", "cmd", "err", err)
	}
}
