package wechat

import (
	"context"
	"errors"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/huhuqing/huhuqing/bot"
)

// secretParameter finds secrets by the name they travel under, should one get
// into a message by a way that redact was not told of.
var secretParameter = regexp.MustCompile(`(?i)((?:access_token|secret|ticket)["']?\s*[=:]\s*["']?)[^&\s"',}]+`)

// redact takes secrets out of text.
func redact(text string, secrets ...string) string {
	for _, s := range secrets {
		if s == "" {
			continue
		}
		text = strings.ReplaceAll(text, s, "***")
		text = strings.ReplaceAll(text, url.QueryEscape(s), "***")
	}
	return secretParameter.ReplaceAllString(text, "$1***")
}

// transportError is a request without an answer. The URL, which holds the
// token, is dropped (wechat.md §2.4); deadline and cancellation stay
// recognisable to errors.Is.
func transportError(err error, secrets ...string) *bot.SendError {
	e := &bot.SendError{Class: bot.SendRetry, Unknown: true}
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" {
		e.Unknown = false // never left this machine
	}
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		e.Err = context.Canceled
	case errors.As(err, &timeout) && timeout.Timeout():
		e.Err = context.DeadlineExceeded
	default:
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		e.Err = errors.New(redact(err.Error(), secrets...))
	}
	return e
}
