package plan

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// year reads a token as a year: a bare 18 only before a source or another sum.
func (u *purse) year(i, to int) (string, bool) {
	y, ok := u.p.yearOf(i)
	if !ok || u.p.toks[i].kind == date {
		return y, ok
	}
	if u.p.toks[i].q.Value >= zh.Whole(1000) {
		return y, true
	}
	if u.listedYears(i) {
		return y, true
	}
	for j := i + 1; j < to; j++ {
		t := &u.p.toks[j]
		if t.is(through) || t.word != nil && (t.word.source != "" || t.is(each)) {
			return y, true
		}
		if _, _, sum := u.p.money(j); sum && t.q.Dim == zh.Money || sum && j > i {
			return y, true
		}
	}
	return "", false
}

// listedYears: the number is one of several with how many years behind: 18、19两年.
func (u *purse) listedYears(i int) bool {
	n := 0
	for ; i < len(u.p.toks); i++ {
		t := &u.p.toks[i]
		if _, ok := u.p.bareYear(t); t.kind == amount && ok {
			n++
			continue
		}
		if t.kind == mark {
			continue
		}
		return t.kind == amount && t.q.Dim == zh.Years && t.q.Value >= zh.Whole(max(n, 1)) && t.q.Value <= zh.Whole(n+2) && t.q.Value < zh.Whole(6)
	}
	return false
}

// addYear puts a year in force: 18年、19年各1万 are two; 18到20年 all between.
func (u *purse) addYear(y string, i int) {
	n := len(u.funds)
	if !u.early {
		if u.late != "" && u.joins(i) && u.more(y, i) {
			u.late, u.lateAt = y, i
			return
		}
		if n > 0 && u.funds[n-1].Year != "" { // …今年到位，明年还有3000
			u.next = y
			return
		}
		if u.upTo(y, i) {
			return
		}
		for k := n - 1; k >= 0 && u.funds[k].Year == "" && (u.funds[k].Paid == "" || y <= strconv.Itoa(u.p.c.Now.Year())); k-- {
			u.funds[k].Year = y
			u.funds[k].Relative = u.funds[k].Relative || u.p.relativeYear(i)
			u.late, u.lateAt = y, i
		}
		return
	}
	if u.fresh && u.apart(i) { // 今年钱没批下来，明年给8000
		u.p.leave(u.since, u.since+1, WhyNoAmount)
		u.fresh = false
	}
	if !u.fresh {
		u.years, u.yearRel = nil, false
	}
	u.since, u.yearRel = i, u.yearRel || u.p.relativeYear(i)
	if last := len(u.years); u.fresh && last > 0 && i > 0 && u.p.toks[i-1].is(through) {
		a, _ := strconv.Atoi(u.years[last-1])
		b, _ := strconv.Atoi(y)
		for a++; a < b && b-a < 20; a++ {
			u.years = append(u.years, strconv.Itoa(a))
		}
	}
	u.years, u.fresh = append(u.years, y), true
}

// apart: words of their own stand in another piece between the year before and this one.
func (u *purse) apart(i int) bool {
	words, marks := false, false
	for j := u.since + 1; j < i; j++ {
		t := &u.p.toks[j]
		words = words || t.kind == rest || t.kind == vocab && !t.is(through|fill|each)
		marks = marks || t.kind == mark && t.strength >= comma && u.p.text(j, j+1) != "、"
	}
	return words && marks
}

// upTo spreads what comes each year from this year to the one that 到 stands before:
// 每年三千，读到2020.
func (u *purse) upTo(y string, i int) bool {
	n, now := len(u.funds), strconv.Itoa(u.p.c.Now.Year())
	if n == 0 || u.funds[n-1].Year != "" || u.late != "" || i == 0 || !u.p.toks[i-1].is(through) || y <= now || !u.perYear(i) {
		return false
	}
	for k := n - 1; k >= 0 && u.funds[k].Year == ""; k-- {
		u.funds[k].Year, u.funds[k].Worked = now, true
	}
	u.late, u.lateAt = now, i
	u.more(y, i)
	u.late = y
	return true
}

// joins: nothing but marks and 到 stands between the year before and this one.
func (u *purse) joins(i int) bool {
	for j := u.lateAt + 1; j < i; j++ {
		t := &u.p.toks[j]
		if t.kind != mark && !t.is(through|fill) {
			return false
		}
	}
	return true
}

