package wechat

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"

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
	body := encodeText(m, parts[0], now)
	if env != nil {
		body = env.seal(body, c.o.Token, nonce, now)
	}
	out := answer{status: http.StatusOK, contentType: textXML, body: body, result: "answered"}
	if len(parts) > 1 {
		out.follow = func() { c.follow(m, parts[1:]) }
	}
	return out
}
