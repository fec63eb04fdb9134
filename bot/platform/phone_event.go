package platform

import (
	"context"
	"strconv"
)

// Raise pushes an event of any kind, also one this platform has no method for.
func (u *Phone) Raise(ctx context.Context, e Event) (Answer, error) {
	return u.p.raise(ctx, u.openid, e, nil)
}

// Click taps a click button of the menu.
func (u *Phone) Click(ctx context.Context, key string) (Answer, error) {
	return u.p.raise(ctx, u.openid, Event{Name: "CLICK", Key: key}, actionTrigger)
}

// View taps a view button of the menu. The bot is told, the page opens anyway.
func (u *Phone) View(ctx context.Context, address string) (Answer, error) {
	return u.p.raise(ctx, u.openid, Event{Name: "VIEW", Key: address, Extra: field("MenuId", "415588", false)}, nil)
}

// Code scans a code by a menu button. wait is for scancode_waitmsg buttons,
// else it is scancode_push.
func (u *Phone) Code(ctx context.Context, key, result string, wait bool) (Answer, error) {
	name := "scancode_push"
	if wait {
		name = "scancode_waitmsg"
	}
	info := "<ScanCodeInfo>" + field("ScanType", "qrcode", false) + field("ScanResult", result, false) + "</ScanCodeInfo>"
	return u.p.raise(ctx, u.openid, Event{Name: name, Key: key, Extra: info}, actionTrigger)
}

// Report is the LOCATION event that phones send on their own.
func (u *Phone) Report(ctx context.Context, lat, lng float64) (Answer, error) {
	at := number("Latitude", decimal(lat)) + number("Longitude", decimal(lng)) + number("Precision", "65.000000")
	return u.p.raise(ctx, u.openid, Event{Name: "LOCATION", Extra: at}, nil)
}

// Subscribe answers the pop-up that asks for a subscription notification.
// Accepting grants one send (wechat.md §1.9).
func (u *Phone) Subscribe(ctx context.Context, templateID string, accept bool) (Answer, error) {
	status := "reject"
	if accept {
		status = "accept"
		u.p.grant(u.openid, templateID, 1)
	}
	list := "<SubscribeMsgPopupEvent><List>" + field("TemplateId", templateID, false) +
		field("SubscribeStatusString", status, false) + number("PopupScene", "1") + "</List></SubscribeMsgPopupEvent>"
	return u.p.raise(ctx, u.openid, Event{Name: "subscribe_msg_popup_event", Extra: list}, nil)
}

// Unsubscribe takes all grants of a notification back in WeChat's settings.
func (u *Phone) Unsubscribe(ctx context.Context, templateID string) (Answer, error) {
	u.p.grant(u.openid, templateID, 0)
	list := "<SubscribeMsgChangeEvent><List>" + field("TemplateId", templateID, false) +
		field("SubscribeStatusString", "reject", false) + "</List></SubscribeMsgChangeEvent>"
	return u.p.raise(ctx, u.openid, Event{Name: "subscribe_msg_change_event", Extra: list}, nil)
}

// Block switches the account's template messages off or on for this person:
// sends are then accepted and end as `failed:user block`.
func (u *Phone) Block(on bool) {
	u.p.mu.Lock()
	defer u.p.mu.Unlock()
	u.p.person(u.openid).Blocks = on
	u.p.save()
}

// Follow follows the account; scene is that of the QR code it was done by, or
// empty. Somebody who follows already only scans.
func (u *Phone) Follow(ctx context.Context, scene string) (Answer, error) {
	u.p.mu.Lock()
	person := u.p.person(u.openid)
	followed := person.Following
	if !followed {
		person.Following, person.FollowedAt, person.Scene = true, u.p.opt.Now(), scene
		u.p.show(person, u.p.notice("notice", "followed"))
		u.p.hub.tell(note{Kind: "people"})
		u.p.save()
	}
	extra := u.p.ticketElement(scene)
	u.p.mu.Unlock()
	if followed && scene == "" {
		return Answer{}, nil
	}
	e := Event{Name: "subscribe", Extra: extra}
	if scene != "" {
		e.Key = "qrscene_" + scene
	}
	if followed {
		e.Name, e.Key = "SCAN", scene
	}
	return u.p.raise(ctx, u.openid, e, actionTrigger)
}

// Scan scans a QR code with the scene. Somebody new follows by it.
func (u *Phone) Scan(ctx context.Context, scene string) (Answer, error) { return u.Follow(ctx, scene) }

// ScanTicket scans a code made by qrcode/create, or returns ErrTicketInvalid.
func (u *Phone) ScanTicket(ctx context.Context, ticket string) (Answer, error) {
	u.p.mu.Lock()
	scene, alive := u.p.sceneOf(ticket)
	u.p.mu.Unlock()
	if !alive {
		return Answer{}, ErrTicketInvalid
	}
	return u.Follow(ctx, scene)
}

// Unfollow leaves the account. The bot hears of it and can send nothing more.
func (u *Phone) Unfollow(ctx context.Context) (Answer, error) {
	u.p.mu.Lock()
	person := u.p.person(u.openid)
	if !person.Following {
		u.p.mu.Unlock()
		return Answer{}, ErrNotFollowing
	}
	person.Following, person.Window = false, window{}
	u.p.show(person, u.p.notice("notice", "unfollowed"))
	u.p.hub.tell(note{Kind: "people"})
	u.p.save()
	u.p.mu.Unlock()
	return u.p.raise(ctx, u.openid, Event{Name: "unsubscribe"}, nil)
}

// raise pushes an event and opens the quota that it triggers, if any.
func (p *Platform) raise(ctx context.Context, openid string, e Event, trigger trigger) (Answer, error) {
	p.mu.Lock()
	u := p.person(openid)
	if !u.Following && e.Name != "unsubscribe" {
		p.mu.Unlock()
		return Answer{}, ErrNotFollowing
	}
	if trigger != nil {
		u.Window = trigger(p.opt.Now())
		p.save()
	}
	since := p.seq
	n := p.eventNotice(openid, e)
	p.mu.Unlock()
	return p.answer(openid, since, p.deliver(ctx, n)), nil
}

// ticketElement is the Ticket that a scan event carries. Callers hold p.mu.
func (p *Platform) ticketElement(scene string) string {
	for id, t := range p.tickets {
		if scene != "" && t.Scene == scene {
			return field("Ticket", id, false)
		}
	}
	return ""
}

// jobFinish is the event that tells the outcome of a template message.
const jobFinish = "TEMPLATESENDJOBFINISH"

// finishNotice is the outcome event of a template send. Callers hold p.mu.
func (p *Platform) finishNotice(openid string, msgID int64, status string) notice {
	extra := number("MsgID", strconv.FormatInt(msgID, 10)) + field("Status", status, false)
	n := p.eventNotice(openid, Event{Name: jobFinish, Extra: extra})
	n.msgID = msgID
	return n
}
