package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/models"
)

// people gives everybody new a slot in the roster. Without a name nobody is
// added: nameless asks.
func (k *kit) people(f *dialog.Form, ps []hear.NewPerson) []dialog.Assign {
	var out []dialog.Assign
	list, refs := f.Value(pathRoster), slots(f, ps)
	for i, p := range ps {
		ref := refs[i]
		if ref == "" {
			continue
		}
		if (slot{f, ref}).name() != "" { // told once more: nobody is added twice
			for _, fact := range p.Facts {
				path := ref + strings.TrimPrefix(fact.Path, "m")
				out = append(out, dialog.Assign{Path: path, Value: fact.Value, Said: k.tell(f, path, fact.Value), Unsure: fact.Approx && vague(fact)})
			}
			continue
		}
		list = strings.TrimPrefix(list+","+ref, ",")
		out = append(out, k.newcomer(f, ref, p)...)
	}
	if list != f.Value(pathRoster) {
		out = append([]dialog.Assign{{Path: pathRoster, Value: list}}, out...)
	}
	return out
}

// newcomer is what is written of somebody who joins the household.
func (k *kit) newcomer(f *dialog.Form, ref string, p hear.NewPerson) []dialog.Assign {
	out := []dialog.Assign{{Path: ref + ".name", Value: p.Name, Said: k.introduced(f, p)}}
	for _, fact := range p.Facts {
		path := ref + strings.TrimPrefix(fact.Path, "m")
		if path == ref+".name" {
			continue
		}
		a := dialog.Assign{Path: path, Value: fact.Value, Said: p.Name + " " + k.brief1(path, fact.Value), Unsure: fact.Approx && vague(fact)}
		if introduces[fact.Path] {
			a.Said = ""
		}
		out = append(out, a)
	}
	return out
}

// slots are the slots of people told of: that of the member somebody is already,
// else the next free one; "" for who has no name yet.
func slots(f *dialog.Form, ps []hear.NewPerson) []string {
	out := make([]string, len(ps))
	next := nextRef(f)
	for i, p := range ps {
		if p.Name == "" {
			continue
		}
		if out[i] = sameMember(f, p); out[i] == "" {
			out[i], next = next, bump(next)
		}
	}
	return out
}

// ofNew gives the guesses about somebody new the slot that they get. Of who has
// no name nothing can be asked yet.
func ofNew(u hear.Unread, slots []string) hear.Unread {
	if u.New == 0 {
		return u
	}
	ref := slots[u.New-1]
	guess := u.Guess
	u.Guess = nil
	for _, g := range guess {
		if key, ok := strings.CutPrefix(g.Path, "m."); ok {
			g.Path = ref + "." + key
		}
		if ref != "" {
			u.Guess = append(u.Guess, g)
		}
	}
	return u
}

// sure parts those of whom something is said that makes them members (relation,
// sex, birth, number) from the rest: 施工队跑了 adds nobody. To the question who
// lives there every name is an answer.
func sure(ps []hear.NewPerson, open []string) (members, strangers []hear.NewPerson) {
	roster := slices.Contains(open, pathRoster) // or a message that names a member for sure
	for _, p := range ps {
		for _, fact := range p.Facts {
			roster = roster || introduces[fact.Path]
		}
	}
	if roster {
		return ps, nil
	}
	for _, p := range ps {
		if p.Name != "" {
			strangers = append(strangers, p)
		}
	}
	return nil, strangers
}

// introduces are the facts that a new member is introduced with.
var introduces = map[string]bool{"m.relation": true, "m.sex": true, "m.birth": true, "m.id_no": true}

// introduced is «张小军（之子 男 28岁）», all in one word.
func (k *kit) introduced(f *dialog.Form, p hear.NewPerson) string {
	vals := map[string]string{}
	for _, fact := range p.Facts {
		vals[fact.Path] = fact.Value
	}
	var parts []string
	for _, key := range []string{"relation", "sex"} {
		if v := vals["m."+key]; v != "" {
			parts = append(parts, k.reader.Show("m1."+key, v))
		}
	}
	if v := vals["m.birth"]; v != "" {
		if age := models.Date(v).AgeOn(models.Date(f.Marks[markToday])); age >= 0 {
			parts = append(parts, k.texts.Say("confirm.age", "age", itoa(age)))
		}
	}
	if v := vals["m.id_no"]; v != "" {
		parts = append(parts, k.texts.Say("member.id", "id", models.IDNumber(v).String()))
	}
	if len(parts) == 0 {
		return k.texts.Say("member.added_plain", "name", p.Name)
	}
	return k.texts.Say("member.added", "name", p.Name, "list", strings.Join(parts, " "))
}

// bump is the slot after ref.
func bump(ref string) string {
	n := 0
	for _, r := range ref[1:] {
		n = n*10 + int(r-'0')
	}
	return "m" + itoa(n+1)
}

// sameMember is the slot of the member that a person told of is already: the
// same name, and no other relation.
func sameMember(f *dialog.Form, p hear.NewPerson) string {
	relation := relationOf(p)
	for _, s := range present(f) {
		if s.name() == p.Name && (relation == "" || s.v("relation") == "" || s.v("relation") == relation) {
			return s.ref
		}
	}
	return ""
}
