package bot

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// work does what m asks for: a notice is handed on, everything else is a turn.
// Whatever happens, what comes back is what the person is to be told.
func (s *Service) work(m Message) (reply dialog.Reply) {
	ctx, cancel := context.WithTimeout(s.base, s.o.TurnLimit)
	defer cancel()
	start, result := s.o.Now(), "answered"
	s.o.Metrics.messages.WithLabelValues(m.Kind()).Inc()
	s.opened(m)
	defer func() { s.o.Metrics.turned(result, s.o.Now().Sub(start)) }()
	defer s.recovered(m, "turn", func() { reply, result = s.sorry(m, s.texts.Crashed), "crashed" })

	if m.Notice() {
		result = s.note(ctx, m)
		return dialog.Reply{}
	}
	in := m.Input()
	reply, err := s.o.Turns.Take(ctx, in)
	if err != nil {
		result = "failed"
		return s.failed(m, err)
	}
	if in.Kind == dialog.InputUnfollow {
		return dialog.Reply{} // nothing reaches this person any more
	}
	return reply
}

func (s *Service) note(ctx context.Context, m Message) (result string) {
	if s.o.Notices == nil {
		return "noted"
	}
	if err := s.o.Notices(ctx, m); err != nil {
		s.o.Log.Error("notice not taken", "kind", m.Event, "err", err)
		return "failed"
	}
	return "noted"
}

func (s *Service) failed(m Message, err error) dialog.Reply {
	code := models.CodeOf(err)
	s.o.Log.Error("turn failed", "user", UserHash(m.From), "kind", m.Kind(), "code", code, "err", err)
	if code == models.Unavailable {
		return s.sorry(m, s.texts.NotKept)
	}
	return s.sorry(m, s.texts.Unsure)
}

// refusal answers when no more work is taken on: too much is running, or the
// replica is going down. Nothing was applied.
func (s *Service) refusal(m Message) dialog.Reply {
	s.o.Metrics.turned("refused", 0)
	s.o.Log.Warn("message refused", "user", UserHash(m.From), "kind", m.Kind())
	return s.sorry(m, s.texts.NotKept)
}

// sorry is text as a reply, or nothing to somebody who did not say anything or
// who left.
func (s *Service) sorry(m Message, text string) dialog.Reply {
	if m.Notice() || m.Input().Kind == dialog.InputUnfollow {
		return dialog.Reply{}
	}
	return dialog.Reply{Text: text}
}

// recovered is deferred around foreign code: a panic costs this message only.
// The log gets where it happened, but of the panic's value only its type,
// unless the runtime wrote it: the value may hold what a person said.
func (s *Service) recovered(m Message, what string, then func()) {
	v := recover()
	if v == nil {
		return
	}
	reason := fmt.Sprintf("%T", v)
	if err, ok := v.(runtime.Error); ok {
		reason = err.Error()
	}
	s.o.Log.Error("panic", "step", what, "user", UserHash(m.From), "kind", m.Kind(), "err", reason, "stack", string(debug.Stack()))
	then()
}
