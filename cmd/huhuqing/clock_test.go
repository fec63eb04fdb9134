package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/push"
	"github.com/huhuqing/huhuqing/models"
)

// beClock in the environment is the file of the clock that a child goes by.
const beClock = "BE_HUHUQING_CLOCK"

// setClock runs with the machine's, from where a test sets it. It lies in a file, so that children show the same time.
type setClock struct {
	file *os.File
	path string
}

func newClock(t testing.TB, at string) *setClock {
	t.Helper()
	c := &setClock{path: filepath.Join(t.TempDir(), "clock")}
	var err error
	c.file, err = os.OpenFile(c.path, os.O_CREATE|os.O_RDWR, 0o600)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.file.Close()) })
	c.set(at)
	return c
}

func (c *setClock) set(at string) {
	to, err := time.ParseInLocation("2006-01-02 15:04", at, models.Zone)
	if err != nil {
		panic(err)
	}
	if _, err = c.file.WriteAt(binary.LittleEndian.AppendUint64(nil, uint64(time.Until(to))), 0); err != nil {
		panic(err)
	}
}

func (c *setClock) now() time.Time {
	var b [8]byte
	if _, err := c.file.ReadAt(b[:], 0); err != nil {
		panic(err)
	}
	return time.Now().Add(time.Duration(binary.LittleEndian.Uint64(b[:])))
}

// hasty is a run by this clock with short waits: what takes minutes at a real account takes seconds.
func (c *setClock) hasty() clock {
	return clock{Now: c.now, Remind: 100 * time.Millisecond, Push: push.Pace{
		Every: 20 * time.Millisecond, Claim: 10 * time.Second, Send: 2 * time.Second, Retry: 100 * time.Millisecond,
		Repeatable: time.Minute, Grace: time.Second, Stop: 2 * time.Second,
	}}
}
