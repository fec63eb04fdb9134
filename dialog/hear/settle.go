package hear

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// settleOne makes the fact of a label and a quantity; several paths left are
// several guesses.
func (p *pass) settleOne(l, v, i int, paths []string) {
	from, to := min(l, v), max(l, v)
	paths = p.bySize(p.sameRecord(paths), i)
	if len(paths) > 1 {
		var g []Fact
		for _, path := range paths {
			if text, _, why := number(p.toks[i].q, kindOf(path)); why == "" {
				g = append(g, p.guess(from, to, path, text))
			}
		}
		p.unsure(from, to, g)
		return
	}
	if kindOf(paths[0]) == models.KindMoney && strings.HasPrefix(paths[0], "income.") {
		p.putMoney(&p.cls[p.clauseOf[i]], from, to, i, paths[0])
		return
	}
	o := opt(0)
	if numeric(kindOf(paths[0])) && p.isPart(l) {
		o = adds
	}
	p.assign(from, to, i, paths[0], o)
}

// sameRecord keeps the paths of the records the text has told of, when that
// leaves any.
func (p *pass) sameRecord(paths []string) []string {
	var out []string
	for _, path := range paths {
		rec, _, _ := strings.Cut(path, ".")
		for _, d := range p.drafts {
			if strings.HasPrefix(d.Path, rec+".") {
				out = append(out, path)
				break
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	return paths
}

// bySize: of 亩 and 元 for a bare number, fewer than 300 is land and more money.
func (p *pass) bySize(paths []string, i int) []string {
	var money, other []string
	for _, path := range paths {
		if kindOf(path) == models.KindMoney {
			money = append(money, path)
		} else {
			other = append(other, path)
		}
	}
	if len(money) == 0 || len(other) == 0 || p.toks[i].kind != amount {
		return paths
	}
	if p.toks[i].q.Value < zh.Whole(300) {
		return other
	}
	return money
}

// parts are names of a part of the arable land: 水田2亩旱地1亩5 is a sum.
var parts = []string{"水田", "旱地", "田", "地", "坡地", "台地", "菜地", "旱田", "能浇的"}

func (p *pass) isPart(l int) bool { return slices.Contains(parts, p.toks[l].word.said()) }
