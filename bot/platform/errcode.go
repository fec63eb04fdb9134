package platform

import (
	"fmt"
	"time"
)

// apiError is an error answer of the API. It is sent with HTTP status 200.
type apiError struct {
	code   int
	detail string // put behind the message, such as the field that is wrong
}

// messages are WeChat's own words for its error codes (wechat.md §1.13).
var messages = map[int]string{
	-1:    "system error",
	40001: "invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
	40002: "invalid grant_type",
	40003: "invalid openid",
	40004: "invalid media type",
	40006: "invalid media size",
	40007: "invalid media_id",
	40008: "invalid message type",
	40013: "invalid appid",
	40014: "invalid access_token",
	40016: "invalid button size",
	40017: "invalid button type",
	40018: "invalid button name size",
	40019: "invalid button key size",
	40020: "invalid button url size",
	40023: "invalid sub button size",
	40025: "invalid sub button name size",
	40033: `invalid charset. please check your request, if include \uxxxx will create fail!`,
	40035: "invalid parameter",
	40037: "invalid template_id",
	40053: "invalid action info",
	40055: "invalid button url domain",
	40066: "invalid url",
	40125: "invalid appsecret",
	40164: "invalid ip, not in whitelist",
	40200: "invalid account type",
	40243: "appsecret is frozen",
	41001: "access_token missing",
	41004: "appsecret missing",
	41005: "media data missing",
	41006: "media_id missing",
	42001: "access_token expired",
	43001: "require GET method",
	43002: "require POST method",
	43004: "require subscribe",
	43019: "require remove blacklist",
	43101: "user refuse to accept the msg",
	43117: "the message is sent too frequently to this user",
	44004: "empty content",
	45002: "content size out of limit",
	45008: "article size out of limit",
	45009: "reach max api daily quota limit",
	45011: "api minute-quota reach limit, must slower retry next minute",
	45015: "response out of time limit or subscription is canceled",
	45047: "out of response count limit",
	46003: "menu no exist",
	47001: "data format error",
	47003: "argument invalid!",
	48001: "api unauthorized",
	48004: "api forbidden for illegal action",
	48006: "forbid to clear quota because of reaching the limit",
	50002: "user limited",
	50005: "user is unsubscribed",
}

func fail(code int) *apiError { return &apiError{code: code} }

// text is the errmsg with its rid, which the platform's support asks for.
func (e *apiError) text(rid string) string {
	message := messages[e.code]
	if message == "" {
		message = "error"
	}
	if e.detail != "" {
		message += " " + e.detail
	}
	return message + " rid: " + rid
}

func newRID(now time.Time) string {
	return fmt.Sprintf("%08x-%s-%s", now.Unix(), randomHex(4), randomHex(4))
}
