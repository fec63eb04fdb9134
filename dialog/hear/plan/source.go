package plan

import (
	"strings"
	"unicode/utf8"
)

// addSource takes a source or a kind, before or after its sum.
func (u *purse) addSource(i int) {
	w := u.p.toks[i].word
	n := len(u.funds)
	if u.sourced < 0 && n > 0 && w.source != "" && u.p.paysWhatIsLeft(i) { // of how much, nobody said
		u.p.leave(i-1, i+1, WhyNoAmount, w.source)
		return
	}
	if w.source != "" && u.sourced < 0 && u.sharedBy(i) { // 都是沪滇的
		for k := range u.funds {
			if u.funds[k].Source == "" {
				u.funds[k].Source, u.funds[k].Kind = w.source, either(w.kind, u.funds[k].Kind)
			}
		}
		return
	}
	if n > 0 && u.sourced < 0 && w.source != "" && u.funds[n-1].Source == "" && i > 1 && strings.HasSuffix(u.p.text(i-1, i), "是") && u.p.sums(i-2) { // 又2000是沪滇追加的
		u.funds[n-1].Source, u.funds[n-1].Kind = w.source, w.kind
		return
	}
	if w.source == "charity" && u.sourced >= 0 && strings.HasPrefix(w.text, "捐") {
		return // 三峡集团捐4万: the giver was named
	}
	if n > 0 && w.source == "self" && u.funds[n-1].Source == "" && u.funds[n-1].Kind == "grant" && u.funds[n-1].Amount != "" && !u.ownSum(i) && u.sourced < 0 {
		u.p.leave(i, i+1, WhyNoAmount, w.source) // 补1万，自己投工: what is given is not their own
		return
	}
	if (!u.lead || u.closes(i)) && n > 0 && u.funds[n-1].Source == "" && w.source != "" && u.sourced < 0 && !u.ownSum(i) {
		for k := n - 1; k >= 0 && u.funds[k].Source == "" && u.funds[k].Span == u.funds[n-1].Span; k-- {
			u.funds[k].Source, u.funds[k].Kind = w.source, either(w.kind, u.funds[k].Kind)
		}
		return
	}
	if w.source == "" {
		if n > 0 && u.source == "" && u.funds[n-1].Kind == "" && u.sourced < 0 && u.p.toks[i-1].kind == amount {
			u.funds[n-1].Kind = w.kind
		} else {
			u.kind = w.kind
		}
		return
	}
	u.waits(w.source, i)
	u.source, u.sourced, u.kind = w.source, i, w.kind
}

// waits: the source before this one had no sum: it shares the next one, or is reported.
func (u *purse) waits(source string, i int) {
	switch {
	case u.sourced < 0 || u.source == source:
	case u.eachAhead(i): // 沪滇、专项各一万
		u.several = append(u.several, u.source)
	default:
		u.p.leave(u.sourced, u.sourced+1, WhyNoAmount, u.source)
		u.lost = true
	}
}

// closes: the source ends a piece whose only sum stands before it: 剩下2000他自己解决.
func (u *purse) closes(i int) bool {
	end := i + 1
	for end < len(u.p.toks) && (u.pays(end) || u.p.toks[end].is(fill)) {
		end++
	}
	if end < len(u.p.toks) && u.p.toks[end].kind != mark {
		return false
	}
	sums := 0
	for j := i - 1; j >= 0 && u.p.toks[j].kind != mark; j-- {
		if w := u.p.toks[j].word; w != nil && w.source != "" {
			return false
		}
		if u.p.sums(j) {
			sums++
		}
	}
	return sums == 1
}

// alone: who hands out the money is all that the piece names: 工资一年1万，林草局发.
func (u *purse) alone(i int) bool {
	if u.p.toks[i-1].kind != mark || u.funds[len(u.funds)-1].Source != "" {
		return false
	}
	for i++; i < len(u.p.toks) && u.p.toks[i].kind != mark; i++ {
		if !u.pays(i) && !u.p.toks[i].is(fill) {
			return false
		}
	}
	return true
}

// eachAhead: 各 stands right before the next sum.
func (u *purse) eachAhead(i int) bool {
	for j := i + 1; j < len(u.p.toks); j++ {
		if _, _, ok := u.p.money(j); ok {
			return u.p.text(j-1, j) == "各"
		}
	}
	return false
}

// sharedBy: 都 stands before the source, and sums before it.
func (u *purse) sharedBy(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if t := &u.p.toks[j]; t.means(shared) {
			return len(u.funds) > 0
		} else if !t.is(fill) && !u.p.r.lex.listed("routes", u.p.text(j, j+1)) { // 全部走整合涉农
			return false
		}
	}
	return false
}

