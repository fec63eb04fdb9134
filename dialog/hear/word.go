package hear

import (
	"slices"
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
		if p.deniedBehind(i) {
			continue
		}
		if p.subject[i] < 0 && strings.Contains(t.word.text, "都") && len(p.c.People) > 0 {
			p.subs = append(p.subs, p.others()) // 身体都还可以
			p.subject[i] = len(p.subs) - 1
		}
		if v := t.word.says("condition.stock"); v != nil && i > 0 && p.toks[i-1].is(species) && !p.toks[i-1].gap && p.told1("condition.stock") {
			p.mark(i-1, i, helped) // 养2头牛，猪没养
			continue
		}
		if strings.HasSuffix(t.word.text, "吃药") && p.illness(i) {
			t.use = helped // 肝硬化长期吃药: the sickness says which kind
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
	if p.unclear(i, v) {
		return true
	}
	if !strings.HasPrefix(v.path, "member.") || p.asks(v.path) {
		return false
	}
	if p.subject[i] < 0 && len(p.c.Open) > 0 && !p.membersOpen() {
		switch v.path { // 护林员 8000 for an open field of the income is nobody's post
		case "member.public_job", "member.work_area", "member.sex", "member.occupation", "member.political":
			return true
		}
	}
	switch v.path {
	case "member.change_type":
		return !p.changed(i)
	case "member.sex", "member.occupation", "member.work_area":
		return p.subject[i] < 0 && p.c.About == ""
	}
	return false
}

// deniedBehind: 龙头企业带动没有. The denial stands right behind, and says it of
// nothing else.
func (p *pass) deniedBehind(i int) bool {
	if i+1 >= len(p.toks) || !p.toks[i+1].is(no) || p.toks[i+1].use != free || p.toks[i+1].gap || p.toks[i+1].is(all) {
		return false
	}
	if i+2 < len(p.toks) && p.toks[i+2].kind != mark && !p.toks[i+2].gap {
		return false
	}
	for _, v := range p.toks[i].word.sets {
		if f := fieldOf(v.path); f != nil && f.Kind == models.KindYesNo && v.text == string(models.Yes) && p.may(v.path) && !p.needsSubject(i, v) {
			p.put(i, i+1, v.path, string(models.No), 0)
			return true
		}
	}
	return false
}

// onlyOf are words that say something of water or of health only where that is
// spoken of.
var onlyOf = map[string][]string{
	"condition.water": strings.Fields("干净 很干净 不干净 有点浑 浑 很浑 浑浊 不卫生 有泥沙 泥沙多 发黄 有虫 不太干净 不合格 不达标 够用 够喝 够吃 不够吃 不够用 不够喝 吃得够 不方便 没有困难 不困难 不困难了 经常没得 检测合格 干净卫生"),
	"member.health":   strings.Fields("都好 都还好 好着呢 还好 都好好的 还可以 都还可以"),
}

// unclear: 干净 in a text that speaks of no water.
func (p *pass) unclear(i int, v value) bool {
	for path, words := range onlyOf {
		if !strings.HasPrefix(v.path, path) || !slices.Contains(words, p.toks[i].word.text) {
			continue
		}
		for _, o := range p.c.Open {
			if strings.HasPrefix(dictPath(o), path) {
				return false
			}
		}
		for _, d := range p.drafts {
			if strings.HasPrefix(d.Path, path) {
				return false
			}
		}
		n := p.clauseOf[i]
		return path != "condition.water" || !p.ofWater(n)
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
	if len(w.sets) == 0 {
		return false
	}
	v := w.sets[0]
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

// sharedNo is the 没有 of 没有龙头企业和带头人带动, -1 when there is none.
func (p *pass) sharedNo(i int) int {
	joined := false
	if strings.ContainsAny(p.toks[i].word.text[:3], "有通是能看会愿入参") || i > 0 && p.toks[i-1].word.said() == "有" {
		return -1
	}
	for j := i - 1; j >= p.cls[p.clauseOf[i]].from; j-- {
		t := &p.toks[j]
		switch {
		case t.is(fill) && strings.Contains("和与跟及", t.word.text), t.kind == mark && t.brk == 0:
			joined = true
		case t.is(no) && joined:
			if j > 0 && !t.gap && p.toks[j-1].is(label|set) {
				return -1 // 牧草没有、水泥路: said of what stands before it
			}
			return j
		case t.is(label) || t.is(set) && !t.is(yes):
		default:
			return -1
		}
	}
	return p.runOfNo(i)
}

// facility are the fields of things that a household has or lacks, by kind.
var facility = map[string]int{
	"condition.tv": 1, "condition.toilet": 1, "condition.power_prod": 1, "condition.power_life": 1,
	"condition.coop": 2, "condition.lead_firm": 2, "condition.lead_person": 2,
}

// runOfNo: 没有电视卫生厕所 denies both; the word before, without a blank, begins
// with 没 and says no of such a field.
func (p *pass) runOfNo(i int) int {
	if i == 0 || p.toks[i].gap || i+1 < len(p.toks) && p.toks[i+1].is(no|yes) || strings.ContainsAny(p.toks[i].word.text[:3], "有是通能看会愿入参加改用没不无享吃") {
		return -1
	}
	t := &p.toks[i-1]
	if !t.is(set) || t.use != claimed || !strings.HasPrefix(t.word.text, "没") && !strings.HasPrefix(t.word.text, "无") {
		return -1
	}
	for _, v := range p.toks[i].word.sets {
		if f := fieldOf(v.path); f != nil && f.Kind == models.KindYesNo && facility[v.path] > 0 && facility[v.path] == facility[t.word.sets[0].path] && v.text == string(models.Yes) && len(t.word.sets) == 1 && t.word.sets[0].text == string(models.No) {
			return i - 1
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
		if t.use != free || !t.is(label) || j == i || t.is(set) && (!p.same(t.word, p.toks[i].word) || p.subject[i] != p.subject[j]) {
			continue // 饮水不困难 饮水安全 are two statements
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

// same: two words say the same of some field.
func (p *pass) same(a, b *word) bool {
	for _, v := range a.sets {
		if w := b.says(v.path); w != nil && w.text == v.text {
			return true
		}
	}
	return false
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

// told1: a fact of a path was made.
func (p *pass) told1(path string) bool {
	return slices.ContainsFunc(p.drafts, func(d draft) bool { return d.Path == path })
}
