package hear

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// readDwelling reads what a word alone does not say: how far the water is, the
// road to the door, an earth closet, who judged the house and when.
func (p *pass) readDwelling() {
	for n := range p.cls {
		c := &p.cls[n]
		p.waterWalk(c)
		p.roadDoor(c)
		p.privy(c)
		p.judged(c)
		p.danger(c)
	}
}

// waterWalk: fetching water for more than 20 minutes there and back is 饮水困难
// and not safe (domain.md §1.3, §2.3).
func (p *pass) waterWalk(c *clause) {
	if !p.may("condition.water_hard") {
		return
	}
	for i := c.from; i < c.to; i++ {
		t := &p.toks[i]
		if t.kind != amount || t.q.Dim != zh.Minutes || t.use != free {
			continue
		}
		back, one := p.has(c, roundtrip), p.has(c, oneway)
		water := p.ofWater(p.clauseOf[i])
		if back < 0 && one < 0 && !water || !water && p.ofRoadNear(p.clauseOf[i]) {
			continue // 毛路，走路要半个小时
		}
		minutes := t.q.Value
		if back < 0 {
			minutes *= 2
		}
		hard := minutes > zh.Whole(20)
		p.put(i, i, "condition.water_hard", string(models.TriOf(hard)), approx)
		if hard {
			p.put(i, i, "condition.water_safe", string(models.No), approx)
		}
		p.helpAll(c, roundtrip|oneway|carry)
	}
}

// ofWater: the clause, or the one before it, speaks of water.
func (p *pass) ofWater(n int) bool {
	for m := max(0, n-1); m <= n; m++ {
		for i := p.cls[m].from; i < p.cls[m].to; i++ {
			t := &p.toks[i]
			if t.is(carry) || strings.Contains(p.Text[t.s:t.e], "水") {
				return true
			}
		}
	}
	return false
}

// ofRoadNear: the clause, or the one before it, speaks of a road.
func (p *pass) ofRoadNear(n int) bool {
	for m := max(0, n-1); m <= n; m++ {
		for i := p.cls[m].from; i < p.cls[m].to; i++ {
			if s := p.Text[p.toks[i].s:p.toks[i].e]; strings.Contains(strings.ReplaceAll(s, "走路", ""), "路") {
				return true
			}
		}
	}
	return false
}

func (p *pass) helpAll(c *clause, r role) {
	for i := c.from; i < c.to; i++ {
		if p.toks[i].is(r) && p.toks[i].use == free {
			p.toks[i].use = helped
		}
	}
}

// roadDoor: 水泥路到门口 means no way to the main road is left over; worked out.
func (p *pass) roadDoor(c *clause) {
	i := p.has(c, door)
	if i < 0 || p.toks[i].use != free || !p.may("condition.road_km") || !p.ofRoad(c) {
		return
	}
	if p.toks[i].word.text == "门口" && !p.asks("condition.road_km") {
		p.toks[i].use = helped
		return
	}
	for j := c.from; j < c.to; j++ {
		if p.toks[j].kind == amount && p.toks[j].q.Dim == zh.Length {
			p.toks[i].use = helped
			return
		}
	}
	p.put(i, i, "condition.road_km", "0", approx)
}

// ofRoad: the clause, or the whole text before it, speaks of a road.
func (p *pass) ofRoad(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		if p.toks[i].is(set) && p.toks[i].word.says("condition.road_type") != nil || strings.Contains(p.Text[p.toks[i].s:p.toks[i].e], "路") {
			return true
		}
	}
	return p.asks("condition.road_km") || c.to-c.from == 1
}

