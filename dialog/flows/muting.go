package flows

import (
	"strings"
	"time"
	"unicode"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// muteWish is what was said of putting a household's reminders off.
type muteWish struct {
	who    string // name, group, number: what a look-up takes
	until  models.Date
	reason string
}

// ofReminders hears sentences about reminders that do not begin with a command:
// 暂停 张大有 提醒 到6月 外出务工, 张大有家的提醒先停到年底, 恢复 张大有 提醒, 提醒太多了.
func (t *talk) ofReminders() (bool, error) {
	word := t.texts.Say("remind.word")
	if !strings.Contains(t.text, word) {
		return false, nil
	}
	l := lex()
	muting, back := containsAny(t.text, l.MuteVerbs), containsAny(t.text, l.UnmuteVerbs)
	if t.s.Form != nil && !muting && !back {
		return false, nil // it may be an answer
	}
	who := t.readMute(t.text).who
	switch {
	case back && who != "":
		return true, t.unmute(t.text)
	case muting && who != "":
		return true, t.mute(t.text)
	case t.s.Form == nil:
		return true, t.remind(strings.ReplaceAll(t.text, word, ""))
	}
	return false, nil
}

// readMute takes a sentence apart: whose, until when, why.
func (t *talk) readMute(text string) muteWish {
	l := lex()
	for _, w := range append(append(append([]string{}, l.UnmuteVerbs...), l.MuteVerbs...), l.MuteNoise...) {
		text = strings.ReplaceAll(text, w, " ")
	}
	for _, w := range l.UntilWords {
		text = strings.ReplaceAll(text, w, " "+l.UntilWords[0])
	}
	var m muteWish
	var who, why []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("，,。、；;（）()", r) }) {
		if rest, ok := strings.CutPrefix(part, l.UntilWords[0]); ok && m.until == "" {
			if m.until, part = t.untilSaid(rest); m.until == "" {
				part = rest
			}
		} else if day, left := t.untilSaid(part); day != "" && left == "" && m.until == "" {
			m.until, part = day, ""
		}
		name := t.ownerOf(part)
		switch {
		case part == "":
		case len(why) == 0 && m.until == "" && (len(who) == 0 && namely(name) || looksGroup(name) || strings.HasSuffix(name, "号") && digits(strings.TrimSuffix(name, "号"))):
			who = append(who, name)
		default:
			why = append(why, part)
		}
	}
	m.who, m.reason = strings.Join(who, " "), clip(strings.Join(why, "，"), reasonMost)
	return m
}

// reasonMost is how long a reason may be.
const reasonMost = 40

// ownerOf drops what makes a name a possessive: 张大有家的.
func (t *talk) ownerOf(s string) string {
	for _, w := range lex().Owners {
		s = strings.TrimSuffix(s, w)
	}
	return s
}

// untilSaid is the last day that the beginning of words means, a day to come within a
// year, and the words behind it: 6月外出务工 is 30 June and 外出务工.
func (t *talk) untilSaid(s string) (models.Date, string) {
	r := []rune(s)
	for n := min(len(r), 12); n >= 2; n-- {
		for _, tail := range []string{"", lex().UntilTail} { // 三个月 means 三个月后
			d, problem := zh.ReadDateLean(string(r[:n])+tail, t.in.At, zh.Future)
			if problem != zh.DateOK || d.Precision < zh.Month {
				continue
			}
			last := models.Date(d.Last().Format(time.DateOnly))
			if last > t.today() && last <= models.Date(t.in.At.AddDate(1, 0, 0).Format(time.DateOnly)) {
				return last, string(r[n:])
			}
		}
	}
	return "", s
}

// mute puts a household's reminders off, and asks for what was not said.
func (t *talk) mute(arg string) error {
	m := t.readMute(arg)
	if m.who == "" {
		t.say("mute.whom")
		t.s.Ask = "mute"
		return nil
	}
	id, head, err := t.oneHousehold(m.who, "mute")
	if err != nil || id == "" {
		return err
	}
	return t.muteOf(id, head, m.until, m.reason)
}

