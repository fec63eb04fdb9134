package clears

import "github.com/huhuqing/huhuqing/models"

// asked reports whether there is an income to judge.
func (r *run) asked() bool { return r.d.Income.Net().Known() }

// incomeHit notes a finding about the income of the year.
func (r *run) incomeHit(variant string, keys []string, vars ...string) {
	paths := make([]string, len(keys))
	for i, k := range keys {
		paths[i] = "income." + k
	}
	r.hitAs(variant, "income", itoa(r.d.Income.Year), paths, vars...)
}

// i01: a stated sum that its parts do not make.
func i01(r *run) {
	inc := &r.d.Income
	differs := func(stated, made models.Dec, key string) {
		diff := stated.Float() - made.Float()
		if tol := r.limit("sum_tolerance"); stated.Known() && made.Known() && (diff > tol || -diff > tol) {
			r.incomeHit("", []string{key}, "n", made.String())
		}
	}
	differs(inc.StatedTrans, inc.Trans(), "trans")
	differs(inc.StatedNet, inc.Net(), "net")
	differs(inc.StatedNetPC, inc.NetPC(len(r.people)), "net_pc")
}

// i02: earned by producing, and no cost.
func i02(r *run) {
	inc := &r.d.Income
	if inc.Biz().N() <= 0 || inc.BizCost.N() > 0 || r.typing() && !inc.BizCost.Known() {
		return
	}
	r.incomeHit("", []string{"biz_cost"}, "n", money(r.costGuess()))
}

// costGuess is what producing so much usually costs.
func (r *run) costGuess() float64 {
	inc := &r.d.Income
	return inc.Crop.Float()*r.limit("cost.crop") + inc.Tobacco.Float()*r.limit("cost.tobacco") + inc.Stock.Float()*r.limit("cost.stock_sale") +
		inc.Fruit.Float()*r.limit("cost.fruit_sale") + inc.OtherBiz.Float()*r.limit("cost.other_biz")
}

// CostGuess is what producing the income on record usually costs, in 元
// (domain.md §1.4): to offer when nobody kept count.
func (j Judge) CostGuess(d *models.Dossier) models.Dec { return models.DecOf(j.run(d).costGuess()) }

// i03: months away without wages, or wages without anybody away.
func i03(r *run) {
	inc := &r.d.Income
	if !r.asked() {
		return
	}
	worked := false
	for _, q := range r.people {
		n := q.WorkMonths.N()
		worked = worked || n > 0
		if n > 0 && inc.Wage().N() <= 0 {
			r.hit("member", q.id(), append(q.path("work_months"), "income.pay_out"), "name", q.Name, "n", itoa(n))
		}
	}
	if inc.PayOut.N() > 0 && !worked {
		r.incomeHit("nobody", []string{"pay_out"}, "n", inc.PayOut.String())
	}
}

// i04: a month's wage out of the ordinary.
func i04(r *run) {
	n := 0
	for _, q := range r.people {
		n += q.WorkMonths.N() + q.PublicMonths.N()
	}
	wage := r.d.Income.Wage().Float()
	if n <= 0 || wage <= 0 {
		return
	}
	if a := wage / float64(n); a < r.limit("wage_low") || a > r.limit("wage_high") {
		r.incomeHit("", []string{"pay_out", "pay_job"}, "n", money(a))
	}
}

// i05: paid for woods the household has not.
func i05(r *run) {
	c := &r.d.Condition
	no := func(v models.Dec) bool { return v.Known() && v.N() == 0 }
	if r.d.Income.Eco.N() > 0 && no(c.GrainToWood) && no(c.Forest) {
		r.incomeHit("", []string{"eco"})
	}
}

// i06: old and insured without a pension; support without its money.
func i06(r *run) {
	inc := &r.d.Income
	if !r.asked() {
		return
	}
	dibao := false
	for _, q := range r.people {
		insured := q.Pension == "resident" || q.Pension == "employee"
		if q.age >= int(r.limit("pension_age")) && insured && inc.Pension.N() <= 0 {
			r.hit("member", q.id(), append(q.path("pension_ins"), "income.pension_pay"), "name", q.Name)
		}
		dibao = dibao || q.Dibao == models.Yes
	}
	if dibao && inc.Dibao.N() <= 0 {
		r.incomeHit("dibao", []string{"dibao_pay"})
	}
}

// i07: too little, too much, or far from last year.
func i07(r *run) {
	pc := r.d.Income.NetPC(len(r.people))
	if !pc.Known() {
		return
	}
	last := r.d.LastYear.NetPC(len(r.people)).Float()
	change := 0.0
	if last > 0 {
		change = pc.Float()/last - 1
	}
	jump := r.limit("net_pc_jump")
	switch {
	case pc.N() <= 0 || pc.Float() > r.limit("net_pc_max"):
		r.incomeHit("level", []string{"net_pc"}, "n", pc.String())
	case change > jump || -change > jump:
		r.incomeHit("", []string{"net_pc"}, "n", pc.String(), "p", money(max(change, -change)*100))
	}
}

// i08: about to leave, and living on subsidies.
func i08(r *run) {
	leaving := r.d.Household.Status == "pre_exit" || r.exit.Year.N() != 0 && r.exit.Year.N() == r.today.Year()
	net := r.d.Income.Net().Float()
	if leaving && net > 0 && r.d.Income.Trans().Float() > net*r.limit("trans_share") {
		r.incomeHit("", []string{"trans"})
	}
}
