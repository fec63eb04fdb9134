package turn_test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands before a server: it can go down and come back, and hears what is
// sent to the server.
type proxy struct {
	url    string // of the proxy, otherwise as the server's
	addr   string
	server string
	hear   func(io.Reader) // gets a copy of what one connection sends; may be nil

	mu   sync.Mutex
	open []net.Conn

	stop  func()
	drain sync.WaitGroup
}

func newProxy(t testing.TB, server string, hear func(io.Reader)) *proxy {
	t.Helper()
	u, err := url.Parse(server)
	require.NoError(t, err)
	p := &proxy{server: u.Host, addr: "127.0.0.1:0", hear: hear}
	p.up(t)
	u.Host = p.addr
	p.url = u.String()
	t.Cleanup(p.down)
	return p
}

// up begins to listen, again at the same address.
func (p *proxy) up(t testing.TB) {
	t.Helper()
	l, err := net.Listen("tcp", p.addr)
	require.NoError(t, err)
	p.addr = l.Addr().String()
	p.stop = sync.OnceFunc(func() { _ = l.Close() })
	p.drain.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.drain.Go(func() { p.serve(c) })
		}
	})
}

// down cuts every connection and refuses new ones.
func (p *proxy) down() {
	p.stop()
	p.mu.Lock()
	for _, c := range p.open {
		_ = c.Close()
	}
	p.open = nil
	p.mu.Unlock()
	p.drain.Wait()
}

func (p *proxy) serve(client net.Conn) {
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		_ = client.Close()
		return
	}
	p.mu.Lock()
	p.open = append(p.open, client, server)

	p.mu.Unlock()
	p.drain.Go(func() { _, _ = io.Copy(client, server); _ = client.Close() })
	var from io.Reader = client
	if p.hear != nil {
		r, w := io.Pipe()
		from = io.TeeReader(client, w)
		p.drain.Go(func() { p.hear(r); _, _ = io.Copy(io.Discard, r) })
		defer func() { _ = w.Close() }()
	}
	_, _ = io.Copy(server, from)
	_ = server.Close()
}
