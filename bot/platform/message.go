package platform

import (
	"strconv"
	"strings"
	"time"
)

// Message is what a person sends (wechat.md §1.10). Only the fields of its
// Type are put on the wire.
type Message struct {
	Type         string // text, image, voice, video, shortvideo, location, link, file
	Content      string // text
	MenuID       string // text from a tapped option: bizmsgmenuid
	MediaID      string // image, voice, video
	PicURL       string // image
	ThumbMediaID string // video
	Recognition  string // voice; the platform sends the element only when there is text
	Lat, Lng     float64
	Scale        int
	Label        string // location
	Title        string // link, file
	Description  string // link, file
	URL          string // link
	Size         int    // file, bytes
	Extra        string // raw XML put behind the other fields
}

// Event is what a person does besides writing (wechat.md §1.10).
type Event struct {
	Name  string // subscribe, unsubscribe, SCAN, CLICK, VIEW, LOCATION, scancode_push, …
	Key   string // EventKey
	Extra string // raw XML put behind the other fields
}

// field writes one element with its value in CDATA. A value that contains the
// end of a CDATA section is split over two, unless raw asks for what was seen
// on the live platform: the end as it is (wechat.md §2.2.4).
func field(name, value string, raw bool) string {
	if !raw {
		value = strings.ReplaceAll(value, "]]>", "]]]]><![CDATA[>")
	}
	return "<" + name + "><![CDATA[" + value + "]]></" + name + ">"
}

// number writes one element without CDATA, as the platform does for numbers.
func number(name, value string) string { return "<" + name + ">" + value + "</" + name + ">" }

func decimalInt(v int64) string { return strconv.FormatInt(v, 10) }

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }

// notice is a message or an event as it is pushed: the same bytes, ids and
// creation time in every try.
type notice struct {
	openid  string
	kind    string // message type or event name
	msgID   int64  // 0 for events
	xml     string // the whole clear body
	banner  bool   // the person is told when the bot fails
	replied bool   // the platform takes a passive reply to it
}

// head is the beginning that all bodies share.
func (p *Platform) head(openid, msgType string, created time.Time) string {
	return "<xml>" + field("ToUserName", p.opt.OriginalID, false) + field("FromUserName", openid, false) +
		number("CreateTime", strconv.FormatInt(created.Unix(), 10)) + field("MsgType", msgType, false)
}

// messageNotice writes a message down. Callers hold p.mu.
func (p *Platform) messageNotice(openid string, m Message) notice {
	now := p.opt.Now()
	id := p.nextMsgID(now)
	body := p.head(openid, m.Type, now) + m.fields(p.faults.RawCDATA) + number("MsgId", strconv.FormatInt(id, 10))
	if m.MenuID != "" {
		body += number("bizmsgmenuid", m.MenuID)
	}
	return notice{openid: openid, kind: m.Type, msgID: id, xml: body + m.Extra + "</xml>", banner: true, replied: true}
}

func (m Message) fields(raw bool) string {
	switch m.Type {
	case "text":
		return field("Content", m.Content, raw)
	case "image":
		return field("PicUrl", m.PicURL, raw) + field("MediaId", m.MediaID, raw)
	case "voice":
		voice := field("MediaId", m.MediaID, raw) + field("Format", "amr", raw)
		if m.Recognition != "" {
			voice += field("Recognition", m.Recognition, raw)
		}
		return voice
	case "video", "shortvideo":
		return field("MediaId", m.MediaID, raw) + field("ThumbMediaId", m.ThumbMediaID, raw)
	case "location":
		return number("Location_X", decimal(m.Lat)) + number("Location_Y", decimal(m.Lng)) +
			number("Scale", strconv.Itoa(m.Scale)) + field("Label", m.Label, raw)
	case "link":
		return field("Title", m.Title, raw) + field("Description", m.Description, raw) + field("Url", m.URL, raw)
	case "file":
		return field("Title", m.Title, raw) + field("Description", m.Description, raw) +
			field("FileKey", m.MediaID, raw) + number("FileTotalLen", strconv.Itoa(m.Size))
	}
	return ""
}

// eventNotice writes an event down. By experience the platform takes replies
// to some events only (wechat.md §1.5), and only there the person is told
// when the bot fails.
func (p *Platform) eventNotice(openid string, e Event) notice {
	body := p.head(openid, "event", p.opt.Now()) + field("Event", e.Name, false)
	if e.Key != "" || e.Name == "subscribe" || e.Name == "unsubscribe" {
		body += field("EventKey", e.Key, false)
	}
	answered := false
	switch e.Name {
	case "subscribe", "SCAN", "CLICK", "scancode_waitmsg":
		answered = true
	}
	return notice{openid: openid, kind: e.Name, xml: body + e.Extra + "</xml>", banner: answered, replied: answered}
}
