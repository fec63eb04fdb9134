package hear

import (
	"slices"
	"sort"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// everyone: 都 after several people is of them, 全家 is of all.
func (p *pass) everyone(i int) (subject, int, bool) {
	s := subject{every: true}
	if strings.HasPrefix(p.toks[i].word.text, "都") {
		if u, ok := p.bothBefore(i); ok {
			return u, i, true
		}
	}
	s.people = p.everybody()
	if i > 0 && p.isPeople(i-1) && p.toks[i-1].q.Value != zh.Whole(len(s.people)) {
		s.every = false // 4个人都 of five: who?
	}
	return s, i, len(s.people) > 0
}

// bothBefore is whom 都 is said of: those listed just before it, or all who are
// spoken of before it in its clause.
func (p *pass) bothBefore(i int) (subject, bool) {
	s := subject{every: true}
	seen := map[int]bool{}
	for j := i - 1; j >= max(p.cls[p.clauseOf[i]].from, i-reach); j-- {
		n := p.subject[j]
		if n < 0 || seen[n] || p.toks[j].use == free || p.toks[j].kind != person && p.toks[j].kind != newname && !p.toks[j].is(kin|pron|all|butend|pair|two) {
			continue
		}
		seen[n] = true
		u := p.subs[n]
		if p.listing && p.toks[j].is(kin) && j > 0 && p.isPeople(j-1) && len(s.also) == 0 {
			return u, true // 两个儿子都分出去了, in a roster without a stop
		}
		if len(seen) == 1 && (u.several() || u.here) {
			return u, true
		}
		if len(seen) == 1 && u.fresh == 0 && len(u.people) > 1 {
			u.every = true // 娃都在读书
			return u, true
		}
		if len(seen) == 1 && u.fresh == 0 && u.ref == "" && len(u.people)+len(u.also) == 0 {
			return u, true // nobody known: ask who
		}
		if u.fresh > 0 || u.ref != "" {
			s.also = append(s.also, n)
			continue
		}
		s.people = append(s.people, u.people...)
	}
	sort.Ints(s.people)
	s.people = slices.Compact(s.people)
	return s, len(s.people)+len(s.also) > 0
}

// ofOne: 老伴有高血压和糖尿病，都在村卫生室拿药. What 都 counts are the sicknesses of the one
// spoken of.
func (p *pass) ofOne(i, cur int) bool {
	c := p.cls[p.clauseOf[i]]
	if cur < 0 || i != c.from || !strings.HasPrefix(p.toks[i].word.text, "都") || p.clauseOf[i] == 0 {
		return false
	}
	if s := p.subs[cur]; s.every || s.here || len(s.people) != 1 && s.fresh == 0 {
		return false
	}
	return p.has(&c, clinic|treat) >= 0
}

// theyFew: 他们 with a number of people.
func (p *pass) theyFew(i int) bool {
	t := &p.toks[i]
	return t.is(two) || strings.HasSuffix(t.word.text, "们") && i+1 < len(p.toks) && p.isPeople(i+1) && !p.toks[i+1].gap
}

// membersOpen: the open question asks for fields of people.
func (p *pass) membersOpen() bool {
	for _, o := range p.c.Open {
		if isRef(o) {
			return true
		}
	}
	return false
}

// relationTold: 张小军 关系 女婿 says what somebody is.
func (p *pass) relationTold(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if l := labelsOf(&p.toks[j]); len(l) > 0 && l[0] == "member.relation" {
			return true
		}
		if !p.toks[j].is(fill|fix) && p.toks[j].kind != mark {
			return false
		}
	}
	return false
}

// others are all who were not spoken of before: 其他人.
func (p *pass) others() subject {
	named := map[int]bool{}
	for _, s := range p.subs {
		if !s.every || len(s.people) < len(p.c.People) {
			for _, n := range s.people {
				named[n] = true
			}
		}
	}
	asked := map[string]bool{}
	for _, o := range p.c.Open {
		if rec, _, _ := strings.Cut(o, "."); len(p.subs) == 0 && isRef(o) {
			asked[rec] = true
		}
	}
	out := subject{every: true}
	for n, who := range p.c.People {
		if !named[n] && (len(asked) == 0 || asked[who.Ref]) {
			out.people = append(out.people, n)
		}
	}
	return out
}

// except reads 除了老妈都健康: everybody but those named up to 都.
func (p *pass) except(i int) (subject, int, bool) {
	left := map[int]bool{}
	for _, n := range p.everybody() {
		left[n] = true
	}
	for j := i + 1; j < min(len(p.toks), i+reach) && !p.toks[j].is(but); j++ {
		t := &p.toks[j]
		if t.is(all) || t.is(butend) && !p.namesFollow(j) {
			s := subject{every: true, here: true}
			for _, n := range p.everybody() {
				if left[n] {
					s.people = append(s.people, n)
				}
			}
			for _, n := range p.everybody() {
				if !left[n] {
					s.left = append(s.left, n)
				}
			}
			if j+1 < len(p.toks) && p.toks[j+1].is(all) {
				j++
			}
			return s, j, len(s.people) > 0
		}
		if s, end, ok := p.mention(j, -1); ok && len(s.people) < len(p.c.People) {
			for _, n := range s.people {
				delete(left, n)
			}
			j = end
		} else if t.kind == amount && !(p.isPeople(j) && j+1 < len(p.toks) && p.toks[j+1].is(kin)) || t.is(set|label) && !t.is(kin) {
			break
		}
	}
	return subject{}, i, false
}

func (p *pass) namesFollow(j int) bool {
	return j+1 < len(p.toks) && (p.toks[j+1].is(all|butend) || p.toks[j+1].kind == mark)
}

func (p *pass) everybody() []int {
	out := make([]int, len(p.c.People))
	for i := range out {
		out[i] = i
	}
	return out
}
