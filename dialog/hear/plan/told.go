package plan

import (
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// takesPlace: 改 or 换 with what comes instead behind it; 厕所一起改 and 换瓦 are work on it.
func (p *pass) takesPlace(x piece) bool {
	i := p.has(x, instead)
	return i >= 0 && (utf8.RuneCountInString(p.text(i, i+1)) > 1 || p.anchorOf(piece{from: i + 1, to: x.to}).known)
}

// asUsual: nothing is planned: 种苞谷都是老样子不用管.
func (p *pass) asUsual(x piece) bool {
	return p.r.lex.holds("usual", p.text(x.from, x.to)) && p.find(x, func(t *tok) bool { return t.kind == amount || t.kind == date }) < 0
}

// earlier is the draft that a piece gives its money or its date to, -1 when it does not:
// of the same kind, told before another one, and without a count of its own.
func (p *pass) earlier(ds []draft, a anchor, x piece) int {
	dated := p.find(x, func(t *tok) bool { return t.kind == date }) >= 0
	if len(ds) < 2 || p.has(x, cancel|instead|through) >= 0 || p.find(x, func(t *tok) bool {
		return t.kind == amount && t.q.Value > zh.One && (t.q.Dim == zh.Count || t.q.Dim == zh.Area)
	}) >= 0 {
		return -1
	}
	sums := false
	for i := x.from; i < x.to; i++ {
		sums = sums || p.sums(i)
	}
	at := p.byNoun(ds, x)
	if at >= 0 && (sums || dated) {
		return at
	}
	at = -1
	for i := range ds {
		d := &ds[i]
		early := dated && i+1 < len(ds) && a.rank != byName && p.find(piece{from: d.from, to: d.to}, func(t *tok) bool { return t.kind == date }) < 0
		if (sums && !dated || early) && d.cat2 == a.cat2 && !d.cancel {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// byNoun is the only draft before the last whose head names what the piece begins with:
// 先修圈后买猪，圈10月修好; -1 when there is none.
func (p *pass) byNoun(ds []draft, x piece) int {
	i := p.skip(x.from, fill)
	if i >= x.to || p.toks[i].kind != vocab && p.toks[i].kind != rest || p.toks[i].person > 0 || p.toks[i].is(raise|plant) {
		return -1
	}
	at, noun := -1, p.text(i, i+1)
	for k := range ds {
		if d := &ds[k]; strings.Contains(p.text(d.head.from, d.head.to), noun) {
			if at >= 0 || d.cancel {
				return -1
			}
			at = k
		}
	}
	return at
}

// countFollows: the next piece counts what this one names: 黑山羊 30只.
func (p *pass) countFollows(x piece) bool {
	if x.after >= fullstp || x.to+1 >= len(p.toks) {
		return false
	}
	t := &p.toks[x.to+1]
	return t.kind == amount && (t.q.Dim == zh.Count && !items[t.q.Unit] || t.q.Dim == zh.Area)
}

// onCredit: the loan only says what is paid with: 贷款买.
func (p *pass) onCredit(x piece, a anchor) bool {
	if p.find(x, func(t *tok) bool { return t.kind == amount }) >= 0 {
		return false
	}
	before, behind := p.text(x.from, a.tok), p.text(a.tok+1, x.to)
	return strings.HasSuffix(before, "用") || strings.HasSuffix(before, "靠") || behind != "" && strings.ContainsRune("买购来搞整的", firstRune(behind))
}

// paysWith: a loan is one of those who pay for the measure before it: 养牛2头，贷款三万，
// 沪滇补八千. A programme of loans (小额信贷) is a measure of its own.
func (p *pass) paysWith(d *draft, x piece, a anchor) bool {
	if a.rank != byLoan || d.rank == byLoan || d.cancel || p.r.lex.holds("programmes", p.text(a.tok, a.tok+1)) || p.find(x, func(t *tok) bool { return t.word != nil && t.word.thing != "" || t.is(raise|plant) }) >= 0 {
		return false
	}
	to := x.to
	for to < len(p.toks) && p.toks[to].strength < fullstp {
		to++
	}
	own := false
	for i := x.from; i < x.to; i++ {
		own = own || p.sums(i)
	}
	if own && p.worked && p.paysWhatRemains(x) { // 1万，老表支持3000，剩下贷款
		return true
	}
	for _, y := range p.pieces {
		if y.from < d.from || y.to > to {
			continue
		}
		sums, other := false, false
		for i := y.from; i < y.to; i++ {
			sums = sums || p.sums(i)
			w := p.toks[i].word
			other = other || w != nil && w.source != "" && w.source != "credit"
		}
		if b := p.anchorOf(y); y.from >= x.to && b.known && b.rank != byLoan {
			break
		}
		if own && sums && other {
			return true
		}
	}
	return false
}

// paysWhatRemains: the piece tells who pays what is left of the sum of all.
func (p *pass) paysWhatRemains(x piece) bool {
	from, _ := p.remainder()
	return from >= p.toks[x.from].from && from < p.toks[x.to-1].to
}

// calledOff: 危房不消改了, 羊不买了.
func (p *pass) calledOff(x piece) bool {
	s := p.text(x.from, x.to)
	if !strings.HasSuffix(s, "了") && !strings.HasSuffix(s, "咯") {
		return false
	}
	i := strings.LastIndex(s, "不")
	if i < 0 {
		return false
	}
	verb := s[i+len("不"):]
	for _, w := range []string{"消", "用", "打算", "想再", "想", "愿意", "愿", "再"} {
		verb = strings.TrimPrefix(verb, w)
	}
	r, n := utf8.DecodeRuneInString(verb)
	return strings.ContainsRune("改修盖买贷去搬学搞做办养种喂栽建整要", r) && len(verb) == n+len("了")
}

// counting: the piece only tells how many items follow: 安排三样.
func (p *pass) counting(x piece) bool {
	return p.find(x, func(t *tok) bool {
		return !t.is(fill) && !(t.kind == amount && (t.q.Dim == zh.Count || t.q.Dim == zh.Plain) && items[t.q.Unit] && t.q.Per == "" && t.q.Value < zh.Whole(20))
	}) < 0
}

// finished: the piece tells what is done. 12月竣工 is still to come.
func (p *pass) finished(x piece) bool {
	i := p.has(x, done)
	if s := p.text(x.from, x.to); i < 0 && strings.HasPrefix(s, "已经") && strings.Contains(strings.TrimSuffix(s, "了"), "了") { // 已经给他家安了水
		i = x.from
	}
	if i < 0 {
		return false
	}
	if at := p.find(x, func(t *tok) bool { return t.kind == date && t.on.Precision != zh.NoDate }); at >= 0 {
		if on := p.toks[at].on; !on.Last().Before(zh.DateOf(p.c.Now).First()) && !strings.Contains(p.text(x.from, x.to), "已") {
			return false
		}
	}
	return !p.toks[i].is(finish) || strings.ContainsAny(p.text(x.from, x.to), "了已过咯")
}

// wage: 一个月1500 behind work that pays is what it brings, no money to spend.
func (p *pass) wage(x piece, a anchor, d *draft) bool {
	shared := d.cat2 == "solar" || d.cat2 == "asset_income"
	share := shared && strings.ContainsAny(p.text(x.from, x.to), "分红益底租")
	if s := p.text(d.from, d.to); shared && !a.known && (strings.Contains(s, "分红") || strings.Contains(s, "租")) { // 搞光伏分红，一年三千
		for i := x.from; i < x.to; i++ {
			share = share || p.sums(i) && (p.per(i) == "年" || p.per(i) == "月")
		}
	}
	if a.known && a.cat2 != d.cat2 || d.cat1 != "employment" && !share || p.find(x, func(t *tok) bool { return t.word != nil && (t.word.source != "" || t.word.kind != "") }) >= 0 {
		return false
	}
	for i := x.from; i < x.to; i++ {
		if _, _, ok := p.money(i); ok {
			return share || strings.Contains(" 月 个月 天 日 ", " "+p.per(i)+" ") || strings.Contains(p.text(x.from, x.to), "工资")
		}
	}
	return false
}

// samesay: 也就是四千 says in money what the piece before promised as a share.
func (p *pass) samesay(x piece, d *draft) bool {
	s := p.text(x.from, x.to)
	if x.from < 2 || !(strings.HasPrefix(s, "也就是") || strings.HasPrefix(s, "就是") || strings.HasPrefix(s, "合") || strings.HasPrefix(s, "折合")) {
		return false
	}
	return d.to == x.from-1 && p.toks[x.from-2].kind == amount && p.toks[x.from-2].q.Dim == zh.Percent && p.find(x, func(t *tok) bool { return t.kind == amount }) >= 0
}

// dividend: the one sum behind 入股分红 is what it brings: 光伏入股分红每年2000.
func (p *pass) dividend(d *draft, x piece) {
	at := p.find(x, func(t *tok) bool {
		return t.word != nil && len(t.word.cats) > 0 && strings.HasSuffix(t.word.text, "分红")
	})
	if d.cancel || at < 0 {
		return
	}
	amounts := 0
	for i := at + 1; i < x.to; i++ {
		if t := &p.toks[i]; t.kind == amount && !p.sums(i) || t.word != nil && (t.word.source != "" || t.word.kind != "") {
			return
		} else if t.kind == amount {
			amounts++
		}
	}
	if amounts == 1 {
		p.earns = true
		p.promised(d, piece{from: at + 1, to: x.to, after: x.after})
		p.earns = false
	}
}

// vagueWage: 工资五千 without 一个月 or 一年 may be either.
func (p *pass) vagueWage(x piece) bool {
	for i := x.from; i < x.to; i++ {
		if v, _, ok := p.money(i); ok {
			return p.per(i) == "" && v < zh.Whole(20000) && !strings.ContainsAny(p.text(x.from, x.to), "年月天分红租益底")
		}
	}
	return false
}

// claim keeps the sums of a piece from the money of the measure.
func (p *pass) claim(x piece) {
	for i := x.from; i < x.to; i++ {
		p.claimed[i] = true
	}
}

// sameAgain: a second word for the measure just named: 危改 D级重建, 培训 学挖掘机;
// not with an amount or a member of its own.
func (p *pass) sameAgain(ds []draft, a anchor, x piece) bool {
	last := len(ds) - 1
	if last < 0 || p.has(x, cancel) >= 0 || p.takesPlace(x) {
		return false
	}
	d := &ds[last]
	if d.rank == byThing && a.rank == byThing && d.cat2 == a.cat2 && (p.sameThing(d, x) || p.onlyCounts(d, x)) {
		d.to = x.to // 养牛2头，买牛的钱县里出
		return true
	}
	general := d.rank == byThing && a.rank == byThing && d.cat2 == a.cat2 && p.find(d.head, func(t *tok) bool { return t.kind == rest || t.kind == amount || t.word != nil && t.word.thing != "" }) < 0
	vague := d.cat2 == "" || strings.HasSuffix(d.cat2, "_other") && d.cat2 != a.cat2 && a.rank >= byClass // 公益岗 护林员
	if vague && d.cat1 == a.cat1 && a.cat2 != "" || general {
		d.cat2, d.head, d.to = a.cat2, x, x.to
		if a.rank == byLoan {
			d.rank = byLoan
		}
		return true
	}
	same := d.cat2 == a.cat2 && d.cat1 == a.cat1 || a.cat2 == "" && a.cat1 == d.cat1
	return same && a.rank != byThing && p.find(x, func(t *tok) bool { return t.person > 0 || t.word != nil && len(t.word.kin) > 0 }) < 0
}

// sameThing: the piece names what the head of the draft names, without a number
// of its own to count it.
func (p *pass) sameThing(d *draft, x piece) bool {
	counted := p.find(x, func(t *tok) bool { return t.kind == amount && (t.q.Dim == zh.Count || t.q.Dim == zh.Area) }) >= 0
	if p.onlyPrices(x) {
		return true // 喂生猪五头，一头仔猪八百
	}
	if counted || p.find(d.head, func(t *tok) bool { return t.kind == amount }) < 0 {
		return false
	}
	for i := x.from; i < x.to; i++ {
		w := p.toks[i].word
		if w != nil && w.thing != "" && p.find(d.head, func(t *tok) bool {
			return t.word != nil && t.word.thing != "" && (strings.HasSuffix(t.word.text, w.text) || strings.HasSuffix(w.text, t.word.text) || kindred(t.word.text, w.text))
		}) >= 0 {
			return true
		}
	}
	return false
}

// onlyCounts: the piece counts what the head of the draft names: 要喂鹅，喂30只.
func (p *pass) onlyCounts(d *draft, x piece) bool {
	thing := func(t *tok) bool { return t.word != nil && t.word.thing != "" }
	return !d.cancel && p.find(x, thing) < 0 && p.find(d.head, thing) >= 0 && p.find(d.head, func(t *tok) bool { return t.kind == amount }) < 0
}

// bears: young ones are counted that the animals are to bear: 下2头小牛.
func (p *pass) bears(x piece) bool {
	if !p.r.lex.holds("young", p.text(x.from, x.to)) {
		return false
	}
	for i := x.from + 1; i < x.to; i++ {
		if p.toks[i].kind == amount && p.toks[i].q.Dim == zh.Count && strings.ContainsRune("下生产", lastRune(p.text(i-1, i))) {
			return true
		}
	}
	return false
}

// kindred: both words name the same animal: 土鸡, 鸡苗.
func kindred(a, b string) bool {
	i := strings.IndexAny(a, "牛猪羊鸡鸭鹅蜂鱼兔")
	return i >= 0 && strings.Contains(b, a[i:i+len("牛")])
}

// onlyPrices: all that the piece counts is one of something, with its price.
func (p *pass) onlyPrices(x piece) bool {
	priced := false
	for i := x.from; i < x.to; i++ {
		switch {
		case p.toks[i].kind != amount || p.one(i):
		case p.sums(i) && p.per(i) != "":
			priced = true
		default:
			return false
		}
	}
	return priced
}

// denied: 不养牛, 没有低保; 不愿意养羊 tells what the family wants.
func (p *pass) denied(x piece, a anchor) bool {
	for i := x.from; i < a.tok; i++ {
		if directive := i == x.from && p.text(i, i+1) == "不要"; (directive || p.toks[i].is(no)) && (i+1 == a.tok || i+2 == a.tok && p.toks[i+1].is(fill)) {
			return directive || p.toks[i].word.will == "" // 不要养羊, but he says so in 他不要羊
		}
	}
	return false
}

// promise: the piece tells a result of the draft, not another measure.
func (p *pass) promise(x piece, a anchor, d *draft) bool {
	counted := p.find(x, func(t *tok) bool { return t.kind == amount }) >= 0
	if i := p.find(x, func(t *tok) bool { return t.word != nil && t.word.indicator != "" }); i >= 0 && i+1 < x.to && strings.Contains(" 后 以后 之后 完 ", " "+p.text(i+1, i+2)+" ") {
		return false // 报销后自己出八千
	}
	if d.cat1 == "public_post" && p.find(x, func(t *tok) bool {
		return t.is(income) || t.word != nil && t.word.indicator != "" && t.word.per != "yuan"
	}) < 0 {
		return false // 月工资500 of a post is public money
	}
	if a.rank >= byName {
		w := p.toks[a.tok].word
		return counted && w != nil && w.indicator != "" && (a.cat1 == d.cat1 || a.cat2 == "asset_income")
	}
	return p.has(x, income) >= 0 || p.find(x, func(t *tok) bool { return t.word != nil && t.word.indicator != "" && (counted || !t.is(begin)) }) >= 0 && (counted || !a.known) ||
		p.reaches(x) && !counted
}

// reaches: 达到B级.
func (p *pass) reaches(x piece) bool {
	for i := x.from; i < x.to; i++ {
		if p.grade(x, i) != "" {
			return true
		}
	}
	return false
}

// tells: the piece can only say how the work before it is done.
func (p *pass) tells(x piece) bool {
	return p.has(x, no|done|helper|goal|reward|penalty|spend) < 0 && p.find(x, func(t *tok) bool { return t.kind == rest }) >= 0
}

func (p *pass) promised(d *draft, x piece) {
	for i := d.from; i < x.from; i++ { // 3月种11月收: of the same year
		if t := &p.toks[i]; t.kind == date && t.on.Precision > zh.Year && !t.word.is(soft) {
			if on, ok := p.dateOf(i, zh.Future, p.before); ok {
				p.before = on
			}
		}
	}
	if !p.output(x, &d.outputs) {
		p.leave(x.from, x.to, WhyUnknown)
		return
	}
	d.to = x.to
	p.claim(x)
	p.before = zh.Date{}
}

// useful: a piece without an anchor tells something of a measure.
func (p *pass) useful(x piece) bool {
	return p.find(x, func(t *tok) bool {
		w := t.word
		return t.kind == date || t.kind == amount || t.person > 0 || t.is(talk|pair|cancel|paid|free|reason|all|finish|begin|village|township|county) ||
			w != nil && (w.will != "" || w.source != "" || w.kind != "" || w.dept != "" || len(w.kin) > 0 || w.thing != "" || w.grade != "")
	}) >= 0
}
