package hear

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readSchool reads 小学三年级, 在县一中读高二, 初中毕业, 读高中, 三年级, 辍学 厌学.
func (p *pass) readSchool() {
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free {
			continue
		}
		switch {
		case t.is(stage) && !t.is(school) || t.is(stage) && p.stageNotName(i):
			p.readStage(i)
		case t.kind == amount && t.q.Dim == zh.Ordinal && strings.HasSuffix(t.q.Said, "年级"):
			p.readGrade(i, i)
		case t.kind == known && (t.word.text == "辍学" || t.word.text == "失学"):
			p.readDropout(i)
		}
	}
	p.readSchoolName()
	p.studyPlaces()
}

// studyPlaces: the 昆明 of 在昆明读大专 is where the school is, no place of work.
func (p *pass) studyPlaces() {
	for i := range p.toks {
		if t := &p.toks[i]; t.use == free && (t.is(place) || t.is(set) && t.word.says("member.work_area") != nil && !t.is(work)) && (p.studies(i) || p.student(i)) {
			t.use = helped
		}
	}
}

// student: who token i is about is known to be at school, or is a child.
func (p *pass) student(i int) bool { return p.subject[i] >= 0 && p.pupil(i) }

// studies: what is told of the person behind token i is that they are at school.
func (p *pass) studies(i int) bool {
	for j := i + 1; j < p.cls[p.clauseOf[i]].to && p.subject[j] == p.subject[i]; j++ {
		switch t := &p.toks[j]; {
		case t.is(grad | work):
			return false
		case t.is(read), t.kind == known && t.word.says("member.school_status") != nil:
			return true
		case !t.is(fill|place|school) && t.kind != raw:
			return false
		}
	}
	return false
}

// stageNotName: 高中 in 县高中 is a school's name, in 读高中 a stage.
func (p *pass) stageNotName(i int) bool {
	return i == 0 || p.toks[i].gap || p.toks[i-1].kind != raw && !p.toks[i-1].is(place)
}

// readStage reads a stage of school: finished, or being at it.
func (p *pass) readStage(i int) {
	w := p.toks[i].word
	if j := p.gradeAfter(i); j > i {
		p.readGrade(i, j)
		return
	}
	reading, done := p.reading(i), p.hasRole(i, grad)
	from, to := i, i
	if j := i + 1; j < len(p.toks) && p.toks[j].is(grad) && p.toks[j].use == free {
		to = j
	}
	if j := i - 1; j >= 0 && p.toks[j].is(grad|read) && p.toks[j].use == free {
		from = j
	}
	switch {
	case done || !reading && (p.adult(i) || p.worksToo(i)):
		if p.may("member.edu_level") {
			p.put(from, to, "member.edu_level", w.edu, 0)
		}
	case reading || p.pupil(i):
		p.putYears(from, to, i, w.years)
	case p.asks("member.edu_level") && !p.asks("member.school_status"):
		p.put(i, i, "member.edu_level", w.edu, 0)
	case p.asks("member.school_status") && !p.asks("member.edu_level"):
		p.putYears(i, i, i, w.years)
	default:
		s := p.about(i)
		g := append(p.guesses(p.guess(i, i, "", w.edu), "edu_level", s.people), p.guesses(p.guess(i, i, "", w.years[0]), "school_status", s.people)...)
		if s.fresh > 0 {
			g = []Fact{p.guess(i, i, "m.edu_level", w.edu), p.guess(i, i, "m.school_status", w.years[0])}
		}
		p.unsure(i, i, g)
	}
}

// gradeAfter is the token of 三年级 after a stage, i when there is none.
func (p *pass) gradeAfter(i int) int {
	for j := i + 1; j < len(p.toks) && j <= i+2; j++ {
		if t := &p.toks[j]; t.kind == amount && t.q.Dim == zh.Ordinal && strings.HasSuffix(t.q.Said, "年级") {
			return j
		} else if !t.is(fill) {
			return i
		}
	}
	return i
}

