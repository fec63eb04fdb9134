package flows

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/clears"
)

// linesPage is how many areas or households a screen lists: with long names as many
// as WeChat takes.
const linesPage = 6

// lightsOfArea is 六清 of a group, a village or what lies above. done is false when
// the words are a household's.
func (t *talk) lightsOfArea(arg string) (done bool, err error) {
	if arg == "" && t.s.Form != nil {
		return false, nil
	}
	q := t.asks.read(arg, t.in.At)
	if named, err := t.namesArea(q); err != nil || !named {
		return false, err
	}
	return true, t.areaLights(q, 0)
}

// namesArea reports whether a question is about an area: it says whose, names a
// group or an area, or nothing at all.
func (t *talk) namesArea(q inquiry) (bool, error) {
	if len(q.left) == 0 {
		return true, nil
	}
	run := strings.Join(q.left, "")
	if calledArea(run) || len(q.left) == 1 && looksGroup(run) {
		return true, nil
	}
	if t.level() == models.Village { // one's own village is all there is: the rest are people
		own := func(token string) bool { return t.by.AreaName != "" && strings.Contains(token, t.by.AreaName) }
		return slices.Contains(areaNames(run), t.by.AreaName) || slices.ContainsFunc(q.whole, own), nil
	}
	found, rest, err := t.namedArea(q.left)
	return len(found) > 0 && rest == "", err
}

