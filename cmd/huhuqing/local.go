package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/demo"
)

// local is the bot together with a local WeChat, for demo and talk.
type local struct {
	*app
	platform *platform.Platform
	listener net.Listener
	handler  http.Handler
	people   []models.Person
	fresh    bool // the village was filled in this run: its people follow the account now
}

// startAt is the --at of demo and talk: the village lives from that instant on, so that deadlines of the programme's
// years and the morning's reminders can be seen.
type startAt struct {
	At string `placeholder:"RFC3339" help:"${start_at}"`
}

// open is openLocal with a clock that begins at the instant and goes on as the machine's does.
func (s startAt) open(ctx context.Context, p program, flags config.Flags) (*local, error) {
	if s.At != "" {
		at, err := instant(s.At)
		if err != nil {
			return nil, err
		}
		shift := time.Until(at)
		p.Clock.Now = func() time.Time { return time.Now().Add(shift) }
	}
	cfg, err := config.Load(config.Demo, p.Environ, flags)
	if err != nil {
		return nil, err
	}
	return openLocal(ctx, p, cfg, logger(p, cfg))
}

// openLocal builds both on one port, fills the demo village on the first start
// and binds its people to WeChat users, so that one can be any of them.
func openLocal(ctx context.Context, p program, cfg config.Config, log *slog.Logger) (*local, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, err
	}
	path, err := cfg.EnsureDataKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	if path != "" {
		_, _ = fmt.Fprintln(p.Err, config.DataKeyMade(path))
	}
	l := &local{}
	if l.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", cfg.Listen); err != nil {
		return nil, fmt.Errorf("%s: %w", say("listen_failed", "listen", cfg.Listen), err)
	}
	base := "http://" + l.listener.Addr().String()
	templates, cards := localTemplates(cfg.WeChat.Templates)
	cfg.WeChat = config.WeChat{
		AppID: "wx0000000000000000", Secret: config.Secret(rand.Text()), Token: config.Secret(rand.Text()), OriginalID: "gh_huhuqingdemo",
		Mode: config.ModePlain, API: base, Templates: templates, Notifications: cfg.WeChat.Notifications,
	}
	if l.app, err = newApp(ctx, cfg, log, p.time()); err != nil {
		return nil, err
	}
	if err := l.store.Migrate(ctx); err != nil {
		return nil, err
	}
	l.platform, err = platform.New(platform.Options{
		Callback: base + callbackPath, URL: base, Token: cfg.WeChat.Token.Reveal(), AppID: cfg.WeChat.AppID, Secret: cfg.WeChat.Secret.Reveal(),
		OriginalID: cfg.WeChat.OriginalID, Name: say("account_name"), Now: l.clock.Now, Dir: filepath.Join(cfg.Data, "wechat"), Log: log,
		Templates: cards,
	})
	if err != nil {
		return nil, err
	}
	mux := l.app.handler()
	mux.Handle("/", l.platform.Handler())
	l.handler = mux
	return l, l.fill(ctx)
}

// fill puts the demo village into an empty database and introduces its people.
func (l *local) fill(ctx context.Context) error {
	now := l.clock.Now()
	v := demo.Village(now)
	if _, err := l.store.Areas().Area(ctx, v.Areas[len(v.Areas)-1].Code); models.CodeOf(err) == models.NotFound {
		if err := l.store.Atomically(ctx, func(s models.Store) error { return seed(ctx, s, v, now) }); err != nil {
			return fmt.Errorf("fill the demo village: %w", err)
		}
		if _, err := l.keeper.Pass(ctx, now); err != nil {
			return fmt.Errorf("judge the demo village: %w", err)
		}
		l.fresh = true
	} else if err != nil {
		return err
	}
	l.people = v.People
	for _, person := range v.People {
		l.platform.Introduce(platform.User{OpenID: openID(person.ID), Name: person.Name, Role: say("role_" + string(person.Role)), Place: place(v, person)})
		if err := l.bind(ctx, person); err != nil {
			return err
		}
	}
	l.platform.Introduce(platform.User{OpenID: openID("stranger"), Name: say("stranger"), Role: say("role_none"), Place: say("stranger_place")})
	return nil
}

