package flows

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

//go:embed feedback.zh.yaml
var feedbackYAML []byte

// topic is what feedback may be about, see feedback.zh.yaml.
type topic struct {
	About  string      `yaml:"about"`
	Label  string      `yaml:"label"`
	To     models.Role `yaml:"to"`
	Secret bool        `yaml:"secret"`
	Alone  bool        `yaml:"alone"`
	Dept   string      `yaml:"dept"`
	Hint   string      `yaml:"hint"` // what they can do themselves, said before the offer
	Words  []string    `yaml:"words"`
}

// topics are read once; the last one is for what has no word of another.
var topics = sync.OnceValue(func() []topic {
	var ts []topic
	if err := yaml.UnmarshalWithOptions(feedbackYAML, &ts, yaml.Strict()); err != nil {
		panic(fmt.Sprint("feedback.zh.yaml: ", err))
	}
	return ts
})

func topicOf(text string) topic {
	folded, all := zh.Fold(text), topics()
	i := slices.IndexFunc(all, func(t topic) bool { return containsAny(folded, t.Words) })
	if i < 0 {
		return all[len(all)-1]
	}
	return all[i]
}

// topicCalled is the topic of that name.
func topicCalled(about string) topic {
	for _, t := range topics() {
		if t.About == about {
			return t
		}
	}
	return topic{}
}

// feedback is 反馈: alone it shows what waits for this person, or what became of
// their own; with words it goes to who can act.
func (t *talk) feedback(arg string) error {
	if arg = strings.TrimSpace(arg); arg != "" {
		return t.complain(arg)
	}
	done, err := t.feedbackWaiting(0)
	if done || err != nil {
		return err
	}
	return t.feedbackMine()
}

// complain hands on what somebody wants said.
func (t *talk) complain(said string) error {
	if len([]rune(said)) > maxFeedback {
		t.say("feedback.too_long", "n", itoa(maxFeedback))
		return nil
	}
	about := topicOf(said)
	accused, err := t.accused(said, about.Secret)
	if err != nil {
		return err
	}
	f := models.Feedback{
		At: t.now, User: t.in.User, PersonID: t.by.PersonID, ByName: t.by.Name, Area: t.by.Area,
		About: about.About, Dept: about.Dept, Secret: about.Secret, Text: said,
	}
	if about.Dept != "" && t.namesDept(said, about.Dept) {
		f.Dept = "" // it is about them
	}
	need := highest(about.To, aboveRole[t.by.Role], aboveRole[accused])
	if about.Secret && need == models.RoleAdmin {
		t.say("feedback.above")
		return nil
	}
	to, who, err := t.receivers(need, about.Secret)
	if err != nil {
		return err
	}
	f.To = to
	t.do(Complain{Feedback: f, Tell: t.tellReceivers(who)})
	switch {
	case len(who) == 0:
		t.say("feedback.nobody")
	case about.Secret:
		t.say("feedback.secret")
	default:
		t.say("feedback.thanks", "who", t.texts.Say("feedback.to_"+string(to)), "about", about.Label)
	}
	return nil
}

// maxFeedback is how long one may be, in characters: with room for sealing.
const maxFeedback = 800

// order is who stands above whom when something is to be done.
var order = []models.Role{models.RoleVillage, models.RoleTownship, models.RoleCounty, models.RoleAdmin}

// aboveRole is who answers what a role says, or what is said about it.
var aboveRole = map[models.Role]models.Role{
	models.RoleVillage: models.RoleTownship, models.RoleTownship: models.RoleCounty,
	models.RoleDepartment: models.RoleCounty, models.RoleCounty: models.RoleAdmin, models.RoleAdmin: models.RoleAdmin,
}

func highest(roles ...models.Role) models.Role {
	return slices.MaxFunc(roles, func(a, b models.Role) int { return slices.Index(order, a) - slices.Index(order, b) })
}

// accused is the highest level that somebody named in the text, or its offices, belong
// to; "" when nobody is. Of a lead every office that is named may be meant.
func (t *talk) accused(said string, secret bool) (models.Role, error) {
	found := models.Role("")
	if secret {
		switch {
		case containsAny(said, strings.Fields(t.texts.Say("feedback.county_signs"))):
			return models.RoleCounty, nil
		case containsAny(said, strings.Fields(t.texts.Say("feedback.township_signs"))):
			found = models.RoleTownship
		}
	}
	for _, role := range []models.Role{models.RoleCounty, models.RoleDepartment, models.RoleTownship} {
		ps, err := t.view.Feedbacks().Receivers(t.ctx, role, t.by.Area)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(ps, func(p models.Person) bool { return strings.Contains(said, p.Name) }) {
			if role == models.RoleDepartment && secret {
				return models.RoleCounty, nil
			}
			return role, nil
		}
	}
	return found, nil
}

// namesDept reports whether a department is named in a text.
func (t *talk) namesDept(said, dept string) bool {
	it := t.profile.Item("dept", dept)
	return it != nil && containsAny(said, it.Names())
}

// receivers are the first at or above a role who are there, or else below. A lead goes
// to that role and nobody else.
func (t *talk) receivers(to models.Role, secret bool) (models.Role, []models.Person, error) {
	at := slices.Index(order, to)
	ways := slices.Clone(order[at:])
	for i := at - 1; i >= 1; i-- {
		ways = append(ways, order[i])
	}
	if secret {
		ways = ways[:1]
	}
	for _, role := range ways {
		who, err := t.view.Feedbacks().Receivers(t.ctx, role, t.by.Area)
		who = slices.DeleteFunc(who, func(p models.Person) bool { return p.ID == t.by.PersonID })
		if err != nil || len(who) > 0 {
			return role, who, err
		}
	}
	return to, nil, nil
}

// passOn offers to hand on a sentence that sounds like a complaint. done is false when
// it does not.
func (t *talk) passOn() bool {
	if !topicOf(t.text).Alone || asksSomething(t.text) {
		return false
	}
	t.say("feedback.offer", "said", clip(t.text, 20), "hint", topicOf(t.text).Hint)
	t.menu(
		dialog.Option{Label: t.texts.Say("feedback.pass_on"), Say: t.texts.Say("feedback.word") + " " + t.text},
		dialog.Option{Label: t.texts.Say("feedback.no"), Say: t.texts.Say("help.word")},
	)
	return true
}