// sumsOf are the sums of a place, itself first, then of what lies right below it the
// parts asked for; of a group there is nothing below. ok is false when the reply says
// why there are none.
func (t *talk) sumsOf(p spot, below ...string) (all []models.Summary, ok bool, err error) {
	code := p.Code
	if p.group != "" {
		code += "/" + models.GroupKey(p.group)
	}
	all, err = t.view.Households().Judged(t.ctx, *t.by, t.profile.ID, code, below...)
	if models.CodeOf(err) == models.NotFound {
		t.say("place.beyond", "area", p.Name, "own", t.by.AreaName)
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if all[0].Households == 0 {
		return nil, false, t.noSums(p)
	}
	if p.group != "" {
		name, err := t.nameOf(spot{Area: p.Area})
		all[0].Name = name + all[0].Name
		return all, err == nil, err
	}
	return all, true, nil
}

// noSums says that nobody is on file, or that there is no such group.
func (t *talk) noSums(p spot) error {
	all, err := t.view.Households().Judged(t.ctx, *t.by, t.profile.ID, p.Code, "households")
	if err != nil {
		return err
	}
	if p.group == "" || all[0].Households == 0 {
		t.say("place.empty", "area", all[0].Name)
		return nil
	}
	if p.guess != "" {
		t.say("place.unknown", "said", clip(p.guess, 16))
		return nil
	}
	var names []string
	for _, part := range all[1:] {
		names = append(names, part.Name)
	}
	t.say("place.no_group", "area", all[0].Name, "group", clip(p.group, 12), "list", clip(strings.Join(names, "、"), 60))
	return nil
}

// called is how a place is named in a line to tap, so that it is found again. Above
// the townships names repeat: there the code is said.
func (t *talk) called(s models.Summary) string {
	code, group, inGroup := strings.Cut(s.Area, "/")
	name := s.Name
	if name == "" || len(code) == models.VillageDigits && len(t.area()) <= models.CountyDigits {
		name = code
		if inGroup {
			name += " " + group + t.texts.Say("group.tail")
		}
	}
	return name
}

// areaLights shows how an area stands: each clear, and what lies below it, the
// worst first.
func (t *talk) areaLights(q inquiry, from int) error {
	p, ok, err := t.placeOf(q, t.texts.Say("lights.word"))
	if !ok {
		return err
	}
	all, ok, err := t.sumsOf(p, "shade")
	if !ok {
		return err
	}
	whole := all[0]
	lines := []string{t.texts.Say("area.head", "area", whole.Name, "n", itoa(whole.Households), "six", itoa(whole.SixClear), "p", percent(whole.SixClear, whole.Households))}
	for i, c := range clears.Order {
		lines = append(lines, t.texts.Say("area.clear", "clear", t.profile.Labels[string(c)], "n", itoa(whole.Green[i]), "p", percent(whole.Green[i], whole.Households)))
	}
	if whole.Rechecks > 0 {
		lines = append(lines, t.texts.Say("area.recheck", "n", itoa(whole.Rechecks)))
	}
	if p.group != "" {
		return t.groupLights(whole, lines, from)
	}
	below := slices.Clone(all[1:])
	slices.SortStableFunc(below, func(a, b models.Summary) int {
		return cmp.Or(cmp.Compare(clearShare(a), clearShare(b)), cmp.Compare(b.Missing*a.Households, a.Missing*b.Households))
	})
	if len(below) > 0 {
		lines = append(lines, t.texts.Say("area.worst_first"))
	}
	if q.has("worst") && len(below) > 0 {
		w := below[0]
		lines = append(lines, t.texts.Say("area.worst", "area", w.Name, "six", itoa(w.SixClear), "n", itoa(w.Households), "missing", itoa(w.Missing)))
	}
	var opts []dialog.Option
	for _, s := range below[min(from, len(below)):min(from+linesPage, len(below))] {
		worst, n := worstClear(s)
		name := s.Name
		if len(p.Code) == models.VillageDigits {
			s.Name = whole.Name + s.Name
		}
		opts = append(opts, dialog.Option{
			Label: t.texts.Say("area.below", "area", name, "n", itoa(s.Households), "six", itoa(s.SixClear), "clear", t.shortLabel(string(worst)), "worst", itoa(n)),
			Say:   t.texts.Say("lights.word") + " " + t.called(s),
		})
	}
	t.reply.Text = strings.Join(lines, "\n")
	t.linesMenu(opts, from+linesPage < len(below), map[string]string{"more": "lights", "what": t.called(whole), "from": strconv.Itoa(from + linesPage)})
	return nil
}

// linesMenu makes lines to tap, with the next page below them.
func (t *talk) linesMenu(opts []dialog.Option, more bool, args map[string]string) {
	if more {
		opts = append(opts, dialog.Option{Label: t.texts.Say("more.word"), Say: t.texts.Say("more.word")})
	}
	t.menu(opts...)
	t.s.Args = nil
	if more {
		t.s.Args = args
	}
}

// groupLights lists the households of a group with their six lights.
func (t *talk) groupLights(whole models.Summary, lines []string, from int) error {
	village, key, _ := strings.Cut(whole.Area, "/")
	lights, err := t.view.Households().Lights(t.ctx, *t.by, t.profile.ID, village)
	if err != nil {
		return err
	}
	lights = slices.DeleteFunc(lights, func(l models.Light) bool { return l.GroupKey != key })
	var opts []dialog.Option
	for _, l := range lights[min(from, len(lights)):min(from+linesPage, len(lights))] {
		opts = append(opts, dialog.Option{
			Label: t.texts.Say("area.household", "head", l.Head, "lights", t.bulbs(l.Shades)),
			Say:   t.texts.Say("lights.say", "head", l.Head, "group", l.Group, "serial", l.HouseholdID[len(l.HouseholdID)-4:]),
		})
	}
	if from > 0 {
		lines = lines[:1]
	}
	t.reply.Text = strings.Join(lines, "\n")
	t.linesMenu(opts, from+linesPage < len(lights), map[string]string{"more": "lights", "what": t.called(whole), "from": strconv.Itoa(from + linesPage)})
	return nil
}

// bulbs are the six lights of a list: 🟢🟡🔴🔴🔴🔴.
func (t *talk) bulbs(shades string) string {
	out := ""
	for _, s := range shades {
		switch s {
		case models.LightClear:
			out += t.texts.Say("shade." + string(clears.Green))
		case models.LightMostly:
			out += t.texts.Say("shade." + string(clears.Yellow))
		case models.LightUnclear:
			out += t.texts.Say("shade." + string(clears.Red))
		}
	}
	return out
}

// clearShare is the share of green among all lights of an area, in hundredths of a
// percent.
func clearShare(s models.Summary) int {
	n := 0
	for _, g := range s.Green {
		n += g
	}
	return n * 10000 / max(1, 6*s.Households)
}

// worstClear is the clear that the fewest households of an area have.
func worstClear(s models.Summary) (clears.Clear, int) {
	worst := 0
	for i := range s.Green {
		if s.Green[i] < s.Green[worst] {
			worst = i
		}
	}
	return clears.Order[worst], s.Green[worst]
}

// percent is n of all in whole percent; what is not all is never called 100.
func percent(n, all int) string {
	if all == 0 {
		return "0"
	}
	p := (n*200 + all) / (2 * all)
	if p == 100 && n < all {
		p = 99
	}
	return strconv.Itoa(p)
}
