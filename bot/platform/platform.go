package platform

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// Platform is the local WeChat with its one official account. Make it with
// New; it is safe for concurrent use.
type Platform struct {
	opt      Options
	envelope *envelope // nil without an AES key
	texts    map[string]string
	client   *http.Client
	handler  http.Handler
	store    *store
	hub      *hub

	mu        sync.Mutex // guards everything below
	callback  string
	url       string
	people    map[string]*person
	order     []string // openids in the order of their introduction
	seq       int64    // last item or record
	msgID     int64    // last message id
	tokens    tokens
	menu      []Button
	tickets   map[string]*ticket
	media     map[string]*media
	sent      map[string]sentTemplate // by openid and client_msg_id
	used      map[string]int          // API calls of usedOn by path
	usedOn    string
	clears    map[string]int // clear_quota calls by month
	faults    Faults
	record    []Entry
	doneKeys  map[string]bool         // acts of the page already carried out
	queue     []func(context.Context) // pushes that nobody waits for
	workers   int                     // how many work the queue off
	running   int                     // queued pushes and acts of the page not yet done
	changed   chan struct{}           // closed and replaced when a chat grows or running falls to 0
	closeOnce sync.Once
}

// asyncPushes bounds the outcome events on their way at one moment: a bulk of
// a hundred thousand templates must not open as many connections.
const asyncPushes = 32

// New makes a platform and reads what Options.Dir holds from an earlier run.
// It fails when an option is missing or the folder cannot be read.
func New(options Options) (*Platform, error) {
	if err := options.complete(); err != nil {
		return nil, err
	}
	texts, err := loadTexts()
	if err != nil {
		return nil, err
	}
	p := &Platform{
		opt: options, callback: options.Callback, url: options.URL, texts: texts,
		client: callbackClient(), hub: newHub(),
		people: map[string]*person{}, tickets: map[string]*ticket{}, media: map[string]*media{},
		sent: map[string]sentTemplate{}, used: map[string]int{}, clears: map[string]int{},
		doneKeys: map[string]bool{}, changed: make(chan struct{}),
	}
	if options.AESKey != "" {
		if p.envelope, err = newEnvelope(options.AESKey, options.AppID); err != nil {
			return nil, err
		}
	}
	if p.envelope == nil && options.Mode != Plain {
		return nil, errors.New("platform: safe and compat mode need an AES key")
	}
	if p.store, err = openStore(options.Dir); err != nil {
		return nil, err
	}
	if err := p.load(); err != nil {
		return nil, err
	}
	p.handler = p.routes()
	return p, nil
}

// Handler serves the API (/cgi-bin/…), the phone page (/) and, to loopback
// only, the admin endpoints (/admin/…).
func (p *Platform) Handler() http.Handler { return p.handler }

// SetCallback tells the platform where the bot listens.
func (p *Platform) SetCallback(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.callback = url
}

// SetURL tells the platform its own base URL, which picture links need.
func (p *Platform) SetURL(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.url = url
}

// Settle waits until every push that nobody waits for, such as outcome
// events, has been answered or given up, or ctx ends.
func (p *Platform) Settle(ctx context.Context) error {
	for {
		p.mu.Lock()
		running, changed := p.running, p.changed
		p.mu.Unlock()
		if running == 0 {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close ends live pages and waits for pushes still under way. Pushes that
// the bot does not answer end by their own timeout.
func (p *Platform) Close() error {
	var err error
	p.closeOnce.Do(func() {
		p.hub.close()
		_ = p.Settle(context.Background()) // which never ends
		p.client.CloseIdleConnections()
		err = p.store.close()
	})
	return err
}

// wake lets go on who waits for a change. Callers hold p.mu.
func (p *Platform) wake() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// async queues a push that nobody waits for. Callers hold p.mu.
func (p *Platform) async(push func(context.Context)) {
	p.running++
	p.queue = append(p.queue, push)
	if p.workers < asyncPushes {
		p.workers++
		go p.work()
	}
}

// work runs queued pushes until there are none.
func (p *Platform) work() {
	for {
		p.mu.Lock()
		if len(p.queue) == 0 {
			p.workers--
			p.mu.Unlock()
			return
		}
		push := p.queue[0]
		p.queue = p.queue[1:]
		p.mu.Unlock()
		push(context.Background())
		p.done()
	}
}

// done ends what was counted as running.
func (p *Platform) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running--; p.running == 0 {
		p.wake()
	}
}

// nextMsgID returns an id never given before, also after a restart: 19 digits
// from the clock, and always more than the last one. Callers hold p.mu.
func (p *Platform) nextMsgID(now time.Time) int64 {
	p.msgID = max(p.msgID+1, now.UnixMilli()*1_000_000)
	return p.msgID
}
