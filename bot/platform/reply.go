package platform

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
)

// textLimit is the measured limit of a text in bytes of UTF-8, for passive
// replies (wechat.md §1.5) and customer messages (§1.7).
const textLimit = 2048

// passiveReply is the bot's answer to a push.
type passiveReply struct {
	XMLName  xml.Name `xml:"xml"`
	To       string   `xml:"ToUserName"`
	From     string   `xml:"FromUserName"`
	Created  string   `xml:"CreateTime"`
	Type     string   `xml:"MsgType"`
	Content  string   `xml:"Content"`
	Image    mediaRef `xml:"Image"`
	Voice    mediaRef `xml:"Voice"`
	Video    mediaRef `xml:"Video"`
	Music    music    `xml:"Music"`
	Articles struct {
		Items []article `xml:"item"`
	} `xml:"Articles"`
	Encrypt      string `xml:"Encrypt"`
	MsgSignature string `xml:"MsgSignature"`
	TimeStamp    string `xml:"TimeStamp"`
	Nonce        string `xml:"Nonce"`
}

type mediaRef struct {
	MediaID     string `xml:"MediaId" json:"media_id"`
	Title       string `xml:"Title" json:"title"`
	Description string `xml:"Description" json:"description"`
}

type music struct {
	Title       string `xml:"Title" json:"title"`
	Description string `xml:"Description" json:"description"`
	URL         string `xml:"MusicUrl" json:"musicurl"`
}

type article struct {
	Title       string `xml:"Title" json:"title"`
	Description string `xml:"Description" json:"description"`
	Picture     string `xml:"PicUrl" json:"picurl"`
	URL         string `xml:"Url" json:"url"`
}

// readReply understands the body that answered a push. An empty body and
// `success` show nothing; what WeChat cannot use is an error, and the person
// then sees the fault sentence (wechat.md §1.3, §2.3). clear is the XML as it
// was before encryption, empty when there was none.
func (p *Platform) readReply(openid, body string) (clear string, reply *Item, err error) {
	if body == "" || body == "success" {
		return "", nil, nil
	}
	parsed, err := parseReply([]byte(body))
	if err != nil {
		return "", nil, err
	}
	if parsed.Encrypt == "" && p.opt.Mode == Safe {
		return "", nil, errors.New("a clear reply in safe mode")
	}
	if parsed.Encrypt != "" {
		opened, err := p.openReply(parsed)
		if err != nil || len(opened) == 0 || string(opened) == "success" {
			return "", nil, err
		}
		body = string(opened)
		if parsed, err = parseReply(opened); err != nil {
			return body, nil, err
		}
	}
	reply, err = p.replyItem(openid, parsed)
	return body, reply, err
}

func parseReply(body []byte) (passiveReply, error) {
	var parsed passiveReply
	if err := xml.Unmarshal(body, &parsed); err != nil {
		return parsed, fmt.Errorf("the reply is not XML: %w", err)
	}
	return parsed, nil
}

func (p *Platform) openReply(r passiveReply) ([]byte, error) {
	if p.opt.Mode == Plain {
		return nil, errors.New("an encrypted reply in plain mode")
	}
	if r.MsgSignature != sign(p.opt.Token, r.TimeStamp, r.Nonce, r.Encrypt) {
		return nil, errors.New("the reply has a wrong MsgSignature")
	}
	return p.envelope.open(r.Encrypt)
}

func (p *Platform) replyItem(openid string, r passiveReply) (*Item, error) {
	if r.To != openid || r.From != p.opt.OriginalID {
		return nil, errors.New("the reply is addressed to somebody else")
	}
	if r.Created == "" || strings.Trim(r.Created, "0123456789") != "" {
		return nil, errors.New("the reply has no CreateTime")
	}
	it := Item{From: FromAccount, Via: ViaReply, Kind: r.Type}
	switch r.Type {
	case "text":
		return replyText(r.Content)
	case "image":
		return p.mediaItem(it, r.Image)
	case "voice":
		return p.mediaItem(it, r.Voice)
	case "video":
		return p.mediaItem(it, r.Video)
	case "music":
		it.Title, it.Text, it.URL = r.Music.Title, r.Music.Description, r.Music.URL
		return &it, nil
	case "news":
		if len(r.Articles.Items) == 0 {
			return nil, errors.New("news without an article")
		}
		return newsItem(it, r.Articles.Items[0]), nil // one article since 2018-10-12
	case "transfer_customer_service":
		return nil, nil
	}
	return nil, fmt.Errorf("unknown reply type %q", r.Type)
}

func replyText(content string) (*Item, error) {
	if content == "" {
		return nil, errors.New("the reply has an empty Content")
	}
	if len(content) > textLimit {
		return nil, fmt.Errorf("the reply has %d bytes, more than %d", len(content), textLimit)
	}
	it := textItem(ViaReply, content)
	return &it, nil
}

// mediaItem fills in a stored picture, voice or video.
func (p *Platform) mediaItem(it Item, ref mediaRef) (*Item, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.liveMedia(ref.MediaID) == nil {
		return nil, errors.New("the reply names an unknown media id")
	}
	it.MediaID, it.Media, it.Title, it.Text = ref.MediaID, mediaPath+ref.MediaID, ref.Title, ref.Description
	return &it, nil
}

func newsItem(it Item, a article) *Item {
	it.Kind, it.Title, it.Text, it.Picture, it.URL = "news", a.Title, a.Description, a.Picture, a.URL
	return &it
}
