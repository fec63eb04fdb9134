package main

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands before a server, which can then go away and come back, or fall silent for a while.
type proxy struct {
	url    string // as the server's, by way of the proxy
	addr   string
	server string
	mu     sync.Mutex
	open   []net.Conn
	silent sync.RWMutex // held for writing while nothing gets through
	stop   func()
	all    sync.WaitGroup
}

func newProxy(t *testing.T, server string) *proxy {
	t.Helper()
	u, err := url.Parse(server)
	require.NoError(t, err)
	p := &proxy{server: u.Host, addr: "127.0.0.1:0"}
	p.up(t)
	u.Host = p.addr
	p.url = u.String()
	t.Cleanup(p.down)
	return p
}

// up begins to listen, again at the same address.
func (p *proxy) up(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", p.addr)
	require.NoError(t, err)
	p.addr = l.Addr().String()
	p.stop = sync.OnceFunc(func() { _ = l.Close() })
	p.all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.all.Go(func() { p.serve(c) })
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
	p.all.Wait()
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
	p.all.Go(func() { _, _ = io.Copy(client, server); _ = client.Close() })
	_, _ = io.Copy(patient{server, &p.silent}, client)
	_ = server.Close()
}

// patient hands on what it is given only while the silence does not last.
type patient struct {
	io.Writer
	silent *sync.RWMutex
}

func (w patient) Write(b []byte) (int, error) {
	w.silent.RLock()
	defer w.silent.RUnlock()
	return w.Writer.Write(b)
}