// rest: 剩三千 is part of a sum that was told.
func (u *purse) rest(i int) bool {
	s := u.p.text(i-1, i)
	return len(u.funds) > 0 && (strings.HasSuffix(s, "剩") || strings.HasSuffix(s, "剩下") || strings.HasSuffix(s, "余下") || strings.HasSuffix(s, "其余"))
}

// due: 还有三千没到 is part of what was told, or more of it: that must be asked.
func (u *purse) due(i int) bool {
	return len(u.funds) > 0 && u.sourced < 0 && i+1 < len(u.p.toks) && u.p.toks[i+1].is(unpaid)
}

// pays: 出, 给, 补 between who pays and the sum.
func (u *purse) pays(i int) bool {
	s := u.p.text(i, i+1)
	return utf8.RuneCountInString(s) == 1 && strings.ContainsAny(s, "出给补投拿拨凑掏添发付奖垫")
}

// own takes 自己1万: who is named before the sum pays it.
func (u *purse) own(i, to int) bool {
	who := " " + u.p.text(i, i+1) + " "
	j := i + 1
	if j < to && u.pays(j) && strings.Contains(" 他 她 他们 ", who) { // 他出两千
		who = " 自己 "
	}
	for j < to && (u.pays(j) || u.p.toks[j].is(fill) && u.p.toks[j].kind == vocab) {
		j++
	}
	if !u.p.r.lex.listed("themselves", strings.TrimSpace(who)) || j >= to || u.p.r.profile.Item("fund_source", "self") == nil {
		return false
	}
	if _, _, ok := u.p.money(j); !ok {
		return false
	}
	u.source, u.sourced, u.kind = "self", i, "self"
	return true
}

// ownSum: the source opens a piece and its sum follows: 政府补八千，自己出两千.
func (u *purse) ownSum(i int) bool {
	j := i + 1
	for j < len(u.p.toks) && (u.p.toks[j].is(fill) || u.pays(j)) {
		j++
	}
	if j == len(u.p.toks) {
		return false
	}
	_, _, ok := u.p.money(j)
	acts := strings.ContainsAny(u.p.text(i, j), "出补添拿掏贴垫投凑")
	return ok && i > 0 && (u.p.toks[i-1].kind == mark || acts && u.p.sums(i-1))
}

// department takes 住建出, 民政补: the money of a department.
func (u *purse) department(i, to int) bool {
	w := u.p.toks[i].word
	if w.is(county) && w.source == "" && u.p.r.profile.Item("fund_source", "county") != nil && u.paysAt(i+1, to) { // 县上补1500, 县级1万, 县里代缴
		if u.unworked(i) {
			return true
		}
		u.payer("county", i)
		return true
	}
	if w == nil || w.dept == "" || w.source != "" || i+1 >= to || u.p.r.profile.Item("fund_source", "department") == nil {
		return false
	}
	next, _ := utf8.DecodeRuneInString(u.p.text(i+1, i+2))
	worked := u.p.text(i+1, i+2) == "" && u.p.sums(i+1)
	hands := strings.ContainsRune("发付拨奖", next) && len(u.funds) > 0 && (u.closes(i) || u.alone(i))
	if !strings.ContainsRune("出补给", next) && !worked && !hands {
		return false
	}
	if !u.unworked(i) {
		u.payer("department", i)
	}
	return true
}

// unworked reports who pays what is left of a sum that could not be worked out.
func (u *purse) unworked(i int) bool {
	if u.sourced >= 0 || len(u.funds) == 0 || !u.p.paysWhatIsLeft(i) {
		return false
	}
	u.p.leave(i-1, i+1, WhyNoAmount)
	return true
}

// paysAt: the words in token i say that who stands before them pays.
func (u *purse) paysAt(i, to int) bool {
	for i < to && u.p.text(i, i+1) == "全" {
		i++
	}
	return i < to && (u.p.sums(i) || strings.ContainsRune("出补给拨贴", firstRune(u.p.text(i, i+1))) || strings.Contains(" 代缴 兜底 财政 ", " "+u.p.text(i, i+1)+" "))
}

// payer takes who pays in token i, before or after the sum.
func (u *purse) payer(source string, i int) {
	if n := len(u.funds); n > 0 && u.funds[n-1].Source == "" && (!u.lead || u.closes(i) || i > 0 && u.alone(i)) && !u.ownSum(i+1) {
		u.funds[n-1].Source = source
		return
	}
	u.waits(source, i)
	u.source, u.sourced, u.kind = source, i, ""
}
