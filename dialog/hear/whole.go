package hear

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// readRest takes 其他是旱地 as told: the land that was named first is the whole, and
// what stands between is a part of it.
func (p *pass) readRest() {
	for i := range p.toks {
		if !p.toks[i].is(butend) || p.toks[i].use == claimed {
			continue
		}
		j := i + 1
		for j < len(p.toks) && p.toks[j].is(fill|all) && !p.toks[j].is(label) {
			j++
		}
		if j >= len(p.toks) || !p.toks[j].is(label) || labelsOf(&p.toks[j])[0] != "condition.farm" || !p.isPart(j) || j+1 < len(p.toks) && p.toks[j+1].kind == amount {
			continue
		}
		p.mark(i, j, helped)
		p.rest = append(p.rest, "condition.farm")
	}
}

// whole drops the parts of land whose whole was told first: 地6亩，水田1亩2，其他是旱地, or
// 地6亩，水田2亩旱地4亩.
func (p *pass) whole(ds []draft) []draft {
	if len(ds) < 2 || ds[0].Path != "condition.farm" || !ds[0].add {
		return ds
	}
	all, _ := zh.ParseDec(ds[0].Value)
	var parts zh.Dec
	for _, d := range ds[1:] {
		v, _ := zh.ParseDec(d.Value)
		if !d.add || d.Replace {
			return ds
		}
		parts += v
	}
	if len(ds) > 2 && parts == all || parts <= all && p.within(ds[0].End, ds[1].Start) || len(p.rest) > 0 && parts < all {
		return ds[:1]
	}
	return ds
}

// within: the words between two amounts say that the second is of the first: 其中.
func (p *pass) within(from, to int) bool {
	if from >= to || to > len(p.Source) {
		return false
	}
	return slices.ContainsFunc(p.r.lex.within, func(w string) bool { return strings.Contains(p.Source[from:to], w) })
}
