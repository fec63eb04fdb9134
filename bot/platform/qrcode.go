package platform

import (
	"encoding/json"
	"strconv"
	"time"

	"rsc.io/qr"
)

// ticket is one QR code made by the bot (wechat.md §1.11).
type ticket struct {
	Scene   string    `json:"scene"`
	URL     string    `json:"url"`
	Expires time.Time `json:"expires,omitzero"` // zero for a permanent one
}

// Limits of QR codes.
const (
	defaultTicketLife = 60
	maxTicketLife     = 2_592_000
	maxPermanent      = 100_000
	maxSceneText      = 64
)

type qrRequest struct {
	Expire int64  `json:"expire_seconds"`
	Action string `json:"action_name"`
	Info   struct {
		Scene struct {
			ID   int64  `json:"scene_id"`
			Text string `json:"scene_str"`
		} `json:"scene"`
	} `json:"action_info"`
}

func (p *Platform) qrCreate(c *call) (any, *apiError) {
	var in qrRequest
	if json.Unmarshal(c.body, &in) != nil {
		return nil, fail(47001)
	}
	scene, permanent, wrong := in.scene()
	if wrong != nil {
		return nil, wrong
	}
	id := "gQ" + randomHex(24) + "+/=="
	made := &ticket{Scene: scene, URL: "http://weixin.qq.com/q/" + randomHex(16)}
	out := map[string]any{"ticket": id, "url": made.URL}
	if !permanent {
		life := in.Expire
		if life <= 0 {
			life = defaultTicketLife
		}
		life = min(life, maxTicketLife)
		made.Expires = c.now.Add(time.Duration(life) * time.Second)
		out["expire_seconds"] = life
	}
	p.tickets[id] = made
	p.save()
	p.hub.tell(note{Kind: "people"}) // the page offers the code for scanning
	return out, nil
}

// scene is what the code carries, and whether the code is a permanent one.
func (in qrRequest) scene() (scene string, permanent bool, wrong *apiError) {
	id, text := in.Info.Scene.ID, in.Info.Scene.Text
	switch in.Action {
	case "QR_SCENE":
		if id < 1 || id > 1<<32-1 {
			return "", false, fail(40053)
		}
	case "QR_LIMIT_SCENE":
		if id < 1 || id > maxPermanent {
			return "", false, fail(40053)
		}
		permanent = true
	case "QR_STR_SCENE", "QR_LIMIT_STR_SCENE":
		if text == "" || len(text) > maxSceneText {
			return "", false, fail(40053)
		}
		return text, in.Action == "QR_LIMIT_STR_SCENE", nil
	default:
		return "", false, fail(40053)
	}
	return strconv.FormatInt(id, 10), permanent, nil
}

// sceneOf is the scene of a code that can still be scanned. Callers hold p.mu.
func (p *Platform) sceneOf(id string) (string, bool) {
	t := p.tickets[id]
	if t == nil || (!t.Expires.IsZero() && !p.opt.Now().Before(t.Expires)) {
		return "", false
	}
	return t.Scene, true
}

// qrShow draws the code of a ticket. The real one lives on mp.weixin.qq.com.
func (p *Platform) qrShow(c *call) (any, *apiError) {
	t := p.tickets[c.request.URL.Query().Get("ticket")]
	if t == nil {
		return nil, fail(40035)
	}
	code, err := qr.Encode(t.URL, qr.M)
	if err != nil {
		return nil, fail(-1)
	}
	return file{kind: "image/png", data: code.PNG()}, nil
}
