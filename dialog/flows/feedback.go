package flows

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
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
	t.do(Complain{Feedback: f, Tell: t.tellReceivers(to, who)})
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

// feedbackPage is how many a screen lists.
const feedbackPage = 6

// feedbackWaiting lists what this person can answer. done is false when nothing waits.
func (t *talk) feedbackWaiting(after uint64) (done bool, err error) {
	fs, more, err := t.view.Feedbacks().Waiting(t.ctx, *t.by, t.ownDept(), t.now, after, feedbackPage)
	if err != nil || len(fs) == 0 {
		return false, err
	}
	t.say("feedback.waiting")
	var opts []dialog.Option
	for _, f := range fs {
		who := f.ByName
		if f.Secret {
			who = topicCalled(f.About).Label
		}
		opts = append(opts, dialog.Option{
			Label: t.texts.Say("feedback.line", "day", t.dayOf(f), "who", who, "text", clip(f.Text, 14)),
			Say:   t.texts.Say("feedback.look_say", "id", formatID(f.ID)),
		})
	}
	t.linesMenu(opts, more, map[string]string{"more": "feedback", "after": formatID(fs[len(fs)-1].ID)})
	return true, nil
}

// ownDept is the code of the department this person speaks for.
func (t *talk) ownDept() string {
	if t.by.Role != models.RoleDepartment {
		return ""
	}
	return t.deptNamed(t.by.Department, models.County)
}

func (t *talk) dayOf(f models.Feedback) string { return t.daySaid(models.DayOf(f.At)) }

// feedbackMine shows what became of the person's own.
func (t *talk) feedbackMine() error {
	fs, err := t.view.Feedbacks().Mine(t.ctx, *t.by, feedbackPage)
	if err != nil {
		return err
	}
	if len(fs) == 0 {
		t.say("feedback.how")
		return nil
	}
	lines := []string{t.texts.Say("feedback.mine")}
	for _, f := range fs {
		line := t.texts.Say("feedback.own", "day", t.dayOf(f), "text", clip(f.Text, 20))
		if f.AnsweredAt != nil {
			line += t.texts.Say("feedback.own_answer", "who", f.AnsweredBy, "answer", clip(f.Answer, 60))
		} else {
			line += t.texts.Say("feedback.own_open", "who", t.texts.Say("feedback.to_"+string(f.To)))
		}
		lines = append(lines, line)
	}
	t.reply.Text = strings.Join(append(lines, t.texts.Say("feedback.how")), "\n")
	return nil
}

// feedbackLook is 看反馈 12: one of them whole; the next words are the answer.
func (t *talk) feedbackLook(arg string) error {
	if strings.TrimSpace(arg) == "" {
		return t.feedback("")
	}
	id, _ := strconv.ParseUint(strings.TrimSpace(arg), 10, 64)
	f, err := t.view.Feedbacks().Feedback(t.ctx, *t.by, t.ownDept(), t.now, id)
	if models.CodeOf(err) == models.NotFound {
		t.say("feedback.gone")
		return nil
	}
	if err != nil {
		return err
	}
	place := ""
	if a, err := t.view.Areas().Area(t.ctx, f.Area); err == nil {
		place = a.Name
	}
	who := f.ByName
	if f.Secret {
		who = t.texts.Say("feedback.somebody")
	}
	t.say("feedback.one", "about", topicCalled(f.About).Label, "day", t.dayOf(f), "place", place, "who", who, "text", f.Text)
	if f.AnsweredAt != nil {
		t.reply.Text += "\n" + t.texts.Say("feedback.answered", "who", f.AnsweredBy, "answer", f.Answer)
		return nil
	}
	if t.s.Form != nil { // the next words belong to the open question
		t.reply.Text += "\n" + t.texts.Say("feedback.answer_how", "id", formatID(id))
		return nil
	}
	t.reply.Text += "\n" + t.texts.Say("feedback.ask")
	t.menu(dialog.Option{Label: t.texts.Say("feedback.later"), Say: t.texts.Say("feedback.word")})
	t.s.Ask, t.s.Args = "feedback", map[string]string{"id": formatID(id)}
	return nil
}

// feedbackAnswer is 答复 12 …, or the words after a look at one.
func (t *talk) feedbackAnswer(arg string) error {
	head, text, _ := strings.Cut(strings.TrimSpace(arg), " ")
	id, err := strconv.ParseUint(zh.Fold(head), 10, 64)
	if err != nil || strings.TrimSpace(text) == "" {
		t.say("feedback.answer_how", "id", "12")
		return nil
	}
	f, err := t.view.Feedbacks().Feedback(t.ctx, *t.by, t.ownDept(), t.now, id)
	switch {
	case models.CodeOf(err) == models.NotFound:
		t.say("feedback.gone")
		return nil
	case err != nil:
		return err
	case f.AnsweredAt != nil:
		t.say("feedback.answered", "who", f.AnsweredBy, "answer", f.Answer)
		return nil
	case len([]rune(text)) > maxFeedback:
		t.say("feedback.too_long", "n", itoa(maxFeedback))
		return nil
	}
	t.do(AnswerFeedback{ID: id, Dept: t.ownDept(), Text: strings.TrimSpace(text), Push: t.answerPush(f, strings.TrimSpace(text))})
	t.say("feedback.sent")
	t.menu(dialog.Option{Label: t.texts.Say("feedback.next"), Say: t.texts.Say("feedback.word")})
	return nil
}

// feedbackSaid is what was said after a look at one: the answer. What may have been
// meant for the bot (a name, a number, a question) is asked about: it cannot be taken
// back from the other's phone.
func (t *talk) feedbackSaid() error {
	if said := t.kept["text"]; said != "" && zh.Fold(t.text) == zh.Fold(t.texts.Say("feedback.send")) {
		return t.feedbackAnswer(t.kept["id"] + " " + said)
	}
	if asksSomething(t.text) || containsAny(t.text, lex().Inquires) || namely(t.text) || digits(t.text) {
		t.say("feedback.sure", "text", clip(t.text, 40))
		t.menu(
			dialog.Option{Label: t.texts.Say("feedback.send")},
			dialog.Option{Label: t.texts.Say("feedback.later"), Say: t.texts.Say("feedback.word")},
		)
		t.s.Ask, t.s.Args = "feedback", map[string]string{"id": t.kept["id"], "text": t.text}
		return nil
	}
	return t.feedbackAnswer(t.kept["id"] + " " + t.text)
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
