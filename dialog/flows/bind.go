package flows

import (
	"errors"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// Wrong invite codes are slowed down: codes are long, but nobody needs more
// tries than this in an hour.
const (
	maxBindFailures = 5
	bindWindow      = time.Hour
)

// follow greets; an invite QR code carries the code as its scene.
func (t *talk) follow() error {
	if t.in.Text != "" && t.by == nil {
		return t.bind(t.in.Text)
	}
	if t.by == nil {
		t.say("greet.stranger")
		return nil
	}
	if t.in.Kind == dialog.InputScan && t.in.Text != "" {
		t.say("bind.already", "name", t.by.Name)
		return t.reask()
	}
	return t.greet("")
}

// unbound leads somebody without a role to 绑定 and shows nothing else.
func (t *talk) unbound() error {
	do, arg := t.words.find(t.text, false)
	if do == "bind" {
		return t.bind(arg)
	}
	if code := normalCode(t.text); looksLikeCode(code) {
		return t.bind(t.text)
	}
	if do == "help" || strings.Contains(t.text, "绑定") {
		t.say("bind.how")
		return nil
	}
	if do == "feedback" && arg != "" {
		if len([]rune(arg)) > maxFeedback {
			t.say("feedback.too_long", "n", itoa(maxFeedback))
			return nil
		}
		t.do(Complain{Feedback: models.Feedback{At: t.now, User: t.in.User, About: topicOf(arg).About, To: models.RoleAdmin, Text: arg}})
		t.say("feedback.stranger")
		return nil
	}
	t.say("greet.stranger")
	return nil
}

// bind ties the WeChat user to the person of an invite code.
func (t *talk) bind(arg string) error {
	code := normalCode(arg)
	switch {
	case code == "":
		t.say("bind.how")
		return nil
	case len(code) != InviteLen:
		t.say("bind.length")
		return nil
	}
	n, err := t.view.People().BindFailures(t.ctx, t.in.User, t.now.Add(-bindWindow))
	if err != nil {
		return err
	}
	if n >= maxBindFailures {
		t.say("bind.too_often")
		return nil
	}
	hash := t.blind(code)
	p, err := t.view.People().Invited(t.ctx, hash, t.now)
	if err != nil {
		return t.bindRefused(err)
	}
	area, err := t.view.Areas().Area(t.ctx, p.AreaCode)
	if err != nil {
		return err
	}
	t.do(Bind{Hash: hash, User: t.in.User})
	t.rebound = true
	t.say("bind.done", "name", p.Name, "role", t.texts.Say("role."+string(p.Role)), "area", area.Name, "groups", groupsText(p.Groups))
	return nil
}

// bindRefused says why a code does not work.
func (t *talk) bindRefused(err error) error {
	switch models.CodeOf(err) {
	case models.NotFound:
		t.do(CountBindFailure{User: t.in.User})
		t.say("bind.unknown")
	case models.Conflict:
		key := "invite_used"
		var e *models.Error
		if errors.As(err, &e) && e.Key != "" {
			key = e.Key
		}
		t.say("bind." + key)
	default:
		return err
	}
	return nil
}

// bindAgain: somebody bound sends a code.
func (t *talk) bindAgain(string) error {
	t.say("bind.already", "name", t.by.Name)
	return nil
}

// unbind asks before the door closes.
func (t *talk) unbind(string) error {
	t.say("unbind.ask", "name", t.by.Name)
	t.s.Ask = "unbind"
	t.asked = true
	t.menu(dialog.Option{Label: t.texts.Say("unbind.yes"), Say: t.texts.Say("unbind.confirm")}, dialog.Option{Label: t.texts.Say("unbind.no")})
	return nil
}

// unbindNow closes the door: binding, session and drafts go.
func (t *talk) unbindNow() {
	t.do(Forget{User: t.in.User})
	t.s.Form, t.s.Menu, t.s.Args = nil, nil, nil
	t.rebound, t.forget, t.asked = true, true, true
	t.say("unbind.done")
}

// normalCode drops what people add around a code: blanks, dashes, 《》「」.
func normalCode(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// InviteLen is the length of an invite code without dashes, see cmd person add.
const InviteLen = 10

// inviteSigns are the signs an invite code is made of; 0 O 1 I L are mixed up on paper.
const inviteSigns = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

func looksLikeCode(code string) bool {
	return len(code) == InviteLen && strings.Trim(code, inviteSigns) == ""
}

func groupsText(g models.Set) string {
	if len(g) == 0 {
		return ""
	}
	return "（" + strings.Join(g, "、") + "）"
}
