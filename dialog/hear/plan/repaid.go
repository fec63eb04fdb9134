package plan

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// repaid: an insurance pays back, which is a result and no insurance to be bought:
// 医保报1500, 大病保险能报百分之六十.
func (p *pass) repaid(x piece, a anchor) bool {
	return a.cat1 != "" && a.cat1 == p.classOf("med_insurance") && strings.HasSuffix(a.cat2, "_insurance") && p.refund(x) > a.tok
}

// refund is the token of 报 with what is paid back behind it, -1 when the piece has
// none or tells that somebody is to be insured.
func (p *pass) refund(x piece) int {
	for i := x.from; i < x.to; i++ {
		s := p.text(i, i+1)
		if strings.ContainsAny(s, "交缴买代") {
			return -1
		}
		at := strings.LastIndex(s, "报")
		if at < 0 || p.toks[i].kind != rest && p.toks[i].kind != vocab || strings.HasPrefix(s[at:], "报名") || utf8.RuneCountInString(s[at:]) > 3 {
			continue
		}
		for j := i + 1; j < x.to; j++ {
			if _, _, sum := p.money(j); sum || p.toks[j].kind == amount && p.toks[j].q.Dim == zh.Percent {
				return i
			}
		}
	}
	return -1
}

// insured: the piece names an insurance or an aid that pays back.
func (p *pass) insured(x piece) bool {
	health := p.classOf("med_insurance")
	return health != "" && p.find(x, func(t *tok) bool {
		return t.word != nil && len(t.word.cats) > 0 && p.classOf(t.word.cats[0]) == health
	}) >= 0
}