// readGrade: the year of a stage; without a stage one to six are primary school
// and seven to nine junior school.
func (p *pass) readGrade(i, j int) {
	if !p.may("member.school_status") {
		return
	}
	n, _ := p.toks[j].q.Value.Int()
	years := p.r.primary
	if i < j {
		years = p.toks[i].word.years
	} else if school := p.schoolBefore(i); school != nil && n <= 6 && !primarySchool(school.text) {
		years = school.years
		if len(years) == 0 {
			p.unsure(i, j, p.guessAt(i, j, "member.school_status")) // 县一中三年级
			return
		}
	}
	from := i
	if i > 0 && p.toks[i-1].is(read|grad) && p.toks[i-1].use == free {
		from = i - 1
	}
	if n >= 1 && n <= 9 && p.leftSchool(from, j, i) {
		p.putLevel(from, j, n, i < j, years)
		return
	}
	switch {
	case i == j && n >= 7 && n <= 9 && len(p.r.junior) == 3:
		p.put(from, j, "member.school_status", p.r.junior[n-7], 0)
	case len(years) == 1 && n >= 1 && n <= 6:
		p.put(from, j, "member.school_status", years[0], 0)
	case len(years) > 1 && n >= 1 && n <= len(years):
		p.put(from, j, "member.school_status", years[n-1], 0)
	default:
		p.unread(from, j, WhyImpossible, p.guessAt(from, j, "member.school_status"))
	}
}

// leftSchool: 上到三年级, 三年级没读完, or the one who is told of is grown up.
func (p *pass) leftSchool(from, to, i int) bool {
	return p.toks[from].is(grad) || to+1 < len(p.toks) && p.clauseOf[to+1] == p.clauseOf[to] && p.toks[to+1].is(grad) || (p.ageOf(i) >= grownUp || p.married(i)) && !p.reading(i)
}

// grownUp is the age from which a year of primary or junior school tells how far
// somebody came.
const grownUp = 20

// putLevel: who left school in a year of primary or junior school has that level.
func (p *pass) putLevel(from, to, n int, staged bool, years []string) {
	key := years[0]
	if !staged && n >= 7 {
		key = p.r.junior[0]
	}
	if level := p.r.levels[key]; level != "" && p.may("member.edu_level") {
		if to+1 < len(p.toks) && p.toks[to+1].is(grad) {
			to++
		}
		p.put(from, to, "member.edu_level", level, approx)
	}
}

// schoolBefore is the school named just before a grade, nil when there is none.
func (p *pass) schoolBefore(i int) *word {
	for j := i - 1; j >= max(0, i-4); j-- {
		if t := &p.toks[j]; t.is(school) {
			return t.word
		} else if !t.is(fill|read) && t.kind != mark {
			return nil
		}
	}
	return nil
}

