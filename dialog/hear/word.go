package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// readWords reads the words that alone say the value of a field: 土木, C级,
// 自来水, 吃低保, 半劳力.
func (p *pass) readWords() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free || !t.is(set) || t.is(stage) {
			continue
		}
		if p.denied(i) {
			continue
		}
		did := false
		for _, v := range t.word.sets {
			if p.may(v.path) && !p.needsSubject(i, v) {
				p.put(i, i, v.path, v.text, flag(v))
				did = true
			}
		}
		if did {
			p.labelsHelped(i)
		}
	}
}

// needsSubject: 男 or 群众 in a sentence about nobody is not about anybody.
func (p *pass) needsSubject(i int, v value) bool {
	if !strings.HasPrefix(v.path, "member.") || p.asks(v.path) {
		return false
	}
	switch v.path {
	case "member.change_type":
		return !p.changed(i)
	case "member.sex", "member.occupation", "member.work_area":
		return p.subject[i] < 0 && p.c.About == ""
	}
	return false
}

// denied: 不是党员, 没有高血压. A yes-or-no field turns round; anything else is
// reported with the field it is about.
func (p *pass) denied(i int) bool {
	if i > 1 && p.toks[i-1].is(fill) && p.toks[i-1].word.text == "人" && p.toks[i-2].is(no) && p.toks[i-2].use == free && len(p.c.People) > 0 {
		p.subs = append(p.subs, subject{people: p.everybody(), every: true})
		p.subject[i-2] = len(p.subs) - 1 // 没有人吃低保
		for _, v := range p.toks[i].word.sets {
			if fieldOf(v.path).Kind == models.KindYesNo && p.may(v.path) {
				p.put(i-2, i, v.path, flip(v.text), 0)
				return true
			}
		}
	}
	if j := p.sharedNo(i); j >= 0 {
		for _, v := range p.toks[i].word.sets {
			if fieldOf(v.path).Kind == models.KindYesNo && p.may(v.path) {
				p.put(i, i, v.path, flip(v.text), 0)
				return true
			}
		}
	}
	if i == 0 || !p.toks[i-1].is(no) || p.toks[i-1].use != free || p.toks[i].gap {
		return false
	}
	w := p.toks[i].word
	if i > 1 && p.toks[i-2].use == free && (p.toks[i-2].is(label) || p.toks[i-2].is(set)) && p.toks[i-1].e-p.toks[i-1].s > 3 && !p.toks[i-1].is(notis) {
		return false // 电没有 自来水: the denial belongs to what stands before it
	}
	for _, v := range w.sets {
		f := models.FieldAt(v.path)
		switch {
		case f == nil || !p.may(v.path):
		case f.Kind == models.KindYesNo:
			p.put(i-1, i, v.path, flip(v.text), flag(v))
		default:
			g := []Fact{p.guess(i-1, i, v.path, "")}
			if key, ok := strings.CutPrefix(v.path, "member."); ok {
				g = p.guesses(g[0], key, p.about(i).people)
			}
			p.unread(i-1, i, WhyNoValue, g)
		}
		return true
	}
	return false
}

// sharedNo is the 没有 of 没有龙头企业和带头人带动, -1 when there is none.
func (p *pass) sharedNo(i int) int {
	joined := false
	for j := i - 1; j >= p.cls[p.clauseOf[i]].from; j-- {
		t := &p.toks[j]
		switch {
		case t.is(fill) && strings.Contains("和与跟及", t.word.text), t.kind == mark && t.brk == 0:
			joined = true
		case t.is(no) && joined:
			return j
		case t.is(label) || t.is(set) && !t.is(yes):
		default:
			return -1
		}
	}
	return -1
}

func flip(text string) string {
	if text == string(models.Yes) {
		return string(models.No)
	}
	return string(models.Yes)
}

// labelsHelped marks the label of the same field next to a word: 路是土路.
func (p *pass) labelsHelped(i int) {
	paths := p.toks[i].word.sets
	c := p.cls[p.clauseOf[i]]
	for j := max(c.from, i-3); j < min(c.to, i+3); j++ {
		t := &p.toks[j]
		if t.use != free || !t.is(label) || j == i {
			continue
		}
		for _, v := range paths {
			for _, l := range t.word.labels {
				if l == v.path || related(l, v.path) {
					if j+1 < c.to && j > i && p.toks[j+1].kind == amount {
						continue
					}
					if j < i && p.betweenAmount(j, i) {
						continue
					}
					t.use = helped
				}
			}
		}
	}
}

func (p *pass) betweenAmount(j, i int) bool {
	for k := j + 1; k < i; k++ {
		if p.toks[k].kind == amount && p.toks[k].use == free {
			return true
		}
	}
	return false
}

// related fields are named by the same words: 吃水 and 水源, 残疾证 and 健康.
func related(a, b string) bool {
	group := func(path string) string {
		switch path {
		case "condition.water_source", "condition.water_hard", "condition.water_safe":
			return "water"
		case "member.health", "member.disease", "member.disab_type", "member.disab_level":
			return "health"
		case "member.edu_level", "member.school_status", "member.school_name":
			return "school"
		case "household.hh_attr", "member.on_dibao", "member.on_tekun":
			return "aid"
		case "condition.house_struct", "condition.house_grade", "condition.house_area", "condition.house_fix_year",
			"condition.house_eval_date", "condition.house_eval_org":
			return "house"
		case "member.public_job", "income.pay_job":
			return "job"
		case "condition.road_type", "condition.road_km":
			return "road"
		case "household.no_phone", "household.phone":
			return "phone"
		case "household.hh_status", "household.exit_year_actual":
			return "exit"
		}
		return path
	}
	return group(a) == group(b)
}

// labelsOf are the paths a token is a name of.
func labelsOf(t *token) []string {
	if !t.is(label) {
		return nil
	}
	return t.word.labels
}
