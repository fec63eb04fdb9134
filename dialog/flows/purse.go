package flows

import (
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/models"
)

// fundsOf are the places of a measure's lines of money.
func fundsOf(d *models.Dossier, id string) (out []int) {
	for i := range d.Funds {
		if d.Funds[i].MeasureID == id {
			out = append(out, i)
		}
	}
	return out
}

// outputsOf are the places of a measure's outputs.
func outputsOf(d *models.Dossier, id string) (out []int) {
	for i := range d.Outputs {
		if d.Outputs[i].MeasureID == id {
			out = append(out, i)
		}
	}
	return out
}

// askMoney finds the line that money which came or was spent belongs to, and whether
// it comes on top of what is on record. More than was planned is refused with a
// sentence; the line is changed with the plan, not by a payment.
func (t *talk) askMoney(j job, d *models.Dossier, m *models.Measure) bool {
	for _, s := range decodeSums(j[jobMoney]) {
		if s.Kind == progress.Earned || s.Amount == "" && s.Share == "" {
			continue
		}
		lines := t.linesFor(j, d, m, s)
		if len(lines) == 0 {
			continue // told when it is saved
		}
		i, asked := t.lineFor(j, d, lines, s)
		if asked || i < 0 {
			return asked
		}
		if t.askSum(j, &d.Funds[i], s) {
			return true
		}
	}
	return false
}

// linesFor are the lines of a measure that money of a kind can be of: what arrives is
// never what the family itself puts in, as long as there is another line; what is spent
// is paid out of no line (domain.md §1.6: 已拨 is what was disbursed), but what the family
// puts in itself.
func (t *talk) linesFor(j job, d *models.Dossier, m *models.Measure, s progress.Sum) []int {
	lines := fundsOf(d, m.ID)
	own := func(i int) bool { return t.fundKind(d.Funds[i].Source) == ownMoney }
	given := slices.DeleteFunc(slices.Clone(lines), own)
	switch {
	case s.Kind == progress.Spent && len(given) > 0 && !containsAny(j[jobNote], strings.Fields(t.texts.Say("work.own_money"))):
		return nil
	case s.Kind == progress.Spent:
		return slices.DeleteFunc(lines, func(i int) bool { return !own(i) })
	case s.Kind == progress.Paid && len(given) > 0:
		return given
	}
	return lines
}

// ownMoney is what a household puts in itself.
const ownMoney = "self"

// lineFor is the line a sum belongs to: the only one, the one whose words were said,
// the one it fills exactly; else it is asked. -1: it belongs to none.
func (t *talk) lineFor(j job, d *models.Dossier, lines []int, s progress.Sum) (i int, asked bool) {
	if len(lines) == 1 {
		return lines[0], false
	}
	amount, _ := models.ParseDec(s.Amount)
	var named, exact []int
	total := models.Dec{}
	for _, i := range lines {
		f := &d.Funds[i]
		total = total.Add(f.Amount)
		if j[jobLine] == t.lineLabel(f) || t.namesSource(j[jobNote], f.Source) {
			named = append(named, i)
		}
		if s.Kind == progress.Paid && f.Amount.Sub(f.Paid).N() == amount.N() {
			exact = append(exact, i)
		}
	}
	switch {
	case len(named) == 1:
		return named[0], false
	case len(exact) == 1:
		return exact[0], false
	}
	t.say("need.line", "n", s.Amount)
	var opts []dialog.Option
	for _, i := range lines[:min(len(lines), todoPage)] {
		opts = append(opts, tap(t.lineLabel(&d.Funds[i])))
	}
	t.askJob(j, needLine, opts...)
	return -1, true
}

// lineLabel is 2018专项扶贫资金12000元.
func (t *talk) lineLabel(f *models.Fund) string {
	return t.texts.Say("need.line_label", "source", t.fundName(f), "amount", f.Amount.String())
}

// namesSource reports whether the words name a source of money: 沪滇的钱到了.
func (t *talk) namesSource(said, source string) bool {
	it := t.profile.Item("fund_source", source)
	if it == nil {
		return false
	}
	for _, w := range it.Names() {
		if len([]rune(w)) >= 2 && strings.Contains(said, w) {
			return true
		}
	}
	return false
}

