package platform

import (
	"slices"
	"strings"
	"time"
)

// User is how a person is introduced to the phone page.
type User struct {
	OpenID string `json:"openid"`
	Name   string `json:"name"`
	Role   string `json:"role"`
	Place  string `json:"place"`
}

// person is one WeChat user and everything the platform keeps of them.
type person struct {
	User
	Following  bool           `json:"following"`
	FollowedAt time.Time      `json:"followed_at,omitzero"`
	Scene      string         `json:"scene,omitempty"`
	Window     window         `json:"window,omitzero"`
	Grants     map[string]int `json:"grants,omitempty"`
	Blocks     bool           `json:"blocks,omitempty"` // switched template messages off
	ReadSeq    int64          `json:"read_seq,omitempty"`
	chat       []Item
	waiting    []int64 // pushes of the account no Answer has handed over yet
	busy       int     // pushes to the bot under way
	typing     bool    // the bot said that it is typing
}

// Introduce registers a person for the page's list, or renames one. Whether
// they follow the account is left as it is.
func (p *Platform) Introduce(u User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.person(u.OpenID).User = u
	p.save()
	p.hub.tell(note{Kind: "people"})
}

// person returns the person with the openid, making one that does not follow
// yet when there is none. Callers hold p.mu.
func (p *Platform) person(openid string) *person {
	if found := p.people[openid]; found != nil {
		return found
	}
	made := &person{User: User{OpenID: openid}, Grants: map[string]int{}}
	p.people[openid] = made
	p.order = append(p.order, openid)
	return made
}

// show puts an item into a person's chat and tells everybody who watches.
// Callers hold p.mu.
func (p *Platform) show(u *person, it Item) Item {
	p.seq++
	it.Seq, it.OpenID = p.seq, u.OpenID
	if it.At.IsZero() {
		it.At = p.opt.Now()
	}
	u.chat = append(u.chat, it)
	if it.From == FromAccount {
		u.typing = false
		if it.Via != ViaReply {
			u.waiting = append(u.waiting, it.Seq)
		}
	}
	p.record = append(p.record, Entry{Seq: it.Seq, At: it.At, OpenID: u.OpenID, Kind: EntryShown, Type: it.Kind, MsgID: it.MsgID, Item: &it})
	p.store.appendItem(it)
	p.hub.tell(note{Kind: "item", OpenID: u.OpenID, Item: &it})
	p.wake()
	return it
}

// notice is a grey line in the middle of the chat, from the page's texts.
func (p *Platform) notice(kind, key string) Item {
	return Item{From: FromSystem, Kind: kind, Text: p.texts[key]}
}

// unread counts what the account said since the person last looked.
func (u *person) unread() int {
	count := 0
	for i := len(u.chat) - 1; i >= 0 && u.chat[i].Seq > u.ReadSeq; i-- {
		if u.chat[i].From == FromAccount {
			count++
		}
	}
	return count
}

// take hands over the pushes after seq that no Answer held before.
func (u *person) take(after int64) []Item {
	var items []Item
	u.waiting = slices.DeleteFunc(u.waiting, func(seq int64) bool {
		if seq <= after {
			return false
		}
		items = append(items, *u.item(seq))
		return true
	})
	return items
}

// item finds an item of the chat, nil when there is none.
func (u *person) item(seq int64) *Item {
	at, found := slices.BinarySearchFunc(u.chat, seq, func(it Item, seq int64) int { return int(it.Seq - seq) })
	if !found {
		return nil
	}
	return &u.chat[at]
}

// option finds the newest option that is called, says or, failing that,
// contains what is looked for. Old links stay tap-able for ever.
func (u *person) option(wanted string) (Option, bool) {
	matches := []func(Option) bool{
		func(o Option) bool { return strings.TrimSpace(o.Label) == wanted },
		func(o Option) bool { return o.Say == wanted },
		func(o Option) bool { return strings.Contains(o.Label, wanted) },
	}
	for _, match := range matches {
		for i := len(u.chat) - 1; i >= 0; i-- {
			options := u.chat[i].Options()
			if at := slices.IndexFunc(options, match); at >= 0 {
				return options[at], true
			}
		}
	}
	return Option{}, false
}
