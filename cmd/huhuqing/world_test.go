package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// beHuhuqing in the environment makes the test binary the program itself: for processes that are killed.
const beHuhuqing = "BE_HUHUQING"

func TestMain(m *testing.M) {
	if os.Getenv(beHuhuqing) != "" {
		if path := os.Getenv(beClock); path != "" {
			os.Exit(childByClock(path))
		}
		main()
	}
	os.Exit(m.Run())
}

// childByClock is the program by a clock that a test sets.
func childByClock(path string) int {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	c := &setClock{file: file}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return run(ctx, program{Environ: os.Environ(), In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Clock: c.hasty()}, os.Args[1:])
}

// The areas of testdata/areas.csv.
const (
	township = "530629101"
	dawan    = "530629101201"
	shikan   = "530629101202"
	longma   = "530629102201"
)

const (
	patience      = 30 * time.Second // with anything that is waited for
	pollEvery     = 20 * time.Millisecond
	wechatGivesUp = 5 * time.Second // wechat.md §1.3
)

// world is one official account: the local WeChat, the settings of the bot behind it, and all that the bot ever said
// on its two streams.
type world struct {
	*ground
	t       *testing.T
	clock   clock
	mode    platform.Mode
	app     string // app id
	secret  string
	token   string
	aesKey  string // EncodingAESKey
	gh      string // original id
	dataKey string
	wechat  *platform.Platform
	api     *httptest.Server
	codes   []string // invite codes
	mu      sync.Mutex
	said    []*output
}

// newWorld makes an account and a migrated database with areas, and no bot yet.
func newWorld(t *testing.T, g *ground, mode platform.Mode) *world {
	t.Helper()
	return worldAt(t, g, mode, program{}.time())
}

// worldAt goes by a clock that the test sets.
func worldAt(t *testing.T, g *ground, mode platform.Mode, c clock) *world {
	t.Helper()
	w := bareWorldAt(t, g, mode, c)
	w.tool("migrate")
	w.tool("area", "import", "testdata/areas.csv")
	return w
}

// bareWorld has an empty database.
func bareWorld(t *testing.T, g *ground, mode platform.Mode) *world {
	t.Helper()
	return bareWorldAt(t, g, mode, program{}.time())
}

func bareWorldAt(t *testing.T, g *ground, mode platform.Mode, c clock) *world {
	t.Helper()
	w := &world{ground: g, t: t, clock: c, mode: mode, app: "wx" + randomHex(8), secret: randomHex(16), token: rand.Text(), gh: "gh_" + randomHex(6)}
	w.aesKey = strings.TrimSuffix(base64.StdEncoding.EncodeToString(randomBytes(32)), "=")
	w.dataKey = base64.StdEncoding.EncodeToString(randomBytes(32))
	var err error
	w.wechat, err = platform.New(platform.Options{
		Token: w.token, AESKey: w.aesKey, AppID: w.app, Secret: w.secret, OriginalID: w.gh, Name: "户户清助手", Mode: mode, Now: c.Now,
	})
	require.NoError(t, err)
	w.api = httptest.NewServer(w.wechat.Handler())
	w.wechat.SetURL(w.api.URL)
	t.Cleanup(func() {
		w.api.CloseClientConnections()
		require.NoError(t, w.wechat.Close())
		w.api.Close()
		w.keepsSilent()
	})
	return w
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }

// environ are the settings; more come last and count.
func (w *world) environ(more ...string) []string {
	env := []string{
		"HHQ_LISTEN=127.0.0.1:0", "HHQ_DATA=" + w.t.TempDir(), "HHQ_DATABASE=" + w.database, "HHQ_DATA_KEY=k1:" + w.dataKey,
		"HHQ_WECHAT_APPID=" + w.app, "HHQ_WECHAT_SECRET=" + w.secret, "HHQ_WECHAT_TOKEN=" + w.token,
		"HHQ_WECHAT_ORIGINAL_ID=" + w.gh, "HHQ_WECHAT_MODE=" + string(w.mode), "HHQ_WECHAT_API=" + w.api.URL, "HHQ_LOG_LEVEL=debug",
	}
	if w.mode == platform.Safe {
		env = append(env, "HHQ_WECHAT_AES_KEY="+w.aesKey)
	}
	if w.redis != "" {
		env = append(env, "HHQ_REDIS="+w.redis)
	}
	return append(env, more...)
}