// askSum: a sum that would be more than planned is refused; one that meets a sum on
// record is asked about, unless the words say that it comes on top.
func (t *talk) askSum(j job, f *models.Fund, s progress.Sum) bool {
	amount := sumOf(f, s)
	paid := f.Paid
	if paid.N() > 0 && !s.Again && j[jobAdd] == "" && s.Kind == progress.Paid && s.Share == "" {
		t.say("need.sum", "paid", paid.String(), "n", amount.String())
		var opts []dialog.Option
		if sum := paid.Add(amount); sum.N() <= f.Amount.N() {
			opts = append(opts, tap(t.texts.Say("need.add_sum", "n", sum.String())))
		}
		if amount.N() <= f.Amount.N() {
			opts = append(opts, tap(t.texts.Say("need.total_sum", "n", amount.String())))
		}
		if len(opts) > 0 {
			t.askJob(j, needAdd, opts...)
			return true
		}
	}
	if now := newPaid(f, s, j[jobAdd]); now.N() > f.Amount.N() && s.Kind == progress.Paid {
		t.note("work.too_much", "source", t.fundName(f), "amount", f.Amount.String(), "paid", orZero(f.Paid), "n", amount.String())
		j.dropSum(s)
		return j.empty()
	}
	return false
}

// dropSum takes a sum that cannot be out of a job; the words stay in its note.
func (j job) dropSum(s progress.Sum) {
	j[jobMoney] = encodeSums(slices.DeleteFunc(decodeSums(j[jobMoney]), func(x progress.Sum) bool { return x == s }))
	if j[jobMoney] == "" && j[jobProof] == models.ProofMoney {
		delete(j, jobProof)
		j.reprove()
	}
}

// empty: nothing is left to be recorded.
func (j job) empty() bool {
	for _, key := range []string{jobStep, jobMoney, jobOut, jobLoss, jobPhotos, jobFollow} {
		if j.has(key) {
			return false
		}
	}
	return true
}

// sumOf is a sum in yuan, also when a share was said.
func sumOf(f *models.Fund, s progress.Sum) models.Dec {
	if s.Share != "" {
		return models.DecOf(f.Amount.Float() * float64(atoi(s.Share)) / 100)
	}
	amount, _ := models.ParseDec(s.Amount)
	return amount
}

// newPaid is what is paid of a line with the sum.
func newPaid(f *models.Fund, s progress.Sum, add string) models.Dec {
	amount := sumOf(f, s)
	if s.Kind == progress.Paid && s.Share == "" && (s.Again || add == "add") {
		return f.Paid.Add(amount)
	}
	return amount
}

// payments writes the sums of a job into the lines of the dossier, and tells what was
// written.
func (t *talk) payments(j job, d *models.Dossier, m *models.Measure) (said []string) {
	for _, s := range decodeSums(j[jobMoney]) {
		if s.Kind == progress.Earned {
			continue
		}
		lines := t.linesFor(j, d, m, s)
		if len(lines) == 0 && s.Kind == progress.Spent {
			said = append(said, t.texts.Say("work.spent", "n", s.Amount))
			continue
		}
		if len(lines) == 0 {
			t.note("work.no_fund", "title", t.measureName(m))
			continue
		}
		said = append(said, t.payment(j, d, lines, s)...)
	}
	return said
}

func (t *talk) payment(j job, d *models.Dossier, lines []int, s progress.Sum) (said []string) {
	if s.Amount == "" && s.Share == "" { // all of it came
		for _, i := range lines {
			said = append(said, t.pay(j, &d.Funds[i], d.Funds[i].Amount)...)
		}
		return said
	}
	i, asked := t.lineFor(j, d, lines, s)
	if asked || i < 0 {
		return said
	}
	f := &d.Funds[i]
	now := newPaid(f, s, j[jobAdd])
	if now.N() > f.Amount.N() && f.Amount.Known() { // spent more than planned: the plan is full, the rest stands in the note
		t.note("work.over", "n", now.String(), "amount", f.Amount.String())
		now = f.Amount
	}
	return append(said, t.pay(j, f, now)...)
}

