package models

// Income is what a household earned in one accounting period, named by the
// year it ends in (domain.md §1.4: by default 1 October to 30 September). 元.
type Income struct {
	HouseholdID string `gorm:"primaryKey;size:16"`
	Year        int    `gorm:"primaryKey;autoIncrement:false"`
	Village     string `gorm:"size:12;not null;index"`

	PayOut Dec `key:"pay_out" gorm:"type:decimal(14,2)"` // 务工
	PayJob Dec `key:"pay_job" gorm:"type:decimal(14,2)"` // 公益岗

	Crop     Dec `key:"crop" gorm:"type:decimal(14,2)"`
	Tobacco  Dec `key:"tobacco" gorm:"type:decimal(14,2)"`
	Stock    Dec `key:"stock_sale" gorm:"column:stock_sale;type:decimal(14,2)"`
	Fruit    Dec `key:"fruit_sale" gorm:"column:fruit_sale;type:decimal(14,2)"`
	OtherBiz Dec `key:"other_biz" gorm:"type:decimal(14,2)"`

	Dividend  Dec `key:"dividend" gorm:"type:decimal(14,2)"`
	OtherProp Dec `key:"other_prop" gorm:"type:decimal(14,2)"`

	FamilyPlan Dec `key:"fp" gorm:"column:fp;type:decimal(14,2)"`
	Dibao      Dec `key:"dibao_pay" gorm:"column:dibao_pay;type:decimal(14,2)"`
	Tekun      Dec `key:"tekun_pay" gorm:"column:tekun_pay;type:decimal(14,2)"`
	Pension    Dec `key:"pension_pay" gorm:"column:pension_pay;type:decimal(14,2)"`
	Eco        Dec `key:"eco" gorm:"type:decimal(14,2)"`
	OtherTrans Dec `key:"other_trans" gorm:"type:decimal(14,2)"`

	BizCost Dec `key:"biz_cost" gorm:"type:decimal(14,2)"`

	// Sums as somebody else stated them (an import); empty when we computed them.
	// Rule I01 holds them against the parts.
	StatedNet   Dec `key:"net" gorm:"column:stated_net;type:decimal(14,2)"`
	StatedTrans Dec `key:"trans" gorm:"column:stated_trans;type:decimal(14,2)"`
	StatedNetPC Dec `key:"net_pc" gorm:"column:stated_net_pc;type:decimal(14,2)"`
}

// Wage is 工资性收入.
func (i Income) Wage() Dec { return i.PayOut.Add(i.PayJob) }

// Biz is 生产经营性收入.
func (i Income) Biz() Dec {
	return i.Crop.Add(i.Tobacco).Add(i.Stock).Add(i.Fruit).Add(i.OtherBiz)
}

// Prop is 财产性收入.
func (i Income) Prop() Dec { return i.Dividend.Add(i.OtherProp) }

// Trans is 转移性收入.
func (i Income) Trans() Dec {
	return i.FamilyPlan.Add(i.Dibao).Add(i.Tekun).Add(i.Pension).Add(i.Eco).Add(i.OtherTrans)
}

// Net is 家庭纯收入: wage + biz + prop + trans − cost (domain.md §1.4).
func (i Income) Net() Dec {
	return i.Wage().Add(i.Biz()).Add(i.Prop()).Add(i.Trans()).Sub(i.BizCost)
}

// NetPC is 人均纯收入 for a household of n people; unknown when n is 0 or Net is.
func (i Income) NetPC(n int) Dec {
	if n <= 0 || !i.Net().Known() {
		return Dec{}
	}
	return DecOf(i.Net().Float() / float64(n))
}
