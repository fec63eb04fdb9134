package platform

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// What a person cannot do.
var (
	ErrNotFollowing  = errors.New("platform: the person does not follow the account")
	ErrNoSuchOption  = errors.New("platform: no such option in the chat")
	ErrTicketInvalid = errors.New("platform: the QR code is unknown or expired")
)

// Phone is one person's WeChat: every method is something a person does with
// the thumb, and returns when the bot has answered or was given up on.
type Phone struct {
	p      *Platform
	openid string
}

// User returns the phone of the person with the openid, who need not be
// introduced. Only after Follow can they write.
func (p *Platform) User(openid string) *Phone {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.person(openid)
	return &Phone{p: p, openid: openid}
}

// OpenID is the person's id under this account.
func (u *Phone) OpenID() string { return u.openid }

// Say sends a text.
func (u *Phone) Say(ctx context.Context, text string) (Answer, error) {
	return u.Send(ctx, Message{Type: "text", Content: text})
}

// Tap taps the newest option of the whole chat that is called label. Returns
// ErrNoSuchOption when there is none.
func (u *Phone) Tap(ctx context.Context, label string) (Answer, error) {
	u.p.mu.Lock()
	option, found := u.p.person(u.openid).option(label)
	u.p.mu.Unlock()
	if !found {
		return Answer{}, fmt.Errorf("%w: %q", ErrNoSuchOption, label)
	}
	return u.TapOption(ctx, option)
}

// TapNth taps the nth option, counted from 1, of the newest item that has any.
func (u *Phone) TapNth(ctx context.Context, n int) (Answer, error) {
	chat := u.Chat()
	for _, it := range slices.Backward(chat) {
		options := it.Options()
		if len(options) == 0 {
			continue
		}
		if n < 1 || n > len(options) {
			break
		}
		return u.TapOption(ctx, options[n-1])
	}
	return Answer{}, fmt.Errorf("%w: number %d", ErrNoSuchOption, n)
}

// TapOption taps an option kept from an earlier Answer. Links never die.
func (u *Phone) TapOption(ctx context.Context, o Option) (Answer, error) {
	trigger := messageTrigger
	if o.Menu {
		trigger = actionTrigger // wechat.md §1.6
	}
	return u.p.send(ctx, u.openid, Message{Type: "text", Content: o.Say, MenuID: o.ID}, trigger)
}

// Send sends a message of any kind. Media named by it must be stored before;
// Photo, Voice, Video and File do both.
func (u *Phone) Send(ctx context.Context, m Message) (Answer, error) {
	return u.p.send(ctx, u.openid, m, messageTrigger)
}

// Photo sends a picture (JPEG, PNG or GIF bytes).
func (u *Phone) Photo(ctx context.Context, picture []byte) (Answer, error) {
	id, err := u.p.keepMedia("image", "photo.jpg", picture)
	if err != nil {
		return Answer{}, err
	}
	return u.Send(ctx, Message{Type: "image", MediaID: id, PicURL: u.p.mediaURL(id)})
}

// Voice sends a voice message. With recognised text the message carries it as
// Recognition, as accounts had it before 2023 (wechat.md §1.10).
func (u *Phone) Voice(ctx context.Context, recognition string) (Answer, error) {
	id, err := u.p.keepMedia("voice", "voice.amr", silence())
	if err != nil {
		return Answer{}, err
	}
	return u.Send(ctx, Message{Type: "voice", MediaID: id, Recognition: recognition})
}

// Place sends a location: latitude, longitude and what the map calls it.
func (u *Phone) Place(ctx context.Context, lat, lng float64, label string) (Answer, error) {
	return u.Send(ctx, Message{Type: "location", Lat: lat, Lng: lng, Scale: 16, Label: label})
}

// Video sends a video with an empty thumbnail.
func (u *Phone) Video(ctx context.Context, data []byte) (Answer, error) {
	id, err := u.p.keepMedia("video", "video.mp4", data)
	if err != nil {
		return Answer{}, err
	}
	return u.Send(ctx, Message{Type: "video", MediaID: id, ThumbMediaID: id})
}

// File sends a file, which arrives at the bot though no page documents it.
func (u *Phone) File(ctx context.Context, name string, data []byte) (Answer, error) {
	id, err := u.p.keepMedia("file", name, data)
	if err != nil {
		return Answer{}, err
	}
	return u.Send(ctx, Message{Type: "file", MediaID: id, Title: name, Size: len(data)})
}

// Unread hands over the pushes (customer, template, subscription messages)
// that no Answer held so far. It does not wait.
func (u *Phone) Unread() Answer {
	u.p.mu.Lock()
	defer u.p.mu.Unlock()
	return answerOf(u.p.person(u.openid).take(0))
}

// Wait is Unread that waits for the first one, such as a late reply of the
// bot. It fails when ctx ends before anything came.
func (u *Phone) Wait(ctx context.Context) (Answer, error) {
	for {
		u.p.mu.Lock()
		changed := u.p.changed
		items := u.p.person(u.openid).take(0)
		u.p.mu.Unlock()
		if len(items) > 0 {
			return answerOf(items), nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Answer{}, ctx.Err()
		}
	}
}

// Chat is everything on the person's screen, oldest first.
func (u *Phone) Chat() []Item {
	u.p.mu.Lock()
	defer u.p.mu.Unlock()
	return slices.Clone(u.p.person(u.openid).chat)
}

// send is what happens when a person presses send: the message appears in the
// chat, opens a quota, and is pushed.
func (p *Platform) send(ctx context.Context, openid string, m Message, trigger trigger) (Answer, error) {
	p.mu.Lock()
	u := p.person(openid)
	if !u.Following {
		p.mu.Unlock()
		return Answer{}, ErrNotFollowing
	}
	u.Window = trigger(p.opt.Now())
	n := p.messageNotice(openid, m)
	since := p.show(u, ownItem(m, n.msgID)).Seq
	p.save()
	p.mu.Unlock()
	return p.answer(openid, since, p.deliver(ctx, n)), nil
}

func ownItem(m Message, id int64) Item {
	it := Item{From: FromPerson, Kind: m.Type, MsgID: id, Title: m.Title, URL: m.URL}
	it.Text = m.Content + m.Recognition + m.Label + m.Description
	it.Lat, it.Lng = m.Lat, m.Lng
	if m.MediaID != "" {
		it.MediaID, it.Media = m.MediaID, mediaPath+m.MediaID
	}
	return it
}