// seed writes areas, people and households in one transaction.
func seed(ctx context.Context, s models.Store, v demo.Demo, now time.Time) error {
	if _, err := s.Areas().Put(ctx, v.Areas); err != nil {
		return err
	}
	for i := range v.People {
		if err := s.People().Add(ctx, &v.People[i]); err != nil {
			return err
		}
	}
	for i := range v.Dossiers {
		d := &v.Dossiers[i]
		by := models.Actor{PersonID: v.People[0].ID, Name: v.People[0].Name, Role: models.RoleAdmin, Area: d.Household.Village, Source: "demo"}
		if _, err := s.Households().Create(ctx, by, d, now); err != nil {
			return err
		}
	}
	return nil
}

// bind ties a demo person to its WeChat user, unless it is (or somebody undid it on purpose).
func (l *local) bind(ctx context.Context, person models.Person) error {
	user := openID(person.ID)
	if _, err := l.store.People().ByUser(ctx, user); models.CodeOf(err) != models.NotFound {
		return err
	}
	code, now := newInviteCode(), l.clock.Now()
	hash := inviteHash(l.keys)(code)
	if err := l.store.People().Invite(ctx, models.Invite{Hash: hash, PersonID: person.ID, ExpiresAt: now.Add(inviteLife)}); err != nil {
		return err
	}
	_, err := l.store.People().Bind(ctx, hash, user, now)
	if models.CodeOf(err) == models.Conflict {
		return nil
	}
	return err
}

// strangerCode makes an invite for one more village cadre, to try 绑定 with.
func (l *local) strangerCode(ctx context.Context) (string, error) {
	newcomer := models.Person{ID: "newcomer", Name: say("newcomer_name"), Role: models.RoleVillage, AreaCode: l.people[0].AreaCode, Active: true}
	if _, err := l.store.People().Person(ctx, newcomer.ID); models.CodeOf(err) == models.NotFound {
		if err := l.store.People().Add(ctx, &newcomer); err != nil {
			return "", err
		}
	}
	code := newInviteCode()
	err := l.store.People().Invite(ctx, models.Invite{Hash: inviteHash(l.keys)(code), PersonID: newcomer.ID, ExpiresAt: l.clock.Now().Add(inviteLife)})
	return code, err
}

// openID is the WeChat user of a demo person: stable over restarts.
func openID(personID string) string {
	const pad = "oDemo000000000000000000000000"
	return pad[:len(pad)-min(len(personID), 20)] + personID[:min(len(personID), 20)]
}

// place is where a demo person works.
func place(v demo.Demo, p models.Person) string {
	for _, a := range v.Areas {
		if a.Code == p.AreaCode {
			return strings.TrimSpace(a.Name + " " + strings.Join(p.Groups, "、"))
		}
	}
	return p.AreaCode
}

// pushMenu sets the menu bar, as the operator does with `huhuqing menu push`.
func (l *local) pushMenu(ctx context.Context) {
	buttons, err := menuButtons()
	if err == nil {
		err = l.account.PushMenu(ctx, buttons)
	}
	if err != nil && ctx.Err() == nil {
		l.log.Warn("menu not set", "comp", "cmd", "err", err)
	}
}

// run serves until ctx ends. On the first start everybody bound follows the
// account, as they would have done before 绑定; the stranger does so by hand.
func (l *local) run(ctx context.Context) error {
	served := make(chan error, 1)
	go func() { served <- l.listenAndServe(ctx, l.listener, l.handler) }()
	l.pushMenu(ctx)
	if l.fresh {
		for _, person := range l.people {
			if _, err := l.platform.User(openID(person.ID)).Follow(ctx, ""); err != nil && ctx.Err() == nil {
				l.log.Warn("a demo person could not follow", "comp", "cmd", "err", err)
			}
		}
	}
	<-ctx.Done()
	_ = l.platform.Close() // ends the live pages, so that the server can stop
	return <-served
}