// muteOf asks for the day and the reason, then does it.
func (t *talk) muteOf(id, head string, until models.Date, reason string) error {
	t.s.Args = map[string]string{"id": id, "head": head, "until": string(until), "reason": reason}
	switch {
	case until == "":
		t.say("mute.until", "head", head)
		t.s.Ask, t.asked = "mute_until", t.s.Form == nil
		t.menu(dialog.Option{Label: t.texts.Say("mute.month")}, dialog.Option{Label: t.texts.Say("mute.quarter")}, dialog.Option{Label: t.texts.Say("mute.year")})
		return nil
	case reason == "":
		t.say("mute.why", "head", head)
		t.s.Ask, t.asked = "mute_why", t.s.Form == nil
		t.menu(dialog.Option{Label: t.texts.Say("mute.away")}, dialog.Option{Label: t.texts.Say("mute.done_already")}, dialog.Option{Label: t.texts.Say("mute.waits")})
		return nil
	}
	t.s.Args = nil
	d, err := t.view.Households().Dossier(t.ctx, *t.by, id, 0)
	if err != nil {
		return err
	}
	what := t.texts.Say("mute.told", "name", t.by.Name, "who", t.maskedOf(d), "until", t.dayText(until))
	t.do(MuteHousehold{Mute: models.Mute{HouseholdID: id, Until: until, Reason: reason}, What: what, Profile: t.profile})
	t.say("mute.done", "head", head, "until", t.dayText(until), "reason", reason)
	t.reply.Options = []dialog.Option{{Label: t.texts.Say("mute.undo"), Say: t.sayOf("unmute.say", d)}}
	return nil
}

// mutedOn takes the answer to one of the two questions.
func (t *talk) mutedOn(ask string) (bool, error) {
	if t.kept["id"] == "" {
		return false, nil
	}
	if t.isCancel() {
		t.say("mute.kept", "head", t.kept["head"])
		return true, nil
	}
	until, reason := models.Date(t.kept["until"]), t.kept["reason"]
	switch ask {
	case "mute_until":
		l := lex()
		said := t.text
		for _, w := range l.UntilWords {
			said = strings.TrimPrefix(said, w)
		}
		var rest string
		if until, rest = t.untilSaid(strings.TrimSpace(said)); until == "" {
			t.note("mute.no_day")
		} else if reason == "" {
			reason = clip(strings.Trim(rest, "，, 。"), reasonMost)
		}
	default:
		reason = clip(t.text, reasonMost)
	}
	return true, t.muteOf(t.kept["id"], t.kept["head"], until, reason)
}

// dayText is a date as people say it.
func (t *talk) dayText(d models.Date) string { return t.reader.Show("household.visit_date", string(d)) }

// maskedOf is a household for those who have others: 三组张某户.
func (t *talk) maskedOf(d *models.Dossier) string {
	r := []rune(d.Household.HeadName)
	return d.Household.Group + string(r[:min(1, len(r))]) + t.texts.Say("mute.masked")
}

// unmute lets a household be heard of again.
func (t *talk) unmute(arg string) error {
	m := t.readMute(arg)
	if m.who == "" {
		set, err := t.view.Reminders().Setting(t.ctx, t.by.PersonID)
		if err != nil {
			return err
		}
		if set.Amount == models.RemindNone { // 恢复提醒: what is stopped is all of it
			return t.remindAmount(models.RemindAll)
		}
		lines, err := t.mutedLines()
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			t.say("mute.none")
			return nil
		}
		t.reply.Text = strings.Join(append(lines, t.texts.Say("mute.back_how")), "\n")
		return nil
	}
	id, head, err := t.oneHousehold(m.who, "unmute")
	if err != nil || id == "" {
		return err
	}
	mutes, err := t.view.Reminders().Mutes(t.ctx, *t.by, models.DayOf(t.now))
	if err != nil {
		return err
	}
	d, err := t.view.Households().Dossier(t.ctx, *t.by, id, 0)
	if err != nil {
		return err
	}
	for _, one := range mutes {
		if one.HouseholdID == id {
			t.do(UnmuteHousehold{HouseholdID: id})
			t.say("mute.back", "head", head)
			t.reply.Options = []dialog.Option{{Label: t.texts.Say("mute.again"), Say: t.sayOf("mute.say", d)}}
			return nil
		}
	}
	t.say("mute.not_muted", "head", head)
	t.reply.Options = []dialog.Option{{Label: t.texts.Say("mute.look"), Say: t.sayOf("remind.say", d)}}
	return nil
}
