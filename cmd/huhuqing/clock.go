package main

import (
	"fmt"
	"time"

	"github.com/huhuqing/huhuqing/bot/push"
)

// clock is the time of a whole run. Tests give one that they set, and shorter waits: a quarter passes in minutes.
type clock struct {
	Now    func() time.Time
	Remind time.Duration // between two rounds of reminders; zero for what is right at a real account, as below
	Push   push.Pace
}

// time is the run's clock, the machine's when nobody gave one.
func (p program) time() clock {
	if p.Clock.Now == nil {
		p.Clock.Now = time.Now
	}
	return p.Clock
}

// instant reads the instant of an --at.
func instant(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("%s", say("bad_at", "value", text))
	}
	return at, nil
}
