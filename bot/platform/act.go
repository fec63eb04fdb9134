package platform

import (
	"context"
	"net/http"
)

// act is one thing a person does on the page.
type act struct {
	OpenID string  `json:"user"`
	Key    string  `json:"key"`  // made by the page, so that a double tap acts once
	Kind   string  `json:"kind"` // say, tap, click, view, code, photo, voice, place, follow, unfollow, scan, read
	Text   string  `json:"text"` // say, voice, place's label, code's content, click's key, view's address, scan's scene
	ID     string  `json:"id"`   // tap: the option's id; code: the button's key
	Menu   bool    `json:"menu"` // tap: the option stands in a msgmenu
	Wait   bool    `json:"wait"` // code: scancode_waitmsg
	Lat    float64 `json:"lat"`
	Lng    float64 `json:"lng"`
	Data   []byte  `json:"data"` // photo, base64
	Seq    int64   `json:"seq"`  // read: up to here
}

// keyLimit bounds the remembered keys; when it is reached they are forgotten
// all at once, since only the last seconds matter.
const keyLimit = 10_000

// prepare turns an act into what must then be run, nil for nothing, and the HTTP
// status for the page.
func (p *Platform) prepare(a act) (run func(), status int) {
	p.mu.Lock()
	u := p.people[a.OpenID]
	known := u != nil
	repeated := a.Key != "" && p.doneKeys[a.OpenID+" "+a.Key]
	allowed := known && (u.Following || a.Kind == "follow" || a.Kind == "scan" || a.Kind == "read")
	if allowed && a.Key != "" {
		if len(p.doneKeys) >= keyLimit {
			clear(p.doneKeys)
		}
		p.doneKeys[a.OpenID+" "+a.Key] = true
	}
	p.mu.Unlock()
	switch {
	case !known:
		return nil, http.StatusNotFound
	case repeated:
		return nil, http.StatusAccepted
	case !allowed:
		return nil, http.StatusConflict
	}
	do := p.User(a.OpenID).does(a)
	if do == nil {
		return nil, http.StatusBadRequest
	}
	p.mu.Lock()
	p.running++
	p.mu.Unlock()
	return func() {
		defer p.done()
		if _, err := do(context.Background()); err != nil {
			p.opt.Log.Warn("act on the page failed", "kind", a.Kind, "err", err)
		}
	}, http.StatusAccepted
}

// does is the act as one of the phone's methods, nil for an unknown kind.
func (u *Phone) does(a act) func(context.Context) (Answer, error) {
	with := func(method func(context.Context, string) (Answer, error)) func(context.Context) (Answer, error) {
		return func(ctx context.Context) (Answer, error) { return method(ctx, a.Text) }
	}
	switch a.Kind {
	case "say":
		return with(u.Say)
	case "click":
		return with(u.Click)
	case "view":
		return with(u.View)
	case "voice":
		return with(u.Voice)
	case "scan", "follow":
		return with(u.Follow)
	case "unfollow":
		return u.Unfollow
	case "tap":
		return func(ctx context.Context) (Answer, error) {
			return u.TapOption(ctx, Option{Say: a.Text, ID: a.ID, Menu: a.Menu})
		}
	case "code":
		return func(ctx context.Context) (Answer, error) { return u.Code(ctx, a.ID, a.Text, a.Wait) }
	case "photo":
		return func(ctx context.Context) (Answer, error) { return u.Photo(ctx, a.Data) }
	case "place":
		return func(ctx context.Context) (Answer, error) { return u.Place(ctx, a.Lat, a.Lng, a.Text) }
	case "read":
		return func(context.Context) (Answer, error) { u.markRead(a.Seq); return Answer{}, nil }
	}
	return nil
}

func (u *Phone) markRead(seq int64) {
	u.p.mu.Lock()
	defer u.p.mu.Unlock()
	person := u.p.person(u.openid)
	if seq > person.ReadSeq {
		person.ReadSeq = seq
		u.p.save()
	}
}
