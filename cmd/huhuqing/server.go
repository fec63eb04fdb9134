package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	callbackPath = "/wechat/callback"
	// drain is how long a stopping server waits for turns under way: WeChat waits
	// 5 s for an answer, late answers may need a little longer.
	drain = 8 * time.Second
	// purgeEvery is how often messages of long ago are forgotten.
	purgeEvery = time.Hour
	// keepEvery is how often it is looked whether there are households to be judged
	// that no save judged; keepRest lets people in between two handfuls of them.
	keepEvery = 2 * time.Minute
	keepRest  = 20 * time.Millisecond
	// pushLife is how long it can be looked up who was told what: a year's inspection,
	// and a month more.
	pushLife = 396 * 24 * time.Hour
)

// handler is everything the program answers over HTTP (product.md).
func (a *app) handler() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle(callbackPath, a.account.Callback(a.service))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics, promhttp.HandlerOpts{}))
	return mux
}

// ready answers 200 when the database answers. Redis may be away: that costs
// speed, not correctness, so it is told but does not take the replica out.
func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := a.store.Ping(ctx); err != nil {
		http.Error(w, "database: away", http.StatusServiceUnavailable)
		return
	}
	text := "database: ok\nstate: ok\n"
	if err := a.sessions.Ping(ctx); err != nil {
		text = "database: ok\nstate: away\n"
	}
	_, _ = w.Write([]byte(text))
}

// listenAndServe answers on l until ctx ends, then lets turns under way finish.
func (a *app) listenAndServe(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	go a.purge(ctx)
	var inBackground sync.WaitGroup
	inBackground.Go(func() { a.photos.Run(ctx) })
	inBackground.Go(func() { a.keeper.Run(ctx, keepEvery, a.clock.Now) })
	inBackground.Go(func() { a.deliver(ctx) })
	inBackground.Go(func() { a.remind(ctx) })
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := srv.Shutdown(end); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	inBackground.Wait() // each lets go of its work at once, and needs the database for that
	if err := a.ledger.Flush(end); err != nil {
		a.log.Warn("windows not written down", "comp", "cmd", "err", err)
	}
	a.close(end)
	return nil
}

// purge forgets the messages of long ago, now and then.
func (a *app) purge(ctx context.Context) {
	tick := time.NewTicker(purgeEvery)
	defer tick.Stop()
	for {
		n, err := a.runner.Purge(ctx)
		if err == nil {
			_, err = a.store.Pushes().PurgePushes(ctx, a.clock.Now().Add(-pushLife))
		}
		if err != nil && ctx.Err() == nil {
			a.log.Error("purge failed", "comp", "cmd", "err", err)
		} else if n > 0 {
			a.log.Info("old messages forgotten", "comp", "cmd", "n", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
