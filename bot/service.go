package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
)

// Turner takes one turn of a conversation; dialog/turn does. The same
// Input.Key gets the first answer again and changes nothing. An error of code
// models.Unavailable promises that nothing of the turn was applied; any other
// error leaves that open. A panic counts as "our mistake".
type Turner interface {
	Take(ctx context.Context, in dialog.Input) (dialog.Reply, error)
}

// Options are what a Service is made of. Turns, Sender, Now, Log and Metrics
// are required.
type Options struct {
	Turns   Turner
	Sender  Sender
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *Metrics
	// Notices gets the events that want no answer, such as what became of a
	// template message. An error is logged; the event does not come again.
	Notices func(ctx context.Context, m Message) error
	// Ledger hears of everything that opens a window for messages. May be nil.
	Ledger Ledger
	// Window is how long the HTTP answer may wait. WeChat hangs up at 5 s and
	// then retries, so half a second is kept for encryption and the network.
	// Defaults to 4.5 s.
	Window time.Duration
	// TurnLimit is how long a turn may take in all. Defaults to 30 s: longer
	// than any queue of one person's messages, and still an answer to a person
	// who waits.
	TurnLimit time.Duration
}

const (
	window    = 4500 * time.Millisecond
	turnLimit = 30 * time.Second
	sendLimit = 30 * time.Second
	// maxRunning bounds the turns of a replica whose database hangs: about
	// two seconds' worth of the load one replica takes.
	maxRunning = 4096
)

// Service answers messages within the platform's five seconds. It is safe for
// concurrent use.
type Service struct {
	o     Options
	texts Texts

	base   context.Context // of everything that outlives its request
	cancel context.CancelFunc

	mu      sync.Mutex
	jobs    map[string]*job // running now, by message key
	closing bool
	running sync.WaitGroup
}

// job is one message being worked on, with the requests that wait for it.
type job struct {
	done     chan struct{} // closed when reply is there
	reply    dialog.Reply
	waiters  int // guarded by Service.mu, as finished
	finished bool
}

// NewService makes the edge of a bot. It fails when an option is missing.
func NewService(o Options) (*Service, error) {
	if o.Turns == nil || o.Sender == nil || o.Now == nil || o.Log == nil || o.Metrics == nil {
		return nil, errors.New("bot: turns, sender, clock, log and metrics are required")
	}
	if o.Window <= 0 {
		o.Window = window
	}
	if o.TurnLimit <= 0 {
		o.TurnLimit = turnLimit
	}
	texts, err := LoadTexts()
	if err != nil {
		return nil, err
	}
	base, cancel := context.WithCancel(context.Background())
	return &Service{o: o, texts: texts, base: base, cancel: cancel, jobs: map[string]*job{}}, nil
}

// Answer is what the person gets in the HTTP answer to m. It returns within
// the window; an empty reply means that nothing is to be said, or that the
// answer will come as a customer-service message. A message that is being
// worked on already (the platform's retry) waits for that work and gets its
// answer. Answer neither fails nor panics.
func (s *Service) Answer(ctx context.Context, m Message) dialog.Reply {
	j := s.join(m)
	if j == nil {
		return s.refusal(m)
	}
	timer := time.NewTimer(s.o.Window)
	defer timer.Stop()
	select {
	case <-j.done:
	case <-timer.C:
	case <-ctx.Done():
	}
	return s.leave(j)
}

// join starts the work on m, or joins it. Nil when no more work is taken on.
func (s *Service) join(m Message) *job {
	key := m.Key()
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.jobs[key]; j != nil {
		j.waiters++
		return j
	}
	if s.closing || len(s.jobs) >= maxRunning {
		return nil
	}
	j := &job{done: make(chan struct{}), waiters: 1}
	s.jobs[key] = j
	s.running.Add(1)
	s.o.Metrics.running.Inc()
	go s.run(j, key, m)
	return j
}

// leave ends a wait. The answer is empty when the work is not finished.
func (s *Service) leave(j *job) dialog.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	j.waiters--
	if !j.finished {
		return dialog.Reply{}
	}
	return j.reply
}

// run works on m and delivers the answer itself if nobody waits for it any
// more. So there is at most one customer-service answer per message, and none
// beside an HTTP answer.
func (s *Service) run(j *job, key string, m Message) {
	defer s.running.Done()
	reply := s.work(m)

	s.o.Metrics.running.Dec() // before the answer goes out, so that who has it finds the turn over
	s.mu.Lock()
	j.reply, j.finished = reply, true
	late := j.waiters == 0
	delete(s.jobs, key)
	s.mu.Unlock()
	close(j.done)

	if late && !silent(reply) {
		s.sendLate(m, reply)
	}
}

func (s *Service) sendLate(m Message, reply dialog.Reply) {
	ctx, cancel := context.WithTimeout(s.base, sendLimit)
	defer cancel()
	defer s.recovered(m, "late answer", func() { s.o.Metrics.lateAnswer("failed") })
	if err := s.o.Sender.SendText(ctx, m.From, reply); err != nil {
		s.o.Metrics.lateAnswer("failed")
		s.o.Log.Error("late answer not delivered", "user", UserHash(m.From), "code", SendClassOf(err), "err", err)
		return
	}
	s.o.Metrics.lateAnswer("sent")
}

// Shutdown takes no more work and waits for what is running, late answers
// included. When ctx ends first, the rest is cancelled and ctx's error
// returned.
func (s *Service) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	defer s.cancel()

	done := make(chan struct{})
	go func() { s.running.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// silent tells a reply with nothing to say in any of its blocks.
func silent(r dialog.Reply) bool { return r.Empty() && (r.Then == nil || silent(*r.Then)) }
