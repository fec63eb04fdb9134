package wechat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/sirupsen/logrus"

	"github.com/huhuqing/huhuqing/bot"
)

// Mode is how the account's messages travel. It comes from the configuration,
// never from a request (wechat.md §2.2, downgrade).
type Mode string

// The two modes. The platform's compat mode works with either.
const (
	Plain Mode = "plain"
	Safe  Mode = "safe"
)

// DefaultAPI is WeChat's API.
const DefaultAPI = "https://api.weixin.qq.com"

// Options describe the account. AppID, Token, Now, Log and Metrics are
// required; Safe requires AESKey; sending requires Secret.
type Options struct {
	AppID, Secret  string
	Token          string                // signs the callbacks
	AESKey         string                // EncodingAESKey, 43 characters
	PreviousAESKey string                // the key before the last change in the console, may be empty
	OriginalID     string                // gh_…; messages to any other account are refused when it is set
	Mode           Mode                  // defaults to Plain
	API            string                // base URL, defaults to DefaultAPI
	Redis          redis.UniversalClient // shares the access token between replicas; may be nil
	Now            func() time.Time
	Log            *slog.Logger
	Metrics        *bot.Metrics
	// Spent hears of every customer-service message that answers somebody and may have
	// got through: each takes one from the person's window (wechat.md §1.7). May be nil.
	Spent func(user string)
}

// Account is one official account: its callback and its API. It is safe for
// concurrent use.
type Account struct {
	o         Options
	envelopes []envelope // current key first
	texts     bot.Texts
	client    *client

	mu       sync.Mutex
	closing  bool
	followed map[string]time.Time // messages whose further parts were sent, by key
	running  sync.WaitGroup       // parts on their way after the HTTP answer
	base     context.Context
	cancel   context.CancelFunc
	pause    time.Duration // between the HTTP answer and the parts that follow it
}

var (
	_ bot.Sender         = (*Account)(nil)
	_ bot.TemplateSender = (*Account)(nil)
	_ bot.PushSender     = (*Account)(nil)
)

// followPause lets the platform show the HTTP answer before the parts that
// follow it by another way.
const followPause = 400 * time.Millisecond

// New makes the account, or says everything that is wrong with o. It also
// silences logrus: silenceper logs through its global logger, and message
// content must not get there.
func New(o Options) (*Account, error) {
	if o.Mode == "" {
		o.Mode = Plain
	}
	if o.API == "" {
		o.API = DefaultAPI
	}
	o.API = strings.TrimRight(o.API, "/")
	envelopes, err := envelopesOf(o)
	texts, textsErr := bot.LoadTexts()
	if err := errors.Join(check(o), err, textsErr); err != nil {
		return nil, fmt.Errorf("wechat account: %w", err)
	}
	logrus.SetOutput(io.Discard)
	base, cancel := context.WithCancel(context.Background())
	return &Account{o: o, envelopes: envelopes, texts: texts, client: newClient(o),
		followed: map[string]time.Time{}, base: base, cancel: cancel, pause: followPause}, nil
}

func check(o Options) error {
	var errs []error
	if o.Now == nil || o.Log == nil || o.Metrics == nil {
		errs = append(errs, errors.New("clock, log and metrics are required"))
	}
	if o.Token == "" {
		errs = append(errs, errors.New("the token is empty: anybody could sign with it"))
	}
	if o.AppID == "" {
		errs = append(errs, errors.New("the app id is missing"))
	}
	if o.Mode != Plain && o.Mode != Safe {
		errs = append(errs, fmt.Errorf("unknown mode %q: want plain or safe", o.Mode))
	}
	if u, err := url.Parse(o.API); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		errs = append(errs, errors.New("the API's address is no http or https URL"))
	}
	return errors.Join(errs...)
}

// Answerer works out what a person is told; bot.Service does. It must not take
// longer than the platform waits.
type Answerer interface {
	Answer(ctx context.Context, m bot.Message) bot.Reply
}

// Callback is the handler of the URL that is entered in WeChat's console.
func (a *Account) Callback(answerer Answerer) http.Handler {
	return &callback{Account: a, answerer: answerer}
}

// Shutdown waits for the parts of long answers that are on their way. When ctx
// ends first they are cancelled and ctx's error is returned.
func (a *Account) Shutdown(ctx context.Context) error {
	a.mu.Lock()
	a.closing = true
	a.mu.Unlock()
	defer a.cancel()
	done := make(chan struct{})
	go func() { a.running.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
