package turn_test

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/models"
)

// steps counts the moments before and after each call that a replica makes to
// Redis or the database, and lets one of them go wrong.
type steps struct {
	mu   sync.Mutex
	n    int
	at   int  // which moment goes wrong, from 1
	dead bool // the process was killed then: nothing of it works any more
	kill bool // it is killed, not only disturbed
}

var errBroken = models.E(models.Unavailable, "call", errors.New("broken in a test"))

func (s *steps) step() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	if s.n == s.at {
		s.dead = s.kill
		return errBroken
	}
	if s.dead {
		return errBroken
	}
	return nil
}

// around makes a call with a moment before and one after it.
func (s *steps) around(call func() error) error {
	if err := s.step(); err != nil {
		return err
	}
	err := call()
	if broken := s.step(); broken != nil {
		return broken
	}
	return err
}

// into puts the steps around everything a runner calls.
func (s *steps) into(o *turn.Options) {
	o.Sessions = stepSessions{s, o.Sessions}
	o.Store = stepStore{o.Store, s}
	o.View = stepStore{o.Store, s}
}

type stepSessions struct {
	*steps
	turn.Sessions
}

func (s stepSessions) Enter(ctx context.Context, user, key, token string) (ahead int, answer, session []byte, err error) {
	err = s.around(func() error { ahead, answer, session, err = s.Sessions.Enter(ctx, user, key, token); return err })
	return ahead, answer, session, err
}

func (s stepSessions) Leave(ctx context.Context, user, key, token string, session, answer []byte) error {
	return s.around(func() error { return s.Sessions.Leave(ctx, user, key, token, session, answer) })
}

type stepStore struct {
	models.Store
	*steps
}

func (s stepStore) Turns() models.Turns   { return stepTurns{s.Store.Turns(), s.steps} }
func (s stepStore) Drafts() models.Drafts { return stepDrafts{s.Store.Drafts(), s.steps} }
func (s stepStore) People() models.People { return stepPeople{s.Store.People(), s.steps} }

// Atomically has moments before BEGIN, after BEGIN, before COMMIT and after it.
func (s stepStore) Atomically(ctx context.Context, fn func(models.Store) error) error {
	return s.around(func() error {
		return s.Store.Atomically(ctx, func(tx models.Store) error {
			return s.around(func() error { return fn(stepStore{tx, s.steps}) })
		})
	})
}

type stepTurns struct {
	models.Turns
	*steps
}

func (s stepTurns) Answer(ctx context.Context, user, key string) (answer []byte, err error) {
	err = s.around(func() error { answer, err = s.Turns.Answer(ctx, user, key); return err })
	return answer, err
}

func (s stepTurns) Insert(ctx context.Context, t models.Turn) error {
	return s.around(func() error { return s.Turns.Insert(ctx, t) })
}

func (s stepTurns) Session(ctx context.Context, user string) (d models.Draft, err error) {
	err = s.around(func() error { d, err = s.Turns.Session(ctx, user); return err })
	return d, err
}

func (s stepTurns) SaveSession(ctx context.Context, d models.Draft, was int64) error {
	return s.around(func() error { return s.Turns.SaveSession(ctx, d, was) })
}

type stepDrafts struct {
	models.Drafts
	*steps
}

func (s stepDrafts) Put(ctx context.Context, d models.Draft) error {
	return s.around(func() error { return s.Drafts.Put(ctx, d) })
}

func (s stepDrafts) Take(ctx context.Context, user, thing string) (d models.Draft, err error) {
	err = s.around(func() error { d, err = s.Drafts.Take(ctx, user, thing); return err })
	return d, err
}

type stepPeople struct {
	models.People
	*steps
}

func (s stepPeople) ByUser(ctx context.Context, user string) (p models.Person, err error) {
	err = s.around(func() error { p, err = s.People.ByUser(ctx, user); return err })
	return p, err
}

// outage is a database that can be switched off and on.
type outage struct {
	models.Store
	mu  sync.Mutex
	off bool
}

func (o *outage) set(off bool) { o.mu.Lock(); defer o.mu.Unlock(); o.off = off }

func (o *outage) away() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.off {
		return errBroken
	}
	return nil
}

func (o *outage) Atomically(ctx context.Context, fn func(models.Store) error) error {
	if err := o.away(); err != nil {
		return err
	}
	return o.Store.Atomically(ctx, fn)
}

func (o *outage) Turns() models.Turns   { return outageTurns{o.Store.Turns(), o} }
func (o *outage) People() models.People { return outagePeople{o.Store.People(), o} }

type outageTurns struct {
	models.Turns
	o *outage
}

func (t outageTurns) Session(ctx context.Context, user string) (models.Draft, error) {
	if err := t.o.away(); err != nil {
		return models.Draft{}, err
	}
	return t.Turns.Session(ctx, user)
}

func (t outageTurns) Insert(ctx context.Context, row models.Turn) error {
	if err := t.o.away(); err != nil {
		return err
	}
	return t.Turns.Insert(ctx, row)
}

type outagePeople struct {
	models.People
	o *outage
}

func (p outagePeople) ByUser(ctx context.Context, user string) (models.Person, error) {
	if err := p.o.away(); err != nil {
		return models.Person{}, err
	}
	return p.People.ByUser(ctx, user)
}

// lateCommit is a database whose connection breaks in the COMMIT, which takes
// effect only a while later.
type lateCommit struct {
	models.Store
	after time.Duration
	wg    *sync.WaitGroup
}

func (l lateCommit) Atomically(ctx context.Context, fn func(models.Store) error) error {
	written := make(chan error, 1)
	l.wg.Go(func() {
		_ = l.Store.Atomically(context.WithoutCancel(ctx), func(tx models.Store) error {
			err := fn(tx)
			written <- err
			time.Sleep(l.after)
			return err
		})
	})
	if err := <-written; err != nil {
		return err
	}
	return errBroken
}
