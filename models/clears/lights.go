package clears

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Clear is one of the six clears; its text is the key of its name in the labels
// of the profile.
type Clear string

// The six clears in their order (domain.md §3).
const (
	Base   Clear = "base"    // 家底清
	Causes Clear = "cause"   // 致贫原因清
	Helps  Clear = "measure" // 帮扶措施清
	Money  Clear = "money"   // 投入产出清
	Duties Clear = "duty"    // 帮扶责任清
	Leaves Clear = "exit"    // 脱贫时序清
)

// Order are the six clears, each built on those before it.
var Order = [6]Clear{Base, Causes, Helps, Money, Duties, Leaves}

// Shade is the colour of a light; its text is the key of its name in the labels.
type Shade string

// The shades.
const (
	Green  Shade = "clear"   // 清
	Yellow Shade = "mostly"  // 基本清: only warnings without a reason, or a clear before it is red
	Red    Shade = "unclear" // 不清
)

// Missing is one thing that stands between a household and a clear.
type Missing struct {
	Item    string // letter of domain.md §3: "1b"
	Path    string // what to fill in or correct
	Member  int    // index of the member it is about, -1 for none
	Label   string // path of the field in the dictionary, key of the record, id of the rule, or key of the profile's label
	Message string // in words, "" when a field or record that Label names is just not filled in
	Soft    bool   // a warning: a reason given lets it pass
}

// Light is one clear with what it lacks.
type Light struct {
	Clear   Clear
	Shade   Shade
	Missing []Missing
}

// Lights are the six lights of a household.
type Lights [6]Light

// Green reports whether all six are clear.
func (l Lights) Green() bool {
	for _, x := range l {
		if x.Shade != Green {
			return false
		}
	}
	return true
}

// LightsOf judges the six clears of a dossier; accepted are the reasons given
// for warnings, by Finding.Key.
func LightsOf(d *models.Dossier, p *models.Profile, today models.Date, accepted map[string]string) Lights {
	return Judge{Profile: p, Today: today, Accepted: accepted}.Lights(d)
}

// Lights is LightsOf with the judge's context.
func (j Judge) Lights(d *models.Dossier) Lights {
	r := j.run(d)
	r.judge(func(row) bool { return true })
	b := &bulbs{run: r, found: j.waived(*r.found)}
	var out Lights
	for i, judge := range [6]func(*bulbs){(*bulbs).base, (*bulbs).causes, (*bulbs).helps, (*bulbs).money, (*bulbs).duties, (*bulbs).leaving} {
		b.missing = nil
		judge(b)
		if d.Household.Rechecks.Has(string(Order[i])) {
			b.tell(recheckItem, "household.rechecks", labelRecheck, true)
		}
		out[i] = Light{Clear: Order[i], Shade: shade(b.missing), Missing: b.missing}
	}
	chain(&out)
	return out
}

// What stands among the missing of a clear that is 待复核: never green, for what
// it builds on has changed; never red by that alone.
const (
	recheckItem  = "recheck"
	labelRecheck = "lack_recheck"
)

// Recheck reports whether the clear waits to be looked at again.
func (l Light) Recheck() bool {
	return slices.ContainsFunc(l.Missing, func(m Missing) bool { return m.Item == recheckItem })
}

func shade(ms []Missing) Shade {
	s := Green
	for _, m := range ms {
		if !m.Soft {
			return Red
		}
		s = Yellow
	}
	return s
}

// chain holds every light back at yellow while one before it is red.
func chain(l *Lights) {
	red := false
	for i := range l {
		if l[i].Shade == Red {
			red = true
		} else if red && l[i].Shade == Green {
			l[i].Shade = Yellow
		}
	}
}

// Downstream are the clears to be looked at again when a record of this kind
// changed (domain.md §3, 待复核): all after the one it belongs to.
func Downstream(record string) []Clear {
	n := map[string]int{"household": 0, "member": 0, "condition": 0, "income": 0, "cause": 1, "measure": 2,
		"fund": 3, "output": 3, "duty": 4, "helper": 4, "exit": 5}
	i, ok := n[record]
	if !ok {
		return nil
	}
	return slices.Clone(Order[i+1:])
}

// bulbs collects what one light after the other lacks.
type bulbs struct {
	*run
	found   []Finding
	missing []Missing
}

// lack notes something not filled in.
func (b *bulbs) lack(item, path, label string) {
	b.add(Missing{Item: item, Path: path, Member: memberOf(path), Label: label})
}

// need is lack if is holds.
func (b *bulbs) need(is bool, item, path, label string) {
	if is {
		b.lack(item, path, label)
	}
}

// tell notes something lacking that no field says, in the words of a label of
// the profile. vars are name and value in turn.
func (b *bulbs) tell(item, path, words string, soft bool, vars ...string) {
	m := make(map[string]string, len(vars)/2)
	for i := 0; i+1 < len(vars); i += 2 {
		m[vars[i]] = vars[i+1]
	}
	b.add(Missing{Item: item, Path: path, Member: -1, Label: words, Message: fill(b.p.Labels[words], m), Soft: soft})
}

// rules notes the findings of some rules; those that only warn are soft, and
// only asked for where the clear asks for them.
func (b *bulbs) rules(item string, warnings bool, ids ...string) {
	for _, f := range b.found {
		if !f.Blocks() && !warnings || !slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(f.Rule, id) }) {
			continue
		}
		path := f.Record
		if len(f.Fields) > 0 {
			path = f.Fields[0]
		}
		b.add(Missing{Item: item, Path: path, Member: memberOf(path), Label: f.Rule, Message: f.Message, Soft: !f.Blocks()})
	}
}

// add keeps one entry per path and message.
func (b *bulbs) add(m Missing) {
	if !slices.ContainsFunc(b.missing, func(o Missing) bool {
		return o.Path == m.Path && (o.Message == m.Message || o.Message == "" || m.Message == "")
	}) {
		b.missing = append(b.missing, m)
	}
}

// memberOf is the index in a member's path, -1 in any other.
func memberOf(path string) int {
	rest, ok := strings.CutPrefix(path, "m:")
	if !ok {
		return -1
	}
	n := 0
	for i := 0; i < len(rest) && rest[i] >= '0' && rest[i] <= '9'; i++ {
		n = n*10 + int(rest[i]-'0')
	}
	return n
}
