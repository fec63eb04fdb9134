package flows

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// spot is an area that is asked about: one of the tree, or a group of a village.
type spot struct {
	models.Area
	group string // as it was said; "" for the whole area
	guess string // what was said, when it is a group only because it is nothing else
}

// placeOf finds where a question is about: what was said, else the person's own
// area. ok is false when the reply says why not (an unknown area, one beyond the
// person's, several of one name) or asks; again is the command that asks anew, for
// the lines to tap.
func (t *talk) placeOf(q inquiry, again string) (p spot, ok bool, err error) {
	p.group = q.group
	left := slices.Clone(q.left)
	if n := len(left); n > 0 && p.group == "" && looksGroup(left[n-1]) { // 大水井组 has no number
		p.group, left = left[n-1], left[:n-1]
	}
	switch {
	case len(left) > 0:
		found, rest, err := t.namedArea(left)
		if err != nil {
			return p, false, err
		}
		if len(found) == 0 { // 人民村 has a word in it
			if found, _, err = t.namedArea(q.whole); err != nil {
				return p, false, err
			}
			if len(found) > 0 {
				rest = ""
			}
		}
		if len(found) == 0 && p.group == "" && len(left) == 1 && t.level() == models.Village {
			p.group, found, rest = left[0], []models.Area{{Code: t.area()}}, "" // a group called after its place
			if p.guess = left[0]; utf8.RuneCountInString(q.whole[0]) <= maxNameRunes {
				p.guess = q.whole[0] // 张大有 has a word in it
			}
		} else if rest != "" && p.group != "" {
			p.group = rest + p.group // 曼班三队
			if len(found) == 0 {
				found = []models.Area{{Code: t.area()}}
			}
			rest = ""
		} else if rest != "" && len(found) > 0 && models.LevelOf(found[0].Code) == models.Village {
			p.group, rest = rest, "" // a group called after its place
		}
		if p.Area, ok = t.oneArea(found, strings.Join(left, ""), again); !ok || rest != "" {
			if ok {
				t.say("place.unknown", "said", clip(rest, 16))
			}
			return p, false, nil
		}
	case q.has("here") && q.first("here").What == string(models.GroupLevel):
		p.Code, ok = t.area(), true
		if len(t.by.Groups) > 1 && p.group == "" {
			t.askGroup(again)
			return p, false, nil
		} else if len(t.by.Groups) == 1 && p.group == "" {
			p.group = t.by.Groups[0]
		}
	case q.has("here"):
		p.Code, ok = t.here(models.Level(q.first("here").What))
	default:
		p.Code, ok = t.area(), true
	}
	if !ok {
		return p, false, t.askPlace(again)
	}
	return t.settled(p, again)
}

// settled checks that the area is within the person's, and that a group has a village.
func (t *talk) settled(p spot, again string) (spot, bool, error) {
	if !(models.Actor{Area: t.area()}).Within(p.Code) {
		name := p.Name
		if name == "" {
			a, err := t.view.Areas().Area(t.ctx, p.Code)
			if err != nil && models.CodeOf(err) != models.NotFound {
				return p, false, err
			}
			name = a.Name
		}
		t.say("place.beyond", "area", name, "own", t.by.AreaName)
		t.menu(dialog.Option{Label: t.texts.Say("place.own", "own", t.by.AreaName), Say: again})
		return p, false, nil
	}
	p.Level = models.LevelOf(p.Code)
	if p.group != "" && p.Level != models.Village {
		return p, false, t.askVillage(p, again)
	}
	return p, true, nil
}

// area is the person's own area as far as households have one: a group's is its village.
func (t *talk) area() string { return t.by.Area[:min(len(t.by.Area), models.VillageDigits)] }

func (t *talk) level() models.Level { return models.LevelOf(t.area()) }

// here is the person's own area of a level; not ok when it is above several of them.
func (t *talk) here(l models.Level) (string, bool) {
	digits := map[models.Level]int{models.Village: models.VillageDigits, models.Township: models.TownshipDigits, models.County: models.CountyDigits}[l]
	own := t.area()
	if len(own) >= digits {
		return own[:digits], true
	}
	return own, false
}

// askPlace: 我们村 said by somebody who has many. Words like 各村 mean the own area.
func (t *talk) askPlace(again string) error {
	t.say("place.which", "own", t.by.AreaName)
	return t.offerAreas(t.area(), again, "")
}

// askGroup: 我们组 said by somebody who has several.
func (t *talk) askGroup(again string) {
	t.say("place.which_group")
	var opts []dialog.Option
	for _, g := range t.by.Groups[:min(len(t.by.Groups), maxOptions)] {
		opts = append(opts, dialog.Option{Label: g, Say: again + " " + g})
	}
	t.menu(opts...)
}

