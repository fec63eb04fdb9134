package wechat

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/bot"
)

// templateMessage is the body of a send. silenceper's struct always adds an
// empty mini program, whose effect is unknown (wechat.md §2.6, §6).
type templateMessage struct {
	User string                   `json:"touser"`
	ID   string                   `json:"template_id"`
	URL  string                   `json:"url,omitempty"`
	Once string                   `json:"client_msg_id,omitempty"`
	Data map[string]templateValue `json:"data"`
}

type templateValue struct {
	Value string `json:"value"`
}

// SendTemplate sends a template message and returns the platform's id of the
// send. Values that the platform would refuse, or cut without a word, are cut
// here; what cannot be made to fit is an error of class our_bug with code
// 47003, and nothing is sent. After a timeout the send is repeated only with
// Once set.
func (a *Account) SendTemplate(ctx context.Context, t bot.Template) (string, error) {
	data, err := dataOf(t)
	if err != nil {
		return "", err
	}
	msg := templateMessage{User: t.User, ID: t.ID, URL: t.URL, Once: t.Once, Data: data}
	return a.sendJob(ctx, request{name: "template", path: "/cgi-bin/message/template/send", body: msg, repeatable: t.Once != "", send: true})
}

// SendSubscribe sends a subscription notification; values as in SendTemplate. It
// is never repeated when its fate is unknown: the platform has no client_msg_id
// for it, and each send costs a grant (wechat.md §1.9).
func (a *Account) SendSubscribe(ctx context.Context, t bot.Template) (string, error) {
	data, err := dataOf(t)
	if err != nil {
		return "", err
	}
	msg := subscribeMessage{User: t.User, ID: t.ID, Page: t.URL, Data: data}
	return a.sendJob(ctx, request{name: "subscribe", path: "/cgi-bin/message/subscribe/bizsend", body: msg, send: true})
}

// subscribeMessage is the body of bizsend.
type subscribeMessage struct {
	User string                   `json:"touser"`
	ID   string                   `json:"template_id"`
	Page string                   `json:"page,omitempty"`
	Data map[string]templateValue `json:"data"`
}

// sendJob sends what the platform reports on later, and returns the id of its report.
func (a *Account) sendJob(ctx context.Context, r request) (string, error) {
	var answer struct {
		ID int64 `json:"msgid"`
	}
	if err := a.client.call(ctx, r, &answer); err != nil || answer.ID == 0 {
		return "", err
	}
	return strconv.FormatInt(answer.ID, 10), nil
}

// dataOf are the fields as the platform takes them.
func dataOf(t bot.Template) (map[string]templateValue, error) {
	data := make(map[string]templateValue, len(t.Fields))
	for _, f := range t.Fields {
		value, ok := fit(f.Name, f.Value)
		if !ok {
			return nil, &bot.SendError{Code: 47003, Class: bot.SendOurBug, Err: errors.New("template field " + f.Name + " does not take this value")}
		}
		data[f.Name] = templateValue{Value: value}
	}
	return data, nil
}

// fieldRule is what one type of template field takes (wechat.md §1.8).
type fieldRule struct {
	limit int               // characters
	keep  func(r rune) bool // what is kept; nil keeps everything
	whole *regexp.Regexp    // what the value must be; such a value is never cut
}

var (
	amountPattern = regexp.MustCompile(`^[¥￥$€]?-?\d{1,10}(\.\d{1,2})?元?$`)
	// digits, the characters of 年月日时分秒 and what stands between them
	timePattern = regexp.MustCompile(`^[0-9\x{5e74}\x{6708}\x{65e5}\x{65f6}\x{5206}\x{79d2}:\x{ff1a}~\-/. ]{4,40}$`)
)

// fieldRules are by the letters a field's name begins with: thing3 is a thing.
// Names without a type (first, keyword1, remark) are of history templates.
var fieldRules = map[string]fieldRule{
	"thing":            {limit: 20},
	"short_thing":      {limit: 5}, // undocumented; five is what the console shows
	"character_string": {limit: 32, keep: printableASCII},
	"phrase":           {limit: 5, keep: isHan},
	"name":             {limit: 10},
	"letter":           {limit: 32, keep: isLetter},
	"number":           {limit: 32, whole: regexp.MustCompile(`^-?\d{1,30}(\.\d+)?$`)},
	"symbol":           {limit: 5},
	"amount":           {limit: 16, whole: amountPattern},
	"time":             {limit: 40, whole: timePattern},
	"date":             {limit: 40, whole: timePattern},
	"phone_number":     {limit: 17, whole: regexp.MustCompile(`^[0-9+\- ]{3,17}$`)},
	"car_number":       {limit: 8},
	"const":            {limit: 20},
}

// fit makes value what a field of that name takes: one line, without the
// characters that the type forbids, cut with … at its limit. False if nothing
// is left, or if the value would be wrong when cut.
func fit(name, value string) (string, bool) {
	rule, typed := fieldRules[strings.TrimRight(name, "0123456789")]
	if !typed {
		rule = fieldRule{limit: 20}
	}
	value = strings.Join(strings.Fields(strings.Map(noEmoji, bot.Clean(value, len(value)))), " ")
	if rule.whole != nil {
		return value, rule.whole.MatchString(value)
	}
	if rule.keep != nil {
		value = strings.Map(func(r rune) rune {
			if rule.keep(r) {
				return r
			}
			return -1
		}, value)
	}
	runes := []rune(value)
	if len(runes) > rule.limit {
		runes = runes[:rule.limit]
		if rule.keep == nil {
			runes[rule.limit-1] = '…'
		}
	}
	return string(runes), len(runes) > 0
}

// noEmoji drops pictures and what joins and colours them: templates lose them since
// 2023-05-04, and some types refuse them. Signs that are text, such as ℃ and ①, stay.
func noEmoji(r rune) rune {
	switch {
	case r >= 0x1F000 && r <= 0x1FBFF, r >= 0x2600 && r <= 0x27BF, r >= 0x2B00 && r <= 0x2BFF && unicode.Is(unicode.So, r),
		r >= 0xFE00 && r <= 0xFE0F, r == 0x200D, r == 0x20E3, r >= 0xE0000 && r <= 0xE007F:
		return -1
	}
	return r
}

func printableASCII(r rune) bool { return r > 0x20 && r < 0x7f }
func isHan(r rune) bool          { return unicode.Is(unicode.Han, r) }
func isLetter(r rune) bool       { return r < 0x80 && unicode.IsLetter(r) }
