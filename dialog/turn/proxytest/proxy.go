// Package proxytest stands between a program under test and a real server, and
// takes the server away: down and back, silent for a while, or overheard. It
// knows nothing of what is sent, and only tests import it.
package proxytest

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Proxy stands before one server.
type Proxy struct {
	URL    string // of the proxy, otherwise as the server's
	addr   string
	server string
	hear   func(io.Reader)

	mu     sync.Mutex
	open   []net.Conn
	silent sync.RWMutex // held for writing while nothing gets through

	stop func()
	all  sync.WaitGroup
}

// New begins to stand before the server of a URL, until the test ends. hear
// gets a copy of what each connection sends to the server; it may be nil.
func New(t testing.TB, server string, hear func(io.Reader)) *Proxy {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{server: u.Host, addr: "127.0.0.1:0", hear: hear}
	p.Up(t)
	u.Host = p.addr
	p.URL = u.String()
	t.Cleanup(p.Down)
	return p
}

// Up begins to listen, again at the same address.
func (p *Proxy) Up(t testing.TB) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", p.addr)
	if err != nil {
		t.Fatal(err)
	}
	p.addr = l.Addr().String()
	p.stop = sync.OnceFunc(func() { _ = l.Close() })
	p.all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.all.Go(func() { p.serve(t.Context(), c) })
		}
	})
}

// Down cuts every connection and refuses new ones.
func (p *Proxy) Down() {
	p.stop()
	p.mu.Lock()
	for _, c := range p.open {
		_ = c.Close()
	}
	p.open = nil
	p.mu.Unlock()
	p.all.Wait()
}

// Silence holds back what is sent to the server, until Speak.
func (p *Proxy) Silence() { p.silent.Lock() }

// Speak ends a Silence: what was held back goes on its way.
func (p *Proxy) Speak() { p.silent.Unlock() }

func (p *Proxy) serve(ctx context.Context, client net.Conn) {
	server, err := new(net.Dialer).DialContext(ctx, "tcp", p.server)
	if err != nil {
		_ = client.Close()
		return
	}
	p.mu.Lock()
	p.open = append(p.open, client, server)
	p.mu.Unlock()
	p.all.Go(func() { _, _ = io.Copy(client, server); _ = client.Close() })
	var from io.Reader = client
	if p.hear != nil {
		e := &ear{chunks: make(chan []byte), heard: make(chan struct{})}
		from = io.TeeReader(client, e)
		p.all.Go(func() { p.hear(e); _, _ = io.Copy(io.Discard, e) })
		defer close(e.chunks)
	}
	_, _ = io.Copy(patient{server, &p.silent}, from)
	_ = server.Close()
}

// ear is a pipe whose Write returns only when what was written is not just read
// but dealt with: the reader wants more. So no answer comes before its question
// was heard.
type ear struct {
	chunks chan []byte
	heard  chan struct{}
	rest   []byte // of the chunk that is being read
	busy   bool
}

func (e *ear) Write(b []byte) (int, error) {
	e.chunks <- b
	<-e.heard
	return len(b), nil
}

func (e *ear) Read(b []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.busy {
			e.heard <- struct{}{}
		}
		if e.rest, e.busy = <-e.chunks; !e.busy {
			return 0, io.EOF
		}
	}
	n := copy(b, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// patient hands on what it is given only while nobody wants silence.
type patient struct {
	io.Writer
	silent *sync.RWMutex
}

func (w patient) Write(b []byte) (int, error) {
	w.silent.RLock()
	defer w.silent.RUnlock()
	return w.Writer.Write(b)
}
