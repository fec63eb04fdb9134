package platform

import (
	"encoding/json"
	"regexp"
	"slices"
)

// Button is one button of the menu (wechat.md §1.11).
type Button struct {
	Type     string   `json:"type,omitempty"`
	Name     string   `json:"name"`
	Key      string   `json:"key,omitempty"`
	URL      string   `json:"url,omitempty"`
	MediaID  string   `json:"media_id,omitempty"`
	AppID    string   `json:"appid,omitempty"`
	PagePath string   `json:"pagepath,omitempty"`
	Sub      []Button `json:"sub_button"`
}

// The sizes of wechat.md §1.11, in bytes.
const (
	maxButtons    = 3
	maxSubButtons = 5
	maxName       = 16
	maxSubName    = 60
	maxKey        = 128
	maxURL        = 1024
)

var (
	unicodeEscape = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)
	keyed         = []string{"click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"}
)

func (p *Platform) menuCreate(c *call) (any, *apiError) {
	if unicodeEscape.Match(c.body) {
		return nil, fail(40033)
	}
	var in struct {
		Buttons []Button `json:"button"`
	}
	if json.Unmarshal(c.body, &in) != nil {
		return nil, fail(47001)
	}
	if len(in.Buttons) < 1 || len(in.Buttons) > maxButtons {
		return nil, fail(40016)
	}
	for i := range in.Buttons {
		if wrong := in.Buttons[i].checkTop(); wrong != nil {
			return nil, wrong
		}
	}
	p.menu = in.Buttons
	p.save()
	p.hub.tell(note{Kind: "menu"})
	return nil, nil
}

func (b *Button) checkTop() *apiError {
	if b.Name == "" || len(b.Name) > maxName {
		return fail(40018)
	}
	if len(b.Sub) == 0 {
		b.Sub = []Button{}
		return b.checkAction()
	}
	if len(b.Sub) > maxSubButtons {
		return fail(40023)
	}
	for i := range b.Sub {
		if b.Sub[i].Name == "" || len(b.Sub[i].Name) > maxSubName {
			return fail(40025)
		}
		if wrong := b.Sub[i].checkAction(); wrong != nil {
			return wrong
		}
		b.Sub[i].Sub = []Button{}
	}
	return nil
}

func (b *Button) checkAction() *apiError {
	switch {
	case slices.Contains(keyed, b.Type):
		if b.Key == "" || len(b.Key) > maxKey {
			return fail(40019)
		}
	case b.Type == "view":
		if b.URL == "" || len(b.URL) > maxURL {
			return fail(40020)
		}
	case b.Type == "miniprogram":
		if b.AppID == "" || b.PagePath == "" || b.URL == "" {
			return fail(40035)
		}
	case b.Type == "media_id" || b.Type == "article_id":
	default:
		return fail(40017)
	}
	return nil
}

func (p *Platform) menuGet(*call) (any, *apiError) {
	if p.menu == nil {
		return nil, fail(46003)
	}
	return map[string]any{"menu": map[string]any{"button": p.menu}}, nil
}

func (p *Platform) menuCurrent(*call) (any, *apiError) {
	open := 0
	if p.menu != nil {
		open = 1
	}
	return map[string]any{"is_menu_open": open, "selfmenu_info": map[string]any{"button": p.menu}}, nil
}

func (p *Platform) menuDelete(*call) (any, *apiError) {
	p.menu = nil
	p.save()
	p.hub.tell(note{Kind: "menu"})
	return nil, nil
}
