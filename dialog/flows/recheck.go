package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// recheckLine says which clears have to be looked at again after a save: 下游要复核：措施、资金.
func (t *talk) recheckLine(d *models.Dossier) string {
	if !d.Household.Rechecks.Known() {
		return ""
	}
	return t.texts.Say("recheck.line", "list", strings.Join(t.clearNames(d.Household.Rechecks), "、"))
}

// recheckOption leads to what has to be looked at again, when there is anything.
func (t *talk) recheckOption(d *models.Dossier) []dialog.Option {
	if !d.Household.Rechecks.Known() || d.Household.ID == "" {
		return nil
	}
	return []dialog.Option{{Label: t.texts.Say("recheck.look"), Say: t.sayOf("recheck.say", d)}}
}

func (t *talk) clearNames(keys models.Set) []string {
	var out []string
	for _, k := range keys {
		out = append(out, t.shortLabel(k))
	}
	return out
}

// recheck is 复核: what of a household waits to be looked at again, each a tap away
// from being left as it is.
func (t *talk) recheck(arg string) error {
	if !t.mayEdit() {
		t.say("open.read_only")
		return nil
	}
	if arg == "" && t.s.Form == nil && t.s.Last != "" {
		return t.recheckOf(t.s.Last)
	}
	id, _, err := t.oneHousehold(arg, "recheck")
	if err != nil || id == "" {
		return err
	}
	return t.recheckOf(id)
}

func (t *talk) recheckOf(id string) error {
	d, ok, err := t.onFile(id)
	if !ok {
		return err
	}
	t.s.Last = id
	if !d.Household.Rechecks.Known() {
		t.say("recheck.none", "head", d.Household.HeadName)
		return nil
	}
	names := t.clearNames(d.Household.Rechecks)
	t.say("recheck.ask", "head", d.Household.HeadName, "list", strings.Join(names, "、"))
	var opts []dialog.Option
	if len(names) > 1 {
		opts = append(opts, dialog.Option{Label: t.texts.Say("recheck.all")})
	}
	for _, n := range names {
		opts = append(opts, dialog.Option{Label: t.texts.Say("recheck.one", "clear", n)})
	}
	t.menu(opts...)
	t.s.Ask, t.s.Args = "recheck", map[string]string{"id": id}
	return nil
}

// answeredRecheck takes what the cadre says is as it should be.
func (t *talk) answeredRecheck() (bool, error) {
	d, ok, err := t.onFile(t.kept["id"])
	if !ok {
		return true, err
	}
	said := zh.Fold(t.text)
	var left, done models.Set
	for _, key := range d.Household.Rechecks {
		name := t.shortLabel(key)
		if said == zh.Fold(t.texts.Say("recheck.all")) || said == zh.Fold(t.texts.Say("recheck.one", "clear", name)) || zh.YesNo(t.text) == zh.Yes && len([]rune(t.text)) <= 3 {
			done = append(done, key)
		} else {
			left = append(left, key)
		}
	}
	if len(done) == 0 {
		return false, nil
	}
	d.Household.Rechecks = left
	t.do(SaveHousehold{Dossier: d, Base: d.Household.Version})
	t.s.Saved = t.by.Source
	t.say("recheck.done", "head", d.Household.HeadName, "list", strings.Join(t.clearNames(done), "、"))
	if line := t.recheckLine(d); line != "" {
		t.reply.Text += "\n" + line
		t.menu(t.recheckOption(d)...)
	}
	return true, nil
}

// onlyRechecks reports whether a save only said that something stays as it is.
func onlyRechecks(cs []models.Change) bool {
	for _, c := range cs {
		if c.Field != "_rechecks" {
			return false
		}
	}
	return len(cs) > 0
}