func primarySchool(name string) bool {
	for _, s := range []string{"小学", "完小", "小", "中心校", "教学点", "学校"} {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return false
}

// putYears: 读高中 does not say which year; the age may, to be read back.
func (p *pass) putYears(from, to, i int, years []string) {
	if !p.may("member.school_status") {
		return
	}
	if len(years) == 1 {
		p.put(from, to, "member.school_status", years[0], 0)
		return
	}
	start := 12
	if len(p.r.junior) > 0 && years[0] != p.r.junior[0] {
		start = 15
	}
	if age := p.ageOf(i); age >= start && age < start+len(years) && start < 18 && len(years) == 3 {
		p.put(from, to, "member.school_status", years[age-start], approx)
		return
	}
	var out []Fact
	s := p.about(i)
	for _, y := range years {
		f := p.guess(from, to, "m.school_status", y)
		if s.fresh == 0 {
			out = append(out, p.guesses(f, "school_status", s.people)...)
		} else {
			out = append(out, f)
		}
	}
	p.unsure(from, to, out)
}

// married: whom a token is about is the head, of an older generation or married into the
// house: of unknown age they are still no pupils.
func (p *pass) married(i int) bool {
	if p.ageOf(i) >= 0 {
		return false
	}
	switch r := p.relationOf(p.about(i)); r {
	case "head", "spouse", "father", "mother", "grandfather", "grandmother":
		return true
	default:
		return strings.HasSuffix(r, "_in_law")
	}
}

// ageOf is the age of whom a token is about, -1 when it is not known.
func (p *pass) ageOf(i int) int {
	s := p.about(i)
	if s.fresh > 0 {
		for _, d := range p.drafts {
			if d.fresh == s.fresh && d.Path == "m.birth" && len(d.Value) >= 4 {
				y, _ := strconv.Atoi(d.Value[:4])
				return p.c.Now.Year() - y
			}
		}
	} else if len(s.people) == 1 {
		return p.c.People[s.people[0]].Age
	}
	return -1
}

func (p *pass) hasRole(i int, r role) bool {
	c := p.cls[p.clauseOf[i]]
	for j := max(c.from, i-2); j < min(c.to, i+3); j++ {
		if j != i && p.toks[j].is(r) {
			return true
		}
	}
	return false
}

// reading: 读, 在…上 or the name of a school stands in the same clause.
func (p *pass) reading(i int) bool {
	c := p.cls[p.clauseOf[i]]
	for j := c.from; j < c.to; j++ {
		if j != i && p.toks[j].is(read) && !p.toks[j].is(grad) && (j < i || j == i+1) {
			return true
		}
	}
	return false
}

func (p *pass) adult(i int) bool {
	s := p.about(i)
	age := p.ageOf(i)
	if s.fresh == 0 && len(s.people) == 1 && p.c.People[s.people[0]].Student {
		return false
	}
	return age >= 20
}

// worksToo: 18初中在福建打工, who works has left school.
func (p *pass) worksToo(i int) bool {
	c := p.cls[p.clauseOf[i]]
	for j := c.from; j < c.to && p.ageOf(i) >= 15; j++ {
		if p.subject[j] == p.subject[i] && p.toks[j].is(work) {
			return true
		}
	}
	return false
}

func (p *pass) pupil(i int) bool {
	s := p.about(i)
	if s.fresh == 0 && len(s.people) == 1 && p.c.People[s.people[0]].Student {
		return true
	}
	age := p.ageOf(i)
	return age >= 0 && age < 13
}

// readDropout: the reason may stand next to it; without one, it is asked.
func (p *pass) readDropout(i int) {
	if !p.may("member.dropout_reason") {
		return
	}
	c := p.cls[p.clauseOf[i]]
	for j := c.from; j < min(len(p.toks), c.to+3); j++ {
		t := &p.toks[j]
		if t.use != free {
			continue
		}
		if t.is(set) && t.word.says("member.dropout_reason") != nil {
			p.put(min(i, j), max(i, j), "member.dropout_reason", t.word.says("member.dropout_reason").text, 0)
			return
		}
		if key, ok := item(p.r.profile, "dropout", p.Text[t.s:t.e]); ok && j != i && t.kind == known {
			p.put(min(i, j), max(i, j), "member.dropout_reason", key, 0)
			return
		}
	}
	s := p.about(i)
	f := p.guess(i, i, "m.dropout_reason", "")
	if s.fresh > 0 {
		p.unread(i, i, WhyNoValue, []Fact{f})
		return
	}
	p.unread(i, i, WhyNoValue, p.guesses(f, "dropout_reason", s.people))
}

// readSchoolName finds 县一中, 中心小学, 曲靖职业学院: the end of a school's name
// with the words before it.
func (p *pass) readSchoolName() {
	if !p.may("member.school_name") {
		return
	}
	for i := range p.toks {
		t := &p.toks[i]
		if !t.is(school) || t.use != free {
			continue
		}
		from := i
		for from > 0 && !p.toks[from].gap && p.toks[from-1].use == free && p.clauseOf[from-1] == p.clauseOf[i] &&
			(p.toks[from-1].kind == raw || p.toks[from-1].is(place|school) || p.schoolPrefix(from-1)) {
			from--
		}
		if from == i && t.is(stage|set) {
			continue
		}
		if from == i && !t.is(stage) && (t.word.text == "学校" || t.word.text == "大学" || t.word.text == "中学" || t.word.text == "学院") {
			continue
		}
		if p.subject[i] < 0 && !p.asks("member.school_name") && len(p.c.People) != 1 && p.c.About == "" && len(p.c.Open) == 0 && !p.near(i, read|stage) {
			continue
		}
		s, e := p.toks[from].s, t.e
		name := strings.TrimPrefix(p.Text[s:e], "在")
		p.put(from, i, "member.school_name", name, 0)
		for j := p.cls[p.clauseOf[i]].from; j < i; j++ {
			if l := labelsOf(&p.toks[j]); len(l) > 0 && related(l[0], "member.school_name") {
				p.toks[j].use = max(p.toks[j].use, helped)
			}
		}
		p.helpNear(from, read)
	}
}

func (p *pass) schoolPrefix(i int) bool {
	switch p.Text[p.toks[i].s:p.toks[i].e] {
	case "县里", "县上", "乡里", "镇上", "村里", "县城", "本村", "本乡", "乡", "镇", "县", "州", "市", "省", "村":
		return true
	}
	return false
}
