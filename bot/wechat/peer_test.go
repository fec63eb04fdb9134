package wechat

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
)

// The account and the people of these tests.
const (
	signToken   = "perftoken"
	appID       = "wx0000000000000001"
	secret      = "s3cr3t-of-the-account"
	originalID  = "gh_perf00000001"
	aesKey      = "abcdefghijklmnopqrstuvwxyz0123456789abcdefg"
	previousKey = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
	ann         = "oAnnAnnAnnAnnAnnAnnAnn01"
	bob         = "oBobBobBobBobBobBobBob01"
	nonce       = "1372623149"
)

var clock = time.Unix(1767225600, 0) // 2026-01-01 08:00 Beijing

func fixed() time.Time { return clock }

// answers is an Answerer made of a function.
type answers func(m bot.Message) bot.Reply

func (f answers) Answer(_ context.Context, m bot.Message) bot.Reply { return f(m) }

func echo(m bot.Message) bot.Reply { return bot.Reply{Text: "答:" + m.Field("Content")} }

type bundle struct {
	*Account
	log *bytes.Buffer
	reg *prometheus.Registry
}

func setup(t testing.TB, change ...func(*Options)) bundle {
	t.Helper()
	b := bundle{log: &bytes.Buffer{}, reg: prometheus.NewRegistry()}
	o := Options{AppID: appID, Secret: secret, Token: signToken, OriginalID: originalID, Now: fixed,
		API: "http://127.0.0.1:1", Log: slog.New(slog.NewJSONHandler(b.log, nil)), Metrics: bot.NewMetrics(b.reg)}
	for _, f := range change {
		f(&o)
	}
	var err error
	b.Account, err = New(o)
	require.NoError(t, err)
	b.pause, b.client.pause = 0, time.Millisecond
	return b
}

func safe(o *Options) { o.Mode, o.AESKey = Safe, aesKey }

// What follows is WeChat's side, written a second time on the standard library
// alone: the library that the package uses must not be checked by itself.

func sign(parts ...string) string {
	sort.Strings(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func block(t testing.TB, key string) (cipher.Block, []byte) {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(key + "=")
	require.NoError(t, err)
	b, err := aes.NewCipher(raw)
	require.NoError(t, err)
	return b, raw[:16]
}

func seal(t testing.TB, key, id, payload string) string {
	t.Helper()
	b, iv := block(t, key)
	buf := append([]byte("random-16-bytes!"), binary.BigEndian.AppendUint32(nil, uint32(len(payload)))...)
	buf = append(buf, payload+id...)
	pad := 32 - len(buf)%32
	buf = append(buf, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(b, iv).CryptBlocks(buf, buf)
	return base64.StdEncoding.EncodeToString(buf)
}

func unseal(t testing.TB, key, sealed string) string {
	t.Helper()
	buf, err := base64.StdEncoding.DecodeString(sealed)
	require.NoError(t, err)
	b, iv := block(t, key)
	require.Zero(t, len(buf)%32)
	cipher.NewCBCDecrypter(b, iv).CryptBlocks(buf, buf)
	size := binary.BigEndian.Uint32(buf[16:])
	pad := int(buf[len(buf)-1])
	require.Equal(t, appID, string(buf[20+size:len(buf)-pad]))
	return string(buf[20 : 20+size])
}

// text is a text message as WeChat writes it.
func text(from, content, id string) string {
	return "<xml><ToUserName><![CDATA[" + originalID + "]]></ToUserName><FromUserName><![CDATA[" + from +
		"]]></FromUserName><CreateTime>1767225600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" +
		content + "]]></Content><MsgId>" + id + "</MsgId></xml>"
}

// push is one signed request that a test may spoil before it is sent.
type push struct {
	method, contentType, body string
	query                     url.Values
}

func plainPush(body string) *push {
	stamp := strconv.FormatInt(clock.Unix(), 10)
	return &push{http.MethodPost, "text/xml", body, url.Values{
		"timestamp": {stamp}, "nonce": {nonce}, "signature": {sign(signToken, stamp, nonce)}, "openid": {ann}}}
}

func safePush(t testing.TB, key, id, body string) *push {
	t.Helper()
	p := plainPush("")
	p.enclose(seal(t, key, id, body))
	return p
}

func (p *push) enclose(sealed string) {
	p.query.Set("encrypt_type", "aes")
	p.query.Set("msg_signature", sign(signToken, p.query.Get("timestamp"), nonce, sealed))
	p.body = "<xml><ToUserName><![CDATA[" + originalID + "]]></ToUserName><Encrypt><![CDATA[" + sealed + "]]></Encrypt></xml>"
}

func (p *push) to(h http.Handler) *httptest.ResponseRecorder {
	r := httptest.NewRequest(p.method, "/wechat/callback?"+p.query.Encode(), strings.NewReader(p.body))
	r.Header.Set("Content-Type", p.contentType)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// opened checks an encrypted reply and returns what is in it.
func opened(t testing.TB, key, body string) string {
	t.Helper()
	var reply struct {
		Encrypt, MsgSignature, TimeStamp, Nonce string
	}
	require.NoError(t, xml.Unmarshal([]byte(body), &reply))
	require.Equal(t, sign(signToken, reply.TimeStamp, reply.Nonce, reply.Encrypt), reply.MsgSignature)
	require.Equal(t, nonce, reply.Nonce)
	return unseal(t, key, reply.Encrypt)
}

// platform is an API server that answers with what a test says.
func platform(t testing.TB, h http.HandlerFunc) func(*Options) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return func(o *Options) { o.API = server.URL }
}

func reply(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, body)
}
