package hear

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readIndustries reads 核桃15亩、洋芋两亩, 种了核桃, 三亩苞谷.
func (p *pass) readIndustries() {
	if !p.may("condition.industries") {
		return
	}
	var parts []string
	var o opt
	from, to := -1, -1
	for i := range p.toks {
		t := &p.toks[i]
		if !t.is(crop) || t.use != free {
			continue
		}
		text, j, more, ok := p.crop(i)
		if !ok {
			continue
		}
		p.mark(min(i, j), max(i, j), claimed)
		if from < 0 {
			from = min(i, j)
		}
		to = max(i, j)
		parts, o = append(parts, text), o|more
	}
	if from < 0 {
		return
	}
	parts = append(scaled(parts), p.herdIndustries(from)...)
	p.helpNear(from, plant)
	p.helpNear(from, label)
	d := p.draftOf(from, to, "condition.industries", strings.Join(parts, ","), o)
	p.drafts = append(p.drafts, d)
	p.cls[p.clauseOf[from]].fact = true
}

// scaled drops names without a scale that are listed with one, too.
func scaled(parts []string) []string {
	return slices.DeleteFunc(parts, func(a string) bool {
		return slices.ContainsFunc(parts, func(b string) bool {
			rest, ok := strings.CutPrefix(b, a)
			return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
		})
	})
}

// crop is the entry of the crop in token i, and the token of its amount.
func (p *pass) crop(i int) (text string, j int, o opt, ok bool) {
	name := p.toks[i].word.text
	j = p.scaleOf(i)
	if j < 0 {
		if p.asks("condition.industries") || p.near(i, plant) || p.near(i, raise) || p.cooperative(i) {
			return name, i, approx, true
		}
		return "", i, 0, false
	}
	q := p.toks[j].q
	unit := q.Unit
	switch {
	case q.Dim == zh.Area:
		unit = "亩"
	case q.Dim == zh.Plain:
		unit, o = "亩", approx
	}
	if q.Approx || q.Ambiguous {
		o |= approx
	}
	if q.Value < 0 || q.Dim == zh.Area && q.Value > zh.Whole(5000) {
		return "", i, 0, false
	}
	return name + hundredths(q.Value) + unit, j, o, true
}

// scaleOf is the amount of the crop in token i, -1 when there is none.
func (p *pass) scaleOf(i int) int {
	scale := func(j int) bool {
		if j < 0 || j >= len(p.toks) || p.toks[j].kind != amount || p.toks[j].use != free || p.clauseOf[j] != p.clauseOf[i] {
			return false
		}
		switch q := p.toks[j].q; q.Dim {
		case zh.Area:
			return true
		case zh.Count:
			return strings.Contains("棵株窝箱房窖担塘盆袋棒个", q.Unit)
		case zh.Plain:
			return p.asks("condition.industries") && q.Value < zh.Whole(300)
		}
		return false
	}
	j := i - 1
	for j >= 0 && p.toks[j].is(fill) && p.toks[j].word.text == "的" {
		j--
	}
	if scale(j) && p.valueFirst(i) {
		return j
	}
	for j = i + 1; j < len(p.toks) && (p.toks[j].is(fill|plant|detail) || p.toks[j].kind == date || p.toks[j].is(notis) && p.toks[j].use == helped || p.toks[j].kind == mark && p.toks[j].brk == 0); j++ {
	}
	if scale(j) {
		return j
	}
	return -1
}

// cooperative: 入了村里的核桃合作社 tells a crop as well.
func (p *pass) cooperative(i int) bool {
	if i+1 >= len(p.toks) {
		return false
	}
	for _, l := range labelsOf(&p.toks[i+1]) {
		if l == "condition.coop" {
			return true
		}
	}
	return false
}

// herdIndustries: 苞谷3亩 洋芋2亩 猪1 lists the pig as an industry, too, when it
// was not told as what is kept.
func (p *pass) herdIndustries(from int) []string {
	var out []string
	for _, h := range p.herds {
		if p.clauseOf[h.from] != p.clauseOf[from] || h.from < from || p.near(h.from, raise) {
			continue
		}
		if it := p.r.profile.Item("species", h.key); it != nil && h.n > 0 {
			out = append(out, it.Label+strconv.Itoa(h.n)+it.More["unit"])
		}
	}
	return out
}
