package turn

import (
	"context"
	"sync"
)

// lines keep the messages of each person in the order they came to this
// process: who came first takes the ticket first, and while Redis is away works
// first.
type lines struct {
	mu   sync.Mutex
	last map[string]*place
}

// place is one message's place in the line of its person. The channels of the
// one ahead are closed when it has its ticket, and when it is done with all
// those before it; nil when nobody is ahead.
type place struct {
	lines                  *lines
	user                   string
	ticketAhead, doneAhead <-chan struct{}
	ticket, done           chan struct{}
	once                   sync.Once
}

func newLines() *lines { return &lines{last: map[string]*place{}} }

// join takes the next place in the line of user.
func (l *lines) join(user string) *place {
	p := &place{lines: l, user: user, ticket: make(chan struct{}), done: make(chan struct{})}
	l.mu.Lock()
	defer l.mu.Unlock()
	if ahead := l.last[user]; ahead != nil {
		p.ticketAhead, p.doneAhead = ahead.ticket, ahead.done
	}
	l.last[user] = p
	return p
}

// ticketed lets the next one take its ticket.
func (p *place) ticketed() { p.once.Do(func() { close(p.ticket) }) }

// leave gives the place up. Somebody who left before their turn came still
// hides nobody ahead from those behind.
func (p *place) leave() {
	p.ticketed()
	select {
	case <-closedIfNil(p.doneAhead):
		p.finish()
	default:
		go func() {
			<-p.doneAhead
			p.finish()
		}()
	}
}

func (p *place) finish() {
	p.lines.mu.Lock()
	defer p.lines.mu.Unlock()
	if p.lines.last[p.user] == p {
		delete(p.lines.last, p.user)
	}
	close(p.done)
}

// wait blocks until c is closed (nil: at once) or ctx ends.
func wait(ctx context.Context, c <-chan struct{}) error {
	select {
	case <-closedIfNil(c):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func closedIfNil(c <-chan struct{}) <-chan struct{} {
	if c != nil {
		return c
	}
	closed := make(chan struct{})
	close(closed)
	return closed
}
