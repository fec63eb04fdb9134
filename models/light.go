package models

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Light is how a household stood in a programme when it was last judged: the six
// lights for lists, and what it adds to the sums of its group and village. The
// store keeps it; who judges (dialog/flows, with models/clears) makes it.
type Light struct {
	HouseholdID string `gorm:"primaryKey;size:16"`
	Programme   string `gorm:"primaryKey;size:40;index:idx_lights_village,priority:1"`
	Village     string `gorm:"size:12;not null;index:idx_lights_village,priority:2"`
	GroupKey    string `gorm:"size:60;not null;index:idx_lights_village,priority:3"`
	Group       string `gorm:"column:group_name;size:60"`
	Head        string `gorm:"size:60"`
	Shades      string `gorm:"size:6"` // one letter per clear in their order: g clear, y mostly, r not
	Missing     int    `gorm:"not null"`
	Gaps        Set    `gorm:"size:120"` // 两不愁三保障 that lack
	NetPC       Dec    `gorm:"column:net_pc;type:decimal(14,2)"`
	Class       string `gorm:"size:24"` // of the attribute: general dibao tekun
	InvestPC    Dec    `gorm:"column:invest_pc;type:decimal(14,2)"`
	Year        Int    `gorm:"column:plan_year"`
	Quarter     Int    `gorm:"column:plan_quarter"`
	Version     int    `gorm:"not null"`  // of the household when it was judged
	Parts       string `gorm:"type:text"` // what it adds to the sums; see Counts
	Tags        string `gorm:"size:4000"` // what it is listed by; see TagList
	JudgedOn    Date   `gorm:"size:10"`   // lights age: nobody came for a year, a date went by
	Rules       string `gorm:"size:16"`   // mark of the profile it was judged by
}

// The letters of Light.Shades.
const (
	LightClear   = 'g'
	LightMostly  = 'y'
	LightUnclear = 'r'
)

// Sorts of sums, by what they are kept for.
const (
	SumArea  = "v" // of the village and of the group, for summaries
	SumText  = "t" // households of the village with one wording (W02)
	SumDose  = "d" // measures of the village alike in content and quantity (clear ③ f)
	SumPrice = "p" // measures of the county by unit price (Q07)
	SumLoad  = "l" // households of the county that a person looks after (R05)
)

// Count is one number that a household adds to a sum.
type Count struct{ Sort, What string }

// LightOf is the light of a dossier without what clears judges: Shades, Missing
// and Gaps are still to be set, then Count finishes it.
func LightOf(d *Dossier, p *Profile) Light {
	h := &d.Household
	d.Of(p.ID)
	l := Light{
		HouseholdID: h.ID, Programme: p.ID, Village: h.Village, GroupKey: h.GroupKey, Group: h.Group, Head: h.HeadName,
		NetPC: d.Income.NetPC(d.Size()), Year: d.Exit.Year, Quarter: d.Exit.Quarter, Version: h.Version, Rules: p.Mark(),
	}
	if it := p.Item("attr", h.Attr); it != nil {
		l.Class = it.More["class"]
	}
	return l
}

// Count sets Parts and InvestPC from the dossier and from what was judged.
func (l *Light) Count(d *Dossier, p *Profile) {
	people := d.Size()
	c := counter{p: p, n: map[Count]int64{}}
	c.area("households", 1)
	c.area("people", int64(people))
	c.area("labor", int64(LaborHalves(d.Members)))
	c.area("missing", int64(l.Missing))
	for i, shade := range l.Shades {
		c.area("shade:"+strconv.Itoa(i)+string(shade), 1)
	}
	if l.Shades == strings.Repeat(string(LightClear), 6) {
		c.area("six", 1)
	}
	if d.Household.Rechecks.Known() {
		c.area("recheck", 1)
	}
	if s := d.Household.Status; s != "" {
		c.area("status:"+s, 1)
	}
	for _, g := range l.Gaps {
		c.area("gap:"+g, 1)
	}
	c.causes(d)
	invested := c.measures(d)
	if people > 0 && invested > 0 {
		l.InvestPC = Hundredths(invested / int64(people))
	}
	if l.Year.Known() {
		when := fmt.Sprintf("%dQ%d", l.Year.N(), l.Quarter.N())
		c.area("exit:"+when, 1)
		c.area("leave:"+when, int64(people))
	}
	c.loads(d)
	l.Parts = writeCounts(c.n)
}

// Counts are what the household adds to the sums.
func (l *Light) Counts() map[Count]int64 {
	out := map[Count]int64{}
	for line := range strings.Lines(l.Parts) {
		if f := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3); len(f) == 3 {
			n, _ := strconv.ParseInt(f[2], 10, 64)
			out[Count{f[0], f[1]}] = n
		}
	}
	return out
}

