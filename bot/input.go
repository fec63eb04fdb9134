package bot

import (
	"math"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
)

// inputs says what a type of message or event is to a conversation. Types are
// lower case: messages by MsgType, events by Event (wechat.md §1.10). The two
// sets of names do not meet, except location, which input tells apart.
var inputs = map[string]func(Message) dialog.Input{
	"text":       readText,
	"image":      func(m Message) dialog.Input { return media(m, dialog.InputPhoto) },
	"voice":      readVoice,
	"video":      func(m Message) dialog.Input { return media(m, dialog.InputVideo) },
	"shortvideo": func(m Message) dialog.Input { return media(m, dialog.InputVideo) },
	"location":   readPlace,
	"link":       func(m Message) dialog.Input { return said(dialog.InputLink, m.Field("Title")) },
	"file":       readFile,

	"subscribe":        readFollow,
	"unsubscribe":      func(Message) dialog.Input { return dialog.Input{Kind: dialog.InputUnfollow} },
	"scan":             func(m Message) dialog.Input { return said(dialog.InputScan, m.EventKey) },
	"scancode_push":    readScanCode,
	"scancode_waitmsg": readScanCode,
	"click":            func(m Message) dialog.Input { return said(dialog.InputMenu, m.EventKey) },
}

// notices are events that want no answer: what somebody did elsewhere, what
// became of a send, or what a message of its own will follow (pic_*,
// location_select). Lower case.
var notices = map[string]bool{
	"location": true, "view": true, "view_miniprogram": true, "location_select": true,
	"pic_sysphoto": true, "pic_photo_or_album": true, "pic_weixin": true,
	"templatesendjobfinish": true, "masssendjobfinish": true, "publishjobfinish": true,
	"user_info_modified": true, "user_authorization_revoke": true, "user_authorization_cancellation": true,
}

// noticePrefixes are families of such events: subscription notifications,
// customer-service sessions, verification of the account.
var noticePrefixes = []string{"subscribe_msg_", "kf_", "qualification_verify_", "naming_verify_", "annual_renew", "verify_expired"}

// Notice reports whether this is an event that needs no turn and no answer.
func (m Message) Notice() bool {
	if m.Type != "event" {
		return false
	}
	name := strings.ToLower(m.Event)
	if notices[name] {
		return true
	}
	for _, p := range noticePrefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// Input is the message as a conversation sees it. What it does not know comes
// out as InputOther with its wire name.
func (m Message) Input() dialog.Input {
	name := m.Type
	if m.Type == "event" {
		name = m.Event
	}
	read, known := inputs[strings.ToLower(name)]
	in := said(dialog.InputOther, name)
	if known && !m.Notice() && isEvent(name) == (m.Type == "event") {
		in = read(m)
	}
	in.Key, in.User, in.At = m.Key(), m.From, m.At
	return in
}

// isEvent keeps a message whose MsgType is the name of an event, and the other
// way round, from being read as what it is not.
func isEvent(name string) bool {
	switch strings.ToLower(name) {
	case "subscribe", "unsubscribe", "scan", "scancode_push", "scancode_waitmsg", "click":
		return true
	}
	return false
}

func said(kind dialog.InputKind, text string) dialog.Input {
	return dialog.Input{Kind: kind, Text: Clean(text, dialog.MaxText)}
}

func readText(m Message) dialog.Input {
	in := said(dialog.InputText, m.Field("Content"))
	in.Tap = Clean(m.Field("bizmsgmenuid"), maxKey)
	return in
}

func media(m Message, kind dialog.InputKind) dialog.Input {
	return dialog.Input{Kind: kind, Media: m.Field("MediaId")}
}

// readVoice takes recognised speech for typed text. Recognition has been off
// on the platform since 2023, but accounts that still have it send it.
func readVoice(m Message) dialog.Input {
	if in := said(dialog.InputText, m.Field("Recognition")); strings.TrimSpace(in.Text) != "" {
		return in
	}
	return media(m, dialog.InputVoice)
}

func readFile(m Message) dialog.Input {
	name := m.Field("Title")
	if name == "" {
		name = m.Field("FileName")
	}
	return said(dialog.InputFile, name)
}

// readPlace needs both degrees to be degrees: NaN parses, and is no place.
func readPlace(m Message) dialog.Input {
	lat, err1 := strconv.ParseFloat(strings.TrimSpace(m.Field("Location_X")), 64)
	lng, err2 := strconv.ParseFloat(strings.TrimSpace(m.Field("Location_Y")), 64)
	if err1 != nil || err2 != nil || !(math.Abs(lat) <= 90) || !(math.Abs(lng) <= 180) {
		return said(dialog.InputOther, m.Type)
	}
	label := Clean(m.Field("Label"), dialog.MaxText)
	return dialog.Input{Kind: dialog.InputPlace, Place: &dialog.Place{Lat: lat, Lng: lng, Label: label}}
}

// readFollow takes the scene of the code that was scanned; other keys, such as
// last_trade_no_… after a payment, are no scene.
func readFollow(m Message) dialog.Input {
	scene, _ := strings.CutPrefix(m.EventKey, "qrscene_")
	if scene == m.EventKey {
		scene = ""
	}
	return said(dialog.InputFollow, scene)
}

func readScanCode(m Message) dialog.Input {
	result := m.Field("ScanCodeInfo/ScanResult")
	if result == "" {
		result = m.EventKey
	}
	return said(dialog.InputScan, result)
}
