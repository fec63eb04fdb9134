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

// startAt is the --at of demo and talk: the village lives from that instant on, so that deadlines of the programme's
// years and the morning's reminders can be seen.
type startAt struct {
	At string `placeholder:"RFC3339" help:"${start_at}"`
}

// on sets the clock of a run, which goes on as the machine's does.
func (s startAt) on(p program) (program, error) {
	if s.At == "" {
		return p, nil
	}
	at, err := instant(s.At)
	shift := time.Until(at)
	p.Clock.Now = func() time.Time { return time.Now().Add(shift) }
	return p, err
}

// instant reads the instant of an --at.
func instant(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("%s", say("bad_at", "value", text))
	}
	return at, nil
}