// askVillage: a group was named, but not of which village.
func (t *talk) askVillage(p spot, again string) error {
	t.say("place.group_where", "group", p.group)
	if p.Level != models.Township {
		return nil
	}
	return t.offerAreas(p.Code, again, p.group)
}

// offerAreas makes the areas below one lines to tap.
func (t *talk) offerAreas(code, again, group string) error {
	areas, err := t.view.Areas().Children(t.ctx, code)
	if err != nil {
		return err
	}
	var opts []dialog.Option
	for _, a := range areas[:min(len(areas), maxOptions)] {
		opts = append(opts, dialog.Option{Label: a.Name + group, Say: strings.TrimSpace(again + " " + a.Name + group)})
	}
	t.menu(opts...)
	return nil
}

// oneArea is the one that is meant among those of a name: one within the person's
// area before one beyond. Several are offered.
func (t *talk) oneArea(found []models.Area, said, again string) (models.Area, bool) {
	var own []models.Area
	for _, a := range found {
		if (models.Actor{Area: t.area()}).Within(a.Code) {
			own = append(own, a)
		}
	}
	switch {
	case len(own) == 1:
		return own[0], true
	case len(own) > 1:
		t.say("place.several", "said", clip(said, 16))
		var opts []dialog.Option
		for _, a := range own[:min(len(own), maxOptions)] {
			opts = append(opts, dialog.Option{Label: a.Name + " " + a.Code, Say: again + " " + a.Code})
		}
		t.menu(opts...)
		return models.Area{}, false
	case len(found) > 0:
		return found[0], true
	}
	t.say("place.unknown", "said", clip(said, 16))
	return models.Area{}, false
}

// maxNameRunes is how long the name of a person usually is at most.
const maxNameRunes = 4

// maxPlaceRunes is how long the name of a place is that anybody says, with what it lies in.
const maxPlaceRunes = 12

// namedArea finds the areas that runs of text name: 大水井村, 大水井, 清水乡大水井村, a code.
// rest is what stands behind the last name.
func (t *talk) namedArea(runs []string) (found []models.Area, rest string, err error) {
	said := strings.Join(runs, "")
	if digits(said) && models.LevelOf(said) != "" {
		a, err := t.view.Areas().Area(t.ctx, said)
		if models.CodeOf(err) == models.NotFound {
			return nil, "", nil
		}
		return []models.Area{a}, "", err
	}
	r := []rune(said)
	if len(r) < 2 || len(r) > maxPlaceRunes {
		return nil, said, nil
	}
	var names []string
	for i := range r {
		for j := i + 2; j <= len(r); j++ {
			names = append(names, areaNames(string(r[i:j]))...)
		}
	}
	all, err := t.view.Areas().Named(t.ctx, names[:min(len(names), 512)])
	if err != nil {
		return nil, said, err
	}
	for rest = said; rest != ""; {
		next, n := longestArea(all, found, rest)
		if n == 0 {
			return found, rest, nil
		}
		found, rest = next, rest[n:]
	}
	return found, "", nil
}

// longestArea is what the longest beginning of text names, within what was named before.
func longestArea(all, within []models.Area, text string) (found []models.Area, n int) {
	for end := len(text); end > 0; end-- {
		if end < len(text) && !utf8.RuneStart(text[end]) {
			continue
		}
		names := areaNames(text[:end])
		for _, a := range all {
			below := len(within) == 0
			for _, w := range within {
				below = below || a.Code != w.Code && strings.HasPrefix(a.Code, w.Code)
			}
			if below && slices.Contains(names, zh.Fold(a.Name)) {
				found = append(found, a)
			}
		}
		if len(found) > 0 {
			return found, end
		}
	}
	return nil, 0
}

// areaNames are the names an area may have that is called so: 大水井 is 大水井村 or
// 大水井乡, 大水井村 is 大水井村委会 on some lists, and the other way round.
func areaNames(said string) []string {
	bare, had := said, ""
	for _, tail := range lex().AreaTails {
		if rest, ok := strings.CutSuffix(said, tail); ok && utf8.RuneCountInString(rest) >= 2 {
			bare, had = rest, tail
			break
		}
	}
	names := []string{said}
	for _, tail := range lex().AreaTails {
		if tail != had && (strings.HasPrefix(tail, had) || strings.HasPrefix(had, tail)) {
			names = append(names, bare+tail)
		}
	}
	return names
}

// calledArea reports whether a run of text is called like an area: it ends as one
// does, or is a code.
func calledArea(run string) bool {
	if digits(run) {
		return len(run) >= models.CountyDigits && models.LevelOf(run) != "" // 3500 is a sum
	}
	for _, tail := range lex().AreaTails {
		if rest, ok := strings.CutSuffix(run, tail); ok && utf8.RuneCountInString(rest) >= 2 {
			return true
		}
	}
	return false
}
