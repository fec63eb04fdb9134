package wechat

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/bot"
)

// Bounds of one option's line, so that it always fits into a part. A label is
// a few words; what it says is at most a typed sentence.
const (
	maxLabel = 240 // bytes
	maxSay   = 600 // bytes, encoded
)

// render makes the texts that a reply is shown as, in order: none for an empty
// reply, one for nearly all.
func (a *Account) render(reply bot.Reply) []string {
	var b strings.Builder
	writeReply(&b, reply)
	return split(strings.Trim(b.String(), " \n\t"), a.texts.More, a.texts.Cut)
}

// writeReply writes the text, the options as numbered lines, the foot, and
// after an empty line the block that follows.
func writeReply(b *strings.Builder, r bot.Reply) {
	line(b, plain(r.Text))
	for _, o := range r.Options {
		line(b, optionLine(o))
	}
	line(b, plain(r.Foot))
	if r.Then != nil && (!r.Then.Empty() || r.Then.Then != nil) {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		writeReply(b, *r.Then)
	}
}

func line(b *strings.Builder, text string) {
	if text == "" {
		return
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(text)
}

// plain is text as it can be shown. WeChat shows & and < as they are and reads
// no entities, so nothing is escaped; but it does read tags. A < that would
// begin one becomes ＜: what people wrote into a record must not come back as
// a link. (A < before a number, as in 收入<3000, is no tag.)
func plain(text string) string {
	text = strings.TrimRight(bot.Clean(text, len(text)), " \n\t")
	if !strings.Contains(text, "<") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if text[i] == '<' && i+1 < len(text) && beginsTag(text[i+1]) {
			b.WriteString("＜")
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func beginsTag(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '/' || c == '!' || c == '?'
}

// label is text inside a link: one line, no angle brackets at all.
var angles = strings.NewReplacer("<", "＜", ">", "＞", "\n", " ", "\t", " ")

// optionLine is one tap-able line (wechat.md §1.6). The link's id is the
// option's number: it is only a hint, because anyone can type the text and old
// links stay tappable for ever.
func optionLine(o bot.Option) string {
	say := o.Say
	if say == "" {
		say = o.Label
	}
	text := strings.TrimSpace(angles.Replace(bot.Clean(o.Label, maxLabel)))
	if text == "" {
		text = strings.TrimSpace(angles.Replace(bot.Clean(say, maxLabel)))
	}
	if text == "" {
		return ""
	}
	number := ""
	if o.Number > 0 {
		number = strconv.Itoa(o.Number) + " "
	}
	encoded := encodeSay(bot.Clean(say, maxSay))
	if encoded == "" || len(encoded) > maxSay {
		return number + text // too long to be tapped; its number can still be typed
	}
	return number + `<a href="weixin://bizmsgmenu?msgmenucontent=` + encoded +
		`&msgmenuid=` + strconv.Itoa(max(o.Number, 0)) + `">` + text + `</a>`
}

const hexDigits = "0123456789ABCDEF"

// encodeSay percent-encodes what would end the value, the link or the URL, and
// nothing else: plain Chinese works unencoded and costs a third.
func encodeSay(say string) string {
	if !strings.ContainsAny(say, "&=%+#\"<> \n\t") {
		return say
	}
	var b strings.Builder
	for i := range len(say) {
		switch c := say[i]; c {
		case '&', '=', '%', '+', '#', '"', '<', '>', ' ', '\n', '\t':
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
