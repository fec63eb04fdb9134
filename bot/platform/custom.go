package platform

import (
	"encoding/json"
)

// customMessage is the body of message/custom/send (wechat.md §1.7).
type customMessage struct {
	To    string    `json:"touser"`
	Type  string    `json:"msgtype"`
	Text  content   `json:"text"`
	Image mediaRef  `json:"image"`
	Voice mediaRef  `json:"voice"`
	Video mediaRef  `json:"video"`
	Music music     `json:"music"`
	News  newsItems `json:"news"`
	Menu  msgMenu   `json:"msgmenu"`
}

type content struct {
	Content string `json:"content"`
}

type newsItems struct {
	Articles []article `json:"articles"`
}

type msgMenu struct {
	Head string `json:"head_content"`
	Tail string `json:"tail_content"`
	List []struct {
		ID      json.RawMessage `json:"id"` // a string in the page, a number in many programs
		Content string          `json:"content"`
	} `json:"list"`
}

// addressee reads the body of a call into in, of which to is a field, and finds
// the person the call is for.
func (p *Platform) addressee(c *call, in any, to *string) (*person, *apiError) {
	if json.Unmarshal(c.body, in) != nil {
		return nil, fail(47001)
	}
	if u := p.people[*to]; u != nil {
		return u, nil
	}
	return nil, fail(40003)
}

func (p *Platform) customSend(c *call) (any, *apiError) {
	var in customMessage
	u, wrong := p.addressee(c, &in, &in.To)
	if wrong != nil {
		return nil, wrong
	}
	it, wrong := p.customItem(in)
	if wrong != nil {
		return nil, wrong
	}
	if !u.Following {
		return nil, fail(45015)
	}
	if wrong := u.Window.spend(c.now); wrong != nil {
		return nil, wrong
	}
	c.entry.Type = in.Type
	p.show(u, it)
	p.save()
	return nil, nil
}

// customItem checks a customer message and makes it what the person sees.
func (p *Platform) customItem(in customMessage) (Item, *apiError) {
	it := Item{From: FromAccount, Via: ViaCustomer, Kind: in.Type}
	switch in.Type {
	case "text":
		return customText(in.Text.Content)
	case "image":
		return p.customMedia(it, in.Image)
	case "voice":
		return p.customMedia(it, in.Voice)
	case "video":
		return p.customMedia(it, in.Video)
	case "music":
		it.Title, it.Text, it.URL = in.Music.Title, in.Music.Description, in.Music.URL
		return it, nil
	case "news":
		if len(in.News.Articles) != 1 {
			return it, fail(45008)
		}
		return *newsItem(it, in.News.Articles[0]), nil
	case "msgmenu":
		return p.customMenu(it, in.Menu)
	case "mpnews", "mpnewsarticle", "wxcard", "miniprogrampage":
		return it, fail(48001) // things this account does not have
	}
	return it, fail(40008)
}

func customText(text string) (Item, *apiError) {
	if text == "" {
		return Item{}, fail(44004)
	}
	if len(text) > textLimit {
		return Item{}, fail(45002)
	}
	return textItem(ViaCustomer, text), nil
}

func (p *Platform) customMedia(it Item, ref mediaRef) (Item, *apiError) {
	if p.liveMedia(ref.MediaID) == nil {
		return it, fail(40007)
	}
	it.MediaID, it.Media, it.Title, it.Text = ref.MediaID, mediaPath+ref.MediaID, ref.Title, ref.Description
	return it, nil
}

// customMenu is a msgmenu as the runs of a text: head, one option a line, tail.
func (p *Platform) customMenu(it Item, menu msgMenu) (Item, *apiError) {
	if p.opt.Unverified {
		return it, fail(40200)
	}
	if len(menu.List) == 0 {
		return it, fail(44004)
	}
	it.Runs = parseRuns(menu.Head)
	for _, line := range menu.List {
		id := string(line.ID)
		if text := ""; json.Unmarshal(line.ID, &text) == nil {
			id = text
		}
		it.Runs = append(it.Runs, Run{Text: "\n"}, Run{Text: line.Content, Say: line.Content, ID: id, Menu: true})
	}
	if menu.Tail != "" {
		it.Runs = append(append(it.Runs, Run{Text: "\n"}), parseRuns(menu.Tail)...)
	}
	it.Text = it.Plain()
	return it, nil
}

// customTyping shows or hides that the account is typing.
func (p *Platform) customTyping(c *call) (any, *apiError) {
	var in struct {
		To      string `json:"touser"`
		Command string `json:"command"`
	}
	u, wrong := p.addressee(c, &in, &in.To)
	if wrong != nil {
		return nil, wrong
	}
	if !c.now.Before(u.Window.Until) {
		return nil, fail(45015)
	}
	u.typing = in.Command == "Typing"
	p.hub.tell(note{Kind: "typing", OpenID: in.To, On: u.typing || u.busy > 0})
	return nil, nil
}
