package wechat

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"github.com/huhuqing/huhuqing/bot"
)

const (
	maxQueryValue = 256       // bytes
	maxBody       = 128 << 10 // bytes; WeChat's largest is a few kilobytes
	// freshness is how far a request's timestamp may be from our clock: about
	// 12 % of real pushes arrive more than 5 s after theirs (wechat.md §1.3), and
	// a signed URL found in a log must not open the door for ever. What is
	// repeated within it changes nothing, because of the message's key.
	freshness = 10 * time.Minute
)

// query is the query of a request, each key at most once.
type query map[string]string

// refusal is a request that does not come from WeChat; the word is a metric
// label. It is answered with 403 and nothing else.
type refusal string

func (r refusal) Error() string { return "refused: " + string(r) }

const (
	wrongQuery     refusal = "query"
	wrongTimestamp refusal = "timestamp"
	stale          refusal = "stale"
	wrongSignature refusal = "signature"
	wrongMode      refusal = "mode"
	wrongBody      refusal = "body"
	wrongKey       refusal = "key"
	wrongAccount   refusal = "account"
	wrongSender    refusal = "sender"
)

// admit checks what every request must have: a well-formed query and a fresh
// timestamp of exactly ten digits. With fewer or more, digits could move
// between timestamp and nonce under the same signature (wechat.md §2.2).
func (a *Account) admit(raw string) (query, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, wrongQuery
	}
	q := make(query, len(values))
	for key, list := range values {
		if len(list) != 1 || len(key) > maxQueryValue || len(list[0]) > maxQueryValue {
			return nil, wrongQuery
		}
		q[key] = list[0]
	}
	stamp := q["timestamp"]
	if len(stamp) != 10 || strings.Trim(stamp, "0123456789") != "" {
		return nil, wrongTimestamp
	}
	seconds, _ := strconv.ParseInt(stamp, 10, 64) // ten digits fit
	if age := a.o.Now().Sub(time.Unix(seconds, 0)); age > freshness || age < -freshness {
		return nil, stale
	}
	return q, nil
}

// signed compares a signature over the token, the query's timestamp and nonce
// and, for msg_signature, the encrypted text. In constant time.
func (a *Account) signed(q query, name string, more ...string) bool {
	want := util.Signature(append([]string{a.o.Token, q["timestamp"], q["nonce"]}, more...)...)
	return subtle.ConstantTimeCompare([]byte(want), []byte(q[name])) == 1
}

// receive reads a POST as a message. The envelope is the one that the answer
// must travel in, nil for plain. Errors are a refusal or an unreadable.
func (a *Account) receive(r *http.Request, q query) (bot.Message, *envelope, error) {
	fields, env, err := a.fields(r, q)
	if err != nil {
		return bot.Message{}, nil, err
	}
	m, err := decode(fields, a.o.Now())
	if err != nil {
		return m, env, err
	}
	return m, env, a.addressed(m, q)
}

// fields gets the message's body by the way that the configuration says.
func (a *Account) fields(r *http.Request, q query) ([]bot.Field, *envelope, error) {
	if a.o.Mode == Safe {
		return a.sealedFields(r, q)
	}
	if !a.signed(q, "signature") {
		return nil, nil, wrongSignature
	}
	body, err := readBody(r)
	if err != nil {
		return nil, nil, err
	}
	fields, err := parse(sanitize(body))
	return fields, nil, err
}

// sealedFields trusts msg_signature, which covers the text, and nothing else:
// `signature` covers no body (wechat.md §1.1). Until it is checked, whatever
// is wrong is a refusal.
func (a *Account) sealedFields(r *http.Request, q query) ([]bot.Field, *envelope, error) {
	if q["encrypt_type"] != "aes" || q["msg_signature"] == "" {
		return nil, nil, wrongMode
	}
	body, err := readBody(r)
	if err != nil {
		return nil, nil, wrongBody
	}
	outer, err := parse(sanitize(body))
	if err != nil {
		return nil, nil, wrongBody
	}
	sealed := bot.Message{Fields: outer}.Field("Encrypt")
	if !a.signed(q, "msg_signature", sealed) {
		return nil, nil, wrongSignature
	}
	payload, env, err := a.open(sealed)
	if err != nil {
		return nil, nil, wrongKey
	}
	fields, err := parse(sanitize(payload))
	return fields, env, err
}

// addressed checks whom the message is for and from. The URL's openid must be
// the sender: WeChat writes both, a forger who broke out of a text only one.
func (a *Account) addressed(m bot.Message, q query) error {
	if a.o.OriginalID != "" && m.To != a.o.OriginalID {
		return wrongAccount
	}
	if openid, given := q["openid"]; !isOpenID(m.From) || given && openid != m.From {
		return wrongSender
	}
	return nil
}

// readBody reads at most maxBody bytes of what is not declared to be JSON.
func readBody(r *http.Request) ([]byte, error) {
	if strings.Contains(strings.ToLower(r.Header.Get("Content-Type")), "json") {
		return nil, badXML
	}
	if r.ContentLength > maxBody {
		return nil, badXML
	}
	var body bytes.Buffer
	if r.ContentLength > 0 {
		body.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	n, err := body.ReadFrom(io.LimitReader(r.Body, maxBody+1))
	if err != nil || n > maxBody {
		return nil, badXML
	}
	return body.Bytes(), nil
}

// label is err as the result that the metrics count.
func label(err error) string {
	var word unreadable
	if errors.As(err, &word) {
		return "unreadable_" + string(word)
	}
	var why refusal
	if errors.As(err, &why) {
		return "forbidden_" + string(why)
	}
	return "unreadable"
}
