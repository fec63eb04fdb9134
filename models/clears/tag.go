package clears

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"github.com/huhuqing/huhuqing/models"
)

// Light judges a dossier and makes the light that is kept of it: the six lights,
// what is missing, and what the household adds to the sums and lists. Reasons
// given for warnings are those of the dossier, unless the judge has its own.
func (j Judge) Light(d *models.Dossier) models.Light {
	if j.Accepted == nil {
		j.Accepted = d.Accepted()
	}
	l := models.LightOf(d, j.Profile) // chooses the exit plan of the programme
	l.JudgedOn = j.Today
	var letters []byte
	lights := j.Lights(d)
	for _, x := range lights {
		letters = append(letters, letterOf(x.Shade))
		l.Missing += len(x.Missing)
	}
	l.Shades = string(letters)
	r := j.run(d)
	for _, g := range r.guarantees() {
		if g.State == Gap {
			l.Gaps = append(l.Gaps, g.Key)
		}
	}
	l.Count(d, j.Profile)
	l.SetTags(r.tags(&l, lights))
	return l
}

func letterOf(s Shade) byte {
	switch s {
	case Green:
		return models.LightClear
	case Yellow:
		return models.LightMostly
	}
	return models.LightUnclear
}

// tags are what a household is listed by. Nothing about anybody's health is among
// them: they stand in the database as they are.
func (r *run) tags(l *models.Light, lights Lights) []models.Tag {
	g := &tagger{run: r}
	g.household(l)
	g.lights(lights)
	g.peopleTags()
	g.liveTags()
	g.planTags()
	return g.out
}

type tagger struct {
	*run
	out []models.Tag
}

func (g *tagger) add(is bool, what string) { g.count(is, what, 1) }

func (g *tagger) count(is bool, what string, n int) {
	if is {
		g.out = append(g.out, models.Tag{What: what, N: n})
	}
}

// kind is add for a field with a code.
func (g *tagger) kind(name, code string) { g.add(code != "", name+":"+code) }

func (g *tagger) household(l *models.Light) {
	h, c := &g.d.Household, &g.d.Condition
	g.kind("attr", h.Attr)
	g.kind("status", h.Status)
	g.kind("grade", c.HouseGrade)
	g.kind("road", c.RoadType)
	g.add(c.HouseArea.Known() && c.HouseArea.N() == 0, "homeless")
	for _, gap := range l.Gaps {
		g.kind("gap", gap)
	}
	visit := h.VisitDate.End()
	g.add(visit.IsZero() || visit.AddDate(0, int(g.limit("visit_months")), 0).Before(g.now), "unvisited")
	g.add(h.VisitDate != "" && h.SignImage == "", "unsigned")
}

func (g *tagger) lights(lights Lights) {
	for _, x := range lights {
		g.add(x.Shade != Green, "unclear:"+string(x.Clear))
		g.add(x.Recheck(), "recheck:"+string(x.Clear))
	}
	g.add(lights.Green(), "six")
	g.add(!lights.Green(), "notsix")
}

func (g *tagger) peopleTags() {
	someone := func(what string, is func(person) bool) {
		for _, q := range g.people {
			g.add(is(q), what)
		}
	}
	someone("dibao", func(q person) bool { return q.Dibao == models.Yes })
	someone("tekun", func(q person) bool { return q.Tekun == models.Yes })
	someone("nomed", func(q person) bool { return q.MedIns == "none" })
	someone("nocrit", func(q person) bool { return q.CritIns == models.No })
	someone("nopension", func(q person) bool { return q.Pension == "none" && q.age >= 16 && !q.student() })
	someone("nodoctor", func(q person) bool { return (q.ill() || q.Health.Has("disabled")) && q.Doctor == "" })
	someone("dropout", func(q person) bool { return q.outOfSchool() })
	someone("student", person.student)
	someone("migrant", func(q person) bool { return q.Occupation == "migrant" || q.WorkMonths.N() > 0 || q.WorkArea != "" })
	someone("post", func(q person) bool { return q.PublicJob != "" })
	someone("nopapers", func(q person) bool { return q.IDNo == "" })
	someone("elder", func(q person) bool { return q.age >= elderAge })
	someone("child", func(q person) bool { return q.age >= 0 && q.age < minorAge })
	someone("party", func(q person) bool { return q.Political == "party" || q.Political == "probationary" })
	someone("able", person.able)
	for _, q := range g.people {
		g.kind("eth", q.Ethnic)
		g.kind("job", q.PublicJob)
		if q.student() {
			g.kind("stage", q.stage())
		}
	}
	g.add(g.halves > 0 && !g.any(develops), "idle")
	g.add(g.laborKnown() && g.halves == 0, "nolabor")
}

// The ages that people are asked for by.
const (
	elderAge = 60
	minorAge = 18
)

// liveTags are what the household keeps and grows: "stock:pig" with how many, "grow:核桃".
func (g *tagger) liveTags() {
	for part := range strings.SplitSeq(g.d.Condition.Stock, ",") {
		species, heads, _ := strings.Cut(part, ":")
		n, err := strconv.Atoi(heads)
		g.count(err == nil && n > 0, "stock:"+species, n)
	}
	for part := range strings.SplitSeq(g.d.Condition.Industries, ",") {
		name := strings.TrimRightFunc(part, func(r rune) bool { return !unicode.IsDigit(r) })
		if name = strings.TrimRight(name, "0123456789."); name == "" {
			name = part
		}
		g.add(name != "" && name != "none" && len(name) <= maxGrow, "grow:"+name)
	}
}

// maxGrow is what of a name the column of tags holds.
const maxGrow = 30

func (g *tagger) planTags() {
	for _, c := range g.run.causes {
		g.kind("cause", c.Kind)
		if c.Seq == 0 {
			g.kind("main", c.Kind)
		}
	}
	g.add(len(g.run.causes) == 0, "nocause")
	g.add(len(g.works) == 0, "nomeasure")
	for _, w := range g.works {
		g.add(true, "cat:"+cmp.Or(w.Cat2, w.Cat1)+":"+strconv.Itoa(w.Measure.Year.N()))
		late := w.Due != "" && !w.done && w.Due.End().Before(g.now)
		g.add(late, "late")
		g.add(len(g.funds(w)) == 0 && w.NoMoneyWhy == "", "nomoney")
	}
	helped := false
	for i := range g.d.Helpers {
		helped = helped || g.current(g.d.Helpers[i].From, g.d.Helpers[i].To)
	}
	g.add(!helped, "nohelper")
	if g.exit.Year.Known() {
		g.kind("exit", g.exit.Year.String())
	} else {
		g.add(true, "noexit")
	}
}
