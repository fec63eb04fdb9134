package turn_test

import (
	"bufio"
	"crypto/rand"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/dialog/turn/proxytest"
	"github.com/huhuqing/huhuqing/models/store"
)

// trips are the commands that a proxy heard.
type trips struct {
	mu       sync.Mutex
	commands []string
}

func (c *trips) add(command string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.commands = append(c.commands, command)
}

// since forgets what was heard so far and returns it.
func (c *trips) since() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	heard := c.commands
	c.commands = nil
	return heard
}

// hearMySQL notes each command of one MySQL connection (packets numbered 0): a
// query with its first word, an executed statement with that of its text.
func (c *trips) hearMySQL(r io.Reader) {
	const quit, query, prepare, execute, closed = 0x01, 0x03, 0x16, 0x17, 0x19
	in := bufio.NewReader(r)
	for {
		head := make([]byte, 4)
		if _, err := io.ReadFull(in, head); err != nil {
			return
		}
		body := make([]byte, int(head[0])|int(head[1])<<8|int(head[2])<<16)
		if _, err := io.ReadFull(in, body); err != nil {
			return
		}
		if head[3] != 0 || len(body) == 0 {
			continue // part of the handshake
		}
		switch body[0] {
		case query:
			c.add(strings.Fields(string(body[1:]))[0])
		case prepare:
			c.add("prepare: " + string(body[1:]))
		case execute:
			c.add("EXECUTE")
		case quit, closed: // nothing comes back
		default:
			c.add("command " + strconv.Itoa(int(body[0])))
		}
	}
}

// hearRedis notes the name of each command of one Redis connection, which comes
// as an array of bulk strings.
func (c *trips) hearRedis(r io.Reader) {
	in := bufio.NewReader(r)
	line := func() (int, error) {
		s, err := in.ReadString('\n')
		if err != nil {
			return 0, err
		}
		return strconv.Atoi(strings.TrimSpace(s[1:]))
	}
	for {
		n, err := line()
		if err != nil {
			return
		}
		for i := range n {
			size, err := line()
			if err != nil {
				return
			}
			word := make([]byte, size+2)
			if _, err := io.ReadFull(in, word); err != nil {
				return
			}
			if i == 0 {
				c.add(strings.ToLower(string(word[:size])))
			}
		}
	}
}

// counted is a runner on real servers whose every round trip is heard.
func counted(t testing.TB) (g *ground, r *turn.Runner, redisTrips, sqlTrips *trips) {
	t.Helper()
	g = servers(t)
	redisTrips, sqlTrips = &trips{}, &trips{}
	p := proxytest.New(t, g.redisURL, redisTrips.hearRedis)
	client, err := state.Dial(p.URL)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })

	r = g.runner(t, func(o *turn.Options) {
		o.Conversation = &counting{quiet: true}
		o.Sessions = state.New(client)
		records, _ := throughProxy(t, sqlTrips.hearMySQL)
		o.Store, o.View = records, records.Reader()
	})
	return g, r, redisTrips, sqlTrips
}

// throughProxy are the shared records, reached through a proxy.
func throughProxy(t testing.TB, hear func(io.Reader)) (*store.Store, *proxytest.Proxy) {
	t.Helper()
	p := proxytest.New(t, os.Getenv("HHQ_TEST_MYSQL"), hear)
	s, err := openStore(sharedURL(p.URL))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s, p
}

func TestRoundTripsOfARecordingTurn(t *testing.T) {
	t.Parallel()
	g, r, redisTrips, sqlTrips := counted(t)
	g.bind(t)
	for _, text := range []string{"one", "two", "three", "four"} { // scripts loaded, statements prepared
		g.take(t, r, text)
	}
	redisTrips.since()
	sqlTrips.since()
	require.Equal(t, "one,two,three,four,five", g.take(t, r, "five"))
	require.Equal(t, []string{"evalsha", "evalsha"}, redisTrips.since())
	require.Equal(t, []string{"START", "EXECUTE", "EXECUTE", "COMMIT"}, sqlTrips.since())

	g.take(t, r, "five")
	require.Equal(t, []string{"evalsha"}, redisTrips.since(), "a repeated message")
	require.Empty(t, sqlTrips.since())
}

func BenchmarkRecordingTurn(b *testing.B) {
	g := servers(b)
	r := g.runner(b, func(o *turn.Options) {
		o.Conversation, o.Log = &counting{quiet: true}, slog.New(slog.DiscardHandler)
	})
	b.ResetTimer()
	b.SetParallelism(8) // 16 at a time on two cores, as performance.md measures
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			g := *g
			g.user += rand.Text() // ten messages each
			for m := 0; m < 10 && (m == 0 || pb.Next()); m++ {
				g.take(b, r, strconv.Itoa(m))
			}
		}
	})
}