func writeCounts(n map[Count]int64) string {
	var b strings.Builder
	for _, c := range slices.SortedFunc(maps.Keys(n), func(a, b Count) int {
		return strings.Compare(a.Sort+"\t"+a.What, b.Sort+"\t"+b.What)
	}) {
		if n[c] != 0 {
			fmt.Fprintf(&b, "%s\t%s\t%d\n", c.Sort, c.What, n[c])
		}
	}
	return b.String()
}

// counter adds up what one household is part of.
type counter struct {
	p *Profile
	n map[Count]int64
}

func (c *counter) area(what string, n int64) { c.n[Count{SumArea, what}] += n }

func (c *counter) ours(programme string) bool { return programme == "" || programme == c.p.ID }

func (c *counter) causes(d *Dossier) {
	for _, x := range d.Causes {
		if !c.ours(x.Programme) {
			continue
		}
		c.area("cause:"+x.Kind, 1)
		if x.Seq == 0 {
			c.area("main:"+x.Kind, 1)
		}
		if x.Desc != "" {
			c.n[Count{SumText, TextKey(x.Desc)}] = 1
		}
	}
}

// measures counts measures and their money, and tells how much is invested, in hundredths.
func (c *counter) measures(d *Dossier) (invested int64) {
	for i := range d.Measures {
		m := &d.Measures[i]
		status := c.p.Item("measure_status", m.Status)
		if !c.ours(m.Programme) || status != nil && status.More["dead"] == "yes" {
			continue
		}
		c.area("measure:"+m.Cat1, 1)
		if status != nil && status.More["rank"] >= rankFinished {
			c.area("done:"+m.Cat1, 1)
		} else if len(m.Due) >= 4 {
			c.area("due:"+string(m.Due[:min(len(m.Due), 7)])+":"+m.Cat1, 1)
		}
		if m.Content != "" {
			c.n[Count{SumText, TextKey(m.Content)}] = 1
			c.n[Count{SumDose, TextKey(m.Content + "\n" + m.Qty.String() + m.Unit)}]++
		}
		sum := c.money(d, m)
		if invested += sum; sum > 0 && m.Qty.N() > 0 {
			c.n[Count{SumPrice, PriceKey(m.Cat2, m.Unit, float64(sum)/float64(m.Qty.N()))}]++
		}
	}
	return invested
}

// rankFinished is the rank of the first status in which a measure is done.
const rankFinished = "6"

func (c *counter) money(d *Dossier, m *Measure) (sum int64) {
	for _, f := range d.Funds {
		if f.MeasureID != m.ID {
			continue
		}
		key := fmt.Sprintf("%d:%s:%s", f.Year.N(), c.p.FundClass(f.Source), m.Cat1)
		c.area("money:"+key, f.Amount.N())
		c.area("paid:"+key, f.Paid.N())
		sum += f.Amount.N()
	}
	return sum
}

func (c *counter) loads(d *Dossier) {
	for _, key := range LoadKeys(d) {
		c.n[Count{SumLoad, key}] = 1
	}
}

// LoadKeys name who looks after a household today, by what sums know them.
func LoadKeys(d *Dossier) map[string]string {
	out := map[string]string{}
	add := func(id, name string, to Date) {
		switch {
		case to != "":
		case id != "":
			out[id] = TextKey(id)
		case name != "": // known by name only: names repeat from village to village
			out[name] = TextKey(d.Household.Village + name)
		}
	}
	for _, t := range d.Duties {
		add(t.PersonID, t.Name, t.To)
	}
	for _, h := range d.Helpers {
		add("", h.Name, h.To)
	}
	return out
}

// TextKey is what a wording is known by in sums.
func TextKey(text string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(text)))
	return hex.EncodeToString(sum[:8])
}

// priceStep is how far apart two classes of unit prices are. Rule Q07 asks for a
// factor of three, so a twentieth is exact enough for a median.
const priceStep = 1.05

// PricePrefix begins the keys of all prices of that kind and unit.
func PricePrefix(cat2, unit string) string { return cat2 + "|" + unit + "|" }

// PriceKey is the class of a price: the kind, the unit and the step.
func PriceKey(cat2, unit string, price float64) string {
	return fmt.Sprintf("%s%05d", PricePrefix(cat2, unit), priceBase+int(math.Round(math.Log(price)/math.Log(priceStep))))
}

// priceBase keeps the number of a step positive: below it lies 10⁻⁵ yuan.
const priceBase = 1000

// PriceOf is the price a step stands for.
func PriceOf(step int) float64 { return math.Pow(priceStep, float64(step-priceBase)) }
