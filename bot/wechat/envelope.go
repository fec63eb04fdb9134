package wechat

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/silenceper/wechat/v2/util"
)

// envelope encrypts and decrypts with one key (wechat.md §1.2).
type envelope struct {
	key   []byte
	appID string
}

var errEnvelope = errors.New("not an envelope for this account")

// envelopesOf are the account's keys, the current one first. None in plain
// mode.
func envelopesOf(o Options) ([]envelope, error) {
	if o.Mode != Safe {
		return nil, nil
	}
	current, err := newEnvelope(o.AESKey, o.AppID)
	if err != nil {
		return nil, fmt.Errorf("safe mode: AES key: %w", err)
	}
	if o.PreviousAESKey == "" {
		return []envelope{current}, nil
	}
	previous, err := newEnvelope(o.PreviousAESKey, o.AppID)
	if err != nil {
		return nil, fmt.Errorf("safe mode: previous AES key: %w", err)
	}
	return []envelope{current, previous}, nil
}

func newEnvelope(encoded, appID string) (envelope, error) {
	key, err := base64.StdEncoding.DecodeString(encoded + "=")
	if err != nil || len(encoded) != 43 || len(key) != 32 {
		return envelope{}, errors.New("want 43 characters of A-Z a-z 0-9 + /")
	}
	return envelope{key: key, appID: appID}, nil
}

// open decrypts and compares the app id. Every failure is the same error: who
// can sign may still not learn about the padding.
func (e envelope) open(sealed string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, errEnvelope
	}
	_, payload, appID, err := util.AESDecryptMsg(raw, e.key)
	if err != nil || string(appID) != e.appID {
		return nil, errEnvelope
	}
	return payload, nil
}

// seal wraps payload as the answer to a request of that nonce, as encoding/xml
// makes it of the library's message (a test compares them).
func (e envelope) seal(payload []byte, token, nonce string, now time.Time) []byte {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails since Go 1.24
	sealed := base64.StdEncoding.EncodeToString(util.AESEncryptMsg(random[:], payload, e.appID, e.key))
	stamp := strconv.FormatInt(now.Unix(), 10)
	var b bytes.Buffer
	b.Grow(256 + len(sealed))
	b.WriteString("<xml><Encrypt>" + sealed + "</Encrypt><MsgSignature>" + util.Signature(token, stamp, nonce, sealed))
	b.WriteString("</MsgSignature><TimeStamp>" + stamp + "</TimeStamp><Nonce>")
	_ = xml.EscapeText(&b, []byte(nonce)) // a buffer takes everything
	b.WriteString("</Nonce></xml>")
	return b.Bytes()
}

// open tries the account's keys in turn and tells which one fitted, so that
// the answer can be given with the same.
func (a *Account) open(sealed string) ([]byte, *envelope, error) {
	for i := range a.envelopes {
		if payload, err := a.envelopes[i].open(sealed); err == nil {
			return payload, &a.envelopes[i], nil
		}
	}
	return nil, nil, errEnvelope
}