func (t *talk) pay(j job, f *models.Fund, now models.Dec) []string {
	if f.Paid == now {
		return nil
	}
	f.Paid, f.PaidOn = now, models.Date(j[jobOn])
	if !f.PaidOn.IsDay() {
		f.PaidOn = t.today()
	}
	return []string{t.texts.Say("did.paid", "source", t.fundName(f), "paid", now.String(), "amount", f.Amount.String())}
}

// askOutputs asks whether an output comes on top of the one on record.
func (t *talk) askOutputs(j job, d *models.Dossier, m *models.Measure) bool {
	for _, o := range decodeOutputs(j[jobOut]) {
		i := t.outputFor(d, m, o)
		if i < 0 || j[jobOutAdd] != "" {
			continue
		}
		if was := d.Outputs[i].Actual; was.N() > 0 {
			qty, _ := models.ParseDec(o.Qty)
			unit := t.profile.Label("unit", d.Outputs[i].Unit)
			t.say("need.output", "indicator", d.Outputs[i].Indicator, "was", was.String()+unit, "n", o.Qty+unit)
			t.askJob(j, needOutAdd, tap(t.texts.Say("need.add_output", "n", was.Add(qty).String()+unit)), tap(t.texts.Say("need.total_output", "n", o.Qty+unit)))
			return true
		}
	}
	return false
}

// outputFor is the output of a measure that was told of: by its words and unit, else
// the only one with that unit. -1 when there is none.
func (t *talk) outputFor(d *models.Dossier, m *models.Measure, o progress.Output) int {
	same, n := -1, 0
	for _, i := range outputsOf(d, m.ID) {
		x := &d.Outputs[i]
		if _, fits := o.Share(models.DecOf(1), x.Unit); !fits {
			continue
		}
		if strings.Contains(x.Indicator, o.Indicator) {
			return i
		}
		if t.progress.Another(o.Indicator, x.Indicator) {
			continue // a calf that was born is no 出栏
		}
		same, n = i, n+1
	}
	if n == 1 {
		return same
	}
	return -1
}

// outcomes writes the outputs, the income and the losses of a job into the dossier.
func (t *talk) outcomes(j job, d *models.Dossier, m *models.Measure) (said []string) {
	for _, o := range decodeOutputs(j[jobOut]) {
		i := t.outputFor(d, m, o)
		if i < 0 {
			t.note("work.no_output", "said", o.Indicator+o.Qty+t.profile.Label("unit", o.Unit))
			continue
		}
		x := &d.Outputs[i]
		qty, _ := models.ParseDec(o.Qty)
		if j[jobOutAdd] == "add" {
			qty = x.Actual.Add(qty)
		}
		x.Actual = qty
		said = append(said, t.texts.Say("did.output", "indicator", x.Indicator, "actual", qty.String()+t.profile.Label("unit", x.Unit), "target", x.Target.String()))
	}
	for _, s := range decodeSums(j[jobMoney]) {
		outs := outputsOf(d, m.ID)
		if s.Kind != progress.Earned || s.Amount == "" {
			continue
		}
		if len(outs) == 0 {
			t.note("work.no_output", "said", t.texts.Say("said.earned", "n", s.Amount))
			continue
		}
		d.Outputs[outs[0]].Income, _ = models.ParseDec(s.Amount)
		said = append(said, t.texts.Say("said.earned", "n", s.Amount))
	}
	return append(said, t.loss(j, d, m)...)
}

// loss takes what died or was lost off the output on record.
func (t *talk) loss(j job, d *models.Dossier, m *models.Measure) (said []string) {
	a := amountOf(j[jobLoss])
	if a.Qty == "" {
		return nil
	}
	lost, _ := models.ParseDec(a.Qty)
	for _, i := range outputsOf(d, m.ID) {
		if x := &d.Outputs[i]; x.Unit == a.Unit && x.Actual.N() >= lost.N() && x.Actual.N() > 0 {
			x.Actual = x.Actual.Sub(lost)
			said = append(said, t.texts.Say("did.output", "indicator", x.Indicator, "actual", x.Actual.String()+t.profile.Label("unit", x.Unit), "target", x.Target.String()))
			break
		}
	}
	return append(said, t.texts.Say("did.loss", "n", a.Qty+t.profile.Label("unit", a.Unit)))
}
