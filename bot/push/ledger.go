package push

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

const (
	// noteEvery is how often the ledger is written. A message costs no statement of
	// its own in its turn; what a crash loses is a window that counts as shut.
	noteEvery = 500 * time.Millisecond
	// maxNoted bounds what is kept while the database is away: some minutes of a
	// county at its busiest. Beyond, windows count as shut.
	maxNoted  = 50_000
	noteLimit = 10 * time.Second
)

// Ledger notes what opened windows and what used them, and writes it down now and
// then. It is safe for concurrent use and never waits for the database.
type Ledger struct {
	rows models.Deliveries
	log  *slog.Logger

	mu     sync.Mutex
	opened map[string]models.Window
	spent  map[string]int
	write  sync.Mutex // one writer at a time, so that an older note cannot come after a newer
}

// NewLedger makes a ledger; Run writes it down.
func NewLedger(rows models.Deliveries, log *slog.Logger) *Ledger {
	return &Ledger{rows: rows, log: log, opened: map[string]models.Window{}, spent: map[string]int{}}
}

// Opened notes a trigger. Of several the newest counts.
func (l *Ledger) Opened(user string, by models.Trigger, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := models.WindowOf(user, by, at)
	if old, known := l.opened[user]; known && !w.After(old) || !known && len(l.opened) >= maxNoted {
		return
	}
	l.opened[user] = w
}

// Spent notes a message that went out.
func (l *Ledger) Spent(user string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.spent) < maxNoted {
		l.spent[user]++
	}
}

// Run writes until ctx ends, and once more then.
func (l *Ledger) Run(ctx context.Context) {
	for bot.Pause(ctx, noteEvery) == nil {
		l.note(ctx)
	}
	l.note(context.WithoutCancel(ctx))
}

func (l *Ledger) note(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, noteLimit)
	defer cancel()
	if err := l.Flush(ctx); err != nil {
		l.log.Warn("windows not written down", "comp", "push", "err", err)
	}
}

// Flush writes what was noted. After an error it is tried again with the next one:
// a window opened twice is the same window, and a message counted twice only makes
// us believe that less may be sent.
func (l *Ledger) Flush(ctx context.Context) error {
	l.write.Lock()
	defer l.write.Unlock()
	l.mu.Lock()
	opened, spent := l.opened, l.spent
	l.opened, l.spent = map[string]models.Window{}, map[string]int{}
	l.mu.Unlock()
	if len(opened) == 0 && len(spent) == 0 {
		return nil
	}
	// In the order of users, so that two replicas cannot lock each other out.
	var windows []models.Window
	for _, user := range slices.Sorted(maps.Keys(opened)) {
		windows = append(windows, opened[user])
	}
	err := l.rows.OpenWindows(ctx, windows)
	for _, user := range slices.Sorted(maps.Keys(spent)) {
		if err != nil {
			break
		}
		if err = l.rows.Spent(ctx, user, spent[user]); err == nil {
			delete(spent, user)
		}
	}
	if err != nil {
		l.back(opened, spent)
	}
	return err
}

// back puts what could not be written under what was noted since.
func (l *Ledger) back(opened map[string]models.Window, spent map[string]int) {
	for user, w := range opened {
		l.Opened(user, w.OpenedBy, w.OpenedAt)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for user, n := range spent {
		l.spent[user] += n
	}
}
