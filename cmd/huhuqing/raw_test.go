package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// posted is one request to the callback, made by hand: every part of it may be wrong.
type posted struct {
	method, contentType string
	query               url.Values
	body                string
}

// signed is what WeChat would send for a clear body: signed now, sealed in safe mode.
func (w *world) signed(openid, body string) posted {
	p := posted{method: http.MethodPost, contentType: "text/xml", body: body}
	p.query = w.signature(time.Now(), rand.Text())
	p.query.Set("openid", openid)
	if w.mode == platform.Safe {
		w.enclose(&p, body)
	}
	return p
}

func (w *world) signature(at time.Time, nonce string) url.Values {
	stamp := fmt.Sprint(at.Unix())
	return url.Values{"timestamp": {stamp}, "nonce": {nonce}, "signature": {sign(w.token, stamp, nonce)}}
}

// enclose seals body for the account and signs the envelope.
func (w *world) enclose(p *posted, body string) {
	sealed := w.seal(body)
	p.query.Set("encrypt_type", "aes")
	p.query.Set("msg_signature", sign(w.token, p.query.Get("timestamp"), p.query.Get("nonce"), sealed))
	p.body = "<xml><ToUserName><![CDATA[" + w.gh + "]]></ToUserName><Encrypt><![CDATA[" + sealed + "]]></Encrypt></xml>"
}

// sign is wechat.md §1.1.
func sign(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func (w *world) aes() (cipher.Block, []byte) {
	key, err := base64.StdEncoding.DecodeString(w.aesKey + "=")
	require.NoError(w.t, err)
	block, err := aes.NewCipher(key)
	require.NoError(w.t, err)
	return block, key[:16]
}

// seal and open are wechat.md §1.2.
func (w *world) seal(body string) string {
	plain := binary.BigEndian.AppendUint32(randomBytes(16), uint32(len(body)))
	plain = append(append(plain, body...), w.app...)
	pad := 32 - len(plain)%32
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	block, iv := w.aes()
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain)
}

func (w *world) open(sealed string) string {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	require.NoError(w.t, err)
	block, iv := w.aes()
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(raw, raw)
	size := binary.BigEndian.Uint32(raw[16:])
	return string(raw[20 : 20+size])
}

// text is the body of a text message.
func (w *world) text(openid, content, id string) string {
	return w.body(openid, "text", "<Content><![CDATA["+content+"]]></Content><MsgId>"+id+"</MsgId>")
}

// body is a message or event with what is special about it.
func (w *world) body(openid, kind, rest string) string {
	return fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName><CreateTime>%d</CreateTime><MsgType><![CDATA[%s]]></MsgType>%s</xml>",
		w.gh, openid, time.Now().Unix(), kind, rest)
}

// to sends the request and returns what came back.
func (p posted) to(t *testing.T, address string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), p.method, address+callbackPath+"?"+p.query.Encode(), strings.NewReader(p.body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", p.contentType)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(text)
}

// tryTo is to for a bot that may be killed meanwhile: "" when no answer came.
func (p posted) tryTo(t *testing.T, address string) string {
	r, err := http.NewRequestWithContext(t.Context(), p.method, address+callbackPath+"?"+p.query.Encode(), strings.NewReader(p.body))
	if err != nil {
		return ""
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return ""
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return ""
	}
	return string(text)
}

// deliver sends a clear body as WeChat would and returns the text of the answer, "" for success.
func (w *world) deliver(s *server, openid, body string) string {
	w.t.Helper()
	status, answer := w.signed(openid, body).to(w.t, s.url)
	require.Equal(w.t, http.StatusOK, status)
	return w.content(answer)
}

// content reads the text of an answer, which must be sealed in safe mode.
func (w *world) content(answer string) string {
	w.t.Helper()
	if answer == "success" || answer == "" {
		return ""
	}
	var reply struct {
		Encrypt, MsgSignature, TimeStamp, Nonce, Content string
	}
	require.NoError(w.t, xml.Unmarshal([]byte(answer), &reply))
	if w.mode == platform.Safe {
		require.Empty(w.t, reply.Content, "a clear answer in safe mode")
		require.Equal(w.t, sign(w.token, reply.TimeStamp, reply.Nonce, reply.Encrypt), reply.MsgSignature)
		require.NoError(w.t, xml.Unmarshal([]byte(w.open(reply.Encrypt)), &reply))
	}
	require.NotEmpty(w.t, reply.Content)
	return reply.Content
}

// lastPush is the clear body of the last message that WeChat pushed for a person, and the answer to it.
func (w *world) lastPush(u phone) (body, answer string) {
	w.t.Helper()
	for _, e := range slices.Backward(w.wechat.RecordOf(u.OpenID())) {
		if e.Kind == platform.EntryPush && !e.Extra {
			if e.Got == "" {
				return e.Sent, ""
			}
			return e.Sent, w.content(e.Got)
		}
	}
	w.t.Fatal("nothing was pushed")
	return "", ""
}