// more copies the lines of the year before for one more year, up to it when 到
// was said: 一年三千，18年19年20年都有. It is false for sums that do not come each year.
func (u *purse) more(y string, i int) bool {
	from, _ := strconv.Atoi(u.late)
	to, _ := strconv.Atoi(y)
	through := u.p.toks[i-1].is(through)
	if to <= from || to-from > 20 || !u.perYear(i) {
		return false
	}
	if !through {
		from = to - 1
	}
	n := len(u.funds)
	for year := from + 1; year <= to; year++ {
		for k := 0; k < n; k++ {
			if u.funds[k].Year == u.late {
				line := u.funds[k]
				line.Year = strconv.Itoa(year)
				u.funds = append(u.funds, line)
			}
		}
	}
	return true
}

// perYear: the text says that the sums come each year.
func (u *purse) perYear(i int) bool {
	for j := range u.p.toks {
		t := &u.p.toks[j]
		if t.kind == amount && strings.Contains(t.q.Per, "年") || t.is(each) || j > i && t.means(shared) {
			return true
		}
		if t.kind == rest || t.kind == vocab {
			if s := u.p.text(j, j+1); strings.Contains(s, "年") && t.kind == rest || s == "每年" {
				return true
			}
		}
	}
	return false
}

// rangeOf takes 18到20年; whether the sum is for each of them must be said.
func (u *purse) rangeOf(i int) bool {
	years, each := u.p.yearRange(i)
	if len(years) == 0 {
		return false
	}
	if !u.early && len(u.funds) > 0 {
		if u.funds[len(u.funds)-1].Year != "" || !u.perYear(i) {
			u.p.leave(i, i+1, WhyAmbiguous)
			return true
		}
		for _, y := range years {
			if u.late == "" {
				u.addYear(y, i)
			} else {
				u.more(y, i)
				u.late = y
			}
		}
		u.p.claimed[i] = true
		return true
	}
	u.years, u.fresh, u.since, u.yearRel = years, true, i, false
	u.all = each
	return true
}

// relativeYear: 今年, 明年.
func (p *pass) relativeYear(i int) bool {
	return p.toks[i].on.Relative && p.toks[i].kind == date || p.toks[i].kind == date && strings.TrimLeft(p.text(i, i+1), "今明后去前大") != p.text(i, i+1)
}

// repeat gives a yearly sum that runs for some years to each of them: 每年三千，补三
// 年，从18年开始.
func (u *purse) repeat() {
	if u.runs == 0 || len(u.funds) != 1 || u.funds[0].Source == "credit" && u.funds[0].Months != "" {
		return
	}
	y, err := strconv.Atoi(u.funds[0].Year)
	if first := u.p.c.First; err != nil && len(u.p.c.Years) == 0 && u.runs == u.p.c.Last-first+1 && u.p.c.Now.Year() == first { // 三年都当: all of the programme
		y, err = first, nil
		u.funds[0].Year = strconv.Itoa(first)
	}
	if err != nil || !u.perYear(u.runsAt) {
		return
	}
	u.funds[0].Worked = true
	for k := 1; k < u.runs; k++ {
		line := u.funds[0]
		line.Year = strconv.Itoa(y + k)
		u.funds = append(u.funds, line)
	}
}

// sumOfYears: 三年九千 adds up what was told for one, or must be asked.
func (u *purse) sumOfYears(i, to int) bool {
	t := &u.p.toks[i]
	n, whole := t.q.Value.Int()
	if t.kind != amount || t.q.Dim != zh.Years || t.q.Per != "" || !whole || n < 2 || n > 10 || i+1 >= to {
		return false
	}
	v, _, ok := u.p.money(i + 1)
	last := len(u.funds) - 1
	if ok && last < 0 { // 两年三万，一年一万五
		for j := i + 2; j < to; j++ {
			if one, _, sum := u.p.money(j); sum && strings.Contains(u.p.per(j), "年") && one*zh.Dec(n) == v {
				u.p.claimed[i], u.p.claimed[i+1] = true, true
				u.runs, u.runsAt = n, i
				return true
			}
		}
	}
	if !ok || last < 0 || u.funds[last].Source == "credit" {
		return false
	}
	one, _ := zh.ParseDec(u.funds[last].Amount)
	if one*zh.Dec(n) != v {
		u.p.leave(i, i+2, WhyAmbiguous)
	}
	u.p.claimed[i+1] = true
	return true
}

// every: a sum for each of several years.
func (u *purse) every(i int) bool {
	if len(u.years) < 2 || !u.fresh {
		return false
	}
	if u.all || u.p.toks[i].q.Per == "年" {
		return true
	}
	for j := i - 1; j >= 0 && u.p.toks[j].kind != amount; j-- {
		if u.p.toks[j].is(each) {
			return true
		}
	}
	return false
}