// tool runs a command that has to succeed and returns what it printed.
func (w *world) tool(args ...string) string {
	w.t.Helper()
	code, out, errs := huhuqing(w.t, w.environ(), args...)
	require.Zero(w.t, code, "%v: %s%s", args, out, errs)
	return out
}

// output is what one run wrote, readable meanwhile.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// line is the first log line with the message, nil when there is none yet.
func (o *output) line(msg string) map[string]any {
	for text := range strings.Lines(o.String()) {
		var line map[string]any
		if json.Unmarshal([]byte(text), &line) == nil && line["msg"] == msg {
			return line
		}
	}
	return nil
}

// server is a running bot.
type server struct {
	url  string
	out  *output
	stop func() // in order; may be called again
	kill func() // SIGKILL, of a child only
}

// serve starts the bot in this process and sends WeChat to it.
func (w *world) serve(more ...string) *server {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, ended := w.newOutput(), make(chan int, 1)
	env := w.environ(more...)
	go func() {
		ended <- run(ctx, program{Environ: env, In: strings.NewReader(""), Out: out, Err: out, Clock: w.clock}, []string{"serve"})
	}()
	s := &server{out: out, stop: sync.OnceFunc(func() { cancel(); require.Zero(w.t, <-ended, out) })}
	w.t.Cleanup(s.stop)
	w.listens(s)
	return s
}

// serveChild starts the bot as a process of its own.
func (w *world) serveChild(more ...string) *server {
	w.t.Helper()
	out := w.newOutput()
	c := exec.Command(os.Args[0], "serve")
	c.Env = append(w.environ(more...), beHuhuqing+"=1", "GORACE=atexit_sleep_ms=0")
	c.Stdout, c.Stderr = out, out
	require.NoError(w.t, c.Start())
	end := func(signal os.Signal) func() {
		return func() { _ = c.Process.Signal(signal); _, _ = c.Process.Wait() }
	}
	s := &server{out: out, stop: sync.OnceFunc(end(os.Interrupt)), kill: sync.OnceFunc(end(os.Kill))}
	w.t.Cleanup(s.kill)
	w.listens(s)
	return s
}

func (w *world) newOutput() *output {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said = append(w.said, &output{})
	return w.said[len(w.said)-1]
}

// listens waits until the bot says where it listens.
func (w *world) listens(s *server) {
	w.t.Helper()
	require.Eventually(w.t, func() bool { return s.out.line("serving") != nil }, patience, pollEvery, "%s", s.out)
	listen, _ := s.out.line("serving")["listen"].(string)
	s.url = "http://" + listen
	w.wechat.SetCallback(s.url + callbackPath)
}

// person registers somebody and returns the invite code.
func (w *world) person(name, role, area string, more ...string) string {
	w.t.Helper()
	code := strings.TrimSpace(w.tool(append([]string{"person", "add", "--name", name, "--role", role, "--area", area}, more...)...))
	w.codes = append(w.codes, code)
	return code
}

// newOpenID is a WeChat user nobody has met.
func newOpenID() string { return "o" + rand.Text() }

// stranger is the phone of somebody who follows.
func (w *world) stranger() phone {
	w.t.Helper()
	u := phone{w.t, w.wechat.User(newOpenID())}
	_, err := u.Follow(w.t.Context(), "")
	require.NoError(w.t, err)
	return u
}

// cadre is the phone of a village cadre who is bound.
func (w *world) cadre(name, village string) phone {
	w.t.Helper()
	u := w.stranger()
	require.Contains(w.t, u.say("绑定 "+w.person(name, "village", village)), name)
	return u
}

// phone is a person's WeChat that takes every failure for the end of the test.
type phone struct {
	t *testing.T
	*platform.Phone
}

// say sends a text and returns what a person reads in answer.
func (u phone) say(text string) string {
	u.t.Helper()
	answer, err := u.Say(u.t.Context(), text)
	return u.read(answer, err)
}

// read is what a person reads, wherever it came from.
func (u phone) read(answer platform.Answer, err error) string {
	u.t.Helper()
	require.NoError(u.t, err)
	require.False(u.t, answer.Failed, answer.Trouble)
	require.Empty(u.t, answer.Trouble)
	return answer.Text
}

// get asks the bot for one of its other addresses.
func (s *server) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, nil)
	require.NoError(t, err)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(text)
}
