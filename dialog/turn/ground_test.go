package turn_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/state"
	"github.com/huhuqing/huhuqing/dialog/turn"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/store"
)

// ground is what runners of one test stand on, and one person who writes.
type ground struct {
	redisURL string
	client   redis.UniversalClient
	store    *store.Store
	user     string
	clock    *clock
	log      *safeBuffer
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

const needServices = "run through `make test` or `deploy/test-services run -- go test ./dialog/...`"

// onEach runs a test on the embedded parts and on real servers, beside others.
func onEach(t *testing.T, test func(*testing.T, *ground)) {
	t.Helper()
	t.Parallel()
	t.Run("embedded", func(t *testing.T) { t.Parallel(); test(t, embedded(t)) })
	t.Run("servers", func(t *testing.T) { t.Parallel(); test(t, servers(t)) })
}

func embedded(t testing.TB) *ground {
	t.Helper()
	e, err := state.Embed()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return newGround(e.URL, e.Client, embeddedStore(t))
}

func servers(t testing.TB) *ground {
	t.Helper()
	url := os.Getenv("HHQ_TEST_REDIS")
	require.NotEmpty(t, url, "no Redis to test with: "+needServices)
	client, err := state.Dial(url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	return newGround(url, client, serverStore(t))
}

func newGround(url string, client redis.UniversalClient, records *store.Store) *ground {
	return &ground{
		redisURL: url, client: client, store: records, user: "o" + rand.Text(), log: &safeBuffer{},
		clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))},
	}
}

// sessions with a short lease, for tests that wait for it to end.
func (g *ground) sessions() *state.Sessions {
	s := state.New(g.client)
	s.Lease = 400 * time.Millisecond
	return s
}

// runner is a replica on its own, unless change gives it something worse.
func (g *ground) runner(t testing.TB, change ...func(*turn.Options)) *turn.Runner {
	t.Helper()
	o := turn.Options{
		Conversation: &counting{}, Store: g.store, View: g.store.Reader(), Sessions: state.New(g.client),
		Sealer: sealer{}, Now: g.clock.now, Log: slog.New(slog.NewJSONHandler(g.log, nil)),
	}
	for _, c := range change {
		c(&o)
	}
	r, err := turn.New(o)
	require.NoError(t, err)
	return r
}

// say is a message whose key is its text.
func (g *ground) say(text string) dialog.Input {
	return dialog.Input{Key: g.user + ":" + text, User: g.user, Kind: dialog.InputText, Text: text}
}

// take wants an answer without error.
func (g *ground) take(t testing.TB, r *turn.Runner, text string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	reply, err := r.Take(ctx, g.say(text))
	require.NoError(t, err)
	return reply.Text
}

// tallied is what the effects have written.
func (g *ground) tallied(t testing.TB) string {
	t.Helper()
	var body []byte
	errSeen := errors.New("only looking")
	err := g.store.Atomically(context.Background(), func(tx models.Store) error {
		d, err := tx.Drafts().Take(context.Background(), g.user, "tally")
		if models.CodeOf(err) == models.NotFound {
			return errSeen
		}
		if err != nil {
			return err
		}
		body = d.Body
		return errSeen
	})
	require.ErrorIs(t, err, errSeen)
	return strings.TrimSuffix(string(body), ",")
}

// sealer shows what was sealed for what, and refuses anything else.
type sealer struct{}

func (sealer) Seal(purpose string, plain []byte) []byte {
	return append([]byte("sealed for "+purpose+"\x00"), plain...)
}

func (sealer) Open(purpose string, sealed []byte) ([]byte, error) {
	plain, ok := bytes.CutPrefix(sealed, []byte("sealed for "+purpose+"\x00"))
	if !ok {
		return nil, errors.New("not sealed for " + purpose)
	}
	return plain, nil
}

// keys of the person in Redis: session, the answer to text, lock, queue, asked.
func (g *ground) keys(text string) []string {
	digest := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return base64.RawURLEncoding.EncodeToString(sum[:16])
	}
	person := "hhq:{" + digest(g.user) + "}:"
	return []string{person + "session", person + "answer:" + digest(g.say(text).Key), person + "lock", person + "queue", person + "asked"}
}
