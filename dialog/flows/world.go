package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/models"
)

// world is what the cards of a plan look up beyond the form, when they need it:
// most turns need nothing of it and cost no query.
type world struct {
	load      func() ([]models.Person, error)
	officials []models.Person
	depts     []string // of the officials
	loaded    bool
	self      string // person id of who speaks
	err       error
}

// look gives the cards of a form the view of this turn.
func (t *talk) look(f *dialog.Form) {
	if t.by == nil || f == nil {
		return
	}
	village := f.Marks[markVillage]
	if !isNew(f) && len(f.Thing) > models.VillageDigits {
		village = f.Thing[:models.VillageDigits]
	}
	f.World = &world{self: t.by.PersonID, load: func() ([]models.Person, error) {
		return t.view.People().Officials(t.ctx, *t.by, village)
	}}
}

// officials are the people who can answer for things of the household's village.
func (k *kit) officials(f *dialog.Form) []models.Person {
	w, ok := f.World.(*world)
	if !ok {
		return nil
	}
	if !w.loaded {
		w.officials, w.err = w.load()
		w.loaded = true
		w.depts = make([]string, len(w.officials))
		for i := range w.officials {
			w.depts[i] = k.deptOf(&w.officials[i])
		}
	}
	return w.officials
}

// deptAt is the department of the official with that index.
func (k *kit) deptAt(f *dialog.Form, i int) string { return f.World.(*world).depts[i] }

// self is who speaks.
func self(f *dialog.Form) string {
	if w, ok := f.World.(*world); ok {
		return w.self
	}
	return ""
}

// worldErr is what went wrong when the cards looked something up.
func worldErr(f *dialog.Form) error {
	if f == nil {
		return nil
	}
	if w, ok := f.World.(*world); ok {
		return w.err
	}
	return nil
}

// deptOf is the code of a person's department, "" when the profile has none such.
func (k *kit) deptOf(p *models.Person) string {
	for _, name := range []string{p.Department, p.Unit} {
		if key := k.deptNamed(name, p.Level()); key != "" {
			return key
		}
	}
	return ""
}

// deptNamed is the code of a department by a name it goes by. A unit is often
// written with its place in front: 示范县农业局.
func (k *kit) deptNamed(name string, level models.Level) string {
	best, length := "", 0
	for _, it := range k.profile.Codes["dept"] {
		if l := models.Level(it.More["level"]); l != "" && level != "" && l != level {
			continue
		}
		for _, word := range it.Names() {
			if name == it.Key || len(word) > length && strings.HasSuffix(name, word) {
				best, length = it.Key, len(word)
			}
		}
	}
	return best
}

// known are the officials as the reader of sentences takes them.
func (k *kit) knownOfficials(f *dialog.Form) []plan.Official {
	var out []plan.Official
	for i, p := range k.officials(f) {
		out = append(out, plan.Official{ID: p.ID, Name: p.Name, Level: string(p.Level()), Dept: k.deptAt(f, i), Unit: p.Unit, Post: p.Post})
	}
	return out
}

// official is the person of that id, nil when nobody known has it.
func (k *kit) official(f *dialog.Form, id string) *models.Person {
	if id == "" {
		return nil
	}
	ps := k.officials(f)
	for i := range ps {
		if ps[i].ID == id {
			return &ps[i]
		}
	}
	return nil
}
