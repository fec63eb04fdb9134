package platform

import (
	"strings"
	"time"
)

// Who put an item into a chat.
const (
	FromPerson  = "person"
	FromAccount = "account"
	FromSystem  = "system"
)

// How an item of the account came.
const (
	ViaReply     = "reply"        // the HTTP answer to a push
	ViaCustomer  = "custom"       // customer-service API
	ViaTemplate  = "template"     // template message
	ViaSubscribe = "subscription" // subscription notification
)

// Item is one thing on the screen of one person's chat with the account.
type Item struct {
	Seq      int64     `json:"seq"` // grows over all chats
	At       time.Time `json:"at"`
	OpenID   string    `json:"openid"`
	From     string    `json:"from"` // FromPerson, FromAccount or FromSystem
	Via      string    `json:"via,omitempty"`
	Kind     string    `json:"kind"` // text, image, voice, video, music, news, location, link, file, msgmenu, card, notice, banner
	Text     string    `json:"text,omitempty"`
	Runs     []Run     `json:"runs,omitempty"`
	MediaID  string    `json:"media_id,omitempty"`
	Media    string    `json:"media,omitempty"` // path of the stored file on this platform
	Title    string    `json:"title,omitempty"`
	URL      string    `json:"url,omitempty"`
	Picture  string    `json:"picture,omitempty"`
	Lat      float64   `json:"lat,omitempty"`
	Lng      float64   `json:"lng,omitempty"`
	Rows     []Row     `json:"rows,omitempty"`     // a card's lines
	Template string    `json:"template,omitempty"` // a card's template id
	MsgID    int64     `json:"msg_id,omitempty,string"`
}

// Row is one line of a template card.
type Row struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Plain is the item as a person reads it: link markup gone, a card as lines.
func (it Item) Plain() string {
	if len(it.Runs) > 0 {
		var b strings.Builder
		for _, run := range it.Runs {
			b.WriteString(run.Text)
		}
		return b.String()
	}
	lines := []string{}
	for _, line := range []string{it.Title, it.Text} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	for _, row := range it.Rows {
		lines = append(lines, row.Name+": "+row.Value)
	}
	return strings.Join(lines, "\n")
}

// Options are the item's tap-able answers in reading order.
func (it Item) Options() []Option {
	var options []Option
	for _, run := range it.Runs {
		if run.Say != "" {
			options = append(options, Option{Label: run.Text, Say: run.Say, ID: run.ID, Menu: run.Menu})
		}
	}
	return options
}

// Links are the addresses that the item opens when tapped.
func (it Item) Links() []Link {
	var links []Link
	if it.URL != "" {
		links = append(links, Link{Label: it.Title, URL: it.URL})
	}
	for _, run := range it.Runs {
		if run.URL != "" {
			links = append(links, Link{Label: run.Text, URL: run.URL})
		}
	}
	return links
}

// textItem is a text of the account with its links worked out.
func textItem(via, text string) Item {
	return Item{From: FromAccount, Via: via, Kind: "text", Text: text, Runs: parseRuns(text)}
}