// privy: 旱厕 may be a sanitary one or not: asked (domain.md A21).
func (p *pass) privy(c *clause) {
	if !p.may("condition.toilet") {
		return
	}
	for i := c.from; i < c.to; i++ {
		t := &p.toks[i]
		s := p.Text[t.s:t.e]
		if t.use != free || !strings.Contains(s, "旱厕") && !strings.Contains(s, "公厕") {
			continue
		}
		p.helpNear(i, fill)
		for j := c.from; j < i; j++ {
			if p.toks[j].use == free && p.toks[j].is(label) && labelsOf(&p.toks[j])[0] == "condition.toilet" {
				p.toks[j].use = helped
			}
		}
		p.unsure(i, i, []Fact{
			p.guess(i, i, "condition.toilet", string(models.No)),
			p.guess(i, i, "condition.toilet", string(models.Yes)),
		})
	}
}

// judged: 去年8月镇村建中心鉴定的.
func (p *pass) judged(c *clause) {
	i := p.has(c, seen)
	if i < 0 || p.toks[i].use == claimed || !p.may("condition.house_eval_org") {
		return
	}
	for j := c.from; j < c.to; j++ {
		t := &p.toks[j]
		switch {
		case t.use != free:
		case t.kind == date || t.kind == amount && t.q.Dim == zh.Calendar:
			p.assign(j, j, j, "condition.house_eval_date", 0)
		case (t.kind == raw || t.kind == newname || t.is(aside)) && j < i:
			k := j
			for k+1 < i && p.toks[k+1].use == free && (p.toks[k+1].kind == raw || p.toks[k+1].kind == known && !p.toks[k+1].is(seen|set) && p.toks[k+1].word.text != "的") {
				k++
			}
			if name := strings.TrimLeft(p.Text[t.s:p.toks[k].e], "由是在"); len(name) >= 6 {
				p.put(j, k, "condition.house_eval_org", name, 0)
			}
		}
	}
	if p.cls[p.clauseOf[i]].fact {
		p.toks[i].use = max(p.toks[i].use, helped)
	}
}

// danger: 是危房 leaves C and D open.
func (p *pass) danger(c *clause) {
	if !p.may("condition.house_grade") {
		return
	}
	for i := c.from; i < c.to; i++ {
		t := &p.toks[i]
		if t.use != free || t.kind != known || t.word.text != "危房" || i+1 < c.to && p.toks[i+1].kind == raw {
			continue
		}
		for j := c.from; j < c.to; j++ {
			if p.toks[j].is(set) && p.toks[j].word.says("condition.house_grade") != nil {
				t.use = helped
			}
		}
		if t.use != free {
			continue
		}
		if i > 0 && p.toks[i-1].is(no) {
			var g []Fact
			for _, k := range []string{"A级", "B级"} {
				if key, ok := item(p.r.profile, "house_grade", k); ok {
					g = append(g, p.guess(i-1, i, "condition.house_grade", key))
				}
			}
			p.unsure(i-1, i, g)
			continue
		}
		var g []Fact
		for _, k := range []string{"C级", "D级"} {
			if key, ok := item(p.r.profile, "house_grade", k); ok {
				g = append(g, p.guess(i, i, "condition.house_grade", key))
			}
		}
		p.unsure(i, i, g)
	}
}

// readLetters: the letter of a grade: 房C, C改B, or the whole answer.
func (p *pass) readLetters() {
	if !p.may("condition.house_grade") {
		return
	}
	for i := range p.toks {
		t := &p.toks[i]
		if t.use != free || t.kind != raw || t.e-t.s != 1 {
			continue
		}
		key, ok := item(p.r.profile, "house_grade", p.Text[t.s:t.e]+"级")
		if !ok {
			continue
		}
		c := p.cls[p.clauseOf[i]]
		alone := c.from == i && c.to == i+1 || t.gap && (i+1 >= len(p.toks) || p.toks[i+1].gap)
		if p.asks("condition.house_grade") && (alone || len(p.c.Open) == 1) || p.near(i, fix) || p.houseNear(i) {
			p.put(i, i, "condition.house_grade", key, 0)
			p.toks[i].use = claimed
		}
	}
}

func (p *pass) houseNear(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		for _, l := range labelsOf(&p.toks[j]) {
			if related(l, "condition.house_grade") {
				p.toks[j].use = max(p.toks[j].use, helped)
				return true
			}
		}
	}
	return false
}
