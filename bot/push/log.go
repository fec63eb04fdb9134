package push

import (
	"fmt"
	"log/slog"
)

// queueLog writes what the queue has to say into our log. Its tasks hold ids only.
type queueLog struct{ log *slog.Logger }

func (l queueLog) Debug(...any) {}
func (l queueLog) Info(...any)  {}

// Warn is, most of the time, Redis being away.
func (l queueLog) Warn(args ...any) {
	l.log.Warn("the queue has trouble", "comp", "push", "err", fmt.Sprint(args...))
}

// Error is the same for longer.
func (l queueLog) Error(args ...any) {
	l.log.Error("the queue has trouble", "comp", "push", "err", fmt.Sprint(args...))
}

// Fatal is for what the queue cannot go on with; the program goes on, and the rows wait.
func (l queueLog) Fatal(args ...any) {
	l.log.Error("the queue has stopped", "comp", "push", "err", fmt.Sprint(args...))
}
