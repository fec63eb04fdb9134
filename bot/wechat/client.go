package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/huhuqing/huhuqing/bot"
)

const (
	callTimeout = 8 * time.Second        // one request; WeChat answers in tens of milliseconds
	maxAnswer   = 1 << 20                // bytes of JSON
	maxRepeats  = 3                      // of what is worth repeating
	firstPause  = 300 * time.Millisecond // before the first repetition, doubled each time
)

// client calls WeChat's API: token, deadline, answer's size, retries, typed
// errors, nothing secret in any of them.
type client struct {
	o      Options
	http   *http.Client
	tokens *tokens
	pause  time.Duration

	mu      sync.Mutex
	stopped map[string]*bot.SendError // by path, "" for all
}

func newClient(o Options) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	c := &client{o: o, pause: firstPause, stopped: map[string]*bot.SendError{}, http: &http.Client{
		Transport: transport,
		Timeout:   callTimeout,
		// A redirect would carry the token to somebody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	c.tokens = newTokens(o, c.fetchToken)
	return c
}

// request is one call of the API.
type request struct {
	name  string // metric label
	path  string // /cgi-bin/…
	query url.Values
	body  any // nil makes it a GET
	// repeatable: carrying it out twice does no harm, so it is repeated even if
	// an earlier try may have got through.
	repeatable bool
	// send: the platform says errcode 0 when it took it. Whatever else comes, as from a
	// gateway that answers 200 with a page of its own, leaves open what became of it.
	send bool
}

// response is an answer of status 200.
type response struct {
	contentType string
	body        []byte
}

// call does the request and reads its JSON answer into out, which may be nil.
// Errors are of type *bot.SendError.
func (c *client) call(ctx context.Context, r request, out any) error {
	res, err := c.do(ctx, r, maxAnswer)
	if err == nil && r.send && !taken(res.body) {
		return &bot.SendError{Class: bot.SendRetry, Unknown: true, Err: errors.New(r.name + ": not an answer of the platform")}
	}
	if err != nil || out == nil {
		return err
	}
	if err := json.Unmarshal(res.body, out); err != nil {
		return &bot.SendError{Class: bot.SendOurBug, Unknown: true, Err: errors.New(r.name + ": answer does not fit")}
	}
	return nil
}

// do repeats what is worth repeating: once with a new token, and with growing,
// scattered pauses what the platform was too busy for.
func (c *client) do(ctx context.Context, r request, limit int64) (response, error) {
	renewed := false
	for try := 0; ; try++ {
		res, token, failure := c.attempt(ctx, r, limit)
		c.count(r, failure)
		switch {
		case failure == nil:
			return res, nil
		case failure.Class == bot.SendNewToken && !renewed:
			renewed = true
			c.tokens.InvalidateIfEqual(ctx, token)
		case failure.Class == bot.SendRetry && try < maxRepeats && (r.repeatable || !failure.Unknown):
			if bot.Pause(ctx, c.backoff(try)) != nil {
				return response{}, failure
			}
		default:
			return response{}, failure
		}
	}
}

// backoff doubles with every try and scatters by half.
func (c *client) backoff(try int) time.Duration {
	d := c.pause << try
	return d/2 + rand.N(d)
}

// attempt is one request. It tells the token it went with.
func (c *client) attempt(ctx context.Context, r request, limit int64) (response, string, *bot.SendError) {
	if stop := c.stop(r.path); stop != nil {
		return response{}, "", stop
	}
	token, err := c.tokens.GetAccessTokenContext(ctx)
	if err != nil {
		return response{}, "", c.noToken(err)
	}
	query := url.Values{"access_token": {token}}
	for key, values := range r.query {
		query[key] = values
	}
	res, failure := c.exchange(ctx, r.path+"?"+query.Encode(), r.body, limit, token)
	if failure != nil && failure.Class == bot.SendStopAll {
		c.trip(r.path, failure)
	}
	return res, token, failure
}

func (c *client) noToken(err error) *bot.SendError {
	var failure *bot.SendError
	if !errors.As(err, &failure) {
		failure = &bot.SendError{Class: bot.SendRetry, Err: err}
	}
	known := *failure
	known.Unknown = false // without a token nothing was sent
	if known.Class == bot.SendStopAll {
		c.trip("", &known)
	}
	return &known
}

// exchange sends body as JSON, or gets, and reads errcode from a JSON answer.
func (c *client) exchange(ctx context.Context, pathQuery string, body any, limit int64, secrets ...string) (response, *bot.SendError) {
	secrets = append(secrets, c.o.Secret)
	req, err := newRequest(ctx, c.o.API+pathQuery, body)
	if err != nil {
		return response{}, &bot.SendError{Class: bot.SendOurBug, Err: errors.New(redact(err.Error(), secrets...))}
	}
	answer, err := c.http.Do(req)
	if err != nil {
		return response{}, transportError(err, secrets...)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return response{}, statusError(answer.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(answer.Body, limit+1))
	if err != nil {
		return response{}, transportError(err, secrets...)
	}
	if int64(len(content)) > limit {
		return response{}, &bot.SendError{Class: bot.SendOurBug, Unknown: true, Err: errors.New("answer too long")}
	}
	return response{answer.Header.Get("Content-Type"), content}, errcode(content)
}

// newRequest leaves <, > and & as they are: the platform refuses a menu with
// escapes (wechat.md §1.11).
func newRequest(ctx context.Context, address string, body any) (*http.Request, error) {
	if body == nil {
		return http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	}
	var content bytes.Buffer
	encoder := json.NewEncoder(&content)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return nil, fmt.Errorf("encode request: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, &content)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	return req, nil
}

// statusError: a gateway that answers for the API does not know how far the
// request got.
func statusError(status int) *bot.SendError {
	e := &bot.SendError{HTTP: status, Class: bot.SendOurBug}
	if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests {
		e.Class = bot.SendRetry
		e.Unknown = status == http.StatusBadGateway || status == http.StatusGatewayTimeout
	}
	return e
}

// errcode reads the error out of an answer; files, which are no JSON, have none.
func errcode(content []byte) *bot.SendError {
	var head struct {
		Code    int    `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if len(content) > 0 && content[0] == '{' && json.Unmarshal(content, &head) == nil && head.Code != 0 {
		return apiError(head.Code, head.Message)
	}
	return nil
}

// taken reports whether an answer says that a send was taken.
func taken(content []byte) bool {
	var head struct {
		Code *int `json:"errcode"`
	}
	return json.Unmarshal(content, &head) == nil && head.Code != nil && *head.Code == 0
}

// stop is the failure that calls of path end with until its time is over.
func (c *client) stop(path string) *bot.SendError {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range []string{path, ""} {
		if e := c.stopped[key]; e != nil && c.o.Now().Before(e.Until) {
			return e
		}
	}
	return nil
}

// trip stops the calls of path, or all, and says so once, at the level that
// wakes somebody.
func (c *client) trip(path string, e *bot.SendError) {
	e.Until, e.Only = stopFor(e.Code, c.o.Now()), quotaCode(e.Code)
	if !e.Only {
		path = ""
	}
	c.mu.Lock()
	c.stopped[path] = e
	c.mu.Unlock()
	c.o.Log.Error("sending stopped", "comp", "wechat", "code", e.Code, "until", e.Until, "rid", e.Rid)
}

func (c *client) count(r request, failure *bot.SendError) {
	code := "0"
	switch {
	case failure == nil:
	case failure.Code != 0:
		code = strconv.Itoa(failure.Code)
	case failure.HTTP != 0:
		code = "http_" + strconv.Itoa(failure.HTTP)
	case errors.Is(failure, context.DeadlineExceeded):
		code = "timeout"
	default:
		code = "transport"
	}
	c.o.Metrics.Sent(r.name, code)
}
