package clears

import "github.com/huhuqing/huhuqing/models"

// Forecast is what a household would have per person in the year it plans to
// leave poverty: the last income plus what its measures are to add. Of each
// measure the latest year up to the plan year counts, since an effect is what
// it adds to a year.
type Forecast struct {
	Year int
	NetPC,
	Line float64
	Firm bool // the line is confirmed by the county
}

// Short is how much a person lacks to the line, 0 when it is reached.
func (f Forecast) Short() float64 { return max(0, f.Line-f.NetPC) }

// Forecast works the forecast out; false without income, plan year or line.
func (j Judge) Forecast(d *models.Dossier) (Forecast, bool) { return j.run(d).forecast() }

func (r *run) forecast() (Forecast, bool) {
	year := r.exit.Year.N()
	net := r.d.Income.Net()
	line, firm, ok := r.line(year)
	if year == 0 || !net.Known() || !ok || len(r.people) == 0 {
		return Forecast{}, false
	}
	sum := net.Float()
	for _, w := range r.works {
		sum += r.effect(w, year)
	}
	return Forecast{Year: year, NetPC: sum / float64(len(r.people)), Line: line, Firm: firm}, true
}

// effect is what a measure adds to the income of the year.
func (r *run) effect(w work, year int) float64 {
	latest, sum := 0, 0.0
	for i := range r.d.Outputs {
		o := &r.d.Outputs[i]
		if !r.belongs(o.MeasureID, w) || o.Year.N() > year || !o.Income.Known() {
			continue
		}
		if o.Year.N() > latest {
			latest, sum = o.Year.N(), 0
		}
		if o.Year.N() == latest {
			sum += o.Income.Float()
		}
	}
	return sum
}

// belongs reports whether a row that names its measure belongs to w; a measure
// without id is named by "ms:<index>".
func (r *run) belongs(ref string, w work) bool {
	if w.ID != "" {
		return ref == w.ID
	}
	return ref == "ms:"+itoa(w.n)
}
