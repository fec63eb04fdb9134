package bot

import (
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Ledger keeps what people's acts allow us to send them, and what was sent
// (wechat.md §1.7); bot/push does. Both calls return at once.
type Ledger interface {
	// Opened: the person did something that opens a window, by the platform's time.
	Opened(user string, by models.Trigger, at time.Time)
	// Spent: one customer-service message went out, or may have.
	Spent(user string)
}

// Trigger is the window that a message or event opens, "" for none. A tapped line
// of ours is a message like any other.
func (m Message) Trigger() models.Trigger {
	if m.Type != "event" {
		return models.TriggerMessage
	}
	switch strings.ToLower(m.Event) {
	case "click", "scancode_push", "scancode_waitmsg":
		return models.TriggerClick
	case "subscribe", "scan":
		return models.TriggerFollow
	}
	return ""
}

// opened tells the ledger of m.
func (s *Service) opened(m Message) {
	if by := m.Trigger(); by != "" && s.o.Ledger != nil {
		s.o.Ledger.Opened(m.From, by, m.At)
	}
}

// Waiting is how many messages are being answered at this moment: what can wait
// lets them go first.
func (s *Service) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.jobs)
}
