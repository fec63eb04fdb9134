package plan

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// joined are the parts that say something.
func (r *Reader) joined(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, r.lex.show["sep"])
}

// after is a value with the word of show behind it, "" without a value.
func (r *Reader) after(value, word string) string {
	if value == "" {
		return ""
	}
	return value + r.lex.show[word]
}

// before is a value with the word of show in front of it.
func (r *Reader) before(word, value string) string {
	if value == "" {
		return ""
	}
	return r.lex.show[word] + value
}

// ShowMoney says a sum: 8000元, 2.1万元（21000元）: large sums both ways, so that
// nobody mistakes 元 for 万元.
func (r *Reader) ShowMoney(sum string) string {
	v, ok := zh.ParseDec(sum)
	if !ok {
		return sum
	}
	text := v.String() + r.lex.show["yuan"]
	if v <= zh.Whole(large) || v%10000 != 0 {
		return text
	}
	if r.brief {
		return (v / 10000).String() + r.lex.show["wan"]
	}
	return (v / 10000).String() + r.lex.show["wan"] + r.lex.show["open"] + text + r.lex.show["close"]
}

// ShowDate says a date as far as it is known: 2018年10月31日.
func (r *Reader) ShowDate(iso string) string {
	out := ""
	for i, part := range strings.Split(iso, "-") {
		n, err := strconv.Atoi(part)
		if err != nil || i > 2 {
			return iso
		}
		out += strconv.Itoa(n) + []string{"年", "月", "日"}[i]
	}
	return out
}

func (r *Reader) money(sum string) string {
	if sum == "" {
		return ""
	}
	return r.ShowMoney(sum)
}

func (r *Reader) label(list, key string) string {
	if key == "" {
		return ""
	}
	return r.profile.Label(list, key)
}

func (r *Reader) about(f Flags) string {
	if f.Approx {
		return r.lex.show["about"]
	}
	return ""
}

// ShowCause says a cause: 缺资金·2万元（20000元）·买牛.
func (r *Reader) ShowCause(c Cause) string {
	main := ""
	if c.Main {
		main = r.lex.show["main"]
	}
	return r.joined(main+r.label("cause", c.Kind), r.ShowDate(c.Date), r.money(c.Gap), c.GapUse, c.Desc)
}

// ShowMeasure says a measure in one line, its money and outputs behind it.
func (r *Reader) ShowMeasure(m Measure) string {
	kind := r.label("measure_cat2", m.Cat2)
	if kind == "" {
		kind = r.label("measure_cat1", m.Cat1)
	}
	if m.Cancel {
		kind = r.lex.show["cancel"] + kind
	}
	title := m.Title
	if strings.Contains(kind, title) { // C级修缮加固·C级修缮加固
		title = ""
	}
	if r.brief && title != "" && !m.Cancel {
		kind = ""
	}
	qty := ""
	if m.Qty != "" && m.Unit != "yuan" {
		qty = r.about(m.Flags) + m.Qty + r.label("unit", m.Unit)
	}
	parts := []string{kind, title, qty, r.after(r.ShowDate(m.Start), "from"), r.after(r.ShowDate(m.Due), "by"), r.label("will", m.Will)}
	if m.Due == "" && m.Start == "" {
		parts = append(parts, r.after(m.Year, "year"))
	}
	out := append([]string{r.joined(parts...)}, r.ShowFunds(m.Funds)...)
	for _, o := range m.Outputs {
		out = append(out, r.ShowOutput(o))
	}
	return strings.Join(out, r.lex.show["comma"])
}

// ShowFunds says lines of money; what comes alike in several years is one:
// 2018、2019年·每年3000元.
func (r *Reader) ShowFunds(fs []Fund) []string {
	var out []string
	for len(fs) > 0 {
		f, n := fs[0], 1
		for f.Amount != "" && n < len(fs) && fs[n].Year != "" && f.Year != "" && fs[n].Source == f.Source && fs[n].Kind == f.Kind && fs[n].Amount == f.Amount && fs[n].Paid+f.Paid+fs[n].Months+f.Months == "" {
			f.Year += r.lex.show["list"] + fs[n].Year
			n++
		}
		if n == 1 {
			out = append(out, r.ShowFund(f))
		} else {
			sum := f.Amount
			f.Amount = ""
			out = append(out, r.joined(r.ShowFund(f), r.lex.show["yearly"]+r.about(f.Flags)+r.money(sum)))
		}
		fs = fs[n:]
	}
	return out
}

// ShowFund says a line of money: 2018年·东西部扶贫协作资金·2万元（20000元）.
func (r *Reader) ShowFund(f Fund) string {
	if f.None {
		return r.joined(r.after(f.Year, "year"), r.lex.show["none"], f.Why)
	}
	kind := r.label("fund_kind", f.Kind)
	if f.Kind == "grant" || f.Kind == "self" && f.Source == "self" {
		kind = ""
	}
	if r.brief {
		return r.after(f.Year, "year") + r.label("fund_source", f.Source) + kind + r.about(f.Flags) + r.money(f.Amount) + r.after(f.Months, "month") + r.before("paid", r.money(f.Paid))
	}
	return r.joined(r.after(f.Year, "year"), r.label("fund_source", f.Source), kind, r.about(f.Flags)+r.money(f.Amount),
		r.after(f.Months, "month"), r.before("paid", r.money(f.Paid)))
}

// ShowOutput says a result: 2019年·出栏2头·增收5000元.
func (r *Reader) ShowOutput(o Output) string {
	qty := o.Target
	if qty == "" {
		qty = o.Actual
	}
	what := o.Indicator + r.about(o.Flags) + qty + r.label("unit", o.Unit)
	if o.Unit == "yuan" {
		return r.joined(r.after(o.Year, "year"), o.Indicator+r.about(o.Flags)+r.money(qty))
	}
	return r.joined(r.after(o.Year, "year"), what, r.before("income", r.money(o.Income)))
}

// ShowDuty says who answers: 乡镇·农科站·小杨·落实.
func (r *Reader) ShowDuty(d Duty) string {
	unit := d.Unit
	if unit == "" {
		unit = r.label("dept", d.Dept)
	}
	post := d.Post
	if strings.HasSuffix(d.Name, post) {
		post = ""
	}
	return r.joined(r.label("duty_level", d.Level), unit, d.Name+post, r.label("duty_role", d.Role), r.before("goal", d.Goal),
		r.before("deadline", r.ShowDate(d.Deadline)), r.before("reward", d.Reward), r.before("penalty", d.Penalty))
}

// ShowHelper says a helper: 张华·县残联·2018-09-20起.
func (r *Reader) ShowHelper(h Helper) string {
	return r.joined(h.Name, h.Unit, h.Phone, r.after(r.ShowDate(h.From), "from"), r.after(r.ShowDate(h.To), "to"))
}

// ShowExit says an order: 2019年3季度脱贫·排在前头·村出列2019年.
func (r *Reader) ShowExit(e Exit) string {
	when := r.after(e.Year, "year")
	if e.Quarter != "" {
		when += e.Quarter + r.lex.show["q"]
	}
	if when != "" {
		when += r.lex.show["exit"]
	}
	first := ""
	if e.First {
		first = r.lex.show["first"]
	}
	parts := []string{when, first, r.before("seq", e.Seq), r.before("village", r.after(e.VillageYear, "year")), r.before("county", r.after(e.CountyYear, "year"))}
	for _, m := range e.Milestones {
		parts = append(parts, m.Quarter+m.Text)
	}
	return r.joined(parts...)
}
