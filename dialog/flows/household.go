package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// onFile reads a household. One that is gone is said to be, and is not ok
// without an error.
func (t *talk) onFile(id string) (d *models.Dossier, ok bool, err error) {
	d, err = t.view.Households().Dossier(t.ctx, *t.by, id, 0)
	if models.CodeOf(err) == models.NotFound {
		t.say("open.gone")
		return nil, false, nil
	}
	return d, err == nil, err
}

// card shows one household on one screen.
func (t *talk) card(id string) error {
	d, ok, err := t.onFile(id)
	if !ok {
		return err
	}
	ls, err := t.judged(d)
	if err != nil {
		return err
	}
	t.do(LeaveTrace{HouseholdID: id, What: "card"})
	t.s.Last = id
	t.reply.Text = t.cardText(d, ls)
	h := d.Household
	if t.s.Form == nil || t.s.Form.Thing != id {
		opts := []dialog.Option{{Label: t.texts.Say("card.history"), Say: t.texts.Say("history.say", "head", h.HeadName, "group", h.Group, "serial", id[len(id)-4:])}}
		if t.mayEdit() {
			opts = append([]dialog.Option{{Label: t.texts.Say("card.open"), Say: t.texts.Say("open.say", "head", h.HeadName, "group", h.Group, "serial", id[len(id)-4:])}}, opts...)
		}
		t.menu(opts...)
	}
	return nil
}

// mayEdit: villages and townships record, the county looks (product.md «Who uses it»).
func (t *talk) mayEdit() bool {
	return t.by.Role == models.RoleVillage || t.by.Role == models.RoleTownship
}

// cardText is the household card: who, what they live from, the six lights,
// what is missing. Numbers are masked.
func (t *talk) cardText(d *models.Dossier, ls clears.Lights) string {
	h, c := d.Household, d.Condition
	lines := []string{t.householdHead(d, ls)}
	var ms []string
	for _, m := range d.Present() {
		ms = append(ms, t.memberBrief(m))
	}
	if len(ms) > 0 {
		lines = append(lines, t.texts.Say("card.members", "list", strings.Join(ms, "、")))
	}
	add := func(key string, vals ...string) {
		var parts []string
		for _, v := range vals {
			if v != "" {
				parts = append(parts, v)
			}
		}
		if len(parts) > 0 {
			lines = append(lines, t.texts.Say(key, "list", strings.Join(parts, "、")))
		}
	}
	add("card.land", t.telling("condition.farm", c.Farm.String()), t.telling("condition.forest", c.Forest.String()), t.telling("condition.industries", c.Industries), t.telling("condition.stock", c.Stock))
	add("card.house", t.shownAt("condition.house_area", c.HouseArea.String()), t.shownAt("condition.house_struct", c.HouseStruct), t.shownAt("condition.house_grade", c.HouseGrade), t.telling("condition.water_safe", string(c.WaterSafe)), t.shownAt("condition.road_type", c.RoadType))
	if pc := d.Income.NetPC(d.Size()); pc.Known() {
		lines = append(lines, t.texts.Say("card.income", "year", itoa(d.Income.Year), "pc", models.Hundredths(pc.N()/100*100).String()))
	}
	add("card.contact", h.Phone.String(), t.tail(d))
	if h.VisitDate != "" {
		lines = append(lines, t.texts.Say("card.visit", "date", string(h.VisitDate)))
	}
	return strings.Join(lines, "\n")
}

// householdHead is the first line of a household: head, group, size, kind, and
// the six lights.
func (t *talk) householdHead(d *models.Dossier, ls clears.Lights) string {
	h := d.Household
	parts := []string{t.texts.Say("card.head", "head", h.HeadName, "group", h.Group, "n", itoa(d.Size()))}
	if laborKnown(d) {
		parts[0] += t.texts.Say("card.labor", "labor", halves(models.LaborHalves(d.Members)))
	}
	for _, it := range []*models.CodeItem{t.profile.Item("attr", h.Attr), t.profile.Item("status", h.Status)} {
		if it != nil { // a household may have a kind of another programme's list
			parts = append(parts, it.Label)
		}
	}
	return strings.Join(parts, "，") + "\n" + t.lightsText(ls)
}

// laborKnown reports whether everybody's labour was recorded: a sum of some says
// nothing.
func laborKnown(d *models.Dossier) bool {
	ms := d.Present()
	for _, m := range ms {
		if m.Labor == "" {
			return false
		}
	}
	return len(ms) > 0
}

func (t *talk) telling(path, v string) string {
	if v == "" || v == "0" {
		return ""
	}
	return t.reader.Say(path, v)
}

func (t *talk) shownAt(path, v string) string {
	if v == "" {
		return ""
	}
	return t.reader.Show(path, v)
}

// memberBrief: 李秀英(配偶50岁).
func (t *talk) memberBrief(m models.Member) string {
	age := ""
	if a := m.Birth.AgeOn(t.today()); a >= 0 {
		age = t.texts.Say("confirm.age", "age", itoa(a))
	}
	return t.texts.Say("card.member", "name", m.Name, "relation", strings.TrimPrefix(t.profile.Label("relation", m.Relation), "之"), "age", age)
}

// tail is the masked number of the head.
func (t *talk) tail(d *models.Dossier) string {
	if h := d.Head(); h != nil && h.IDNo != "" {
		return t.texts.Say("card.id", "id", h.IDNo.String())
	}
	return ""
}

// lights is 六清 of one household, or of an area.
func (t *talk) lights(arg string) error {
	if done, err := t.lightsOfArea(arg); done || err != nil {
		return err
	}
	id, _, err := t.oneHousehold(arg, "lights")
	if err != nil || id == "" {
		return err
	}
	return t.lightsOf(id)
}

// lightsOf shows the lights of a household on file and what is missing.
func (t *talk) lightsOf(id string) error {
	d, ok, err := t.onFile(id)
	if !ok {
		return err
	}
	ls, err := t.judged(d)
	if err != nil {
		return err
	}
	t.s.Last = id
	t.reply.Text = t.householdHead(d, ls) + "\n" + t.missingText(d, ls)
	t.do(LeaveTrace{HouseholdID: id, What: "card"})
	if t.s.Form == nil || t.s.Form.Thing != id {
		t.menu(t.stepsOf(d, ls)...)
	}
	return nil
}

// stepsOf is what can be done about the lights of a household.
func (t *talk) stepsOf(d *models.Dossier, ls clears.Lights) []dialog.Option {
	var opts []dialog.Option
	if !t.mayEdit() {
		return nil
	}
	if !ls.Green() {
		opts = append(opts, dialog.Option{Label: t.texts.Say("save.fill")})
	}
	return append(opts, t.recheckOption(d)...)
}

// sayOf is a command about this very household: 复核 张大有 三组 0017号.
func (t *talk) sayOf(key string, d *models.Dossier) string {
	h := d.Household
	return t.texts.Say(key, "head", h.HeadName, "group", h.Group, "serial", h.ID[len(h.ID)-4:])
}
