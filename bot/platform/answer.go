package platform

import (
	"slices"
	"strings"
)

// Answer is what a person gets to see after doing something.
type Answer struct {
	Text    string   // all of Parts as a person reads them, link markup gone
	Options []Option // what can be tapped, in reading order
	Links   []Link   // what can be opened, in reading order
	Parts   []Item   // the reply, and the pushes that arrived meanwhile
	Raw     string   // the bot's HTTP answer, decrypted: XML, `success` or nothing
	Failed  bool     // the person sees the fault sentence instead of a reply
	Tries   int      // how often the platform had to push
	Trouble string   // why the bot's answer was no answer, for the one who debugs
}

// Silent reports that nothing appeared on the screen.
func (a Answer) Silent() bool { return len(a.Parts) == 0 }

func answerOf(parts []Item) Answer {
	a := Answer{Parts: parts}
	var texts []string
	for _, it := range parts {
		texts = append(texts, it.Plain())
		a.Options = append(a.Options, it.Options()...)
		a.Links = append(a.Links, it.Links()...)
	}
	a.Text = strings.Join(texts, "\n")
	return a
}

// answer collects the own reply of a push and what the account pushed since
// the item since.
func (p *Platform) answer(openid string, since int64, out outcome) Answer {
	p.mu.Lock()
	parts := p.person(openid).take(since)
	p.mu.Unlock()
	if out.reply != nil {
		parts = append(parts, *out.reply)
	}
	slices.SortFunc(parts, func(a, b Item) int { return int(a.Seq - b.Seq) })
	a := answerOf(parts)
	a.Raw, a.Tries, a.Trouble = out.raw, out.tries, out.trouble
	a.Failed = out.reply != nil && out.reply.Kind == "banner"
	return a
}
