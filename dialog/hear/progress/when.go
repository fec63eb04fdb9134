package progress

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// When it happened, or until when it is put off.

// firstDate is the first date of the clause, -1 when there is none.
func (c *clause) firstDate() int { return c.find(func(t *tok) bool { return t.kind == date }) }

// dates reads when it happened, or until when it is put off. A promise is a date
// with 才行, 能行 and nothing that happened.
func (c *clause) dates(r *Report) {
	i := c.firstDate()
	if i < 0 {
		return
	}
	if r.Step == "" && r.Percent == "" && len(r.Money) == 0 && len(r.Outputs) == 0 && r.Done.Qty == "" && (c.has(may) >= 0 && c.toCome() || c.c.Asked == models.NeedDue || c.c.Step == models.StepPostpone) {
		r.Step, r.Promise = models.StepPostpone, c.c.Step != models.StepPostpone
	}
	if r.Step == "" && c.before != nil && (c.before.Step == models.StepPostpone || c.before.Step == models.StepBlock) && !r.Tells() {
		r.Step, r.Promise = models.StepPostpone, true
	}
	if r.Step == models.StepBlock && c.c.Step == models.StepPostpone && c.toCome() { // 延期 2 3月底 水泥没到
		r.Step = models.StepPostpone
		if r.Why == "" {
			r.Why = c.besideDate(i)
		}
	}
	if c.vague(i) {
		return // 国庆节后: asked
	}
	said := c.text(&c.toks[i])
	if r.Step == models.StepPostpone {
		for j := i; j < len(c.toks); j++ { // 10月底推迟到12月底: the last one counts
			if c.toks[j].kind == date {
				said = c.text(&c.toks[j])
			}
		}
		if d, problem := zh.ReadDateLean(said, c.c.Now, zh.Future); problem == zh.DateOK && !c.missed(i) {
			r.Due, r.Turned = d.String(), d.Relative || d.Approx
		}
		return
	}
	d, problem := zh.ReadDateLean(said, c.c.Now, zh.Past)
	if problem != zh.DateOK || d.First().After(c.c.Now) || (r.Percent != "" || r.Left.Qty != "") && c.has(left) >= 0 {
		return // 剩下20%这个月搞完: of what is to come
	}
	r.On = d.String()
}

// vague: a feast with 后 behind it is no day.
func (c *clause) vague(i int) bool {
	behind := strings.TrimLeft(c.f.Text[c.toks[i].to:c.to], "过以之 ")
	said := c.text(&c.toks[i])
	return strings.HasPrefix(behind, "后") && (strings.HasSuffix(said, "节") || strings.HasSuffix(said, "年") || strings.HasSuffix(said, "国庆"))
}

// missed: the date at i is the one that is not kept: 10月20号以前完不成.
func (c *clause) missed(i int) bool {
	at := c.find(func(t *tok) bool {
		return t.word != nil && t.word.step == models.StepPostpone && strings.Contains(t.word.text, "不")
	})
	return at > i && c.find(func(t *tok) bool { return t.kind == date && t.from > c.toks[at].from }) < 0
}

// besideDate is what is said behind the date at i, or the words just before it.
func (c *clause) besideDate(i int) string {
	if behind := strings.Trim(c.f.Said(c.toks[i].to, c.to), " ：:"); behind != "" {
		return behind
	}
	before := strings.TrimSpace(c.f.Said(c.from, c.toks[i].from))
	before = strings.TrimSpace(before[strings.LastIndexAny(before, " \t")+1:])
	if t := &c.toks[0]; t.word != nil && len(t.word.about) > 0 {
		before = strings.TrimPrefix(before, c.text(t))
	}
	return before
}

// ahead: the clause names a day to come.
func (c *clause) ahead() bool {
	i := c.firstDate()
	if i < 0 {
		return false
	}
	d, problem := zh.ReadDate(c.text(&c.toks[i]), c.c.Now)
	return problem == zh.DateOK && d.First().After(c.c.Now)
}

// toCome: the day named is not over; one without a year is the next of its name.
func (c *clause) toCome() bool {
	i := c.firstDate()
	if i < 0 {
		return false
	}
	d, problem := zh.ReadDateLean(c.text(&c.toks[i]), c.c.Now, zh.Future)
	return problem == zh.DateOK && d.Last().After(c.c.Now)
}
