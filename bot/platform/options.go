package platform

import (
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Mode is the account's message mode (wechat.md §1.1).
type Mode string

// The three message modes. Compat carries the plain fields and the encrypted
// envelope in one body and takes replies of either kind.
const (
	Plain  Mode = "plain"
	Safe   Mode = "safe"
	Compat Mode = "compat"
)

// Options describe the one official account that the platform serves.
type Options struct {
	Callback   string           // the bot's callback URL; SetCallback sets it later
	URL        string           // this platform's own base URL, for picture links; SetURL sets it later
	Token      string           // signs callbacks
	AESKey     string           // EncodingAESKey, 43 characters; needed unless the mode is Plain
	AppID      string           // the account's app id
	Secret     string           // the account's app secret
	OriginalID string           // gh_…, the ToUserName of everything pushed
	Name       string           // how the account is called on the page
	Mode       Mode             // defaults to Plain
	Now        func() time.Time // the platform's clock; required
	Dir        string           // where people, chats and media are kept; empty keeps nothing
	Templates  []Template       // the account's templates; with none every template id is taken
	Unverified bool             // an account without verification: msgmenu answers 40200
	Timeout    time.Duration    // patience with the bot per try; defaults to the platform's 5 s
	Log        *slog.Logger     // defaults to silence
}

// Template is one message template of the account (wechat.md §1.8).
type Template struct {
	ID     string
	Title  string
	Fields []Field
}

// Field is one line of a template: its key in data, such as thing1, and the
// name printed before the value.
type Field struct {
	Key  string
	Name string
}

const callbackPatience = 5 * time.Second // wechat.md §1.3

// complete fills the defaults and names what is missing.
func (o *Options) complete() error {
	if o.Now == nil {
		return errors.New("platform: a clock is needed")
	}
	if o.Token == "" || o.AppID == "" || o.Secret == "" || o.OriginalID == "" {
		return errors.New("platform: token, app id, secret and original id are needed")
	}
	if o.Mode == "" {
		o.Mode = Plain
	}
	if o.Mode != Plain && o.Mode != Safe && o.Mode != Compat {
		return fmt.Errorf("platform: unknown mode %q", o.Mode)
	}
	if o.Timeout <= 0 {
		o.Timeout = callbackPatience
	}
	if o.Name == "" {
		o.Name = o.OriginalID
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return nil
}
