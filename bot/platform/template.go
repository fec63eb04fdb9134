package platform

import (
	"context"
	"maps"
	"slices"
	"time"
)

// templateMessage is the body of message/template/send (wechat.md §1.8) and,
// with page for url, of message/subscribe/bizsend (§1.9).
type templateMessage struct {
	To       string               `json:"touser"`
	Template string               `json:"template_id"`
	URL      string               `json:"url"`
	Page     string               `json:"page"`
	ClientID string               `json:"client_msg_id"`
	Data     map[string]dataValue `json:"data"`
}

type dataValue struct {
	Value string `json:"value"`
}

// sentTemplate is a send remembered by its client_msg_id.
type sentTemplate struct {
	msgID int64
	at    time.Time
}

// repeatWindow is how long one client_msg_id is sent only once.
const repeatWindow = 10 * time.Minute

func (p *Platform) templateSend(c *call) (any, *apiError) {
	var in templateMessage
	u, wrong := p.addressee(c, &in, &in.To)
	if wrong != nil {
		return nil, wrong
	}
	key := in.To + " " + in.ClientID
	if before, found := p.sent[key]; in.ClientID != "" && found && c.now.Sub(before.at) < repeatWindow {
		return templateAnswer(before.msgID), nil
	}
	card, wrong := p.card(in)
	if wrong != nil {
		return nil, wrong
	}
	if !u.Following {
		return nil, fail(43004)
	}
	id := p.nextMsgID(c.now)
	if in.ClientID != "" {
		p.sent[key] = sentTemplate{msgID: id, at: c.now}
	}
	c.entry.Type, c.entry.MsgID = in.Template, id
	card.Via, card.URL, card.MsgID = ViaTemplate, in.URL, id
	p.finish(u, card)
	return templateAnswer(id), nil
}

func templateAnswer(id int64) any {
	return map[string]any{"errcode": 0, "errmsg": "ok", "msgid": id}
}

// finish shows the card unless it fails on its way, and sends the bot the
// outcome event.
func (p *Platform) finish(u *person, card Item) {
	status := "success"
	if u.Blocks {
		status = "failed:user block"
	}
	if p.faults.Outcome != "" {
		status = p.faults.Outcome
	}
	if status == "success" {
		p.show(u, card)
	}
	p.save()
	if p.faults.LoseOutcome {
		return
	}
	n := p.finishNotice(u.OpenID, card.MsgID, status)
	p.async(func(ctx context.Context) { p.deliver(ctx, n) })
}

// card checks the data of a template message against the template and makes
// the card that the person sees.
func (p *Platform) card(in templateMessage) (Item, *apiError) {
	it := Item{From: FromAccount, Kind: "card", Template: in.Template}
	fields, known := p.fieldsOf(in, &it.Title)
	if !known {
		return it, fail(40037)
	}
	for _, f := range fields {
		if dropped(f.Key) {
			continue
		}
		value, wrong := checkField(f.Key, in.Data[f.Key].Value)
		if wrong != nil {
			return it, wrong
		}
		it.Rows = append(it.Rows, Row{Key: f.Key, Name: f.Name, Value: value})
	}
	return it, nil
}

// fieldsOf are the template's fields; an account without templates takes any
// id and shows the fields that came, by their keys.
func (p *Platform) fieldsOf(in templateMessage, title *string) ([]Field, bool) {
	*title = in.Template
	if len(p.opt.Templates) == 0 {
		var fields []Field
		for _, key := range slices.Sorted(maps.Keys(in.Data)) {
			fields = append(fields, Field{Key: key, Name: key})
		}
		return fields, in.Template != ""
	}
	at := slices.IndexFunc(p.opt.Templates, func(t Template) bool { return t.ID == in.Template })
	if at < 0 {
		return nil, false
	}
	*title = p.opt.Templates[at].Title
	return p.opt.Templates[at].Fields, true
}

// templateList answers which templates the account has.
func (p *Platform) templateList(*call) (any, *apiError) {
	list := []map[string]string{}
	for _, t := range p.opt.Templates {
		body := ""
		for _, f := range t.Fields {
			body += f.Name + ":{{" + f.Key + ".DATA}}\n"
		}
		list = append(list, map[string]string{"template_id": t.ID, "title": t.Title, "content": body})
	}
	return map[string]any{"template_list": list}, nil
}

func (p *Platform) grant(openid, templateID string, count int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	u := p.person(openid)
	if count > 0 {
		u.Grants[templateID] += count
	} else {
		delete(u.Grants, templateID)
	}
	p.save()
}

// subscribeSend is message/subscribe/bizsend: one grant pays one send, also
// to somebody who has unfollowed (wechat.md §1.9).
func (p *Platform) subscribeSend(c *call) (any, *apiError) {
	var in templateMessage
	u, wrong := p.addressee(c, &in, &in.To)
	if wrong != nil {
		return nil, wrong
	}
	card, wrong := p.card(in)
	if wrong != nil {
		return nil, wrong
	}
	if u.Grants[in.Template] == 0 {
		return nil, fail(43101)
	}
	u.Grants[in.Template]--
	id := p.nextMsgID(c.now)
	c.entry.Type, c.entry.MsgID = in.Template, id
	card.Via, card.URL, card.MsgID = ViaSubscribe, in.Page, id
	p.show(u, card)
	p.save()
	if !p.faults.LoseOutcome {
		n := p.sentNotice(in, id)
		p.async(func(ctx context.Context) { p.deliver(ctx, n) })
	}
	return nil, nil
}

// subscribeSent is the event that tells the outcome of a subscription notification.
const subscribeSent = "subscribe_msg_sent_event"

func (p *Platform) sentNotice(in templateMessage, id int64) notice {
	list := "<SubscribeMsgSentEvent><List>" + field("TemplateId", in.Template, false) +
		number("MsgID", decimalInt(id)) + number("ErrorCode", "0") + field("ErrorStatus", "success", false) +
		"</List></SubscribeMsgSentEvent>"
	n := p.eventNotice(in.To, Event{Name: subscribeSent, Extra: list})
	n.msgID = id
	return n
}
