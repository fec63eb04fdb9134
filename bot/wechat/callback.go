package wechat

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/huhuqing/huhuqing/bot"
)

// callback is the handler of the account's URL.
type callback struct {
	*Account
	answerer Answerer
}

// answer is what goes back to the platform.
type answer struct {
	status      int
	contentType string
	body        []byte
	result      string // metric label
	follow      func() // what happens after the answer is out, or nil
}

const (
	textPlain = "text/plain; charset=utf-8"
	textXML   = "text/xml; charset=utf-8"
)

// quiet ends a push without saying anything. It needs no encryption, and an
// encrypted empty message is no substitute (wechat.md §1.2, §2.3).
func quiet() answer {
	return answer{status: http.StatusOK, contentType: textPlain, body: []byte("success"), result: "quiet"}
}

// empty ends a push that could not be understood: a retry would not help.
func empty(result string) answer {
	return answer{status: http.StatusOK, contentType: textPlain, result: result}
}

// ServeHTTP never panics, whoever has gone away in the meantime.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	reply := c.handle(r)
	c.o.Metrics.Callback(reply.result)
	header := w.Header()
	header.Set("Content-Type", reply.contentType)
	header.Set("X-Content-Type-Options", "nosniff")
	if reply.status == http.StatusMethodNotAllowed {
		header.Set("Allow", "GET, POST")
	}
	w.WriteHeader(reply.status)
	if len(reply.body) > 0 {
		_, _ = w.Write(reply.body) // who hung up asks again
	}
	if reply.follow != nil {
		reply.follow()
	}
}

// handle decides. A panic here is our mistake about one request: the platform
// must not hear of it, or it stops asking for everybody (wechat.md §1.3).
func (c *callback) handle(r *http.Request) (reply answer) {
	defer func() {
		if v := recover(); v != nil {
			c.o.Log.Error("panic in callback", "stack", string(debug.Stack()))
			reply = empty("crashed")
		}
	}()
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return answer{status: http.StatusMethodNotAllowed, contentType: textPlain, result: "forbidden_method"}
	}
	q, err := c.admit(r.URL.RawQuery)
	if err != nil {
		return c.declined(err)
	}
	if r.Method == http.MethodGet {
		return c.verify(q)
	}
	m, env, err := c.receive(r, q)
	if err != nil {
		return c.declined(err)
	}
	return c.reply(r.Context(), m, env, q["nonce"])
}

// verify answers the console, which checks the URL when it is saved.
func (c *callback) verify(q query) answer {
	if !c.signed(q, "signature") {
		return c.declined(wrongSignature)
	}
	return answer{status: http.StatusOK, contentType: textPlain, body: []byte(q["echostr"]), result: "verified"}
}

// declined answers what is not from WeChat with 403 and what cannot be read
// with nothing. Scanners come by all day: neither is worth a line in the log.
func (c *callback) declined(err error) answer {
	var no refusal
	if errors.As(err, &no) {
		return answer{status: http.StatusForbidden, contentType: textPlain, result: label(err)}
	}
	return empty(label(err))
}

// reply asks for the answer and wraps its first part; the others follow as
// customer-service messages.
func (c *callback) reply(ctx context.Context, m bot.Message, env *envelope, nonce string) answer {
	parts := c.render(c.answerer.Answer(ctx, m))
	if len(parts) == 0 {
		return quiet()
	}
	now := c.o.Now()
	body, err := encodeText(m, parts[0], now)
	if err == nil && env != nil {
		body, err = env.seal(body, c.o.Token, nonce, now)
	}
	if err != nil {
		c.o.Log.Error("reply not encoded", "user", bot.UserHash(m.From), "err", err)
		return empty("crashed")
	}
	out := answer{status: http.StatusOK, contentType: textXML, body: body, result: "answered"}
	if len(parts) > 1 {
		out.follow = func() { c.follow(m.From, parts[1:]) }
	}
	return out
}

const followLimit = 30 * time.Second

// follow sends the parts after the first. What was shown last says that more
// was to come, so a refusal here leaves nobody with half an answer unawares.
func (a *Account) follow(user string, parts []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closing {
		a.o.Log.Warn("rest of a long answer not sent", "user", bot.UserHash(user))
		return
	}
	a.running.Add(1)
	go func() {
		defer a.running.Done()
		ctx, cancel := context.WithTimeout(a.base, followLimit)
		defer cancel()
		if err := wait(ctx, a.pause); err == nil {
			err = a.sendParts(ctx, user, parts)
			if err != nil {
				a.o.Log.Error("rest of a long answer not sent", "user", bot.UserHash(user), "err", err)
			}
		}
	}()
}

// wait sleeps for d, or until ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
