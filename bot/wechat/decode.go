package wechat

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/bot"
)

// decode names what every message has. A number that is none costs its own
// meaning, not the message (wechat.md §2.3): CreateTime then is arrived.
func decode(fields []bot.Field, arrived time.Time) (bot.Message, error) {
	m := bot.Message{At: arrived, Fields: fields}
	m.To, m.From, m.Type = m.Field("ToUserName"), m.Field("FromUserName"), m.Field("MsgType")
	if seconds, err := strconv.ParseInt(strings.TrimSpace(m.Field("CreateTime")), 10, 64); err == nil && plausible(seconds) {
		m.At = time.Unix(seconds, 0).In(arrived.Location())
	}
	event := m.Type == "event"
	if m.Type == "" || event && hasAny(m, "Content", "MsgId") || !event && hasAny(m, "Event", "EventKey") {
		return m, badShape
	}
	if !event {
		m.ID = m.Field("MsgId")
		return m, nil
	}
	m.Event, m.EventKey = m.Field("Event"), m.Field("EventKey")
	if m.ID = m.Field("MsgID"); m.ID == "" {
		m.ID = m.Field("SubscribeMsgSentEvent/List/MsgID")
	}
	return m, nil
}

// plausible holds for seconds between 2001 and 5138: milliseconds and noise
// are out, the year 2038 is in.
func plausible(seconds int64) bool { return seconds > 1e9 && seconds < 1e11 }

// hasAny tells whether the body has a top-level element of one of the names.
func hasAny(m bot.Message, names ...string) bool {
	for _, f := range m.Fields {
		top, _, _ := strings.Cut(f.Name, "/")
		if slices.Contains(names, top) {
			return true
		}
	}
	return false
}

// isOpenID holds for A-Z a-z 0-9 _ - of 20 to 64 characters.
func isOpenID(s string) bool {
	if len(s) < 20 || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return true
}
