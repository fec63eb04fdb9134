package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/models"
)

// people gives everybody new a slot in the roster. Without a name nobody is
// added: the caller asks.
func (k *kit) people(f *dialog.Form, ps []hear.NewPerson) []dialog.Assign {
	var out []dialog.Assign
	list := f.Value(pathRoster)
	next, added := nextRef(f), false
	for _, p := range ps {
		if p.Name == "" {
			continue
		}
		if same := sameMember(f, p); same != "" { // told once more: nobody is added twice
			for _, fact := range p.Facts {
				path := same + strings.TrimPrefix(fact.Path, "m")
				out = append(out, dialog.Assign{Path: path, Value: fact.Value, Said: k.tell(f, path, fact.Value), Unsure: fact.Approx && vague(fact)})
			}
			continue
		}
		added = true
		list = strings.TrimPrefix(list+","+next, ",")
		out = append(out, dialog.Assign{Path: next + ".name", Value: p.Name, Said: k.introduced(f, p)})
		for _, fact := range p.Facts {
			path := next + strings.TrimPrefix(fact.Path, "m")
			if path == next+".name" {
				continue
			}
			a := dialog.Assign{Path: path, Value: fact.Value, Said: p.Name + " " + k.brief1(path, fact.Value), Unsure: fact.Approx && vague(fact)}
			if introduces[fact.Path] {
				a.Said = ""
			}
			out = append(out, a)
		}
		next = bump(next)
	}
	if added {
		out = append([]dialog.Assign{{Path: pathRoster, Value: list}}, out...)
	}
	return out
}

// unnamed asks for the names of those of whom only the relation was said: 老母亲78.
// Nobody can be registered without a name, and nobody is passed over in silence.
func (k *kit) unnamed(ps []hear.NewPerson) string {
	var lines string
	for _, p := range ps {
		if p.Name == "" && p.Said != "" {
			lines = joinLines(lines, k.texts.Say("unread.no_name", "said", clip(p.Said, 12)))
		}
	}
	return lines
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
	relation := ""
	for _, fact := range p.Facts {
		if fact.Path == "m.relation" {
			relation = fact.Value
		}
	}
	for _, s := range present(f) {
		if s.name() == p.Name && (relation == "" || s.v("relation") == "" || s.v("relation") == relation) {
			return s.ref
		}
	}
	return ""
}
